"""The relay closes sockets: with which code, how soon, and what becomes of what the bot had in hand."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from harness.api import API, problem, refused
from harness.directory import Bot, Company, Measurements, Member, new_company
from harness.mongod import Mongod
from harness.server import Server
from harness.shapes import send
from harness.socket_bot import SocketBot
from harness.waiting import eventually

SERVER_ERROR, KEY_REVOKED, KEY_EXPIRED, BOT_DELETED = 4002, 4101, 4102, 4103

# What is promised, and what a machine that does something else besides is held to; both in seconds.
PROMISED = 0.1
GENEROUS = 1.0


@pytest.fixture
def bot(company: Company) -> Bot:
    return company.bot("/일")


def delete_bot(company: Company, bot: Bot) -> None:
    company.admin.delete(f"/v1/bots/{bot.id}")


def delete_company(company: Company, _: Bot) -> None:
    company.platform.delete(company.path)


def revoke_key(company: Company, bot: Bot) -> None:
    company.admin.delete(f"/v1/keys/{bot.api.get('/v1/me')['key']['id']}")


def works(api: API) -> bool:
    return api.call("GET", "/v1/me").status_code == 200


def make_webhook(company: Company, bot: Bot) -> None:
    company.admin.patch(f"/v1/bots/{bot.id}", {"delivery": {"type": "webhook", "url": "http://127.0.0.1:9/"}})


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (delete_bot, BOT_DELETED),
        (delete_company, BOT_DELETED),
        (revoke_key, KEY_REVOKED),
        (make_webhook, SERVER_ERROR),
    ],
)
def test_sockets_close_at_once_with_the_code_that_says_why(
    server: Server, measurements: Measurements, end: Callable[[Company, Bot], None], code: int
) -> None:
    seconds = []
    for _ in range(4):
        company = new_company(server.admin)
        bot = company.bot("/일")
        sockets = [SocketBot(server.port, bot.key) for _ in range(4)]
        end(company, bot)
        answered = time.monotonic()
        closed = [socket.end() for socket in sockets]
        seconds.append(time.monotonic() - answered)
        assert [each[0] for each in closed] == [code] * 4
        assert all(each[1] for each in closed), "the bot's log is to say why"
    measurements.note(f"four sockets are closed with {code} (promised: {PROMISED * 1000:.0f} ms)", seconds)
    assert max(seconds) < GENEROUS


def test_an_ended_key_opens_no_socket(company: Company, bot: Bot) -> None:
    for end, status, code in ((make_webhook, 409, "not_a_socket"), (delete_bot, 401, "key_")):
        end(company, bot)
        response = bot.api.call("GET", "/v1/me/socket")
        assert response.status_code == status
        assert response.json()["code"].startswith(code)


def test_a_key_that_expires_closes_its_sockets_then(server: Server, company: Company, member: Member, bot: Bot) -> None:
    made = company.admin.post(f"/v1/bots/{bot.id}/keys", {"expires_in_seconds": 1})
    start = time.monotonic()
    with SocketBot(server.port, made["secret"]) as short, SocketBot(server.port, bot.key) as lasting:
        assert short.end()[0] == KEY_EXPIRED
        assert 0.5 < time.monotonic() - start < 1 + GENEROUS
        assert lasting.is_silent(), "the bot's other key lives on"
        assert member.presence_of(bot)["connections"] == 1
    with SocketBot(server.port, company.admin.post(f"/v1/bots/{bot.id}/keys", {"expires_in_seconds": 60})["secret"]):
        pass


def test_only_the_sockets_of_a_revoked_key_close_and_the_others_take_their_messages(
    server: Server, company: Company, member: Member, bot: Bot
) -> None:
    other = company.admin.post(f"/v1/bots/{bot.id}/keys")
    with SocketBot(server.port, other["secret"]) as revoked:
        sent = [send(server.port, member.key, {"text": "/일", "wait_seconds": 20}) for _ in range(6)]
        for _ in sent:
            revoked.message("/일")
        with SocketBot(server.port, bot.key) as kept:
            company.admin.delete(f"/v1/keys/{other['id']}")
            assert revoked.end()[0] == KEY_REVOKED
            for _ in sent:
                kept.reply(kept.message("/일", attempt=2), "내가")
            assert [each.answer().status for each in sent] == [200] * 6
            assert member.presence_of(bot)["online"]


def test_the_presence_says_that_the_last_key_was_revoked(
    server: Server, company: Company, member: Member, bot: Bot
) -> None:
    with SocketBot(server.port, bot.key) as socket:
        revoke_key(company, bot)
        assert socket.end()[0] == KEY_REVOKED
    presence = member.presence_of(bot)
    assert (presence["online"], presence["connections"], presence["reason"]) == (False, 0, "key_revoked")


def test_messages_of_a_deleted_bot_fail_at_once(server: Server, company: Company, member: Member, bot: Bot) -> None:
    with SocketBot(server.port, bot.key) as socket:
        sent = [send(server.port, member.key, {"text": "/일", "wait_seconds": 20}) for _ in range(4)]
        for _ in sent:
            socket.message("/일")
        delete_bot(company, bot)
        for each in sent:
            answer = each.answer()
            problem(answer.json, 503, "bot_offline", answer.status)
        assert socket.end()[0] == BOT_DELETED
    refused(member.api.call("POST", "/v1/messages", {"text": "/일"}), 404, "unknown_command")


def test_a_message_in_hand_can_be_answered_when_the_delivery_has_changed(
    server: Server, company: Company, member: Member, bot: Bot
) -> None:
    with SocketBot(server.port, bot.key) as socket:
        sent = send(server.port, member.key, {"text": "/일", "wait_seconds": 20})
        message = socket.message("/일")
        make_webhook(company, bot)
        assert socket.end()[0] == SERVER_ERROR
    taken = bot.api.call("POST", f"/v1/messages/{message['id']}/reply", {"text": "그래도"})
    assert taken.status_code == 204
    assert sent.answer().json["reply"] == {"text": "그래도"}


def test_what_one_process_is_told_closes_the_sockets_of_another(
    mongod: Mongod, server: Server, tmp_path: Path, measurements: Measurements
) -> None:
    settings = {"mongodb_uri": mongod.uri, "mongodb_database": "shared", "admin_key": server.admin_key}
    seconds = []
    with Server(tmp_path, **settings) as there:
        for end, code in ((revoke_key, KEY_REVOKED), (delete_bot, BOT_DELETED), (make_webhook, SERVER_ERROR)) * 3:
            company = new_company(server.admin)
            bot = company.bot("/일")
            elsewhere = there.api(bot.key)
            eventually("the bot to be known there", partial(works, elsewhere))
            with SocketBot(there.port, bot.key) as socket:
                end(company, bot)
                answered = time.monotonic()
                assert socket.end()[0] == code
                seconds.append(time.monotonic() - answered)
    measurements.note(f"a socket of another process is closed (promised: {PROMISED * 1000:.0f} ms)", seconds)
    assert max(seconds) < GENEROUS

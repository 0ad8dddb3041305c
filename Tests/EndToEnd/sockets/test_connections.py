"""Several connections of one bot share its messages, and what one had in hand goes to the next when it ends."""

from __future__ import annotations

import time
from contextlib import ExitStack

import pytest

from harness.api import problem
from harness.directory import Bot, Company, Member
from harness.raw_http import RawConnection
from harness.server import Server
from harness.shapes import message_request, send
from harness.socket_bot import SocketBot
from harness.waiting import eventually
from harness.web_socket import frame, handshake

# Far more than there are event loops, so that every pair of a sender's and a bot's loop occurs.
MANY = 8


@pytest.fixture
def bot(company: Company) -> Bot:
    return company.bot("/일")


def test_the_least_busy_connection_gets_the_next_message(server: Server, member: Member, bot: Bot) -> None:
    with ExitStack() as stack:
        sockets = [stack.enter_context(SocketBot(server.port, bot.key)) for _ in range(3)]
        assert member.presence_of(bot)["connections"] == 3
        held = []
        for _ in range(4):
            # A round: each connection gets one, whichever is first.
            sent = [send(server.port, member.key, {"text": "/일", "wait_seconds": 0}) for _ in sockets]
            assert [each.answer().status for each in sent] == [202] * 3
            held.append([socket.message("/일") for socket in sockets])
        for earlier in held:
            sockets[1].reply(earlier[1], "끝")
        # Four are with each of the others: the next four are this one's.
        sent = [send(server.port, member.key, {"text": f"/일 {number}", "wait_seconds": 20}) for number in range(4)]
        for _ in sent:
            sockets[1].reply(sockets[1].next("message"), "나")
        assert all(each.answer().json["reply"] == {"text": "나"} for each in sent)
        for earlier in held:
            for number in (0, 2):
                sockets[number].reply(earlier[number], "끝")


def test_every_connection_of_a_member_reaches_every_connection_of_a_bot(
    server: Server, company: Company, member: Member
) -> None:
    """Whichever event loops the two are on."""
    with ExitStack() as stack:
        senders = [stack.enter_context(RawConnection(server.port)) for _ in range(MANY)]
        for number in range(MANY):
            bot = company.bot(f"/일{number}")
            socket = stack.enter_context(SocketBot(server.port, bot.key))
            for sender in senders:
                sender.send(message_request(member.key, {"text": f"/일{number}", "wait_seconds": 20}))
            for _ in senders:
                message = socket.message(f"/일{number}")
                socket.reply(message, f"{number}의 답")
            for sender in senders:
                answer = sender.response()
                assert (answer.status, answer.json["reply"]) == (200, {"text": f"{number}의 답"})


def test_what_a_lost_connection_had_in_hand_goes_to_the_other_in_order(
    server: Server, member: Member, bot: Bot
) -> None:
    with SocketBot(server.port, bot.key) as first, RawConnection(server.port) as sender:
        texts = [f"/일 {number}" for number in range(20)]
        for text in texts:
            sender.send(message_request(member.key, {"text": text, "wait_seconds": 0}))
            assert sender.response().status == 202
        taken = [first.message(text) for text in texts]
        with SocketBot(server.port, bot.key) as second:
            first.reply(taken[0], "내가")
            first.close()
            again = [second.message(text, attempt=2) for text in texts[1:]]
            assert [message["id"] for message in again] == [message["id"] for message in taken[1:]]
            for message in again:
                second.reply(message, "대신")
    replies = [member.api.get(f"/v1/messages/{message['id']}")["reply"]["text"] for message in taken]
    assert replies == ["내가"] + ["대신"] * 19


def test_what_a_lost_connection_had_in_hand_waits_for_the_next_in_order(
    server: Server, member: Member, bot: Bot
) -> None:
    with RawConnection(server.port) as sender:
        texts = [f"/일 {number}" for number in range(20)]
        for attempt in (1, 2, 3):
            with SocketBot(server.port, bot.key) as socket:
                for text in texts if attempt == 1 else ():
                    sender.send(message_request(member.key, {"text": text, "wait_seconds": 0}))
                    assert sender.response().status == 202
                held = [socket.message(text, attempt) for text in texts]
            eventually("the bot to be offline", lambda: not member.presence_of(bot)["online"])
        refused = send(server.port, member.key, {"text": "/일 새것", "wait_seconds": 20}).answer()
        problem(refused.json, 503, "bot_offline", refused.status)
        with SocketBot(server.port, bot.key) as socket:
            sent = send(server.port, member.key, {"text": "/일 나중", "wait_seconds": 20})
            for text in texts:
                socket.reply(socket.message(text, attempt=4), "드디어")
            socket.reply(socket.message("/일 나중"), "이어서")
            assert sent.answer().status == 200
    for message in held:
        assert member.api.get(f"/v1/messages/{message['id']}")["reply"] == {"text": "드디어"}


def test_who_waits_gets_the_reply_of_the_next_connection_in_the_same_call(
    server: Server, member: Member, bot: Bot
) -> None:
    with SocketBot(server.port, bot.key) as first:
        sent = [send(server.port, member.key, {"text": "/일", "wait_seconds": 20}) for _ in range(MANY)]
        ids = {first.message("/일")["id"] for _ in sent}
    with SocketBot(server.port, bot.key) as second:
        for _ in sent:
            message = second.message("/일", attempt=2)
            ids.remove(message["id"])
            second.reply(message, "여기")
    assert not ids
    assert [each.answer().json["reply"] for each in sent] == [{"text": "여기"}] * MANY


def test_a_reply_may_come_over_the_next_connection(server: Server, member: Member, bot: Bot) -> None:
    """What the bot had ready when its connection died it sends over the next, which is given the message again."""
    with SocketBot(server.port, bot.key) as first:
        sent = send(server.port, member.key, {"text": "/일", "wait_seconds": 20})
        message = first.message("/일")
    with SocketBot(server.port, bot.key) as second:
        again = second.message("/일", attempt=2)
        assert again["id"] == message["id"]
        second.reply(message, "한 번")
        second.send("reply", id=message["id"], text="두 번")
        assert second.next("problem")["code"] == "already_answered"
    assert sent.answer().json["reply"] == {"text": "한 번"}


def test_a_bot_that_is_gone_is_offline_at_once_and_not_after_the_wait(server: Server, member: Member, bot: Bot) -> None:
    with SocketBot(server.port, bot.key):
        pass
    eventually("the bot to be offline", lambda: not member.presence_of(bot)["online"])
    for _ in range(MANY):
        start = time.monotonic()
        answer = send(server.port, member.key, {"text": "/일", "wait_seconds": 30}).answer()
        took = time.monotonic() - start
        told = problem(answer.json, 503, "bot_offline", answer.status)
        assert told["reason"] == "disconnected"
        assert took < 1, "nobody waits for what cannot come"


def test_sockets_that_end_while_they_open_leave_nothing_behind(server: Server, member: Member, bot: Bot) -> None:
    for number in range(200):
        with RawConnection(server.port) as connection:
            connection.send(handshake(bot.key) + (frame(8) if number % 2 else b""))
            if number % 3 == 0:
                assert connection.response_head()[0] == 101
    eventually("the bot to be offline", lambda: not member.presence_of(bot)["online"])
    assert member.presence_of(bot)["connections"] == 0
    for _ in range(MANY):
        answer = send(server.port, member.key, {"text": "/일", "wait_seconds": 5}).answer()
        problem(answer.json, 503, "bot_offline", answer.status)
    with SocketBot(server.port, bot.key) as socket:
        sent = [send(server.port, member.key, {"text": "/일", "wait_seconds": 20}) for _ in range(MANY)]
        for _ in sent:
            socket.reply(socket.message("/일"), "끝")
        assert [each.answer().status for each in sent] == [200] * MANY

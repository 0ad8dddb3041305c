"""A message reaches its bot as the documentation says, and the bot's reply comes back."""

from __future__ import annotations

import json
import time
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from flask.typing import ResponseReturnValue
from standardwebhooks import Webhook, WebhookVerificationError

from harness.api import refused
from harness.directory import Bot, Company, Member
from harness.flask_bot import FlaskBot
from harness.raw_bot import RawBot, response
from harness.server import Server
from harness.shapes import same_answer


def test_the_reply_comes_back_with_what_was_read(company: Company, member: Member) -> None:
    commands = [
        {
            "name": "/예약 회의실",
            "tokens": [
                {"key": "time", "label": "시간", "type": "time_range"},
                {"key": "room", "label": "회의실", "type": "choice", "values": ["S1", "대 회의실"], "required": False},
            ],
        }
    ]
    with FlaskBot(lambda _: {"text": "예약했습니다.", "card": {"room": 1, "ratio": 1.5}}) as webhook:
        bot = company.bot(url=webhook.url, commands=commands)
        message = member.send("/예약 회의실 오전 10시~11시 대회의실")
        expected = {"time": "10:00~11:00", "room": "대 회의실"}
        (delivery,) = webhook.deliveries
    assert delivery.message == {
        "type": "message",
        "id": message["id"],
        "attempt": 1,
        "company": company.domain,
        "bot": bot.id,
        "command": "/예약 회의실",
        "tokens": expected,
        "text": "/예약 회의실 오전 10시~11시 대회의실",
        "member": {"id": member.id, "name": member.name},
    }
    assert message["created_at"] <= message["completed_at"]
    kept = {name: message[name] for name in ("status", "text", "bot", "command", "tokens", "reply")}
    assert kept == {
        "status": "completed",
        "text": "/예약 회의실 오전 10시~11시 대회의실",
        "bot": bot.id,
        "command": "/예약 회의실",
        "tokens": expected,
        "reply": {"text": "예약했습니다.", "card": {"room": 1, "ratio": 1.5}},
    }
    assert member.api.get(f"/v1/messages/{message['id']}") == message


def test_a_call_is_signed_as_the_standard_says(company: Company, member: Member) -> None:
    with FlaskBot(lambda _: "받음") as webhook:
        bot = company.bot("/일", webhook.url)
        assert bot.webhook_secret
        message = member.send("/일 하나")
        (delivery,) = webhook.deliveries
    assert delivery.headers["webhook-id"] == message["id"]
    assert abs(int(delivery.headers["webhook-timestamp"]) - time.time()) < 30
    assert delivery.headers["content-type"] == "application/json"
    assert Webhook(bot.webhook_secret).verify(delivery.raw, delivery.headers)["id"] == message["id"]
    with pytest.raises(WebhookVerificationError):
        Webhook(bot.webhook_secret).verify(delivery.raw + b" ", delivery.headers)


def test_after_a_rotation_both_secrets_sign_until_the_overlap_is_over(company: Company, member: Member) -> None:
    with FlaskBot(lambda _: "받음") as webhook:
        bot = company.bot("/일", webhook.url)
        assert bot.webhook_secret
        secrets = [bot.webhook_secret]
        for overlap in (60, 0):
            made = company.admin.post(f"/v1/bots/{bot.id}/webhook_secret", {"overlap_seconds": overlap})
            secrets.append(made["webhook_secret"])
            member.send("/일")
        during, after = webhook.deliveries

    def verifies(secret: str, delivery: Any) -> bool:
        try:
            Webhook(secret).verify(delivery.raw, delivery.headers)
        except WebhookVerificationError:
            return False
        return True

    assert len(set(secrets)) == 3
    assert [verifies(secret, during) for secret in secrets] == [True, True, False]
    assert not verifies(secrets[1], after), "an overlap of nothing"
    assert verifies(secrets[2], after)


def test_a_bot_on_a_socket_has_no_webhook_secret(company: Company) -> None:
    bot = company.bot()
    refused(company.admin.call("POST", f"/v1/bots/{bot.id}/webhook_secret"), 409, "not_a_webhook")


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (lambda _: "<b>굵게</b>", "<b>굵게</b>"),
        (lambda _: ("줄\n바꿈\t😀", {"Content-Type": "text/plain"}), "줄\n바꿈\t😀"),
        (lambda _: ("# 제목", {"Content-Type": "text/markdown; charset=utf-8"}), "# 제목"),
        (lambda _: {"text": "JSON"}, "JSON"),
        (lambda _: ('{"text": "변형"}', {"Content-Type": "application/vnd.bot+json"}), "변형"),
        (lambda _: "가" * 349_525, "가" * 349_525),
    ],
    ids=["html", "plain", "markdown", "json", "json suffix", "a mebibyte"],
)
def test_text_of_any_kind_and_json_are_replies(
    server: Server,
    company: Company,
    member: Member,
    answer: Callable[[dict[str, Any]], ResponseReturnValue],
    text: str,
) -> None:
    with FlaskBot(answer) as webhook:
        company.bot("/일", webhook.url)
        assert member.api.key
        assert same_answer(server.port, member.api.key, {"text": "/일"}).json["reply"]["text"] == text


def test_a_text_in_decomposed_hangul_finds_its_command_and_a_name_is_composed(company: Company, member: Member) -> None:
    with FlaskBot(lambda message: message["tokens"]["words"]) as webhook:
        company.bot("/예약 회의실", webhook.url)
        typed = unicodedata.normalize("NFD", "/예약 회의실 값")
        assert typed != "/예약 회의실 값"
        message = member.send(typed)
    assert message["command"] == "/예약 회의실"
    assert message["reply"]["text"] == "값"
    decomposed = company.member(unicodedata.normalize("NFD", "한별"))
    assert company.admin.get(f"/v1/members/{decomposed.id}")["name"] == "한별"


def test_a_bot_can_be_named_before_the_command_or_beside_the_text(company: Company, member: Member, echo: str) -> None:
    bot = company.bot("/일", echo, name="예약 봇")
    other = company.bot("/다른 일", echo, name="다른 봇")
    assert member.send("@예약 봇 /일")["bot"] == bot.id
    assert member.send("/일", bot=bot.id)["bot"] == bot.id
    assert member.send("/일", bot="예약봇")["bot"] == bot.id
    for fields in ({"text": "/일", "bot": other.id}, {"text": "@다른 봇 /일"}, {"text": "@없는 봇 /일"}):
        refused(member.api.call("POST", "/v1/messages", fields), 404, "unknown_command")


def test_a_member_sees_the_companys_bots_and_whether_they_can_be_reached(company: Company, member: Member) -> None:
    socket_bot = company.bot("/소켓")
    with FlaskBot(lambda _: "여기") as webhook:
        webhook_bot = company.bot("/웹훅", webhook.url)
        member.send("/웹훅")
    bots = {bot["id"]: bot for bot in member.api.pages("/v1/me/bots?limit=1")}
    assert bots.keys() == {socket_bot.id, webhook_bot.id}
    assert set(bots[socket_bot.id]) == {"id", "name", "description", "commands", "presence"}
    offline, online = bots[socket_bot.id]["presence"], bots[webhook_bot.id]["presence"]
    assert (offline["online"], offline["connections"], offline["last_seen"]) == (False, 0, None)
    assert offline["reason"]
    assert online["online"] is True
    assert online["since"] <= online["last_seen"]
    assert company.admin.get(f"/v1/bots/{webhook_bot.id}")["presence"] == online


def test_colleagues_are_found_by_a_part_of_their_name(company: Company) -> None:
    caller = company.member("김지은", email="jieun@example.com")
    company.member("김한별")
    company.member("Park Min")

    def found(query: str) -> list[str]:
        return [member["name"] for member in caller.api.pages(f"/v1/me/members?query={query}")]

    assert sorted(found("김")) == ["김지은", "김한별"]
    assert found("park") == ["Park Min"]
    assert found("jieun@") == ["김지은"]
    assert found("박") == []
    assert len(caller.api.pages("/v1/me/members?limit=2")) == 3


def test_one_retry_with_the_same_id_follows_when_a_kept_connection_dies_unanswered(
    company: Company, member: Member
) -> None:
    kept = response(b"first", "text/plain", "200 OK", "Connection: keep-alive")

    def answer_once_and_hang_up(connection: Any, _: bytes) -> None:
        connection.sendall(kept if len(bot.requests) == 1 else response(b"again"))
        if len(bot.requests) == 1:
            bot.requests.append(connection.recv(65536))

    with RawBot(answer_once_and_hang_up) as bot:
        company.bot("/일", bot.url)
        # Both over one connection, so that they meet on one event loop and its one kept connection.
        assert member.send("/일 하나")["reply"]["text"] == "first"
        message = member.send("/일 둘")
        assert message["reply"]["text"] == "again"
        last = json.loads(bot.requests[-1].partition(b"\r\n\r\n")[2])
        died = bot.requests[-2]
    assert (last["id"], last["attempt"]) == (message["id"], 2)
    assert message["id"].encode() in died


def test_a_deleted_bot_answers_no_more(company: Company, member: Member, echo_bot: Bot) -> None:
    member.send("/메아리")
    company.admin.delete(f"/v1/bots/{echo_bot.id}")
    refused(member.api.call("POST", "/v1/messages", {"text": "/메아리"}), 404, "unknown_command")


def test_a_moved_webhook_is_called_at_its_new_address(company: Company, member: Member) -> None:
    with FlaskBot(lambda _: "옛 집") as old, FlaskBot(lambda _: "새 집") as new:
        bot = company.bot("/일", old.url)
        assert member.send("/일")["reply"]["text"] == "옛 집"
        company.admin.patch(f"/v1/bots/{bot.id}", {"delivery": {"url": new.url}})
        assert member.send("/일")["reply"]["text"] == "새 집"

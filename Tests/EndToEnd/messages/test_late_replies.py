"""A bot that says 202 or 204 answers later, by a call of its own."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from harness.api import issues, refused
from harness.directory import Company, Member
from harness.flask_bot import FlaskBot
from harness.mongod import Mongod
from harness.waiting import eventually


@pytest.mark.parametrize("status", [202, 204])
def test_a_late_reply_completes_the_message_once(company: Company, member: Member, status: int) -> None:
    with FlaskBot(lambda _: ("", status)) as webhook:
        bot = company.bot("/보고서", webhook.url)
        other = company.bot("/다른 일", webhook.url)
        sent = member.api.post("/v1/messages", {"text": "/보고서", "wait_seconds": 0}, status=202)
        assert sent["status"] == "running"
        assert "reply" not in sent
        path = f"/v1/messages/{sent['id']}"
        # The bot has answered its call; the reply takes its own way.
        eventually("the call", lambda: webhook.deliveries)
        assert member.api.get(path)["status"] == "running"

        refused(other.api.call("POST", f"{path}/reply", {"text": "남의 일"}), 404, "not_found")
        nothing = bot.api.call("POST", f"{path}/reply", {"text": " "})
        assert issues(refused(nothing, 422, "invalid_fields")) == {("/text", "empty")}
        assert member.api.get(path)["status"] == "running"

        reply = {"text": "다 되었습니다.", "pages": 12, "file": {"name": "보고서.pdf"}}
        taken = bot.api.call("POST", f"{path}/reply", reply)
        assert taken.status_code == 204, taken.text
        done = member.api.get(path)
        assert (done["status"], done["reply"]) == ("completed", reply)
        refused(bot.api.call("POST", f"{path}/reply", {"text": "또"}), 409, "already_answered")
        refused(other.api.call("POST", f"{path}/reply", {"text": "남의 일"}), 404, "not_found")
        assert member.api.get(path) == done


def test_who_waits_gets_the_late_reply_in_the_same_call(company: Company, member: Member) -> None:
    with FlaskBot(lambda _: ("", 202)) as webhook, ThreadPoolExecutor() as pool:
        bot = company.bot("/보고서", webhook.url)
        answer = pool.submit(member.api.post, "/v1/messages", {"text": "/보고서", "wait_seconds": 20}, 200)
        (delivery,) = eventually("the call", lambda: list(webhook.deliveries))
        taken = bot.api.call("POST", f"/v1/messages/{delivery.message['id']}/reply", {"text": "여기 있습니다."})
        assert taken.status_code == 204
        assert answer.result(10)["reply"] == {"text": "여기 있습니다."}


def test_a_reply_that_comes_before_the_webhooks_own_answer_counts(company: Company, member: Member) -> None:
    def answer(message: dict[str, Any]) -> tuple[str, int]:
        taken = bot.api.call("POST", f"/v1/messages/{message['id']}/reply", {"text": "먼저"})
        assert taken.status_code == 204
        return "나중", 200

    with FlaskBot(answer) as webhook:
        bot = company.bot("/일", webhook.url)
        assert member.send("/일")["reply"]["text"] == "먼저"


def test_a_reply_after_the_deadline_is_refused(mongod: Mongod, company: Company, member: Member) -> None:
    """The message of a process that is gone, fifteen minutes and a bit ago."""
    bot = company.bot("/일")
    other = company.bot("/다른 일")
    now = datetime.datetime.now(datetime.timezone.utc)
    created = now - datetime.timedelta(minutes=16)
    document = {
        "_id": "msg_0000000000000000000000000e",
        "company": company.domain,
        "member": {"id": member.id, "name": member.name},
        "text": "/일",
        "bot": {"id": bot.id, "name": bot.name},
        "command": "/일",
        "tokens": {},
        "status": "running",
        "created_at": created,
        "deadline": created + datetime.timedelta(minutes=15),
    }
    with mongod.database("shared") as database:
        database.messages.replace_one({"_id": document["_id"]}, document, upsert=True)
    path = f"/v1/messages/{document['_id']}"
    refused(other.api.call("POST", f"{path}/reply", {"text": "남"}), 404, "not_found")
    refused(bot.api.call("POST", f"{path}/reply", {"text": "늦음"}), 410, "reply_too_late")
    shown = member.api.get(path)
    assert (shown["status"], shown["problem"]["code"]) == ("failed", "bot_timeout")


@pytest.mark.parametrize("id_", ["msg_0000000000000000000000000z", "msg_", "nothing", "msg_" + "z" * 26, "%00"])
def test_a_message_that_is_none_is_not_found(company: Company, member: Member, id_: str) -> None:
    bot = company.bot()
    refused(bot.api.call("POST", f"/v1/messages/{id_}/reply", {"text": "답"}), 404, "not_found")
    refused(member.api.call("GET", f"/v1/messages/{id_}"), 404, "not_found")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, ("/text", "required")),
        ({"text": 7}, ("/text", "wrong_type")),
        ({"text": ""}, ("/text", "empty")),
        ({"text": None}, ("/text", "required")),
    ],
)
def test_a_reply_without_text_is_refused(company: Company, body: Any, expected: tuple[str, str]) -> None:
    response = company.bot().api.call("POST", "/v1/messages/msg_0000000000000000000000000z/reply", body)
    assert issues(refused(response, 422, "invalid_fields")) == {expected}

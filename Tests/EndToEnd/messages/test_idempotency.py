"""``Idempotency-Key`` makes a repeated request harmless."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from harness.api import issues, refused, succeeded
from harness.directory import Company, Member
from harness.flask_bot import FlaskBot, Gate
from harness.waiting import eventually


def test_a_repeat_gets_the_first_ones_message_and_reaches_no_bot(company: Company, member: Member) -> None:
    with FlaskBot(lambda message: message["id"]) as webhook:
        company.bot("/일", webhook.url)
        body = {"text": "/일 하나"}
        first = member.api.post("/v1/messages", body, 200, Idempotency_Key="one")
        assert member.api.post("/v1/messages", body, 200, Idempotency_Key="one") == first
        longer = body | {"wait_seconds": 1.5}
        assert member.api.post("/v1/messages", longer, 200, Idempotency_Key="one") == first, "the wait is no content"
        assert member.api.post("/v1/messages", body, 200, Idempotency_Key="two")["id"] != first["id"]
        other = company.member("다른 사람")
        assert other.api.post("/v1/messages", body, 200, Idempotency_Key="one")["id"] != first["id"]
        assert len(webhook.deliveries) == 3


def test_a_repeat_while_the_first_runs_waits_for_the_same_reply(company: Company, member: Member) -> None:
    gate = Gate()
    with FlaskBot(gate) as webhook, ThreadPoolExecutor() as pool:
        company.bot("/일", webhook.url)
        body = {"text": "/일", "wait_seconds": 20}
        again = member.api.with_key(member.api.key)
        first = pool.submit(member.api.post, "/v1/messages", body, 200, Idempotency_Key="k")
        eventually("the call", lambda: gate.waiting)
        second = pool.submit(again.post, "/v1/messages", body, 200, Idempotency_Key="k")
        running = member.api.with_key(member.api.key).post(
            "/v1/messages", body | {"wait_seconds": 0}, 202, Idempotency_Key="k"
        )
        gate.open()
        assert first.result(10) == second.result(10)
        assert first.result()["id"] == running["id"]
        assert len(webhook.deliveries) == 1


def test_a_failed_message_is_repeated_as_it_failed(company: Company, member: Member) -> None:
    with FlaskBot(lambda _: ("", 500)) as webhook:
        company.bot("/일", webhook.url)
        bodies = [
            refused(member.api.call("POST", "/v1/messages", {"text": "/일"}, Idempotency_Key="k"), 502, "bot_error")
            for _ in range(2)
        ]
        assert bodies[0] == bodies[1]
        assert len(webhook.deliveries) == 1


def test_one_key_for_two_contents_is_refused(member: Member) -> None:
    succeeded(member.api.call("POST", "/v1/messages", {"text": "/도움"}, Idempotency_Key="k"))
    for body in ({"text": "/help"}, {"text": "/도움", "bot": "봇"}):
        reused = member.api.call("POST", "/v1/messages", body, Idempotency_Key="k")
        refused(reused, 422, "idempotency_key_reused")


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_a_key_that_is_none_is_refused(member: Member, key: str) -> None:
    response = member.api.call("POST", "/v1/messages", {"text": "/도움"}, Idempotency_Key=key)
    assert {place for place, _ in issues(refused(response, 422, "invalid_fields"))} == {"Idempotency-Key"}

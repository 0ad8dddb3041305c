"""``wait_seconds``: how long the answer to a message waits for the bot's reply."""

from __future__ import annotations

import time
from typing import Any

import pytest

from harness.api import issues, problem
from harness.directory import Company, Member
from harness.flask_bot import FlaskBot, Gate
from harness.server import Server
from harness.shapes import Shape, same_answer, send


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize(("seconds", "least", "most"), [(0, 0, 0.5), (0.0, 0, 0.5), (0.35, 0.3, 0.9)])
def test_who_waited_long_enough_learns_that_it_runs(
    server: Server, company: Company, member: Member, shape: Shape, seconds: float, least: float, most: float
) -> None:
    gate = Gate()
    with FlaskBot(gate) as webhook:
        company.bot("/느린 일", webhook.url)
        start = time.monotonic()
        assert member.api.key
        answer = send(server.port, member.api.key, {"text": "/느린 일", "wait_seconds": seconds}, shape).answer()
        took = time.monotonic() - start
        gate.open()
    assert (answer.status, answer.json["status"]) == (202, "running")
    assert least <= took < most


def test_unless_said_it_is_three_seconds(server: Server, company: Company, member: Member) -> None:
    gate = Gate()
    with FlaskBot(gate) as webhook:
        company.bot("/느린 일", webhook.url)
        assert member.api.key
        start = time.monotonic()
        sent = [send(server.port, member.api.key, {"text": "/느린 일"}, shape) for shape in Shape]
        statuses = [each.answer().status for each in sent]
        took = time.monotonic() - start
        gate.open()
    assert statuses == [202] * len(Shape)
    assert 2.9 < took < 4


def test_a_reply_ends_the_longest_wait(company: Company, member: Member, echo: str) -> None:
    company.bot("/메아리", echo)
    start = time.monotonic()
    member.send("/메아리", wait_seconds=30)
    member.send("/메아리", wait_seconds=30.0)
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    ("wait", "reason"),
    [
        (30.001, "out_of_range"),
        (31, "out_of_range"),
        (-0.001, "out_of_range"),
        (-1, "out_of_range"),
        (1e300, "out_of_range"),
        ("3", "wrong_type"),
        (True, "wrong_type"),
        ([3], "wrong_type"),
    ],
)
def test_what_is_no_wait_is_refused_alike_by_both_lanes(server: Server, member: Member, wait: Any, reason: str) -> None:
    assert member.api.key
    answer = same_answer(server.port, member.api.key, {"text": "/일", "wait_seconds": wait})
    body = problem(answer.json, 422, "invalid_fields", answer.status)
    assert issues(body) == {("/wait_seconds", reason)}

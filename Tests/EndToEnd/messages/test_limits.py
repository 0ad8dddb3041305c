"""What one member may send and what one bot may have in hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.api import problem
from harness.directory import Company, Member, new_company
from harness.mongod import Mongod
from harness.raw_bot import RawBot, hold
from harness.raw_http import RawConnection
from harness.secrets import api_key
from harness.server import Server
from harness.shapes import Shape, message_request, same_answer, send

# Open calls of one bot at a time.
CALLS = 512


def test_a_bot_with_too_much_in_hand_is_busy_and_others_are_not(
    server: Server, company: Company, member: Member, echo: str
) -> None:
    with RawBot(hold) as silent:
        company.bot("/멈춘 일", silent.url)
        company.bot("/메아리", echo)
        key = member.api.key
        assert key
        with RawConnection(server.port) as connection:
            connection.send(message_request(key, {"text": "/멈춘 일", "wait_seconds": 0}) * CALLS)
            assert {connection.response().status for _ in range(CALLS)} == {202}
        answer = same_answer(server.port, key, {"text": "/멈춘 일", "wait_seconds": 0})
        problem(answer.json, 429, "bot_busy", answer.status)
        assert member.send("/메아리")["status"] == "completed"
    # The bot is gone, its calls with it, and nothing of them counts any more.


@pytest.fixture(scope="module")
def slow_pace(mongod: Mongod, tmp_path_factory: pytest.TempPathFactory) -> Server:
    folder: Path = tmp_path_factory.mktemp("pace")
    return Server(folder, mongodb_uri=mongod.uri, mongodb_database="pace", admin_key=api_key(), messages_per_second="4")


def test_a_member_who_sends_too_fast_is_told_when_to_go_on_and_others_are_not_held_up(slow_pace: Server) -> None:
    with slow_pace as server:
        company = new_company(server.admin)
        member = company.member()
        key = member.api.key
        assert key
        # A burst of twice the rate, shared by both lanes.
        shapes = [Shape.PLAIN, Shape.IDEMPOTENT] * 8
        answers = [send(server.port, key, {"text": "/도움"}, shape).answer() for shape in shapes]
        statuses = [answer.status for answer in answers]
        assert statuses[:8] == [200] * 8
        assert set(statuses) == {200, 429}
        for answer in answers[statuses.index(429) :]:
            if answer.status == 429:
                problem(answer.json, 429, "rate_limited", answer.status)
                assert int(answer.headers["retry-after"]) >= 1
                assert "id" not in answer.json, "no message came of it"
        assert company.member("다른 사람").send("/도움")["status"] == "completed"

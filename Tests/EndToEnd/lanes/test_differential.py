"""The two lanes against each other: whatever is sent, a connection that starts hot says what one says that is cold."""

from __future__ import annotations

import contextlib
import time
from typing import Any

import pytest

from harness.directory import Company, Measurements, Member
from harness.ports import free_port
from harness.raw_http import RawConnection
from harness.request_maker import Case, RequestMaker
from harness.server import Server
from harness.shapes import comparable

SEEDS = range(4)
CASES = 1_000
# All of them together; a slow machine looks at fewer cases.
BUDGET = 40.0

COLD_START = b"GET /healthz HTTP/1.1\r\nHost: hiworker\r\n\r\n"


def answers(server: Server, case: Case, *, cold: bool) -> list[Any]:
    """What comes back until the server closes, which it does when everything is answered: we half-close."""
    with RawConnection(server.port, timeout=20) as connection:
        if cold:
            connection.send(COLD_START)
            assert connection.response().status == 200
        # The server may have answered and closed before it is sent all.
        with contextlib.suppress(OSError):
            connection.send_pieces(*case.pieces)
            connection.end_sending()
        found = [comparable(answer) for answer in connection.responses_until_closed()]
    for _, headers, _ in found:
        # After a half-close the hot lane says that it closes, the cold lane just does.
        headers.pop("connection", None)
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_a_hot_and_a_cold_connection_answer_alike(
    server: Server, company: Company, member: Member, echo: str, measurements: Measurements, seed: int
) -> None:
    bot = company.bot("/메아리", echo, name="메아리 봇")
    number = {"name": "/몇 개", "tokens": [{"key": "count", "label": "개수", "type": "number"}]}
    company.bot(commands=[number])
    company.bot("/꺼진 일", f"http://127.0.0.1:{free_port()}/")
    assert member.api.key
    assert bot.api.key
    maker = RequestMaker(seed, member.api.key, bot.api.key)
    end = time.monotonic() + BUDGET / len(SEEDS)
    seen: dict[int, int] = {}
    done = 0
    while done < CASES and time.monotonic() < end:
        case = maker.case()
        hot, cold = answers(server, case, cold=False), answers(server, case, cold=True)
        assert hot == cold, f"seed {seed}, case {done}: {case.pieces!r}"
        for status, _, _ in hot:
            seen[status] = seen.get(status, 0) + 1
        done += 1
    assert done > CASES / 10
    assert {200, 400, 401, 404, 422} <= seen.keys(), "the requests are too much alike"
    measurements.lines.append(f"both lanes agree on {done} connections with {sum(seen.values())} answers (seed {seed})")

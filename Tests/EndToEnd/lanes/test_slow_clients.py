"""Clients that begin a request and never end it: 408 within the limit, and nobody else waits."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from harness.api import problem
from harness.directory import Bot, Measurements, Member
from harness.heartbeat import Heartbeat
from harness.raw_http import RawConnection, RawResponse
from harness.server import Server
from harness.shapes import Shape, message_request

# The whole request must have come by then; the hot lane hands over after five seconds.
LIMIT = 30
HANDED_OVER = 5


def wait_for_answer(connection: RawConnection) -> tuple[RawResponse | None, float]:
    """What comes and after how long; no answer when nothing does."""
    start = time.monotonic()
    try:
        answer = connection.response()
        took = time.monotonic() - start
        assert connection.is_at_end()
    except (EOFError, OSError):
        return None, time.monotonic() - start
    return answer, took


def drip(connection: RawConnection, data: bytes, end: float) -> None:
    """A byte a second, as long as somebody takes it."""
    for index in range(len(data)):
        if time.monotonic() > end:
            return
        try:
            connection.send(data[index : index + 1])
        except OSError:
            return
        time.sleep(1)


@pytest.mark.slow
def test_a_request_that_never_arrives_whole_is_answered_408(
    server: Server, member: Member, echo_bot: Bot, measurements: Measurements
) -> None:
    assert echo_bot
    key = member.api.key
    assert key
    whole = message_request(key, {"text": "/도움"})
    head_end = whole.index(b"\r\n\r\n") + 4
    chunked = message_request(key, {"text": "/도움"}, Shape.CHUNKED)
    health = b"GET /healthz HTTP/1.1\r\nHost: hiworker\r\n\r\n"
    # What is answered before, and what then begins.
    beginnings = {
        "half a request line": (b"", whole[:15]),
        "half a head": (b"", whole[: head_end - 20]),
        "a head without its body": (b"", whole[:head_end]),
        "half a body": (b"", whole[:-4]),
        "half a chunk": (b"", chunked[:-12]),
        "half a cold head": (b"", b"GET /v1/me HTTP/1.1\r\nHost: "),
        "half a head after a cold request": (health, whole[: head_end - 20]),
        "half a body after a cold request": (health, whole[:-4]),
        "half a body after a hot request": (whole, whole[:-4]),
    }
    with Heartbeat(server.port, key, "/메아리 두근") as heart, ThreadPoolExecutor(24) as pool:
        waits = {}
        for name, (before, beginning) in beginnings.items():
            connection = RawConnection(server.port)
            if before:
                connection.send(before)
                assert connection.response().status == 200
            connection.send(beginning)
            waits[name] = pool.submit(wait_for_answer, connection)
        end = time.monotonic() + LIMIT + HANDED_OVER + 3
        long = message_request(key, {"text": "/도움" + " " * 100})
        for name, start in (("a head by the byte", 0), ("a body by the byte", long.index(b"\r\n\r\n") + 4)):
            connection = RawConnection(server.port)
            connection.send(long[:start])
            pool.submit(drip, connection, long[start:], end)
            waits[name] = pool.submit(wait_for_answer, connection)
        answers = {name: wait.result(LIMIT + HANDED_OVER + 20) for name, wait in waits.items()}
    for name, (answer, took) in answers.items():
        assert answer, f"{name}: nothing came for {took:.1f} s"
        problem(answer.json, 408, "request_timeout", answer.status)
        assert LIMIT - 2 < took < LIMIT + HANDED_OVER + 3, f"{name}: {took:.1f} s"
    heart.check(slowest=1)
    measurements.note("a message beside clients that never finish", heart.seconds)
    assert len(member.api.get("/v1/messages")["items"]) > 0

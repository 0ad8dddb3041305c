"""Bots in every kind of trouble: each gets its own clear error, the same from both lanes, and holds nobody else up."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from harness.api import problem
from harness.directory import Bot, Company, Measurements, Member
from harness.heartbeat import Heartbeat
from harness.ports import free_port
from harness.raw_bot import Behaviour, RawBot, answer, hold, response
from harness.raw_http import RawResponse
from harness.server import Server
from harness.shapes import Sent, Shape, comparable, same_answer, send
from harness.waiting import eventually

TEN_MEGABYTES = 10 * 1024 * 1024
MEBIBYTE = 1024 * 1024


def nothing(_connection: socket.socket, _request: bytes) -> None:
    """Reads the request and closes."""


def endless_head(connection: socket.socket, _request: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n" + b"X-Filler: 0123456789abcdef\r\n" * 20_000)


def chunks(connection: socket.socket, _request: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(TEN_MEGABYTES // 65536):
        connection.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")


def until_close(connection: socket.socket, _request: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + b"x" * TEN_MEGABYTES)


JSON = "application/json"

FAILURES: dict[str, tuple[Behaviour, str, int | None]] = {
    "closes without an answer": (nothing, "closed", None),
    "garbage": (answer(b"\x00\xff\x13garbage\r\n\r\n" * 3), "malformed", None),
    "not HTTP": (answer(b"SSH-2.0-OpenSSH_9.2p1\r\n\r\n"), "malformed", None),
    "no final empty line": (answer(b"HTTP/1.1 200 OK\r\nContent-Le"), "truncated", None),
    "an endless head": (endless_head, "malformed", None),
    "two lengths": (answer(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"), "malformed", None),
    "a bad chunk": (answer(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"), "malformed", None),
    "switching protocols": (answer(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"), "malformed", None),
    "half a body": (
        answer(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nhalf"),
        "truncated",
        None,
    ),
    "500": (answer(response(b"Traceback", "text/html", "500 Internal Server Error")), "status", 500),
    "503": (answer(response(b"", None, "503 Service Unavailable")), "status", 503),
    "404": (answer(response(b"no", "text/html", "404 Not Found")), "status", 404),
    "201": (answer(response(b"made", "text/plain", "201 Created")), "status", 201),
    "a redirect": (answer(response(b"", None, "302 Found", "Location: http://127.0.0.1:1/")), "status", 302),
    "no content type": (answer(response(b"hello", None)), "content_type", 200),
    "another content type": (answer(response(b"\x89PNG", "image/png")), "content_type", 200),
    "empty text": (answer(response(b"")), "empty", 200),
    "blank text": (answer(response(b" \n\t ")), "empty", 200),
    "text that is not UTF-8": (answer(response(b"\xb0\xa1", "text/plain; charset=euc-kr")), "not_utf8", 200),
    "invalid JSON": (answer(response(b'{"text": "', JSON)), "not_json", 200),
    "a JSON list": (answer(response(b'["text"]', JSON)), "not_json", 200),
    "deeply nested JSON": (
        answer(response(b'{"text":' + b"[" * 100_000 + b"]" * 100_000 + b"}", JSON)),
        "not_json",
        200,
    ),
    "JSON without text": (answer(response(b'{"reply": "x"}', JSON)), "no_text", 200),
    "JSON with a number for text": (answer(response(b'{"text": 7}', JSON)), "no_text", 200),
    "JSON with blank text": (answer(response(b'{"text": " "}', JSON)), "empty", 200),
    "a byte over a mebibyte": (answer(response(b"x" * (MEBIBYTE + 1))), "too_large", None),
    "10 MB": (answer(response(b"x" * TEN_MEGABYTES)), "too_large", None),
    "10 MB in chunks": (chunks, "too_large", None),
    "10 MB until it closes": (until_close, "too_large", None),
}


@pytest.fixture
def heart(server: Server, member: Member, echo_bot: Bot) -> Iterator[Heartbeat]:
    """A healthy bot beside, whose messages nothing may slow."""
    assert echo_bot
    assert member.api.key
    with Heartbeat(server.port, member.api.key, "/메아리 두근") as heart:
        eventually("the heart to beat", lambda: heart.seconds)
        yield heart
        heart.check(slowest=1)


@pytest.mark.usefixtures("heart")
@pytest.mark.parametrize("name", FAILURES)
def test_an_answer_that_is_none_is_a_bot_error_with_its_own_reason(
    server: Server, company: Company, member: Member, name: str
) -> None:
    behaviour, reason, bot_status = FAILURES[name]
    with RawBot(behaviour) as raw:
        bot = company.bot("/일", raw.url)
        assert member.api.key
        start = time.monotonic()
        failed = same_answer(server.port, member.api.key, {"text": "/일", "wait_seconds": 30}, "en")
        took = time.monotonic() - start
        calls = len(raw.requests)
    body = problem(failed.json, 502, "bot_error", failed.status)
    assert (body["reason"], body.get("bot_status")) == (reason, bot_status)
    assert bot.name in body["detail"]
    assert took < 5
    assert calls == len(Shape), "nothing is sent twice"
    shown = member.api.get(f"/v1/messages/{body['id']}")
    assert (shown["status"], shown["problem"]["code"]) == ("failed", "bot_error")


@pytest.mark.usefixtures("heart")
def test_a_bot_that_closes_after_accepting_was_reached(server: Server, company: Company, member: Member) -> None:
    with RawBot(nothing, reads_first=False) as raw:
        company.bot("/일", raw.url)
        assert member.api.key
        failed = same_answer(server.port, member.api.key, {"text": "/일"}, "ko")
    problem(failed.json, 502, "bot_error", failed.status)


@pytest.mark.usefixtures("heart")
def test_a_bot_that_refuses_connections_is_offline(server: Server, company: Company, member: Member) -> None:
    bot = company.bot("/일", f"http://127.0.0.1:{free_port()}/")
    assert member.api.key
    failed = same_answer(server.port, member.api.key, {"text": "/일"})
    assert problem(failed.json, 503, "bot_offline", failed.status)["reason"] == "refused"
    presence = company.admin.get(f"/v1/bots/{bot.id}")["presence"]
    assert (presence["online"], presence["reason"]) == (False, "refused")


@pytest.mark.usefixtures("heart")
def test_a_bot_that_never_takes_the_connection_is_offline_after_three_seconds(
    server: Server, company: Company, member: Member
) -> None:
    with ExitStack() as sockets:
        listener = sockets.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        # Fills the queue of connections that nobody accepts: the next one gets no answer at all.
        for _ in range(3):
            filler = sockets.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(listener.getsockname())
        company.bot("/일", f"http://127.0.0.1:{listener.getsockname()[1]}/")
        assert member.api.key
        start = time.monotonic()
        failed = same_answer(server.port, member.api.key, {"text": "/일", "wait_seconds": 30})
        took = time.monotonic() - start
    assert problem(failed.json, 503, "bot_offline", failed.status)["reason"] == "timeout"
    assert 2.8 < took < 4.5


@pytest.mark.usefixtures("heart")
def test_a_bot_that_speaks_no_tls_where_it_should_is_offline(server: Server, company: Company, member: Member) -> None:
    with RawBot(answer(response(b"plain")), reads_first=False) as raw:
        company.bot("/일", raw.url.replace("http://", "https://"))
        assert member.api.key
        failed = same_answer(server.port, member.api.key, {"text": "/일"})
    assert problem(failed.json, 503, "bot_offline", failed.status)["reason"] == "tls"


@pytest.mark.parametrize(
    "host", ["169.254.169.254", "10.0.0.1", "192.168.0.1", "[::1]", "[::ffff:10.0.0.1]", "0.0.0.0"]
)
def test_an_address_that_webhooks_may_not_reach_is_never_dialled(
    server: Server, company: Company, member: Member, host: str
) -> None:
    company.bot("/일", f"http://{host}:1/")
    assert member.api.key
    failed = same_answer(server.port, member.api.key, {"text": "/일"})
    assert problem(failed.json, 503, "bot_offline", failed.status)["reason"] == "address_not_allowed"


def test_a_bot_on_a_socket_that_never_dialled_is_offline(server: Server, company: Company, member: Member) -> None:
    company.bot("/일")
    assert member.api.key
    failed = same_answer(server.port, member.api.key, {"text": "/일"})
    problem(failed.json, 503, "bot_offline", failed.status)


@pytest.mark.slow
def test_bots_that_answer_nothing_or_a_byte_a_second_time_out_after_thirty_seconds(
    server: Server, company: Company, member: Member, heart: Heartbeat, measurements: Measurements
) -> None:
    over = threading.Event()

    def drip(connection: socket.socket, _request: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\n")
        while not over.wait(1):
            connection.sendall(b".")

    def drip_the_head(connection: socket.socket, _request: bytes) -> None:
        for byte in b"HTTP/1.1 200 OK\r\n" * 10:
            connection.sendall(bytes([byte]))
            if over.wait(1):
                return

    with ExitStack() as bots, ThreadPoolExecutor(32) as pool:
        for number, behaviour in enumerate((hold, drip, drip_the_head)):
            company.bot(f"/느린 일 {'가나다'[number]}", bots.enter_context(RawBot(behaviour)).url)
        key = member.api.key
        assert key
        start = time.monotonic()
        sent = [
            send(server.port, key, {"text": f"/느린 일 {name}", "wait_seconds": 30}, shape)
            for name in "가나다"
            for shape in Shape
        ]

        def answer_and_time(each: Sent) -> tuple[RawResponse, float]:
            return each.answer(), time.monotonic() - start

        waits = [pool.submit(answer_and_time, each) for each in sent]
        answers = [wait.result(40) for wait in waits]
        over.set()
    for failed, took in answers:
        problem(failed.json, 504, "bot_timeout", failed.status)
        assert 29.5 < took < 32
    for each in range(0, len(answers), len(Shape)):
        alike = [comparable(failed) for failed, _ in answers[each : each + len(Shape)]]
        assert all(one == alike[0] for one in alike)
    measurements.note("a message to a healthy bot beside twelve that hang", heart.seconds)

"""Requests that are no HTTP, or more of it than anybody wants: each gets a problem, and its connection an end."""

from __future__ import annotations

import contextlib

import pytest

from harness.api import problem
from harness.directory import Member
from harness.raw_http import RawConnection, RawResponse
from harness.server import Server
from harness.shapes import message_request
from harness.waiting import eventually

COLD_START = b"GET /healthz HTTP/1.1\r\nHost: hiworker\r\n\r\n"


def last_answer(server: Server, data: bytes, *, cold: bool, half_closes: bool = False) -> RawResponse:
    """The only answer to these bytes, after which the server closes."""
    with RawConnection(server.port) as connection:
        if cold:
            connection.send(COLD_START)
            assert connection.response().status == 200
        with contextlib.suppress(ConnectionError):
            connection.send(data)
            if half_closes:
                connection.end_sending()
        answer = connection.response()
        assert connection.is_at_end()
    return answer


MALFORMED: dict[str, bytes] = {
    "no HTTP": b"HELO mail.example\r\n\r\n",
    "binary": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(200)),
    "HTTP/2 by prior knowledge": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(9),
    "another version": b"POST /v1/messages HTTP/9.9\r\nHost: a\r\n\r\n",
    "a space in a name": b"POST /v1/messages HTTP/1.1\r\nHost: a\r\nBad Name: b\r\n\r\n",
    "a space before the colon": b"POST /v1/messages HTTP/1.1\r\nHost : a\r\n\r\n",
    "a line without a colon": b"POST /v1/messages HTTP/1.1\r\nHost: a\r\nnothing\r\n\r\n",
    "a control character": b"POST /v1/messages HTTP/1.1\r\nHost: a\r\nX: a\x00b\r\n\r\n",
    "two lengths": b"POST /v1/messages HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}}",
    "a length that is no number": b"POST /v1/messages HTTP/1.1\r\nHost: a\r\nContent-Length: two\r\n\r\n{}",
    "a negative length": b"POST /v1/messages HTTP/1.1\r\nHost: a\r\nContent-Length: -2\r\n\r\n{}",
    "length and chunks": (
        b"POST /v1/messages HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    ),
}


@pytest.mark.parametrize("cold", [False, True], ids=["hot", "cold"])
@pytest.mark.parametrize("name", MALFORMED)
def test_what_is_no_http_is_a_problem_and_the_end_of_the_connection(server: Server, name: str, cold: bool) -> None:
    answer = last_answer(server, MALFORMED[name], cold=cold)
    problem(answer.json, 400, "malformed_request", answer.status)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["connection"] == "close"


@pytest.mark.parametrize("cold", [False, True], ids=["hot", "cold"])
@pytest.mark.parametrize(
    "field",
    [
        b"X-Filler: " + b"a" * 100_000,
        b"\r\n".join(b"X-Filler-%d: a" % number for number in range(5_000)),
        b"X-" + b"a" * 100_000 + b": b",
        b"Cookie: " + b"a=b; " * 10_000,
    ],
    ids=["one long value", "many fields", "one long name", "cookies"],
)
def test_headers_that_are_too_large_are_refused(server: Server, member: Member, field: bytes, cold: bool) -> None:
    assert member.api.key
    request = message_request(member.api.key, {"text": "/도움"}).replace(b"Host:", field + b"\r\nHost:", 1)
    answer = last_answer(server, request, cold=cold)
    problem(answer.json, 431, "head_too_large", answer.status)


@pytest.mark.parametrize("cold", [False, True], ids=["hot", "cold"])
def test_a_path_that_is_too_long_is_refused(server: Server, cold: bool) -> None:
    answer = last_answer(server, b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", cold=cold)
    assert answer.status in {414, 431}
    assert answer.json["code"] == "head_too_large"


@pytest.mark.parametrize("cold", [False, True], ids=["hot", "cold"])
def test_headers_of_a_fair_size_are_taken(server: Server, member: Member, cold: bool) -> None:
    assert member.api.key
    request = message_request(member.api.key, {"text": "/도움"})
    with RawConnection(server.port) as connection:
        if cold:
            connection.send(COLD_START)
            connection.response()
        for length in (1_000, 7_000, 12_000):
            connection.send(request.replace(b"Host:", b"X-Filler: " + b"a" * length + b"\r\nHost:", 1))
            assert connection.response().status == 200


@pytest.mark.parametrize("cold", [False, True], ids=["hot", "cold"])
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        (b"", "key_missing"),
        (b"Authorization: Basic aHdtOg==\r\n", "key_missing"),
        (b"Authorization: Bearer\r\n", "key_missing"),
        (b"Authorization: Bearer hwm_x\r\nAuthorization: Bearer hwm_x\r\n", "key_malformed"),
        (b"Authorization: Bearer hwm_x hwm_y\r\n", "key_malformed"),
    ],
)
def test_a_key_that_is_missing_or_doubled_is_told(server: Server, fields: bytes, code: str, cold: bool) -> None:
    with RawConnection(server.port) as connection:
        if cold:
            connection.send(COLD_START)
            connection.response()
        connection.send(
            b"POST /v1/messages HTTP/1.1\r\nHost: a\r\n" + fields + b"Content-Length: 14\r\n\r\n" + b'{"text": "/a"}'
        )
        answer = connection.response()
        problem(answer.json, 401, code, answer.status)
        assert answer.headers["www-authenticate"].startswith("Bearer")
        connection.send(COLD_START)
        assert connection.response().status == 200


def test_a_scheme_and_its_spelling_do_not_matter(server: Server, member: Member) -> None:
    assert member.api.key
    for scheme in (b"bearer", b"BEARER", b"Bearer  "):
        request = message_request(member.api.key, {"text": "/도움"}).replace(b"Bearer", scheme, 1)
        with RawConnection(server.port) as connection:
            connection.send(request)
            assert connection.response().status == 200


def test_a_key_in_the_url_is_no_key(server: Server, member: Member) -> None:
    answer = server.api(None).call("GET", f"/v1/me?key={member.api.key}")
    assert answer.status_code == 401


@pytest.mark.parametrize("cold", [False, True], ids=["hot", "cold"])
def test_an_upgrade_to_http2_is_not_taken_up_and_the_request_is_answered(
    server: Server, member: Member, cold: bool
) -> None:
    assert member.api.key
    upgrade = (
        b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\nHost:"
    )
    request = message_request(member.api.key, {"text": "/도움"}).replace(b"Host:", upgrade, 1)
    answer = last_answer(server, request, cold=cold)
    assert (answer.status, answer.json["status"]) == (200, "completed")
    assert answer.headers["connection"] == "close"


@pytest.mark.parametrize("cold", [False, True], ids=["hot", "cold"])
def test_who_expects_100_continue_gets_it_and_then_the_answer(server: Server, member: Member, cold: bool) -> None:
    assert member.api.key
    request = message_request(member.api.key, {"text": "/도움"}).replace(b"Host:", b"Expect: 100-continue\r\nHost:", 1)
    head, _, body = request.partition(b"\r\n\r\n")
    with RawConnection(server.port) as connection:
        if cold:
            connection.send(COLD_START)
            connection.response()
        connection.send(head + b"\r\n\r\n")
        assert connection.response(skips_interim=False).status == 100
        connection.send(body)
        assert connection.response(skips_interim=False).status == 200


@pytest.mark.parametrize("cold", [False, True], ids=["hot", "cold"])
@pytest.mark.parametrize("http", [b"HTTP/1.0", b"HTTP/1.1"])
def test_who_wants_the_connection_closed_gets_it_closed(
    server: Server, member: Member, http: bytes, cold: bool
) -> None:
    assert member.api.key
    request = message_request(member.api.key, {"text": "/도움"}).replace(b"HTTP/1.1", http, 1)
    if http == b"HTTP/1.1":
        request = request.replace(b"Host:", b"Connection: close\r\nHost:", 1)
    assert last_answer(server, request, cold=cold).status == 200


@pytest.mark.parametrize("cold", [False, True], ids=["hot", "cold"])
def test_who_sends_and_half_closes_still_gets_the_answer(
    server: Server, member: Member, echo_bot: object, cold: bool
) -> None:
    assert echo_bot
    assert member.api.key
    request = message_request(member.api.key, {"text": "/메아리"})
    assert last_answer(server, request, cold=cold, half_closes=True).status == 200


@pytest.mark.parametrize("cold", [False, True], ids=["hot", "cold"])
@pytest.mark.parametrize("part", ["line", "head", "body"])
def test_who_half_closes_in_the_middle_of_a_request_is_told_or_left(
    server: Server, member: Member, part: str, cold: bool
) -> None:
    assert member.api.key
    request = message_request(member.api.key, {"text": "/도움"})
    length = {"line": 20, "head": 60, "body": len(request) - 3}[part]
    with RawConnection(server.port, timeout=5) as connection:
        if cold:
            connection.send(COLD_START)
            connection.response()
        connection.send(request[:length])
        connection.end_sending()
        answers = connection.responses_until_closed()
    assert [answer.json["code"] for answer in answers] in ([], ["malformed_request"])
    assert member.api.get("/v1/messages")["items"] == [], "half a message is none"


def test_a_client_that_goes_away_while_its_message_runs_leaves_the_message_whole(
    server: Server, member: Member, echo_bot: object
) -> None:
    assert echo_bot
    assert member.api.key
    with RawConnection(server.port) as connection:
        connection.send(message_request(member.api.key, {"text": "/메아리 혼자"}))
    done = eventually("the message", lambda: member.api.get("/v1/messages")["items"])
    eventually("its end", lambda: member.api.get(f"/v1/messages/{done[0]['id']}")["status"] == "completed")

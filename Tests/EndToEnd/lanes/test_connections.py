"""One connection over its life: requests in pieces, several at once, and from one lane into the other."""

from __future__ import annotations

import json

import pytest

from harness.directory import Bot, Company, Member
from harness.flask_bot import FlaskBot, Gate
from harness.raw_http import RawConnection
from harness.server import Server
from harness.shapes import Shape, message_request
from harness.waiting import eventually

GET = b"GET /v1/me HTTP/1.1\r\nHost: hiworker\r\nAuthorization: Bearer %s\r\n\r\n"
HEALTH = b"GET /healthz HTTP/1.1\r\nHost: hiworker\r\n\r\n"


@pytest.mark.parametrize("shape", [Shape.PLAIN, Shape.IDEMPOTENT, Shape.CHUNKED])
def test_a_request_may_be_cut_at_every_byte(server: Server, member: Member, echo_bot: Bot, shape: Shape) -> None:
    assert echo_bot
    assert member.api.key
    length = len(message_request(member.api.key, {"text": "/메아리 1"}, shape))
    with RawConnection(server.port) as connection:
        for cut in range(1, length):
            request = message_request(member.api.key, {"text": "/메아리 1"}, shape)
            connection.send_pieces(request[:cut], request[cut:])
            answer = connection.response()
            assert (answer.status, answer.json["reply"]["text"]) == (200, "메아리: /메아리 1"), cut


@pytest.mark.parametrize("shape", [Shape.PLAIN, Shape.CHUNKED])
def test_a_request_may_come_byte_by_byte(server: Server, member: Member, shape: Shape) -> None:
    assert member.api.key
    request = message_request(member.api.key, {"text": "/도움 😀"}, shape)
    with RawConnection(server.port) as connection:
        connection.send_pieces(*(request[index : index + 1] for index in range(len(request))))
        assert connection.response().status == 200


def test_requests_in_one_piece_are_answered_in_their_order(server: Server, member: Member, echo_bot: Bot) -> None:
    assert echo_bot
    assert member.api.key
    texts = [f"/메아리 {number}" for number in range(60)]
    with RawConnection(server.port) as connection:
        connection.send(b"".join(message_request(member.api.key, {"text": text}) for text in texts))
        answers = [connection.response().json for _ in texts]
    assert [answer["reply"]["text"] for answer in answers] == [f"메아리: {text}" for text in texts]


def test_a_slow_message_holds_up_what_follows_on_its_connection_and_nothing_else(
    server: Server, company: Company, member: Member, echo_bot: Bot
) -> None:
    assert echo_bot
    assert member.api.key
    gate = Gate()
    with FlaskBot(gate) as webhook, RawConnection(server.port) as one, RawConnection(server.port) as other:
        company.bot("/느린 일", webhook.url)
        slow = message_request(member.api.key, {"text": "/느린 일", "wait_seconds": 30})
        one.send(slow + message_request(member.api.key, {"text": "/메아리 뒤"}))
        eventually("the call", lambda: gate.waiting)
        other.send(message_request(member.api.key, {"text": "/메아리 옆"}))
        assert other.response().json["reply"]["text"] == "메아리: /메아리 옆"
        gate.open()
        assert one.response().json["reply"]["text"] == "끝: /느린 일"
        assert one.response().json["reply"]["text"] == "메아리: /메아리 뒤"


@pytest.mark.parametrize("in_one_piece", [False, True])
def test_a_connection_goes_from_hot_to_cold_and_takes_hot_routes_still(
    server: Server, member: Member, echo_bot: Bot, in_one_piece: bool
) -> None:
    assert echo_bot
    key = member.api.key
    assert key
    requests = [
        message_request(key, {"text": "/메아리 1"}),
        message_request(key, {"text": "/메아리 2"}),
        GET % key.encode(),
        message_request(key, {"text": "/메아리 3"}),
        message_request(key, {"text": "/메아리 4"}, Shape.CHUNKED),
        HEALTH,
        message_request(key, {"text": "/메아리 5"}, Shape.IDEMPOTENT),
        message_request(key, b"{"),
        message_request(key, {"text": "/메아리 6"}),
    ]
    with RawConnection(server.port) as connection:
        if in_one_piece:
            connection.send(b"".join(requests))
            answers = [connection.response() for _ in requests]
        else:
            answers = []
            for request in requests:
                connection.send(request)
                answers.append(connection.response())
    assert [answer.status for answer in answers] == [200, 200, 200, 200, 200, 200, 200, 400, 200]
    texts = [answer.json.get("reply", {}).get("text", "") for answer in answers]
    assert [text.removeprefix("메아리: /메아리 ") for text in texts] == ["1", "2", "", "3", "4", "", "5", "", "6"]


def test_a_connection_turns_cold_while_a_hot_message_runs(server: Server, company: Company, member: Member) -> None:
    gate = Gate()
    with FlaskBot(gate) as webhook, RawConnection(server.port) as connection:
        company.bot("/느린 일", webhook.url)
        key = member.api.key
        assert key
        connection.send(message_request(key, {"text": "/느린 일", "wait_seconds": 30}))
        eventually("the call", lambda: gate.waiting)
        connection.send_pieces(HEALTH[:9], HEALTH[9:] + message_request(key, {"text": "/도움"}))
        gate.open()
        assert connection.response().json["reply"]["text"] == "끝: /느린 일"
        assert json.loads(connection.response().body) == {"status": "alive"}
        assert connection.response().json["status"] == "completed"


@pytest.mark.parametrize("shape", [Shape.PLAIN, Shape.CHUNKED])
@pytest.mark.parametrize("behind", [b"", b"\x00garbage\r\n\r\n"], ids=["a request", "garbage"])
def test_bytes_behind_a_request_that_ends_the_connection_are_never_a_request(
    server: Server, member: Member, shape: Shape, behind: bytes
) -> None:
    key = member.api.key
    assert key
    last = message_request(key, {"text": "/도움"}, shape).replace(b"Host:", b"Connection: close\r\nHost:", 1)
    with RawConnection(server.port) as connection:
        connection.send(last + (behind or message_request(key, {"text": "/help"})))
        (answer,) = connection.responses_until_closed()
    assert (answer.status, answer.headers["connection"]) == (200, "close")
    assert len(member.api.get("/v1/messages")["items"]) == 1


@pytest.mark.parametrize("shape", [Shape.PLAIN, Shape.CHUNKED])
def test_garbage_behind_a_request_is_answered_after_it(server: Server, member: Member, shape: Shape) -> None:
    key = member.api.key
    assert key
    with RawConnection(server.port) as connection:
        connection.send(message_request(key, {"text": "/도움"}, shape) * 2 + b"\x00garbage\r\n\r\n")
        answers = connection.responses_until_closed()
    assert [answer.status for answer in answers] == [200, 200, 400]
    assert ["connection" in answer.headers for answer in answers] == [False, False, True]


@pytest.mark.parametrize("in_pieces", [False, True])
def test_a_request_whose_body_breaks_gets_one_answer(server: Server, member: Member, in_pieces: bool) -> None:
    key = member.api.key
    assert key
    for authorization in (f"Authorization: Bearer {key}\r\n".encode(), b""):
        head = b"POST /v1/messages HTTP/1.1\r\nHost: a\r\n" + authorization + b"Transfer-Encoding: chunked\r\n\r\n"
        with RawConnection(server.port) as connection:
            connection.send_pieces(head, b"zz\r\n{}\r\n") if in_pieces else connection.send(head + b"zz\r\n{}\r\n")
            (answer,) = connection.responses_until_closed()
        assert answer.status in ({400} if authorization else {400, 401})


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("how", ["keeps the connection", "wants it closed", "half-closes"])
def test_large_replies_arrive_whole_however_slowly_they_are_read(
    server: Server, company: Company, member: Member, shape: Shape, how: str
) -> None:
    """Together they are more than the system takes for a client that does not read."""
    text, count = "가" * 340_000, 8
    key = member.api.key
    assert key
    requests = [message_request(key, {"text": "/일"}, shape) for _ in range(count)]
    if how == "wants it closed":
        requests[-1] = requests[-1].replace(b"Host:", b"Connection: close\r\nHost:", 1)
    with FlaskBot(lambda _: text) as webhook, RawConnection(server.port, takes_little=True) as connection:
        company.bot("/일", webhook.url)
        if shape is Shape.AFTER_COLD:
            connection.send(HEALTH)
            assert connection.response().status == 200
        connection.send(b"".join(requests))
        if how == "half-closes":
            connection.end_sending()
        eventually("the first replies", lambda: len(webhook.deliveries) > 1)
        answers = [connection.response() for _ in requests]
        assert [answer.json["reply"]["text"] == text for answer in answers] == [True] * count
        if how != "keeps the connection":
            assert connection.is_at_end()


@pytest.mark.parametrize("shape", [Shape.PLAIN, Shape.CHUNKED])
def test_who_does_not_take_the_answers_is_asked_no_more_until_it_does(
    server: Server, company: Company, member: Member, echo_bot: Bot, shape: Shape
) -> None:
    """Answers that nobody takes would fill the memory of the server."""
    assert echo_bot
    key, text, count = member.api.key, "a" * 200_000, 200
    assert key
    with FlaskBot(lambda _: text) as webhook, RawConnection(server.port, takes_little=True) as connection:
        company.bot("/일", webhook.url)
        connection.send(b"".join(message_request(key, {"text": "/일"}, shape) for _ in range(count)))
        deliveries = -1
        while deliveries != len(webhook.deliveries):
            deliveries = len(webhook.deliveries)
            for _ in range(100):
                member.send("/메아리")
        assert 0 < deliveries < count
        for _ in range(count):
            assert connection.response().json["reply"]["text"] == text
    assert len(webhook.deliveries) == count


def test_who_half_closes_after_the_answers_were_sent_still_gets_them_all(
    server: Server, company: Company, member: Member
) -> None:
    key, text, count = member.api.key, "a" * 1_000_000, 3
    assert key
    with FlaskBot(lambda _: text) as webhook, RawConnection(server.port, takes_little=True) as connection:
        company.bot("/일", webhook.url)
        connection.send(message_request(key, {"text": "/일"}) * count)
        path = "/v1/messages"
        eventually("the replies", lambda: sum("reply" in one for one in member.api.get(path)["items"]) == count)
        connection.end_sending()
        for _ in range(count):
            assert connection.response().json["reply"]["text"] == text
        assert connection.is_at_end()


def test_a_thousand_idle_connections_harm_nobody(server: Server, member: Member) -> None:
    connections = [RawConnection(server.port) for _ in range(1_000)]
    try:
        assert member.send("/도움")["status"] == "completed"
        assert member.api.key
        request = message_request(member.api.key, {"text": "/도움"})
        for connection in connections[::50]:
            connection.send(request)
            assert connection.response().status == 200
    finally:
        for connection in connections:
            connection.close()

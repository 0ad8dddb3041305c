"""Bodies that are no message. Both lanes say the same of each, and the connection lives on where it can."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest

from harness.api import issues, problem
from harness.directory import Member
from harness.raw_http import RawConnection
from harness.server import Server
from harness.shapes import message_request, same_answer

NO_MESSAGE: dict[str, tuple[bytes, int, str, set[tuple[str, str]]]] = {
    "empty": (b"", 400, "invalid_json", {("", "json_syntax")}),
    "white space": (b" \r\n ", 400, "invalid_json", {("", "json_syntax")}),
    "truncated": (b'{"text": "/', 400, "invalid_json", {("", "json_syntax")}),
    "not UTF-8": (b'{"text": "/\xb0\xa1"}', 400, "invalid_json", {("", "json_syntax")}),
    "an overlong encoding": (b'{"text": "/\xc0\xaf"}', 400, "invalid_json", {("", "json_syntax")}),
    "half a surrogate pair": (b'{"text": "/\\ud83d"}', 400, "invalid_json", {("", "json_syntax")}),
    "a raw control character": (b'{"text": "/a\nb"}', 400, "invalid_json", {("", "json_syntax")}),
    "a byte order mark": (b'\xef\xbb\xbf{"text": "/a"}', 400, "invalid_json", {("", "json_syntax")}),
    "a name twice": (b'{"text": "/a", "text": "/b"}', 400, "invalid_json", {("", "json_syntax")}),
    "something behind": (b'{"text": "/a"} {}', 400, "invalid_json", {("", "json_syntax")}),
    "a trailing comma": (b'{"text": "/a",}', 400, "invalid_json", {("", "json_syntax")}),
    "deeply nested": (b'{"text":' + b"[" * 100_000, 400, "invalid_json", {("", "json_syntax")}),
    "a form": (b"text=%2Fa", 400, "invalid_json", {("", "json_syntax")}),
    "a huge number": (b'{"text": "/a", "wait_seconds": 1e999}', 400, "invalid_json", {("", "json_syntax")}),
    "a list": (b'["/a"]', 422, "invalid_fields", {("", "wrong_type")}),
    "a string": (b'"/a"', 422, "invalid_fields", {("", "wrong_type")}),
    "null": (b"null", 422, "invalid_fields", {("", "wrong_type")}),
    "no text": (b"{}", 422, "invalid_fields", {("/text", "required")}),
    "no string": (b'{"text": 7}', 422, "invalid_fields", {("/text", "wrong_type")}),
    "an empty text": (b'{"text": ""}', 422, "invalid_fields", {("/text", "empty")}),
    "a blank text": ('{"text": " \\t\u3000"}'.encode(), 422, "invalid_fields", {("/text", "empty")}),
    "an unknown field": (b'{"text": "/a", "texts": 1}', 422, "invalid_fields", {("/texts", "unknown_field")}),
    "an empty bot": (b'{"text": "/a", "bot": ""}', 422, "invalid_fields", {("/bot", "empty")}),
    "too long a text": (
        json.dumps({"text": "/" + "a" * 20_000}).encode(),
        422,
        "invalid_fields",
        {("/text", "too_long")},
    ),
}


@pytest.mark.parametrize("name", NO_MESSAGE)
def test_a_body_that_is_no_message_is_told_alike_by_both_lanes(server: Server, member: Member, name: str) -> None:
    body, status, code, expected = NO_MESSAGE[name]
    assert member.api.key
    answer = same_answer(server.port, member.api.key, body)
    assert issues(problem(answer.json, status, code, answer.status)) == expected
    assert "id" not in answer.json
    assert member.api.get("/v1/messages")["items"] == []


@pytest.mark.parametrize(
    "text",
    [
        '{"text": "\\/도움"}',
        '{"text": "\\u002f\\ub3c4\\uc6c0"}',
        ' {\t"text"\n:\r"/도움" } ',
        '{"wait_seconds": 1.50, "text": "/도움", "bot": null}',
        '{"wait_seconds": 1e1, "text": "/도움"}',
        '{"text": "/도움", "wait_seconds": null}',
        '{"te\\u0078t": "/도움"}',
    ],
)
def test_a_message_may_be_written_in_any_valid_way(server: Server, member: Member, text: str) -> None:
    assert member.api.key
    answer = same_answer(server.port, member.api.key, text.encode())
    assert (answer.status, answer.json["status"]) == (200, "completed")


def test_a_text_may_have_as_many_characters_as_it_says_whatever_their_bytes(server: Server, member: Member) -> None:
    assert member.api.key
    for text in ("/도움" + " " * 19_997, "/도움 " + "가" * 19_996, "/도움 " + "😀" * 19_996):
        assert len(text) == 20_000
        assert same_answer(server.port, member.api.key, {"text": text}).status == 200
        assert same_answer(server.port, member.api.key, {"text": text + "."}).status == 422


def test_ten_megabytes_are_refused_without_being_read_and_harm_nobody(server: Server, member: Member) -> None:
    body = json.dumps({"text": "/" + "a" * 10_000_000}).encode()
    assert member.api.key
    for path_key, request in (
        ("hot", message_request(member.api.key, body)),
        ("cold", message_request(member.api.key, body).replace(b"Host:", b"Cookie: a=b\r\nHost:", 1)),
    ):
        with RawConnection(server.port) as connection:
            # The server may say what it thinks before everything is sent, and hang up.
            with contextlib.suppress(ConnectionError):
                connection.send(request)
            answer = connection.response()
        problem(answer.json, 413, "body_too_large", answer.status)
        assert "1048576" in answer.json["detail"], path_key
    assert member.send("/도움")["status"] == "completed"


def test_a_mebibyte_is_read_and_a_byte_more_is_not(server: Server, member: Member) -> None:
    key = member.api.key
    assert key
    for length, status in ((1024 * 1024, 422), (1024 * 1024 + 1, 413)):
        body = b'{"text": "' + b"a" * (length - 12) + b'"}'
        assert len(body) == length
        assert same_answer(server.port, key, body).status == status


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 200),
        ("application/json; charset=UTF-8", 200),
        ("Application/JSON", 200),
        ('application/json;charset="utf-8"', 200),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("application/json; charset=euc-kr", 415),
        ("application/merge-patch+json", 415),
        (None, 200),
    ],
)
def test_the_type_of_a_body_must_be_json_when_it_is_said(
    server: Server, member: Member, content_type: str | None, status: int
) -> None:
    assert member.api.key
    field = f"Content-Type: {content_type}\r\n".encode() if content_type else b""
    request = message_request(member.api.key, {"text": "/도움"}).replace(b"Content-Type: application/json\r\n", field)
    with RawConnection(server.port) as connection:
        connection.send(request)
        assert connection.response().status == status
        connection.send(message_request(member.api.key, {"text": "/도움"}))
        assert connection.response().status == 200, "the connection goes on"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/v1/companies", b'{"domain": "a.example"'),
        ("POST", "/v1/companies", b""),
        ("POST", "{company}/bots", b"[" * 200_000),
        ("POST", "{company}/members", b'{"name": "\xff"}'),
        ("PATCH", "{company}", b"null null"),
        ("POST", "{company}/keys", b"{"),
    ],
)
def test_the_directory_says_the_same_of_such_bodies(
    server: Server, member: Member, method: str, path: str, body: bytes
) -> None:
    company = member.api.get("/v1/me")["company"]
    head = f"{method} {path.format(company=f'/v1/companies/{company}')} HTTP/1.1\r\nHost: hiworker\r\n"
    head += f"Authorization: Bearer {server.admin_key}\r\nContent-Length: {len(body)}\r\n\r\n"
    with RawConnection(server.port) as connection:
        connection.send(head.encode() + body)
        answer = connection.response()
        found: dict[str, Any] = problem(answer.json, 400, "invalid_json", answer.status)
    assert issues(found) == {("", "json_syntax")}

"""The ways in which one message can be sent: the plain shape of the hot lane, and others that the cold lane takes."""

from __future__ import annotations

import itertools
import json
import uuid
from dataclasses import dataclass
from enum import Enum
from typing import Any

from .raw_http import RawConnection, RawResponse

# What differs between two sendings of one message.
_OWN = {"id", "created_at", "completed_at"}

_COMPARED_HEADERS = (
    "content-type",
    "content-language",
    "www-authenticate",
    "retry-after",
    "cache-control",
    "connection",
)


class Shape(Enum):
    """How the request looks; all but the first belong to the cold lane."""

    PLAIN = "plain"
    IDEMPOTENT = "with Idempotency-Key"
    CHUNKED = "chunked"
    AFTER_COLD = "after a cold request"


@dataclass(frozen=True)
class Sent:
    """A message on its way: its connection, until the answer is read."""

    connection: RawConnection

    def answer(self) -> RawResponse:
        with self.connection:
            return self.connection.response()


def send(port: int, key: str, body: Any, shape: Shape = Shape.PLAIN, language: str | None = None) -> Sent:
    """Sends ``POST /v1/messages`` over a connection of its own. ``body`` is bytes, or written as JSON."""
    connection = RawConnection(port)
    if shape is Shape.AFTER_COLD:
        connection.send(b"GET /healthz HTTP/1.1\r\nHost: hiworker\r\n\r\n")
        assert connection.response().status == 200
    connection.send(message_request(key, body, shape, language))
    return Sent(connection)


def message_request(key: str, body: Any, shape: Shape = Shape.PLAIN, language: str | None = None) -> bytes:
    """The bytes of a ``POST /v1/messages``."""
    data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    fields = ["Host: hiworker", f"Authorization: Bearer {key}", "Content-Type: application/json"]
    if language:
        fields.append(f"Accept-Language: {language}")
    if shape is Shape.IDEMPOTENT:
        fields.append(f"Idempotency-Key: {uuid.uuid4()}")
    if shape is Shape.CHUNKED:
        fields.append("Transfer-Encoding: chunked")
        data = b"".join(chunk(part) for part in halves(data)) + b"0\r\n\r\n"
    else:
        fields.append(f"Content-Length: {len(data)}")
    return "\r\n".join(["POST /v1/messages HTTP/1.1", *fields, "", ""]).encode() + data


def chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n" if data else b""


def halves(data: bytes) -> tuple[bytes, bytes]:
    return data[: len(data) // 2], data[len(data) // 2 :]


def comparable(answer: RawResponse) -> tuple[int, dict[str, str], Any]:
    """An answer without what differs between two sendings of one message."""
    headers = {name: answer.headers[name] for name in _COMPARED_HEADERS if name in answer.headers}
    if "json" not in headers.get("content-type", ""):
        return answer.status, headers, answer.body
    return answer.status, headers, _without_own(answer.json)


def _without_own(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {name: _without_own(inner) for name, inner in value.items() if name not in _OWN}


def same_answer(port: int, key: str, body: Any, language: str | None = None) -> RawResponse:
    """Sends the message in every shape, holds the answers to be the same, and returns that of the plain one."""
    sent = [send(port, key, body, shape, language) for shape in Shape]
    answers = [each.answer() for each in sent]
    for (one, shape), (other, _) in itertools.pairwise(zip(answers, Shape, strict=True)):
        assert comparable(one) == comparable(other), f"{shape} and the next differ"
    return answers[0]

"""Requests by chance: valid ones, odd ones and broken ones, the same again for the same seed."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """What is sent over one connection: the bytes, and where they are cut."""

    pieces: tuple[bytes, ...]

    @property
    def data(self) -> bytes:
        return b"".join(self.pieces)


_TEXTS = [
    "/도움",
    "/help",
    "/help 메아리",
    "/메아리 하나",
    '/메아리 "둘 셋" \'넷',
    "／메아리　전각",
    "/메알이",
    "/몇 개 3",
    "/몇 개 셋",
    "/몇 개",
    "/몇 개 1 2",
    "안녕하세요",
    "@없는봇 /메아리",
    "/꺼진 일",
    " ",
    "",
    "\u0000",
    "😀",
    "/" + "가" * 200,
    "/메아리 " + "긴 글 " * 2_000,
]

_ODD_BODIES = [
    b"",
    b"{",
    b"null",
    b"[]",
    b'"/help"',
    b"{}",
    b'{"text": 1}',
    b'{"text": "\xff"}',
    b'{"text": "\\ud800"}',
    b'{"text": "/help"} x',
    b'{"text": "/help", "text": "/help"}',
    b'{"text": "/help", "more": {}}',
    b'{"text": "/help", "wait_seconds": 31}',
    b'{"text": "/help", "wait_seconds": -0.5}',
    b'{"text": "/help", "wait_seconds": "1"}',
    b'{"text": "/help", "wait_seconds": 01}',
    b'{"text": "/help", "wait_seconds": 1e0}',
    b'{"text": "/help", "wait_seconds": 30.000}',
    b'{"text": "/help", "wait_seconds": 0.1234567890123456789}',
    b'{"text": "/help", "bot": ""}',
    b'{"text": "/help", "bot": null}',
    b'{"text": "/help", "bot": "\xec\x97\x86\xeb\x8a\x94 \xeb\xb4\x87"}',
    b'{"text":' + b"[" * 200,
    b"\xef\xbb\xbf{}",
    b"text=/help",
]

_ODD_LINES = [
    b"post /v1/messages HTTP/1.1",
    b"POST  /v1/messages HTTP/1.1",
    b"POST /v1/messages HTTP/1.2",
    b"POST /v1/messages",
    b"POST /v1/messages/ HTTP/1.1",
    b"POST /v1/messages? HTTP/1.1",
    b"POST /v1/messages?wait=1 HTTP/1.1",
    b"POST http://hiworker/v1/messages HTTP/1.1",
    b"POST //v1/messages HTTP/1.1",
    b"POST /v1/%6dessages HTTP/1.1",
    b"GET /v1/messages?limit=0 HTTP/1.1",
    b"PUT /v1/messages HTTP/1.1",
    b"OPTIONS /v1/messages HTTP/1.1",
    b"GET /v1/me HTTP/1.1",
    b"GET /nothing HTTP/1.1",
    b"",
]

_ODD_FIELDS = [
    b"Host: other",
    b"Content-Length: 3",
    b"Content-Length: +3",
    b"Transfer-Encoding: identity",
    b"Transfer-Encoding: chunked, gzip",
    b"Content-Type: text/plain",
    b"Content-Type: application/json; charset=utf-8",
    b"Content-Encoding: gzip",
    b"Authorization: Bearer hwm_x",
    b"Authorization: Basic eDp5",
    b"Cookie: a=b",
    b"Connection: close",
    b"Connection: keep-alive",
    b"Connection: x-thing, close",
    b"Expect: 200-maybe",
    b"Accept-Language: ko",
    b"Accept-Language: ko;q=0.1, en;q=0.9",
    b"Accept-Language: ,;;q=",
    b"Accept: */*",
    b"X-Empty:",
    b"X-Bytes: caf\xc3\xa9",
    b"X-Tab:\ta\tb\t",
    b"X-Long: " + b"a" * 9_000,
    b"X Broken: a",
    b"Broken",
    b": nameless",
    b" folded: a",
    b"X-Bell: \x07",
]


class RequestMaker:
    """``key`` is a member's; one of another kind and a wrong one come from it, too."""

    def __init__(self, seed: int, key: str, other_key: str) -> None:
        self._random = random.Random(seed)
        self._keys = [key] * 12 + [other_key, key[:-1], key[:-1] + "?", "", "hwm_" + "0" * 36]

    def case(self) -> Case:
        """One to four requests, whole or cut into pieces."""
        data = b"".join(self._request() for _ in range(self._random.choice((1, 1, 1, 2, 3, 4))))
        if self._chance(0.06):
            data = data[: self._random.randrange(len(data) + 1)]
        if self._chance(0.06) and data:
            place = self._random.randrange(len(data))
            data = data[:place] + bytes([self._random.randrange(256)]) + data[place + 1 :]
        return Case(self._cut(data))

    def _cut(self, data: bytes) -> tuple[bytes, ...]:
        if len(data) < 2 or self._chance(0.7):
            return (data,)
        places = sorted(
            self._random.sample(range(1, len(data)), k=min(len(data) - 1, self._random.choice((1, 1, 2, 3))))
        )
        return tuple(data[start:end] for start, end in zip([0, *places], [*places, len(data)], strict=True))

    def _request(self) -> bytes:
        body = self._body()
        line = self._random.choice(_ODD_LINES) if self._chance(0.12) else b"POST /v1/messages HTTP/1.1"
        fields = [b"Host: hiworker", b"Authorization: Bearer " + self._random.choice(self._keys).encode()]
        if self._chance(0.8):
            fields.append(b"Content-Type: application/json")
        if self._chance(0.1):
            fields.append(b"Transfer-Encoding: chunked")
            body = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n" if body else b"0\r\n\r\n"
        else:
            fields.append(f"Content-Length: {len(body)}".encode())
        while self._chance(0.3):
            fields.append(self._random.choice(_ODD_FIELDS))
        if self._chance(0.05):
            fields.pop(self._random.randrange(len(fields)))
        if self._chance(0.2):
            self._random.shuffle(fields)
        if self._chance(0.1):
            fields = [field.upper() if self._chance(0.5) else field.lower() for field in fields]
        end = b"\n" if self._chance(0.02) else b"\r\n"
        return end.join([line, *fields, b"", b""]) + body

    def _body(self) -> bytes:
        if self._chance(0.35):
            return self._random.choice(_ODD_BODIES)
        message: dict[str, object] = {"text": self._random.choice(_TEXTS)}
        if self._chance(0.2):
            message["wait_seconds"] = self._random.choice((1, 5, 2.5, 30))
        if self._chance(0.1):
            message["bot"] = self._random.choice(("메아리 봇", "없는 봇"))
        return json.dumps(message, ensure_ascii=self._chance(0.3)).encode()

    def _chance(self, probability: float) -> bool:
        return self._random.random() < probability

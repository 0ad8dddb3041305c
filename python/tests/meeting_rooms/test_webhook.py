"""The bot as hiworker calls it. The calls are signed here by hand, which holds the verification to the standard."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from meeting_rooms.app import create_app, declared_rooms
from meeting_rooms.booking_file import BookingFile

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Asia/Seoul"))


def signature(message_id: str, timestamp: str, body: bytes, secret: str = SECRET) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def message(command: str = "/예약 회의실", **tokens: str) -> dict[str, Any]:
    return {
        "type": "message",
        "id": "msg_1",
        "attempt": 1,
        "company": "example.com",
        "bot": "bot_1",
        "command": command,
        "tokens": tokens,
        "text": command,
        "member": {"id": "mem_1", "name": "김지은"},
    }


Send = Callable[..., TestResponse]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bookings.json"


@pytest.fixture
def client(path: Path) -> FlaskClient:
    return create_app(SECRET, BookingFile(path), lambda: NOW).test_client()


@pytest.fixture
def send(client: FlaskClient) -> Send:
    def send(body: object, message_id: str = "msg_1", **headers: str) -> TestResponse:
        data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        timestamp = headers.get("webhook-timestamp", str(int(time.time())))
        signed = {
            "webhook-id": message_id,
            "webhook-timestamp": timestamp,
            "webhook-signature": signature(message_id, timestamp, data),
        }
        return client.post("/", data=data, headers=signed | headers, content_type="application/json")

    return send


def test_the_signature_of_these_tests_is_the_one_of_the_standard() -> None:
    """The example of the Standard Webhooks libraries."""
    signed = signature("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", b'{"test": 2432232314}', SECRET)
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_signed_message_is_answered(send: Send) -> None:
    response = send(message(time="10:00~11:00", room="대 회의실"))
    assert response.status_code == 200
    assert response.json == {"text": "김지은 님, 오늘 10:00~11:00 대 회의실 예약이 완료되었습니다."}


def test_a_repeated_id_gets_the_same_reply_and_another_is_a_message_of_its_own(send: Send) -> None:
    first = send(message(time="10:00~11:00", room="S1"), "msg_1")
    assert send(message(time="10:00~11:00", room="S1"), "msg_1").json == first.json
    refused = send(message(time="10:00~11:00", room="S1"), "msg_2").json
    assert refused is not None
    assert "이미 있습니다" in refused["text"]


def test_one_of_several_signatures_suffices(send: Send) -> None:
    body = json.dumps(message("/예약 목록")).encode()
    timestamp = str(int(time.time()))
    other = signature("msg_1", timestamp, body, "whsec_" + base64.b64encode(b"another secret of 24 byt").decode())
    both = f"{other} {signature('msg_1', timestamp, body)}"
    assert send(body, **{"webhook-timestamp": timestamp, "webhook-signature": both}).status_code == 200


STALE = str(int(time.time()) - 301)
EARLY = str(int(time.time()) + 3600)


@pytest.mark.parametrize(
    "headers",
    [
        {"webhook-signature": "v1,AAAA"},
        {"webhook-signature": "v1"},
        {"webhook-signature": "v1,no base64"},
        {"webhook-signature": "v2," + "A" * 44},
        {"webhook-signature": ""},
        {"webhook-timestamp": STALE},
        {"webhook-timestamp": EARLY},
        {"webhook-timestamp": "today"},
        {"webhook-timestamp": "nan"},
        {"webhook-id": "msg_of_another"},
        {"webhook-id": ""},
    ],
)
def test_what_is_not_signed_is_refused_and_does_nothing(send: Send, path: Path, headers: dict[str, str]) -> None:
    response = send(message(time="10:00~11:00"), **headers)
    assert response.status_code == 401
    assert response.json is not None
    assert "not signed" in response.json["error"]
    assert not path.exists()


def test_a_body_other_than_the_signed_one_is_refused(send: Send) -> None:
    timestamp = str(int(time.time()))
    for_another = signature("msg_1", timestamp, json.dumps(message(time="10:00~10:30")).encode())
    response = send(message(time="10:00~11:00"), **{"webhook-timestamp": timestamp, "webhook-signature": for_another})
    assert response.status_code == 401


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "no JSON"),
        (b"{", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b"[]", "The body must be an object"),
        ({}, 'The type must be "message"'),
        (message() | {"type": "values"}, 'The type must be "message"'),
        (message() | {"tokens": []}, "tokens must be an object"),
        (message() | {"tokens": {"time": 10}}, "tokens.time must be a string"),
        (message() | {"tokens": {"time": "10시"}}, "tokens.time: '10시' is no time range"),
        (message() | {"tokens": {"room": 1}}, "tokens.room must be a string"),
        (message() | {"member": {"id": "mem_1"}}, "member.name must be a string"),
        (message() | {"command": None}, "command must be a string"),
        (message("/점심"), "/점심 is no command of this bot"),
        (message(), "tokens.time is missing"),
    ],
)
def test_a_signed_body_that_is_no_message_is_an_error(send: Send, path: Path, body: object, said: str) -> None:
    response = send(body)
    assert response.status_code == 400
    assert response.json is not None
    assert said in response.json["error"]
    assert not path.exists()


def test_an_optional_token_may_be_null(send: Send) -> None:
    body = message(time="10:00~11:00")
    body["tokens"]["room"] = None
    response = send(body).json
    assert response is not None
    assert "S1" in response["text"]


def test_a_damaged_file_is_told_and_the_next_message_works(send: Send, path: Path) -> None:
    path.write_text("damage")
    told = send(message(time="10:00~11:00"), "msg_1").json
    assert told == {"text": "예약 기록을 읽을 수 없어 이번 요청은 처리하지 못했습니다. 관리자에게 알려 주세요."}
    booked = send(message(time="10:00~11:00"), "msg_2").json
    assert booked is not None
    assert "완료" in booked["text"]


def test_a_body_over_a_mebibyte_is_refused(client: FlaskClient) -> None:
    assert client.post("/", data=b" " * (1024 * 1024 + 1)).status_code == 413


@pytest.mark.parametrize("secret", ["whsec_", "whsec_!", ""])
def test_no_secret_no_bot(path: Path, secret: str) -> None:
    with pytest.raises(Exception, match=r"secret|base64"):
        create_app(secret, BookingFile(path), lambda: NOW)


def test_the_rooms_are_the_declared_ones() -> None:
    assert declared_rooms() == ("S1", "S2", "대 회의실")

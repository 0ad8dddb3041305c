"""The bot as a process that hiworker calls: signed messages in, replies out."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
import time
from http.client import HTTPConnection
from typing import Any

import pytest
from python.tests.support.process import Process, Run

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
LAST_MINUTE = "23:59~24:00"


class Webhook:
    """The running bot, and calls to it."""

    def __init__(self, run: Run, **variables: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port = listener.getsockname()[1]
        self.process: Process = run("meeting_rooms_webhook", MEETING_ROOMS_PORT=str(self.port), **variables)
        deadline = time.monotonic() + 20
        while not self._is_up():
            assert time.monotonic() < deadline, self.process.stop()
            time.sleep(0.02)

    def _is_up(self) -> bool:
        try:
            return self.call("GET", "/healthz") == (200, b"ok")
        except ConnectionRefusedError:
            return False

    def call(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def send(self, command: str, message_id: str, *, attempt: int = 1, secret: str = SECRET, **tokens: str) -> Any:
        """Sends a signed message and gives the status and the text of the reply."""
        message = {"type": "message", "id": message_id, "attempt": attempt, "company": "example.com", "bot": "bot_1"}
        message |= {"command": command, "tokens": tokens, "text": command, "member": {"id": "mem_1", "name": "김지은"}}
        body, timestamp = json.dumps(message).encode(), str(int(time.time()))
        key = base64.b64decode(secret.removeprefix("whsec_"))
        digest = hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
        signature = f"v1,{base64.b64encode(digest).decode()}"
        headers = {"webhook_id": message_id, "webhook_timestamp": timestamp, "webhook_signature": signature}
        status, answer = self.call("POST", "/", body, **headers)
        return status, json.loads(answer).get("text")


def test_it_books_as_the_same_bot_does_over_the_socket(run: Run) -> None:
    webhook = Webhook(run, HIWORKER_WEBHOOK_SECRET=SECRET)
    booked = f"김지은 님, 오늘 {LAST_MINUTE} S1 예약이 완료되었습니다."
    assert webhook.send("/예약 회의실", "msg_1", time=LAST_MINUTE) == (200, booked)
    assert webhook.send("/예약 회의실", "msg_1", attempt=2, time=LAST_MINUTE) == (200, booked)
    status, listed = webhook.send("/예약 목록", "msg_2")
    assert status == 200
    assert "S1: 23:59~24:00 김지은 님\n• S2: 예약 없음" in listed
    code, output = webhook.process.stop()
    assert code == 0, output


def test_a_message_that_comes_again_after_a_restart_books_once(run: Run) -> None:
    webhook = Webhook(run, HIWORKER_WEBHOOK_SECRET=SECRET)
    first = webhook.send("/예약 회의실", "msg_1", time=LAST_MINUTE)
    webhook.process.kill()
    assert Webhook(run, HIWORKER_WEBHOOK_SECRET=SECRET).send("/예약 회의실", "msg_1", time=LAST_MINUTE) == first


def test_what_is_not_signed_for_it_is_refused_and_does_nothing(run: Run) -> None:
    webhook = Webhook(run, HIWORKER_WEBHOOK_SECRET=SECRET)
    another = "whsec_" + base64.b64encode(b"another secret of 24 byt").decode()
    assert webhook.send("/예약 회의실", "msg_1", secret=another, time=LAST_MINUTE) == (401, None)
    _, listed = webhook.send("/예약 목록", "msg_2")
    assert "아직 없습니다" in listed


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"HIWORKER_WEBHOOK_SECRET": ""}, "Set HIWORKER_WEBHOOK_SECRET"),
        ({"HIWORKER_WEBHOOK_SECRET": "whsec_!"}, "whsec_"),
        (
            {"HIWORKER_WEBHOOK_SECRET": "", "HIWORKER_WEBHOOK_SECRET_FILE": "nowhere"},
            "WEBHOOK_SECRET_FILE cannot be read",
        ),
        ({"MEETING_ROOMS_PORT": "0"}, "MEETING_ROOMS_PORT is '0'"),
        ({"MEETING_ROOMS_PORT": "http"}, "MEETING_ROOMS_PORT is 'http'"),
    ],
)
def test_a_wrong_environment_is_told_in_one_sentence(run: Run, variables: dict[str, str], said: str) -> None:
    code, output = run("meeting_rooms_webhook", **{"HIWORKER_WEBHOOK_SECRET": SECRET} | variables).ends()
    assert code == 1
    assert said in output
    assert output.count("\n") == 1


def test_a_taken_port_is_told(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        code, output = run("meeting_rooms_webhook", HIWORKER_WEBHOOK_SECRET=SECRET, MEETING_ROOMS_PORT=port).ends()
    assert code == 1
    assert f"cannot listen on 127.0.0.1:{port}" in output

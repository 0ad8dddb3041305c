"""The bot as a webhook, called as hiworker calls it and as others might."""

from __future__ import annotations

import functools
import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from flask.testing import FlaskClient
from standardwebhooks import Webhook
from werkzeug.test import TestResponse

from hiworker import (
    AlreadyRepliedError,
    Bot,
    ConfigurationError,
    KeyMissingError,
    Message,
    Reply,
    ReplyError,
)
from scripted.messages import bot_key, message_frame

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("API_KEY", "API_KEY_FILE", "URL", "CA_FILE", "WEBHOOK_SECRET", "WEBHOOK_SECRET_FILE"):
        monkeypatch.delenv(f"HIWORKER_{name}", raising=False)


def client_of(handler: Callable[..., Any], **options: Any) -> FlaskClient:
    bot = Bot(webhook_secret=SECRET, **options)
    bot.command("/메아리")(handler)
    return bot.flask().test_client()


def call(client: FlaskClient, *, late: float = 0, call_id: str = "m1", **fields: Any) -> TestResponse:
    return call_with(client, json.dumps(message_frame(**fields)), late=late, call_id=call_id)


def call_with(client: FlaskClient, body: str, *, late: float = 0, call_id: str = "m1") -> TestResponse:
    at = time.time() - late
    signature = Webhook(SECRET).sign(call_id, datetime.fromtimestamp(at, timezone.utc), body)
    headers = {"webhook-id": call_id, "webhook-timestamp": str(int(at)), "webhook-signature": signature}
    return client.post("/", data=body, headers=headers)


def echo(words: str) -> str:
    return f"메아리: {words}"


def test_a_signed_call_is_answered() -> None:
    response = call(client_of(echo))
    assert (response.status_code, response.content_type) == (200, "application/json")
    assert response.json == {"text": "메아리: 안녕"}


def test_it_says_that_it_is_alive() -> None:
    response = client_of(echo).get("/healthz")
    assert (response.status_code, response.text) == (200, "ok")


def test_an_async_handler_works_and_its_progress_goes_nowhere() -> None:
    async def handler(words: str, message: Message) -> Reply:
        await message.progress("절반")
        return Reply(words, attempt=message.attempt)

    client = client_of(handler)
    assert call(client).json == {"text": "안녕", "attempt": 1}


def test_a_reply_from_within_the_handler_is_the_answer() -> None:
    def handler(words: str, message: Message) -> Any:
        message.reply(words, early=True)
        return message.later()

    assert call(client_of(handler)).json == {"text": "안녕", "early": True}


def test_calls_that_are_not_to_be_believed_are_refused() -> None:
    client = client_of(echo)
    response = client.post("/", data=json.dumps(message_frame()))
    assert response.status_code == 401
    assert "is not signed" in response.get_json()["error"]
    response = call(client, late=400)
    assert response.status_code == 401
    assert "clock" in response.get_json()["error"]


def test_a_copy_of_a_call_is_refused_and_a_second_attempt_gets_the_first_answer() -> None:
    runs: list[str] = []

    def handler(words: str) -> str:
        runs.append(words)
        return words

    client = client_of(handler)
    assert call(client).status_code == 200
    assert call(client).status_code == 409
    assert call(client, attempt=2).json == {"text": "안녕"}
    assert runs == ["안녕"]


def test_a_second_attempt_waits_for_the_first() -> None:
    started, go = threading.Event(), threading.Event()

    def handler(words: str) -> str:
        started.set()
        go.wait(10)
        return words

    client = client_of(handler)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(call, client)
        started.wait(10)
        second = pool.submit(call, client, attempt=2)
        go.set()
        assert first.result().json == second.result().json == {"text": "안녕"}


@pytest.mark.parametrize("body", ["{", "[]", "{}", '{"id": "m1"}', json.dumps(message_frame("m2"))])
def test_a_signed_body_that_is_no_message_is_refused(body: str) -> None:
    response = call_with(client_of(echo), body)
    assert response.status_code == 400
    assert "is no message" in response.get_json()["error"]


def test_a_command_that_is_gone_is_told_to_the_member() -> None:
    assert call(client_of(echo), command="/옛날").json == {"text": "이 봇에는 이제 /옛날 명령이 없습니다."}


def test_a_value_that_does_not_fit_is_told_to_the_member() -> None:
    def handler(words: int) -> str:
        return str(words)

    response = call(client_of(handler), tokens={"words": 2.5})
    assert (response.status_code, response.json) == (200, {"text": "words: 2.5 대신 정수로 적어 주세요."})


@pytest.mark.parametrize("error", [ValueError, SystemExit])
def test_a_failing_handler_is_a_failed_call(error: type[BaseException], caplog: pytest.LogCaptureFixture) -> None:
    def handler(words: str) -> str:
        raise error(words)

    response = call(client_of(handler))
    assert response.status_code == 500
    assert "문제가 생겼습니다" in response.get_json()["error"]
    assert f"{error.__name__}: 안녕" in caplog.text


def test_a_reply_that_is_no_json_is_a_failed_call(caplog: pytest.LogCaptureFixture) -> None:
    def handler(words: str) -> Reply:
        return Reply(words, what=object())

    assert call(client_of(handler)).status_code == 500
    assert "cannot be written as JSON" in caplog.text

    def early(words: str, message: Message) -> None:
        message.reply(words, what=object())

    assert call(client_of(early)).status_code == 500


def test_a_later_reply_without_a_key_is_told_at_once(caplog: pytest.LogCaptureFixture) -> None:
    kept: list[Message] = []

    def handler(message: Message) -> Any:
        kept.append(message)
        return message.later()

    assert call(client_of(handler)).status_code == 500
    assert "There is no API key" in caplog.text
    with pytest.raises(KeyMissingError):
        kept[0].reply("나중에")


class Server:
    """Takes later replies, and answers with the statuses that it is given."""

    def __init__(self) -> None:
        self.statuses = [204]
        self.calls: list[tuple[str, str | None, Any]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                server.calls.append((self.path, self.headers["Authorization"], body))
                status = server.statuses.pop(0)
                content = b'{"detail": "So."}' if status == 409 else b"" if status == 204 else b"?"
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None: ...

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


def later_message(server: Server) -> Message:
    kept: list[Message] = []

    def handler(message: Message) -> Any:
        kept.append(message)
        return message.later()

    response = call(client_of(handler, api_key=bot_key(), url=server.url))
    assert (response.status_code, response.json) == (202, {})
    return kept[0]


def test_a_later_reply_is_handed_in(server: Server) -> None:
    later_message(server).reply("나중에", booking=1)
    assert server.calls == [
        ("/v1/messages/m1/reply", f"Bearer {bot_key()}", {"booking": 1, "text": "나중에"}),
    ]


def test_a_later_reply_that_is_not_taken_may_be_tried_again(server: Server) -> None:
    server.statuses = [409, 410, 204]
    message = later_message(server)
    with pytest.raises(AlreadyRepliedError, match=r"was not taken \(status 409\): So."):
        message.reply("하나")
    with pytest.raises(ReplyError, match="did not say why"):
        message.reply("둘")
    message.reply("셋")


def test_a_later_reply_that_finds_no_server_is_told(server: Server) -> None:
    message = later_message(server)
    server.close()
    with pytest.raises(ReplyError, match="did not reach"):
        message.reply("나중에")


def test_a_bot_without_a_secret_is_made_but_refuses_calls(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bot = Bot()
    bot.command("/메아리")(echo)
    client = bot.flask().test_client()
    assert "There is no webhook secret. Set HIWORKER_WEBHOOK_SECRET" in caplog.text
    response = call(client)
    assert response.status_code == 500
    assert "There is no webhook secret" in response.get_json()["error"]
    monkeypatch.setenv("HIWORKER_WEBHOOK_SECRET", SECRET)
    assert call(client).json == {"text": "메아리: 안녕"}


def test_a_wrong_secret_is_told_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    with pytest.raises(ConfigurationError, match="malformed"):
        Bot(webhook_secret="whsec_!").flask()
    file = tmp_path / "secret"
    monkeypatch.setenv("HIWORKER_WEBHOOK_SECRET_FILE", str(file))
    with pytest.raises(ConfigurationError, match="HIWORKER_WEBHOOK_SECRET_FILE cannot be read"):
        Bot().flask()
    file.write_text(f"{SECRET}\n")
    assert Bot().flask()


def test_a_value_that_does_not_fit_is_an_answer() -> None:
    def handler(words: int) -> str:
        return str(words)

    response = call(client_of(handler), tokens={"words": 2.5})
    assert (response.status_code, response.json) == (200, {"text": "words: 2.5 대신 정수로 적어 주세요."})


def test_a_plain_wrapper_around_an_async_handler_works() -> None:
    async def handler(words: str) -> str:
        return words

    @functools.wraps(handler)
    def wrapper(words: str) -> Any:
        return handler(words)

    assert call(client_of(wrapper)).json == {"text": "안녕"}


def test_a_later_reply_without_readable_certificates_is_told() -> None:
    kept: list[Message] = []

    def handler(message: Message) -> Any:
        kept.append(message)
        return message.later()

    call(client_of(handler, api_key=bot_key(), url="https://127.0.0.1:1", ca_file="/nowhere.pem"))
    with pytest.raises(ConfigurationError, match=r"The certificates in /nowhere.pem cannot be read"):
        kept[0].reply("나중에")

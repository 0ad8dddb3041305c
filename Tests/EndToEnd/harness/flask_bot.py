"""Bots that are written with Flask and served by werkzeug, in threads of the tests, so that a test can watch them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from flask import Flask, request
from flask.typing import ResponseReturnValue
from werkzeug.serving import WSGIRequestHandler, make_server

logging.getLogger("werkzeug").setLevel(logging.ERROR)


class _Handler(WSGIRequestHandler):
    """Keeps connections, as servers in production do; werkzeug itself would close after every response."""

    protocol_version = "HTTP/1.1"


@dataclass(frozen=True)
class Delivery:
    """One call of the webhook."""

    headers: dict[str, str]
    raw: bytes
    message: dict[str, Any]


class FlaskBot:
    """Answers each message with what ``answer`` returns and keeps what came. A context: it serves within it."""

    def __init__(self, answer: Callable[[dict[str, Any]], ResponseReturnValue]) -> None:
        self.deliveries: list[Delivery] = []
        app = Flask(__name__)

        @app.post("/")
        def receive() -> ResponseReturnValue:
            headers = {name.lower(): value for name, value in request.headers.items()}
            message = request.get_json()
            self.deliveries.append(Delivery(headers, request.get_data(), message))
            return answer(message)

        self._server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> FlaskBot:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)


class Gate:
    """An answer that waits until the test opens it."""

    def __init__(self) -> None:
        self._opened = threading.Event()
        self.waiting = 0
        self._lock = threading.Lock()

    def open(self) -> None:
        self._opened.set()

    def __call__(self, message: dict[str, Any]) -> ResponseReturnValue:
        with self._lock:
            self.waiting += 1
        assert self._opened.wait(60)
        return f"끝: {message['text']}"

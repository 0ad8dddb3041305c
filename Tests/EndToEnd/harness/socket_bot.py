"""Bots that dial out: JSON frames over a WebSocket by hand, one after another, so that a test sees each."""

from __future__ import annotations

import json
from types import TracebackType
from typing import Any

from .web_socket import Frame, Opcode, WebSocket, frame


def text_frame(type_: str, **fields: Any) -> bytes:
    """The bytes of what a bot says."""
    return frame(Opcode.TEXT, json.dumps({"type": type_, **fields}, ensure_ascii=False).encode())


def _content(received: Frame) -> dict[str, Any]:
    """What a frame of the relay says."""
    assert received.opcode == Opcode.TEXT, f"{received}: {received.payload[2:].decode(errors='replace')}"
    assert received.final, "the relay fragments nothing"
    content = json.loads(received.payload)
    assert isinstance(content, dict)
    return content


class SocketBot:
    """One connection of a bot, greeted. A context: it closes at its end, without a word as a bot that dies would."""

    def __init__(self, port: int, key: str, *, timeout: float = 20, takes_little: bool = False) -> None:
        self.socket = WebSocket(port, key, timeout=timeout, takes_little=takes_little)
        self._waiting: list[dict[str, Any]] = []
        self.hello = self.next("hello")

    def next(self, type_: str) -> dict[str, Any]:
        """The next frame of this type; those of other types are kept, but a problem that nobody expects is one."""
        for index, waiting in enumerate(self._waiting):
            if waiting["type"] == type_:
                return self._waiting.pop(index)
        while True:
            received = self._receive()
            if received["type"] == type_:
                return received
            assert received["type"] != "problem", received
            self._waiting.append(received)

    def _receive(self) -> dict[str, Any]:
        """The next frame besides pings, which are answered."""
        while (received := self.socket.next_frame()).opcode == Opcode.PING:
            self.pong(received)
        return _content(received)

    def send(self, type_: str, **fields: Any) -> None:
        self.socket.send(text_frame(type_, **fields))

    def pong(self, ping: Frame) -> None:
        self.socket.send(frame(Opcode.PONG, ping.payload))

    def message(self, text: str, attempt: int = 1) -> dict[str, Any]:
        """The next frame, which must be a message of this text."""
        message = self.next("message")
        assert (message["text"], message["attempt"]) == (text, attempt)
        return message

    def reply(self, message: dict[str, Any], text: str, **data: Any) -> None:
        """Replies, and sees the reply accepted."""
        self.send("reply", id=message["id"], text=text, **data)
        assert self.next("accepted") == {"type": "accepted", "id": message["id"]}

    def everything(self) -> list[dict[str, Any]]:
        """What was sent up to now and not taken by :meth:`next`: all before the answer to a ping, asked for now."""
        self.socket.send(frame(Opcode.PING, b"now?"))
        while (received := self.socket.next_frame()) != Frame(True, Opcode.PONG, b"now?"):
            if received.opcode == Opcode.PING:
                self.pong(received)
            else:
                self._waiting.append(_content(received))
        taken, self._waiting = self._waiting, []
        return taken

    def is_silent(self) -> bool:
        """Whether there is nothing that was not taken."""
        return not self.everything()

    def end(self) -> tuple[int, str]:
        """The code and reason with which the relay closes next."""
        last = self.socket.end()
        return last.close_code, last.close_reason

    def close(self) -> None:
        self.socket.close()

    def __enter__(self) -> SocketBot:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

"""Bots that write bytes: everything that a real HTTP server would never send."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable
from types import TracebackType

Behaviour = Callable[[socket.socket, bytes], None]


class RawBot:
    """Reads a request from each connection, hands both to ``behave``, closes, and keeps the requests."""

    def __init__(self, behave: Behaviour, *, reads_first: bool = True) -> None:
        self.requests: list[bytes] = []
        self._behave = behave
        self._reads_first = reads_first
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=600)
        self._open: set[socket.socket] = set()
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/bot"

    def __enter__(self) -> RawBot:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Shutting down wakes the threads that read or accept; closing alone would leave them.
        for sock in [self._listener, *self._open]:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            sock.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._open.add(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            request = b""
            if self._reads_first:
                request = read_request(connection)
                self.requests.append(request)
            self._behave(connection, request)


def read_request(connection: socket.socket) -> bytes:
    """A whole request by its Content-Length; what there is when the connection ends before."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            return data
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")
    )
    while len(body) < length:
        part = connection.recv(65536)
        if not part:
            break
        body += part
    return head + b"\r\n\r\n" + body


def answer(data: bytes) -> Behaviour:
    """Writes these bytes and closes."""
    return lambda connection, _: connection.sendall(data)


def response(
    body: bytes, content_type: str | None = "text/plain; charset=utf-8", status: str = "200 OK", *extra: str
) -> bytes:
    """A whole response with its length."""
    fields = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *extra]
    if content_type is not None:
        fields.append(f"Content-Type: {content_type}")
    return "\r\n".join([*fields, "", ""]).encode() + body


def hold(connection: socket.socket, _: bytes) -> None:
    """Answers nothing and keeps the connection until the other side closes."""
    connection.recv(1)

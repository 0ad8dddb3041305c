"""Thousands of idle bots in one light process: ``python -m idle.clients PORT``.

Reads one API key a line from standard input and opens a bot socket for each; says ``open`` once the server has greeted
them all, answers pings, and ends with its standard input.
"""

from __future__ import annotations

import base64
import itertools
import os
import resource
import selectors
import socket
import sys

# Handshakes at a time, fewer than the server's backlog.
_AT_ONCE = 100
_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10


class IdleBot:
    """One bot socket, read when there is something to read."""

    def __init__(self, port: int, key: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setblocking(False)
        self._unread = b""
        self._is_upgraded = False
        self.is_greeted = False
        nonce = base64.b64encode(os.urandom(16)).decode()
        fields = [
            *("GET /v1/me/socket HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Authorization: Bearer {key}"),
            *("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {nonce}"),
        ]
        self.socket.send("\r\n".join([*fields, "", ""]).encode())

    def read(self) -> None:
        data = self.socket.recv(65_536)
        if not data:
            raise SystemExit("The server closed the connection of an idle bot.")
        self._unread += data
        if not self._is_upgraded:
            if b"\r\n\r\n" not in self._unread:
                return
            head, _, self._unread = self._unread.partition(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 101 "):
                raise SystemExit(f"The server refused an idle bot: {head!r} {self._unread!r}")
            self._is_upgraded = True
        while len(self._unread) >= 2:
            # The relay masks nothing and sends an idle bot no frame of 64 KiB.
            start, length = 2, self._unread[1]
            if length == 126:
                start, length = 4, int.from_bytes(self._unread[2:4], "big")
            if len(self._unread) < start + length:
                return
            self._take(self._unread[0] & 15, self._unread[start : start + length])
            self._unread = self._unread[start + length :]

    def _take(self, opcode: int, payload: bytes) -> None:
        if opcode == _TEXT:
            self.is_greeted = True
        elif opcode == _CLOSE:
            raise SystemExit(f"The server closed the connection of an idle bot: {payload!r}")
        elif opcode == _PING:
            # Masked with zeros, which leave the payload as it is.
            self.socket.send(bytes([0x80 | _PONG, 0x80 | len(payload), 0, 0, 0, 0]) + payload)


def main(port: int) -> None:
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    selector = selectors.DefaultSelector()
    keys = iter(itertools.takewhile(bool, map(str.strip, iter(sys.stdin.readline, ""))))
    while some := list(itertools.islice(keys, _AT_ONCE)):
        opening = [IdleBot(port, key) for key in some]
        for bot in opening:
            selector.register(bot.socket, selectors.EVENT_READ, bot)
        while not all(bot.is_greeted for bot in opening):
            for ready, _ in selector.select():
                ready.data.read()
    sys.stdout.write("open\n")
    sys.stdout.flush()
    selector.register(sys.stdin, selectors.EVENT_READ)
    while True:
        for ready, _ in selector.select():
            if ready.data is None:
                return
            ready.data.read()


if __name__ == "__main__":
    main(int(sys.argv[1]))

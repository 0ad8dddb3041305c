"""The server's end of HTTP and WebSocket connections, as little of it as stand-ins need, so that they cost little."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import Callable
from typing import cast

_MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10


class WebSocket(asyncio.Protocol):
    """Answers requests with what ``respond`` gives for their path, until one is an upgrade: then it is a socket."""

    def __init__(
        self,
        *,
        respond: Callable[[str], bytes],
        opened: Callable[[WebSocket], None],
        received: Callable[[WebSocket, bytes], None],
    ) -> None:
        self._respond = respond
        self._opened = opened
        self._received = received
        self._transport: asyncio.Transport
        self._unread = b""
        self._is_upgraded = False
        self._unsent: list[bytes] = []

    def send(self, text: bytes) -> None:
        self._send(_TEXT, text)

    def close(self) -> None:
        self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._unread += data
        while self._take_frame() if self._is_upgraded else self._take_request():
            pass

    def _take_request(self) -> bool:
        head, end, rest = self._unread.partition(b"\r\n\r\n")
        if not end:
            return False
        request, *lines = head.split(b"\r\n")
        fields = {name.lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines)}
        length = int(fields.get(b"content-length", 0))
        if len(rest) < length:
            return False
        self._unread = rest[length:]
        if nonce := fields.get(b"sec-websocket-key"):
            accept = base64.b64encode(hashlib.sha1(nonce + _MAGIC).digest())
            self._transport.write(
                b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                b"Sec-WebSocket-Accept: %b\r\n\r\n" % accept
            )
            self._is_upgraded = True
            self._opened(self)
        else:
            body = self._respond(request.split(b" ")[1].decode())
            self._transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
            )
        return True

    def _take_frame(self) -> bool:
        """Frames of clients: masked, never fragmented, of less than 64 KiB."""
        data = self._unread
        if len(data) < 2:
            return False
        start, length = 2, data[1] & 127
        if length == 126:
            start, length = 4, int.from_bytes(data[2:4], "big")
        end = start + 4 + length
        if len(data) < end:
            return False
        mask = data[start : start + 4] * (length // 4 + 1)
        number = int.from_bytes(data[start + 4 : end], "big") ^ int.from_bytes(mask[:length], "big")
        payload = number.to_bytes(length, "big")
        self._unread = data[end:]
        opcode = data[0] & 15
        if opcode == _TEXT:
            self._received(self, payload)
        elif opcode == _PING:
            self._send(_PONG, payload)
        elif opcode == _CLOSE:
            self._send(_CLOSE, payload)
            self._flush()
            self._transport.close()
        return True

    def _send(self, opcode: int, payload: bytes) -> None:
        length = len(payload)
        size = bytes([length]) if length < 126 else b"\x7e" + length.to_bytes(2, "big")
        if not self._unsent:
            # In the turn after the next: by then who waited for a frame of this turn has sent its next.
            loop = asyncio.get_running_loop()
            loop.call_soon(loop.call_soon, self._flush)
        self._unsent += (bytes([0x80 | opcode]) + size, payload)

    def _flush(self) -> None:
        """Frames that are ready at one moment leave together, as a relay's do."""
        self._transport.write(b"".join(self._unsent))
        self._unsent.clear()

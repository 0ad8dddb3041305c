"""WebSocket by hand (RFC 6455), as a client: every bit of a frame can be wrong."""

from __future__ import annotations

import base64
import hashlib
import os
import struct
from dataclasses import dataclass
from enum import IntEnum
from types import TracebackType

from .raw_http import RawConnection

_MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class Opcode(IntEnum):
    CONTINUATION = 0x0
    TEXT = 0x1
    BINARY = 0x2
    CLOSE = 0x8
    PING = 0x9
    PONG = 0xA


def frame(
    opcode: int,
    payload: bytes = b"",
    *,
    final: bool = True,
    reserved: int = 0,
    mask: bytes | None = b"\x37\xfa\x21\x3d",
    length: bytes | None = None,
) -> bytes:
    """The bytes of one frame. ``length`` stands in the place of the true one: its 7 bits, and what follows them."""
    if length is None:
        length = _length(len(payload))
    if mask is None:
        return bytes([final << 7 | reserved << 4 | opcode]) + length + payload
    masked = bytes(byte ^ mask[index & 3] for index, byte in enumerate(payload)) if any(mask) else payload
    return bytes([final << 7 | reserved << 4 | opcode, 0x80 | length[0]]) + length[1:] + mask + masked


def _length(length: int) -> bytes:
    if length < 126:
        return bytes([length])
    return b"\x7e" + struct.pack("!H", length) if length < 65536 else b"\x7f" + struct.pack("!Q", length)


def close_frame(code: int, reason: str = "") -> bytes:
    return frame(Opcode.CLOSE, struct.pack("!H", code) + reason.encode())


def handshake(key: str | None, nonce: str = "dGhlIHNhbXBsZSBub25jZQ==", **changes: str | None) -> bytes:
    """The request that opens a bot's socket; ``upgrade="h2c"`` changes a field and ``upgrade=None`` leaves it out."""
    fields: dict[str, str | None] = {
        "Host": "hiworker",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": nonce,
        "Sec-WebSocket-Version": "13",
        "Authorization": f"Bearer {key}" if key is not None else None,
    }
    fields |= {name.replace("_", "-"): value for name, value in changes.items()}
    lines = [f"{name}: {value}" for name, value in fields.items() if value is not None]
    return "\r\n".join(["GET /v1/me/socket HTTP/1.1", *lines, "", ""]).encode()


def accept_value(nonce: str) -> str:
    """What the server answers to a ``Sec-WebSocket-Key`` (section 4.2.2)."""
    return base64.b64encode(hashlib.sha1(nonce.encode() + _MAGIC).digest()).decode()


@dataclass(frozen=True)
class Frame:
    final: bool
    opcode: int
    payload: bytes

    @property
    def close_code(self) -> int:
        return int.from_bytes(self.payload[:2], "big")

    @property
    def close_reason(self) -> str:
        return self.payload[2:].decode()


class WebSocket:
    """An open WebSocket to a server's bot socket. Answers nothing by itself. A context: it closes at its end.

    What is in ``behind`` leaves in one piece with the handshake, or in two that are cut so many bytes before its end.
    """

    def __init__(
        self,
        port: int,
        key: str,
        *,
        behind: bytes = b"",
        cut_before_end: int = 0,
        timeout: float = 20,
        takes_little: bool = False,
    ) -> None:
        self.connection = RawConnection(port, timeout, takes_little=takes_little)
        nonce = base64.b64encode(os.urandom(16)).decode()
        request = handshake(key, nonce) + behind
        cut = len(request) - cut_before_end
        self.connection.send_pieces(*(piece for piece in (request[:cut], request[cut:]) if piece))
        self.check_opened(nonce)

    def check_opened(self, nonce: str) -> None:
        """Holds the answer to the handshake to be what section 4.2.2 says."""
        status, fields = self.connection.response_head()
        assert status == 101, f"{status}: {self.connection.take(int(fields['content-length'])).decode()}"
        assert fields["upgrade"].lower() == "websocket"
        assert fields["connection"].lower() == "upgrade"
        assert fields["sec-websocket-accept"] == accept_value(nonce)
        assert not {"sec-websocket-extensions", "sec-websocket-protocol"} & fields.keys(), "nothing is agreed to"

    def send(self, data: bytes) -> None:
        self.connection.send(data)

    def next_frame(self) -> Frame:
        """The next frame, which is as a server's must be: not masked, no reserved bit, of the shortest length."""
        first, second = self.connection.take(2)
        assert not first & 0x70, "a reserved bit is set"
        assert not second & 0x80, "a server's frame is masked"
        length = second
        if second >= 126:
            length = int.from_bytes(self.connection.take(2 if second == 126 else 8), "big")
            assert length >= (126 if second == 126 else 65536), "the length is not minimal"
        assert first & 0x0F < 8 or (first & 0x80 and length < 126), "a control frame is whole and short"
        return Frame(bool(first & 0x80), first & 0x0F, self.connection.take(length))

    def end(self) -> Frame:
        """The close frame that must come next; it is answered, and the server ends the connection."""
        last = self.next_frame()
        assert last.opcode == Opcode.CLOSE, last
        try:
            self.send(frame(Opcode.CLOSE, last.payload[:2]))
        except ConnectionError:
            return last
        assert self.connection.is_at_end(), "something follows the close frame"
        return last

    def close(self) -> None:
        """Ends the connection without a word."""
        self.connection.close()

    def __enter__(self) -> WebSocket:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

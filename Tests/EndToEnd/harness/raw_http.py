"""HTTP by hand, where the bytes matter."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from .socket_diagnosis import unread_bytes

# The connections of the test that runs.
_open: list[RawConnection] = []


def close_all() -> None:
    """Closes what was opened since the last time."""
    while _open:
        _open.pop().close()


@dataclass(frozen=True)
class RawResponse:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class RawConnection:
    """A TCP connection to a server. A context: it closes at its end.

    With ``takes_little`` the system takes only a few bytes for a client that does not read.
    """

    def __init__(self, port: int, timeout: float = 45, *, takes_little: bool = False) -> None:
        self._socket = socket.socket()
        self._socket.settimeout(timeout)
        if takes_little:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._socket.connect(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._port = port
        self._unread = b""
        _open.append(self)

    def take_much(self) -> None:
        """From now on the system takes as much as others do, for a client that begins to read."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)

    def send(self, data: bytes) -> None:
        self._socket.sendall(data)

    def send_pieces(self, *pieces: bytes) -> None:
        """Sends each piece when the server has read those before it, so that it sees them apart."""
        for piece in pieces[:-1]:
            self.send(piece)
            self._wait_until_read()
        self.send(pieces[-1])

    def end_sending(self) -> None:
        """Half-closes: nothing more comes from this side."""
        self._socket.shutdown(socket.SHUT_WR)

    def response(self, *, to_head: bool = False, skips_interim: bool = True) -> RawResponse:
        """The next response; ``to_head`` when it answers a HEAD and so has no body."""
        status, headers = self.response_head()
        if status < 200 and skips_interim:
            return self.response(to_head=to_head)
        body = b"" if to_head or status < 200 or status in {204, 304} else self._body(headers)
        return RawResponse(status, headers, body)

    def response_head(self) -> tuple[int, dict[str, str]]:
        """The status and the header fields of the next response, whose body is still to be taken."""
        while b"\r\n\r\n" not in self._unread:
            self._receive()
        head, _, self._unread = self._unread.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        return int(lines[0].split(" ")[1]), headers

    def take(self, length: int) -> bytes:
        """The next so many bytes."""
        while len(self._unread) < length:
            self._receive()
        taken, self._unread = self._unread[:length], self._unread[length:]
        return taken

    def next_chunk(self) -> bytes:
        """The next chunk of a chunked body; nothing at its end."""
        while b"\r\n" not in self._unread:
            self._receive()
        line, _, self._unread = self._unread.partition(b"\r\n")
        return self.take(int(line, 16) + 2)[:-2]

    def responses_until_closed(self) -> list[RawResponse]:
        """All that come before the server closes; interim ones are left out."""
        responses: list[RawResponse] = []
        while not self.is_at_end():
            responses.append(self.response())
        return responses

    def is_at_end(self) -> bool:
        """Whether the server has closed; waits for the next byte or the end."""
        if self._unread:
            return False
        try:
            self._receive()
        except (EOFError, ConnectionError):
            return True
        return False

    def close(self) -> None:
        self._socket.close()

    def __enter__(self) -> RawConnection:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _receive(self) -> None:
        data = self._socket.recv(262_144)
        if not data:
            raise EOFError(f"The server closed after {self._unread!r}.")
        self._unread += data

    def _body(self, headers: Mapping[str, str]) -> bytes:
        if headers.get("transfer-encoding") == "chunked":
            return self._chunks()
        return self.take(int(headers["content-length"]))

    def _chunks(self) -> bytes:
        return b"".join(iter(self.next_chunk, b""))

    def _wait_until_read(self) -> None:
        """Returns when the server's side of the connection has nothing unread."""
        ours = self._socket.getsockname()[1]
        deadline = time.monotonic() + 5
        while unread_bytes(self._port, ours) and time.monotonic() < deadline:
            time.sleep(0.0002)

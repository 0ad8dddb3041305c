"""One WebSocket connection to the relay."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any, Protocol, cast

from websockets.client import ClientProtocol
from websockets.datastructures import Headers
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.protocol import State
from websockets.uri import parse_uri

from .._core.answering.frames import LARGEST_FRAME

# Seconds from TCP and TLS to the answer to the upgrade.
_OPEN_WITHIN = 10.0
# Seconds that the relay has to end the connection after the close frames.
_CLOSE_WITHIN = 3.0
# Bytes of frames that wait for a slow network, beyond which progress is dropped.
_CONGESTED_AT = 256 * 1024


class Listener(Protocol):
    """Who is told what happens on a connection."""

    def opened(self, connection: int) -> None: ...

    def refused(self, connection: int, error: Exception | None) -> None: ...

    def received(self, connection: int, frame: dict[str, Any]) -> None: ...

    def relieved(self) -> None: ...

    def closed(self, connection: int, code: int, reason: str) -> None: ...


class Connection(asyncio.Protocol):
    """Bytes to frames and back, on websockets' protocol without I/O.

    Frames that are sent in one turn of the event loop leave in one write. Exactly one of ``refused`` and ``closed`` is
    called at the end, always from the loop.
    """

    def __init__(self, number: int, url: str, headers: dict[str, str], listener: Listener) -> None:
        self.number = number
        self.is_congested = False
        self._listener = listener
        self._headers = headers
        self.uri = parse_uri(url)
        self._protocol = ClientProtocol(self.uri, max_size=LARGEST_FRAME)
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport
        self._is_connected = False
        self.is_open = False
        self._open_error: Exception | None = None
        self._flushes = False
        self._fragments: list[bytes] = []
        self._timer: asyncio.TimerHandle | None = None
        self._heard = True
        self._silent_intervals = 0

    def send(self, frame: bytes) -> None:
        """Writes a text frame, unless the connection is closing: then ``closed`` follows."""
        if self._protocol.state is State.OPEN:
            self._protocol.send_text(frame)
            self._flush_soon()

    def beat(self, seconds: float) -> None:
        """Pings at this interval, and ends the connection after two without a sign of life."""
        self._set_timer(seconds, self._check, seconds)

    def close(self, code: int) -> None:
        """Starts the closing handshake; harmless when it has started."""
        if self._protocol.state is State.OPEN:
            self._protocol.send_close(code)
            self._flush_soon()
            self._set_timer(_CLOSE_WITHIN, self._transport.abort)

    def abort(self) -> None:
        """Ends the connection without a handshake, or its opening."""
        if self._is_connected:
            self._transport.abort()
        else:
            self._listener.refused(self.number, None)

    # Called by the transport.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._is_connected = True
        self._transport.set_write_buffer_limits(high=_CONGESTED_AT)
        request = self._protocol.connect()
        request.headers.update(Headers(self._headers))
        self._protocol.send_request(request)
        self._flush()
        self._set_timer(_OPEN_WITHIN, self._give_up)

    def data_received(self, data: bytes) -> None:
        self._heard = True
        self._protocol.receive_data(data)
        for event in self._protocol.events_received():
            if isinstance(event, Frame):
                self._take(event)
            elif isinstance(event, Response) and self._protocol.handshake_exc is None:
                self.is_open = True
                self._cancel_timer()
                self._listener.opened(self.number)
        if self._protocol.handshake_exc is not None:
            self._transport.abort()
            return
        if self._protocol.close_expected():
            self._set_timer(_CLOSE_WITHIN, self._transport.abort)
        # The answer to a ping or a close frame, perhaps.
        self._flush_soon()

    def eof_received(self) -> None:
        self._protocol.receive_eof()

    def connection_lost(self, error: Exception | None) -> None:
        self._protocol.receive_eof()
        self._cancel_timer()
        # Python 3.10 finds a TLS transport unclosed whose connection the peer has ended.
        self._transport.close()
        if self.is_open:
            self._listener.closed(self.number, self._close_code(), self._protocol.close_reason or "")
        else:
            self._listener.refused(self.number, self._open_error or self._protocol.handshake_exc or error)

    def pause_writing(self) -> None:
        self.is_congested = True

    def resume_writing(self) -> None:
        self.is_congested = False
        self._listener.relieved()

    # Inside.

    def _close_code(self) -> int:
        """The relay's; 1006 when it gave none, or only repeated this end's."""
        given, sent = self._protocol.close_rcvd, self._protocol.close_sent
        if given is None or (given == sent and not self._protocol.close_rcvd_then_sent):
            return 1006
        return int(given.code)

    def _take(self, frame: Frame) -> None:
        if frame.opcode not in (Opcode.TEXT, Opcode.CONT):
            return
        if not frame.fin or self._fragments:
            self._fragments.append(bytes(frame.data))
            if not frame.fin:
                return
            text = b"".join(self._fragments)
            self._fragments.clear()
        else:
            text = bytes(frame.data)
        try:
            value = json.loads(text.decode())
        except (ValueError, RecursionError):
            value = None
        # What is no object says nothing to us, like an object of an unknown type.
        if isinstance(value, dict):
            self._listener.received(self.number, value)

    def _flush_soon(self) -> None:
        if not self._flushes:
            self._flushes = True
            self._loop.call_soon(self._flush)

    def _flush(self) -> None:
        self._flushes = False
        # An empty part marks the end of the stream; the transport closes after the peer's end by itself.
        data = b"".join(self._protocol.data_to_send())
        if data:
            self._transport.write(data)

    def _check(self, seconds: float) -> None:
        self._silent_intervals = 0 if self._heard else self._silent_intervals + 1
        if self._silent_intervals == 2:
            self._transport.abort()
            return
        self._heard = False
        if self._protocol.state is State.OPEN:
            self._protocol.send_ping(b"")
            self._flush_soon()
        self._set_timer(seconds, self._check, seconds)

    def _give_up(self) -> None:
        self._open_error = TimeoutError()
        self._transport.abort()

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _set_timer(self, seconds: float, call: Callable[..., None], *arguments: float) -> None:
        """There is one at a time: for the opening, then the heartbeat, then the closing."""
        self._cancel_timer()
        self._timer = self._loop.call_later(seconds, call, *arguments)

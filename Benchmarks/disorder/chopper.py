"""A TCP proxy between bots and server that ends connections the way networks do."""

from __future__ import annotations

import asyncio
import random
import socket
import struct
from typing import cast

# Closing with this sends a reset, and what was not sent yet is gone.
_NO_LINGER = struct.pack("ii", 1, 0)
# Seconds that a connection swallows everything before it ends, or waits for bytes to cut in two.
_SWALLOWS = 0.2


class _End(asyncio.Protocol):
    """One of the two ends of a connection that goes through."""

    def __init__(self, cable: _Cable) -> None:
        self._cable = cable
        self.transport: asyncio.Transport | None = None
        self._waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        if self._waiting:
            self.transport.write(self._waiting)

    def data_received(self, data: bytes) -> None:
        self._cable.carry(self, data)

    def connection_lost(self, error: Exception | None) -> None:
        del error
        self._cable.end()

    def write(self, data: bytes) -> None:
        if self.transport is None:
            self._waiting += data
        else:
            self.transport.write(data)

    def end(self, *, reset: bool) -> None:
        if self.transport is None or self.transport.is_closing():
            return
        if reset:
            self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
            self.transport.abort()
        else:
            self.transport.close()


class _Cable:
    """A bot's connection to the server."""

    def __init__(self, chopper: Chopper) -> None:
        self._chopper = chopper
        self.bot, self.server = _End(self), _End(self)
        self._swallows = self._cuts_next = False
        self.is_greeted = False
        """Whether the server has said something: the WebSocket is open, and its bot about to be used."""

    def carry(self, sender: _End, data: bytes) -> None:
        if self._swallows:
            return
        receiver = self.bot if sender is self.server else self.server
        if self._cuts_next:
            receiver.write(data[: len(data) // 2])
            self.end()
            return
        if sender is self.server:
            self.is_greeted = True
        receiver.write(data)

    def end(self, *, reset: bool = False) -> None:
        self._chopper.cables.discard(self)
        self.bot.end(reset=reset)
        self.server.end(reset=reset)

    async def cut(self, way: str) -> None:
        self._chopper.cables.discard(self)
        if way in {"swallow", "halve"}:
            self._swallows, self._cuts_next = way == "swallow", way == "halve"
            await asyncio.sleep(_SWALLOWS)
        self.end(reset=way != "close")


class Chopper:
    """Listens on a port of loopback."""

    _WAYS = ("close", "reset", "swallow", "halve")

    def __init__(self, server_port: int, chance: random.Random) -> None:
        self._server_port = server_port
        self._chance = chance
        self._listener: asyncio.Server
        self._dials: set[asyncio.Task[None]] = set()
        self.cables: set[_Cable] = set()

    async def start(self) -> str:
        """Returns the address for bots."""
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(self._accept, "127.0.0.1", 0)
        return f"http://127.0.0.1:{self._listener.sockets[0].getsockname()[1]}"

    @property
    def open(self) -> list[_Cable]:
        """The connections that serve."""
        return [cable for cable in self.cables if cable.is_greeted]

    def stop(self) -> None:
        self._listener.close()
        for cable in list(self.cables):
            cable.end()

    async def cut(self) -> bool:
        """Ends a connection by chance, in a way by chance: closed, reset, after swallowing what is sent, amid a frame.

        False when there is none that serves.
        """
        if not self.open:
            return False
        await self._chance.choice(self.open).cut(self._chance.choice(self._WAYS))
        return True

    def _accept(self) -> _End:
        cable = _Cable(self)
        self.cables.add(cable)
        dial = asyncio.get_running_loop().create_task(self._dial(cable))
        self._dials.add(dial)
        dial.add_done_callback(self._dials.discard)
        return cable.bot

    async def _dial(self, cable: _Cable) -> None:
        try:
            await asyncio.get_running_loop().create_connection(lambda: cable.server, "127.0.0.1", self._server_port)
        except OSError:
            cable.end(reset=True)

"""The whole way: a member's request, the relay, the bot socket, the bot, and back."""

from __future__ import annotations

import asyncio
import json
from typing import cast

from stage.company import Company, Registered
from stage.server import Server

from .partner import CONNECTED_WITHIN

# Between two looks whether the bot is there.
_PAUSE = 0.05


class _Line(asyncio.Protocol):
    """A member's connection, which is kept; one request at a time."""

    def __init__(self, port: int, key: str) -> None:
        self._head = (
            f"POST /v1/messages HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {key}\r\n"
            "Content-Type: application/json\r\nContent-Length: "
        ).encode()
        self._transport: asyncio.Transport
        self._answered: asyncio.Future[None]
        self._unread = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._unread += data
        head, end, body = self._unread.partition(b"\r\n\r\n")
        if not end:
            return
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        if len(body) < length:
            return
        self._unread = b""
        if head.startswith(b"HTTP/1.1 200 "):
            self._answered.set_result(None)
        else:
            self._answered.set_exception(RuntimeError(f"A message was answered with {body!r}."))

    async def post(self, body: bytes) -> None:
        self._answered = asyncio.get_running_loop().create_future()
        self._transport.write(b"%b%d\r\n\r\n%b" % (self._head, len(body), body))
        await self._answered

    def close(self) -> None:
        self._transport.close()


class RealRelay:
    """A member sends over as many connections as messages are on their way."""

    def __init__(self, server: Server, company: Company, bot: Registered, member: Registered) -> None:
        self._server = server
        self._company = company
        self._bot = bot
        self._member = member
        self._lines: list[_Line] = []
        self._idle: list[_Line] = []

    async def connected(self) -> None:
        async def look() -> None:
            # The first process has to declare its commands; those that come later find them declared.
            while not ((bot := await self._company.bot(self._bot))["presence"]["online"] and bot["commands"]):
                await asyncio.sleep(_PAUSE)

        await asyncio.wait_for(look(), CONNECTED_WITHIN)

    async def ask(self, number: int) -> None:
        line = self._idle.pop() if self._idle else await self._dial()
        await line.post(json.dumps({"text": f"/echo {number}"}).encode())
        self._idle.append(line)

    async def stop(self) -> None:
        for line in self._lines:
            line.close()

    async def _dial(self) -> _Line:
        loop = asyncio.get_running_loop()
        port = self._server.port
        _, line = await loop.create_connection(lambda: _Line(port, self._member.key), "127.0.0.1", port)
        self._lines.append(line)
        return line

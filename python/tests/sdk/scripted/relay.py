"""A relay that does what the test says: a real WebSocket server in the test's event loop."""

from __future__ import annotations

import asyncio
import functools
import json
import ssl
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

# Seconds that anything in a test may take.
_WITHIN = 20.0


def asynchronous(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Runs an async test in a loop of its own."""

    @functools.wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        async def bounded() -> None:
            await asyncio.wait_for(test(*args, **kwargs), _WITHIN)

        asyncio.run(bounded())

    return run


class RelaySide:
    """The relay's end of one connection."""

    def __init__(self, socket: ServerConnection) -> None:
        self.socket = socket
        self.authorization = socket.request.headers["Authorization"] if socket.request else ""

    async def send(self, kind: str, **fields: Any) -> None:
        await self.send_frame({"type": kind, **fields})

    async def send_frame(self, frame: dict[str, Any]) -> None:
        await self.socket.send(json.dumps(frame, ensure_ascii=False))

    async def receive(self) -> dict[str, Any]:
        frame: dict[str, Any] = json.loads(await self.socket.recv())
        return frame

    async def hello(self, heartbeat_seconds: float = 25) -> None:
        await self.send("hello", bot="bot_1", node="n1", heartbeat_seconds=heartbeat_seconds)

    async def serve(self) -> list[dict[str, Any]]:
        """Hello, and the commands that the bot declares."""
        await self.hello()
        frame = await self.receive()
        assert frame["type"] == "commands"
        await self.send("declared")
        commands: list[dict[str, Any]] = frame["commands"]
        return commands

    async def close(self, code: int = 1000, reason: str = "") -> None:
        await self.socket.close(code, reason)

    def cut(self) -> None:
        """As when a process is killed."""
        self.socket.transport.abort()

    async def closed(self) -> int | None:
        """Waits for the end, and tells the bot's close code."""
        await self.socket.wait_closed()
        return self.socket.close_code


class ScriptedRelay:
    """Hands each connection to the test. ``refusal`` answers upgrades in place of it, as long as it is set."""

    def __init__(self, *, port: int = 0, certificate: ssl.SSLContext | None = None) -> None:
        self._port = port
        self._certificate = certificate
        self._sides: asyncio.Queue[RelaySide] = asyncio.Queue()
        self._server: Server
        self.refusal: tuple[int, dict[str, str], bytes] | None = None
        self.refused = asyncio.Event()

    async def __aenter__(self) -> ScriptedRelay:
        self._server = await serve(
            self._handle,
            "127.0.0.1",
            self._port,
            process_request=self._answer,
            compression=None,
            ssl=self._certificate,
            ping_interval=None,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        await self._server.wait_closed()

    @property
    def port(self) -> int:
        return int(next(iter(self._server.sockets)).getsockname()[1])

    @property
    def url(self) -> str:
        return f"{'https' if self._certificate else 'http'}://127.0.0.1:{self.port}"

    async def connection(self) -> RelaySide:
        """The next one that a bot opens."""
        return await self._sides.get()

    async def _handle(self, socket: ServerConnection) -> None:
        self._sides.put_nowait(RelaySide(socket))
        await socket.wait_closed()

    def _answer(self, _connection: ServerConnection, request: Request) -> Response | None:
        assert request.path == "/v1/me/socket"
        if self.refusal is None:
            return None
        status, headers, body = self.refusal
        self.refused.set()
        fields = Headers({"Content-Length": str(len(body)), "Connection": "close", **headers})
        return Response(status, "Refused", fields, body)

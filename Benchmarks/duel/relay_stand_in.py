"""A bot socket without a relay behind it: what it costs is next to nothing."""

from __future__ import annotations

import asyncio
import json
import string
import zlib

from .partner import CONNECTED_WITHIN, NUMBER, Waiting
from .web_socket import WebSocket

# Base62, as keys have it.
_DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase

# Written once: what the stand-in takes of the machine, the bot does not have.
_MESSAGE = json.dumps(
    {
        "type": "message",
        "id": f"msg_{NUMBER.decode()}",
        "attempt": 1,
        "company": "example.com",
        "bot": "bot_1",
        "command": "/echo",
        "tokens": {"words": NUMBER.decode()},
        "text": f"/echo {NUMBER.decode()}",
        "member": {"id": "mem_1", "name": "김지은"},
    },
    ensure_ascii=False,
).encode()


def well_formed_key() -> str:
    """A bot's key that no server knows, and none needs to here."""
    body = "hwb_" + "0" * 30
    rest = zlib.crc32(body.encode())
    checksum = ""
    for _ in range(6):
        rest, digit = divmod(rest, len(_DIGITS))
        checksum = _DIGITS[digit] + checksum
    return body + checksum


class RelayStandIn:
    """Greets a bot, takes its commands, brings messages and accepts the replies."""

    def __init__(self) -> None:
        self._declared = asyncio.Event()
        self._waiting = Waiting()
        self._socket: WebSocket
        self._listener: asyncio.Server

    async def start(self) -> str:
        """Returns the address for the bot."""
        self._listener = await asyncio.get_running_loop().create_server(
            lambda: WebSocket(respond=lambda _: b"{}", opened=self._greet, received=self._take), "127.0.0.1", 0
        )
        return f"http://127.0.0.1:{self._listener.sockets[0].getsockname()[1]}"

    async def connected(self) -> None:
        await asyncio.wait_for(self._declared.wait(), CONNECTED_WITHIN)

    async def ask(self, number: int) -> None:
        reply = self._waiting.expect(f"msg_{number}")
        self._socket.send(_MESSAGE.replace(NUMBER, b"%d" % number))
        await reply

    async def stop(self) -> None:
        self._listener.close()

    def _greet(self, socket: WebSocket) -> None:
        self._socket = socket
        socket.send(b'{"type":"hello","bot":"bot_1","node":"n1","heartbeat_seconds":25}')

    def _take(self, socket: WebSocket, text: bytes) -> None:
        frame = json.loads(text)
        if frame["type"] == "reply":
            socket.send(b'{"type":"accepted","id":"%b"}' % frame["id"].encode())
            self._waiting.came(frame["id"])
        elif frame["type"] == "commands":
            socket.send(b'{"type":"declared"}')
            self._declared.set()

"""As much of Slack's server as a bot in Socket Mode needs."""

from __future__ import annotations

import asyncio
import json

from .partner import CONNECTED_WITHIN, NUMBER, Waiting
from .web_socket import WebSocket

# Written once: what the stand-in takes of the machine, the bot does not have.
_ENVELOPE = json.dumps(
    {
        "envelope_id": f"env_{NUMBER.decode()}",
        "type": "slash_commands",
        "accepts_response_payload": True,
        "payload": {
            "token": "t",
            "team_id": "T1",
            "team_domain": "example",
            "channel_id": "C1",
            "channel_name": "general",
            "user_id": "U1",
            "user_name": "김지은",
            "command": "/echo",
            "text": NUMBER.decode(),
            "api_app_id": "A1",
            "is_enterprise_install": "false",
            "trigger_id": "1.1",
            "response_url": "http://127.0.0.1/unused",
        },
    },
    ensure_ascii=False,
).encode()


class SlackStandIn:
    """Tells the bot where its socket is, and brings slash commands whose acknowledgement carries the reply."""

    def __init__(self) -> None:
        self._connected = asyncio.Event()
        self._waiting = Waiting()
        self._socket: WebSocket
        self._listener: asyncio.Server
        self._port = 0

    async def start(self) -> str:
        """Returns the address for the bot."""
        self._listener = await asyncio.get_running_loop().create_server(
            lambda: WebSocket(respond=self._respond, opened=self._greet, received=self._take), "127.0.0.1", 0
        )
        self._port = self._listener.sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{self._port}"

    async def connected(self) -> None:
        await asyncio.wait_for(self._connected.wait(), CONNECTED_WITHIN)

    async def ask(self, number: int) -> None:
        reply = self._waiting.expect(f"env_{number}")
        self._socket.send(_ENVELOPE.replace(NUMBER, b"%d" % number))
        await reply

    async def stop(self) -> None:
        self._listener.close()

    def _respond(self, path: str) -> bytes:
        if path == "/api/apps.connections.open":
            return json.dumps({"ok": True, "url": f"ws://127.0.0.1:{self._port}/link"}).encode()
        identity = {"team": "example", "team_id": "T1", "user": "bot", "user_id": "U2", "bot_id": "B1"}
        return json.dumps({"ok": True, "url": "https://example.com/", **identity}).encode()

    def _greet(self, socket: WebSocket) -> None:
        self._socket = socket
        details = {"num_connections": 1, "connection_info": {"app_id": "A1"}, "debug_info": {"host": "stand-in"}}
        socket.send(json.dumps({"type": "hello", **details}).encode())
        self._connected.set()

    def _take(self, _: WebSocket, text: bytes) -> None:
        frame = json.loads(text)
        # The same that the other package is held to: the reply's text comes along.
        assert frame["payload"]["text"]
        self._waiting.came(frame["envelope_id"])

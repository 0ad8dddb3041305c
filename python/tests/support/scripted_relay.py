"""A bot socket without a server behind it."""

from __future__ import annotations

import json
import queue
import threading
from typing import Any, TypeAlias

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

_PATIENCE_SECONDS = 20

Frame: TypeAlias = dict[str, Any]


class ScriptedRelay:
    """Greets one bot at a time, takes its declaration and accepts its replies."""

    def __init__(self) -> None:
        self._frames: queue.Queue[Frame] = queue.Queue()
        self._connections: queue.Queue[ServerConnection] = queue.Queue()
        self._server = serve(self._take, "127.0.0.1", 0, compression=None)
        self.url = f"http://127.0.0.1:{self._server.socket.getsockname()[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self._connection: ServerConnection | None = None

    def declared(self) -> list[Frame]:
        """The commands of the next bot that dials."""
        self._connection = self._connections.get(timeout=_PATIENCE_SECONDS)
        commands = self.next_frame("commands")["commands"]
        self._send({"type": "declared"})
        assert isinstance(commands, list)
        return commands

    def reply_to(self, command: str, message_id: str = "msg_1", **tokens: Any) -> str:
        """Brings a message, as the member 김지은, and returns the text of the reply."""
        member = {"id": "mem_1", "name": "김지은"}
        text = " ".join([command, *map(str, tokens.values())])
        fields = {"attempt": 1, "company": "example.com", "bot": "bot_1", "member": member, "text": text}
        self._send({"type": "message", "id": message_id, "command": command, "tokens": tokens, **fields})
        reply = self.next_frame("reply")
        assert reply["id"] == message_id
        self._send({"type": "accepted", "id": message_id})
        return str(reply["text"])

    def completion(self, command: str, token: str, **tokens: Any) -> list[str]:
        """The values that fit a token now."""
        self._send({"type": "complete", "id": "cmp_1", "command": command, "token": token, "tokens": tokens})
        values = self.next_frame("values")["values"]
        assert isinstance(values, list)
        return values

    def next_frame(self, kind: str) -> Frame:
        """The next frame of this type; others are passed over."""
        while True:
            frame = self._frames.get(timeout=_PATIENCE_SECONDS)
            if frame["type"] == kind:
                return frame

    def close(self) -> None:
        self._server.shutdown()

    def _send(self, frame: Frame) -> None:
        assert self._connection is not None
        self._connection.send(json.dumps(frame, ensure_ascii=False))

    def _take(self, connection: ServerConnection) -> None:
        connection.send(json.dumps({"type": "hello", "bot": "bot_1", "node": "n1", "heartbeat_seconds": 25}))
        self._connections.put(connection)
        try:
            for frame in connection:
                self._frames.put(json.loads(frame))
        except ConnectionClosed:
            return

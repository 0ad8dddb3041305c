"""Messages and keys as the relay makes them."""

from __future__ import annotations

from typing import Any

from hiworker._core.keys import checksum


def bot_key(fill: str = "a", prefix: str = "hwb_") -> str:
    """A well-formed key."""
    body = prefix + fill * 30
    return body + checksum(body)


def message_frame(message_id: str = "m1", command: str = "/메아리", **fields: Any) -> dict[str, Any]:
    """A ``message`` frame; its tokens are those of the bot in ``Driven`` unless told otherwise."""
    frame: dict[str, Any] = {
        "type": "message",
        "id": message_id,
        "attempt": 1,
        "company": "example.com",
        "bot": "bot_1",
        "command": command,
        "tokens": {"words": "안녕"},
        "text": f"{command} 안녕",
        "member": {"id": "mem_1", "name": "김지은"},
    }
    return frame | fields

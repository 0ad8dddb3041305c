"""The frames that a bot sends, as the bytes of their JSON."""

from __future__ import annotations

import json
from typing import Any

from ..._values.reply import Reply

# The relay takes no larger frame.
LARGEST_FRAME = 1024 * 1024
# Letters of a progress that the relay shows.
_LONGEST_PROGRESS = 4_000
# Objects and lists within one another in a reply's field; the relay ends the connection over 32 in a frame.
_DEEPEST_FIELD = 30

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


class UnfitReplyError(Exception):
    """A reply that cannot be sent; its text says why."""


def encode(frame: dict[str, Any]) -> bytes:
    """Raises ``ValueError`` or ``TypeError`` for what is no JSON."""
    return _encode(frame).encode()


def reply_frame(message_id: str, reply: Reply) -> bytes:
    """Raises ``UnfitReplyError`` when its fields are no JSON, or too large."""
    return _reply({"type": "reply", "id": message_id, **reply.fields, "text": reply.text})


def reply_body(reply: Reply) -> bytes:
    """The same for ``POST /v1/messages/{id}/reply``."""
    return _reply({**reply.fields, "text": reply.text})


def _reply(fields: dict[str, Any]) -> bytes:
    try:
        for value in fields.values():
            _check(value, _DEEPEST_FIELD)
        frame = encode(fields)
    except (TypeError, ValueError, OverflowError) as error:
        raise UnfitReplyError(f"its text or fields cannot be written as JSON: {error}") from None
    if len(frame) > LARGEST_FRAME:
        raise UnfitReplyError(f"it has {len(frame)} bytes as JSON; hiworker carries at most {LARGEST_FRAME}")
    return frame


def error_frame(message_id: str, text: str) -> bytes:
    return encode({"type": "error", "id": message_id, "text": text})


def progress_frame(message_id: str, text: str) -> bytes:
    return encode({"type": "progress", "id": message_id, "text": text[:_LONGEST_PROGRESS]})


def values_frame(request: str, values: list[str] | None) -> bytes:
    """None leaves it to the relay, as do values too large: those of the last ``available``, else the declared ones."""
    frame = encode({"type": "values", "id": request, "values": values})
    return frame if len(frame) <= LARGEST_FRAME else values_frame(request, None)


def _check(value: Any, depth: int) -> None:
    """What Python writes as JSON but the relay does not read. Raises ``ValueError`` or ``OverflowError``."""
    if isinstance(value, str):
        return
    if isinstance(value, int):
        float(value)
    elif isinstance(value, (dict, list, tuple)):
        if depth == 0:
            raise ValueError(f"it is nested deeper than {_DEEPEST_FIELD} times")
        if isinstance(value, dict):
            for key in value:
                if not isinstance(key, str):
                    raise ValueError(f"the name {key!r} in it is no text")
            value = value.values()
        for inner in value:
            _check(inner, depth - 1)

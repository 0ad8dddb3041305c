"""A reply with more than a text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Names that the frame or the protocol itself uses.
_RESERVED = frozenset({"type", "id"})


class Reply:
    """``Reply("예약했습니다", booking=17)``: the text, and fields that clients get beside it as JSON.

    Raises ``ValueError`` for a field named ``type`` or ``id``, which the protocol uses itself.
    """

    __slots__ = ("fields", "text")

    def __init__(self, text: str, **fields: Any) -> None:
        for name in sorted(_RESERVED & fields.keys()):
            raise ValueError(f"A reply cannot have a field named {name!r}: the protocol uses it. Name it otherwise.")
        self.text = text
        self.fields: Mapping[str, Any] = fields

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reply) and (self.text, self.fields) == (other.text, other.fields)

    __hash__ = None  # type: ignore[assignment]  # its fields may be lists

    def __repr__(self) -> str:
        fields = "".join(f", {name}={value!r}" for name, value in self.fields.items())
        return f"Reply({self.text!r}{fields})"

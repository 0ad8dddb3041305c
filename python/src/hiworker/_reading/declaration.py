"""What a bot declares, as far as a reader needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Token:
    key: str
    label: str
    type: str
    """``text``, ``choice``, ``number``, ``date``, ``time_range`` or ``member``."""
    values: tuple[str, ...] = ()
    """Those of a choice."""
    required: bool = True

    @classmethod
    def from_wire(cls, declaration: Mapping[str, Any]) -> Token:
        return cls(
            key=declaration["key"],
            label=declaration["label"],
            type=declaration["type"],
            values=tuple(declaration.get("values") or ()),
            required=declaration.get("required", True),
        )


@dataclass(frozen=True)
class Command:
    name: str
    tokens: tuple[Token, ...] = ()

    @classmethod
    def from_wire(cls, declaration: Mapping[str, Any]) -> Command:
        return cls(declaration["name"], tuple(map(Token.from_wire, declaration["tokens"])))


MOST_WORDS = 3
"""The most words the name of a command has."""

RESERVED = ("/도움", "/help")
"""The names that the relay answers itself."""

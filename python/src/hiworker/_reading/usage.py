"""How a command is written, for people."""

from __future__ import annotations

from .declaration import Command, Token
from .text.shortening import listing

_MOST_VALUES = 10
"""The most values of a choice that are shown."""


def usage(command: Command) -> str:
    """The command's name and its tokens by label, optional ones in brackets.

    ``/예약 회의실 <시간> [회의실: S1 | S2 | 대 회의실]``
    """
    return " ".join([command.name, *map(_token, command.tokens)])


def _token(token: Token) -> str:
    values = f": {listing(token.values, _MOST_VALUES, ' | ')}" if token.type == "choice" else ""
    return f"<{token.label}{values}>" if token.required else f"[{token.label}{values}]"

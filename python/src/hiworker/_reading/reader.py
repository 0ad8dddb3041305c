"""Reads a text: which command it begins with, and the values behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .command_finder import find_command
from .declaration import Command
from .text.typed_text import TypedText
from .token_issues import token_issues
from .token_matcher import TokenMatcher
from .unreadable import Unreadable
from .usage import usage
from .wording import language_of


@dataclass(frozen=True)
class Reading:
    command: str
    """The name that the text begins with."""
    tokens: dict[str, Any]
    """The values as on the wire, by key, in the order of the declaration; without the optional ones not typed."""


def read(
    text: str,
    commands: Sequence[Mapping[str, Any]],
    *,
    now: datetime,
    members: Sequence[tuple[str, str]] = (),
) -> Reading:
    """Reads a text against the commands of one bot.

    ``commands`` are declarations as on the wire. ``now`` is the company's local time: in it ``내일`` and a date without
    a year are read. ``members`` are the ids and names of those whom a ``member`` token can mean.

    Raises ``Unreadable``.
    """
    typed = TypedText(text)
    command, first = find_command(typed, [Command.from_wire(declaration) for declaration in commands])
    matcher = TokenMatcher(typed, command.tokens, today=now.date(), members=members)
    tokens = matcher.match(first)
    if tokens is not None:
        return Reading(command.name, tokens)
    issues = tuple(token_issues(matcher, first))
    language = language_of(typed.typed)
    raise Unreadable(
        "invalid_tokens",
        " ".join(issue.detail(language) for issue in issues),
        usage(command),
        command=command.name,
        issues=issues,
    )

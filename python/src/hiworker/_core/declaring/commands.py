"""All commands of a bot."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from ..._errors import DeclarationError
from .command import Command
from .completer import fitting_values

_MOST_COMMANDS = 100

AvailableKey = tuple[str, str]


class Commands:
    """By name, and which values were last said to be available."""

    def __init__(self) -> None:
        self._by_name: dict[str, Command[..., Any]] = {}
        self.available: dict[AvailableKey, list[str]] = {}

    def add(self, command: Command[..., Any]) -> None:
        first = self._by_name.setdefault(command.name, command)
        if first is not command:
            raise DeclarationError(
                f"{command.owner}: {first.owner} answers {command.name} already. Name one otherwise."
            )
        if len(self._by_name) > _MOST_COMMANDS:
            raise DeclarationError(f"{command.owner}: a bot has at most {_MOST_COMMANDS} commands.")

    def get(self, name: str) -> Command[..., Any] | None:
        return self._by_name.get(name)

    def __iter__(self) -> Iterator[Command[..., Any]]:
        return iter(self._by_name.values())

    def __len__(self) -> int:
        return len(self._by_name)

    def set_available(self, name: str, token: str, values: Iterable[str]) -> AvailableKey:
        """Keeps the values. Raises ``DeclarationError`` for an unknown command or token, ``ValueError`` for values."""
        command = self._by_name.get(" ".join(unicodedata.normalize("NFC", name).split()))
        if command is None:
            names = ", ".join(self._by_name) or "none yet"
            raise DeclarationError(f"bot.available: the bot has no command {name!r}. Its commands: {names}.")
        target = command.token(token)
        if target.type != "choice":
            raise DeclarationError(
                f"bot.available: {target.key} of {command.name} is no choice. Give it the type Literal['…', '…'], or "
                f"complete it with a function: .complete({target.key!r})."
            )
        key = (command.name, target.key)
        self.available[key] = fitting_values(values, target, "bot.available")
        return key

    @property
    def declaration(self) -> list[dict[str, Any]]:
        return [command.declaration for command in self]

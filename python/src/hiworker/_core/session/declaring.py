"""Telling the relay the commands, and which values are available."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from ..._errors import CommandTakenError, DeclarationError, HiworkerError, RefusedError
from ..answering.frames import LARGEST_FRAME, encode
from ..declaring.commands import AvailableKey, Commands
from .actions import Action, Declared, Later, Say, Send
from .backoff import Backoff
from .link import Link

# Seconds before commands are declared again that the server could not store.
_LEAST_WAIT = 1.0


class Declaring:
    """Declares over every connection that says hello; what is available follows the commands, which it needs."""

    def __init__(self, commands: Commands, url: str, random: Callable[[], float]) -> None:
        self._commands = commands
        self._url = url
        self._backoff = Backoff(random, first_seconds=2, most_seconds=60)
        self._was_declared = False

    def declare(self, link: Link) -> HiworkerError | Action:
        """An error when the commands are more than the relay reads."""
        frame = encode({"type": "commands", "commands": self._commands.declaration})
        if len(frame) > LARGEST_FRAME:
            return DeclarationError(
                f"The commands have {len(frame)} bytes as JSON; hiworker takes at most {LARGEST_FRAME}. Give their "
                "tokens fewer or shorter values."
            )
        link.declaring = True
        return Send(link.number, frame)

    def concerns(self, problem: Mapping[str, Any]) -> bool:
        """Whether a problem that names no message is about the commands, rather than about an ``available``."""
        if problem["code"] != "invalid_fields":
            return True
        return any(str(error.get("pointer")).startswith("/commands") for error in problem.get("errors", ()))

    def declared(self, link: Link) -> list[Action]:
        """The relay took the commands."""
        link.declaring = False
        self._backoff.reset()
        names = ", ".join(command.name for command in self._commands)
        text = f"Connected to {self._url} as {link.bot}: {names}"
        if self._was_declared:
            text = f"Connected again to {self._url}."
        self._was_declared = True
        return [Say(logging.INFO, text), Declared(), *self._all_available(link)]

    def refused(self, link: Link, problem: Mapping[str, Any]) -> HiworkerError | list[Action]:
        """The relay did not take them. An error when it never will."""
        link.declaring = False
        code, detail = problem["code"], problem.get("detail", "")
        if code == "command_taken":
            return CommandTakenError(f"Another bot has one of the commands. {detail}")
        if code == "invalid_fields":
            reasons = "".join(f" {error.get('pointer')}: {error.get('detail')}" for error in problem.get("errors", ()))
            return RefusedError(f"The server does not take the commands as declared. {detail}{reasons}")
        seconds = self._backoff.next_seconds(_LEAST_WAIT)
        text = (
            f"The commands could not be declared ({code}: {detail}). Trying again; those declared before are answered."
        )
        return [Say(logging.WARNING, text), *self._all_available(link), Later(seconds, "declare", link.number)]

    def available(self, link: Link, key: AvailableKey) -> Action:
        """Says the values of one token."""
        command, token = key
        values = self._commands.available[key]
        return Send(link.number, encode({"type": "available", "command": command, "token": token, "values": values}))

    def _all_available(self, link: Link) -> list[Action]:
        return [self.available(link, key) for key in list(self._commands.available)]

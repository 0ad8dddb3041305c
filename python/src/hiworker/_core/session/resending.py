"""Sending replies again that the relay could not take just now."""

from __future__ import annotations

import logging
from collections.abc import Callable

from .actions import Action, Later, Say
from .backoff import Backoff
from .link import Link

PASSING = frozenset({"storage_unavailable", "shutting_down", "internal_error"})
"""The problems that pass: a reply stays in hand."""

# Seconds before a reply is sent again.
_LEAST_WAIT = 0.5


class Resending:
    """Waits for the relay to recover, longer each time until it takes a reply."""

    def __init__(self, random: Callable[[], float]) -> None:
        self._backoff = Backoff(random, first_seconds=1, most_seconds=30)

    def refused(self, link: Link, reason: str) -> list[Action]:
        """One wait serves all replies that are refused until it is over."""
        if link.resending:
            return []
        link.resending = True
        said = Say(logging.WARNING, f"The relay cannot take replies now ({reason}). They are sent again.")
        return [said, Later(self._backoff.next_seconds(_LEAST_WAIT), "resend", link.number)]

    def taken(self) -> None:
        """The relay took a reply."""
        self._backoff.reset()

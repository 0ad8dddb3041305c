"""The way from any thread into the event loop."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

# Of what may be dropped: progress that threads write faster than the loop reads.
_MOST_WAITING = 10_000


class Mailbox:
    """Calls from other threads, made in the loop in their order; the loop is woken once for all that wait."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._calls: deque[tuple[Callable[..., None], tuple[Any, ...]]] = deque()
        self._is_woken = False

    def post(self, call: Callable[..., None], *arguments: Any) -> None:
        """From any thread. After the loop has ended it does nothing."""
        # The call stands in the queue before the flag is read, and the reader lowers the flag before it reads the
        # queue: whatever the interleaving, somebody wakes the loop or the loop still comes by.
        self._calls.append((call, arguments))
        if not self._is_woken:
            self._is_woken = True
            try:
                self._loop.call_soon_threadsafe(self._empty)
            except RuntimeError:
                self._calls.clear()
                self._is_woken = False

    @property
    def waiting(self) -> int:
        """How many calls the loop has still to make."""
        return len(self._calls)

    def offer(self, call: Callable[..., None], *arguments: Any) -> None:
        """Like ``post``, but dropped while very many calls wait."""
        if self.waiting < _MOST_WAITING:
            self.post(call, *arguments)

    def _empty(self) -> None:
        self._is_woken = False
        calls = self._calls
        try:
            # Only those that wait now: a thread that posts as fast as this reads must not keep the loop from all else.
            for _ in range(len(calls)):
                call, arguments = calls.popleft()
                call(*arguments)
        finally:
            # One that raises, which the loop reports, does not hold up those behind it.
            if calls and not self._is_woken:
                self._is_woken = True
                self._loop.call_soon(self._empty)

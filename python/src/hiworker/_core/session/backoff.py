"""How long to wait before the next try."""

from __future__ import annotations

from collections.abc import Callable


class Backoff:
    """Full jitter under a doubling ceiling, so that a thousand bots do not come back in the same moment."""

    def __init__(self, random: Callable[[], float], *, first_seconds: float, most_seconds: float) -> None:
        """``random`` gives numbers from 0 up to 1. ``first_seconds`` is the ceiling of the first wait."""
        self._random = random
        self._first = first_seconds
        self._most = most_seconds
        self.failures = 0

    def next_seconds(self, at_least: float | None = None) -> float:
        """Counts a failure. ``at_least`` is what the server asked for: the wait is then spread above it."""
        ceiling = min(self._most, self._first * 2.0 ** min(self.failures, 30))
        self.failures += 1
        return (at_least or 0.0) + ceiling * self._random()

    def reset(self, to: int = 0) -> None:
        """Forgets failures, but for so many."""
        self.failures = min(self.failures, to)

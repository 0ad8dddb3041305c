"""Waiting for what must come true, with a deadline instead of a fixed pause."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

# Between two looks. Short beside everything that is measured here.
_PAUSE = 0.01


def eventually(what: str, probe: Callable[[], T | None], within: float = 15) -> T:
    """The first true value of ``probe``. ``what`` completes "waited in vain for …"; ``within`` is in seconds."""
    deadline = time.monotonic() + within
    while True:
        value = probe()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"Waited {within:g} s in vain for {what}.")
        time.sleep(_PAUSE)

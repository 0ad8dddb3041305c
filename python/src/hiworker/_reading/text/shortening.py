"""What a person typed, or what there is to choose from, short enough for a sentence."""

from __future__ import annotations

from collections.abc import Sequence

_LONGEST = 40


def excerpt(text: str) -> str:
    """The beginning of a text."""
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def listing(values: Sequence[str], most: int, separator: str = ", ") -> str:
    """The first of these, at most ``most``."""
    more = ["…"] if len(values) > most else []
    return separator.join([*values[:most], *more])

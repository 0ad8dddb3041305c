"""The commands that may have been meant by a text whose command is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .declaration import MOST_WORDS, RESERVED
from .text.typed_text import TypedText

_MOST_NAMES = 3
_LONGEST = 100
"""Letters. Three words of 32 characters: what is longer is no slip of the finger."""


def nearest(text: TypedText, first: int, names: Iterable[str]) -> tuple[str, ...]:
    """The nearest first; those of the same first word when none is near."""
    phrases = (text.phrase(first, first + words + 1).plain for words in range(text.reach(first, MOST_WORDS)))
    typed = [letters for letters in map(_letters, phrases) if len(letters) <= _LONGEST]
    beginning = text.words[first].plain + " "
    near: list[tuple[int, str]] = []
    related: list[str] = []
    for name in (*RESERVED, *names):
        declared = _letters(name)
        distance = min((edit_distance(letters, declared) for letters in typed), default=_LONGEST)
        if distance <= _limit(len(declared)):
            near.append((distance, name))
        elif name.startswith(beginning):
            related.append(name)
    return tuple([name for _, name in sorted(near)] or sorted(related))[:_MOST_NAMES]


def edit_distance(left: Sequence[str], right: Sequence[str]) -> int:
    """How many slips of the finger turn one into the other: a letter too many, too few, a wrong one, two swapped."""
    before_last: list[int] = []
    last = list(range(len(right) + 1))
    for row, letter in enumerate(left):
        current = [row + 1]
        for column, other in enumerate(right):
            best = min(last[column] + (letter != other), last[column + 1] + 1, current[column] + 1)
            if row and column and letter == right[column - 1] and left[row - 1] == other:
                best = min(best, before_last[column - 1] + 1)
            current.append(best)
        before_last, last = last, current
    return last[-1]


def _letters(name: str) -> str:
    """Without slash, spaces and case. Hangul counts by syllable."""
    return "".join(letter.lower() for letter in name if letter not in "/ ")


def _limit(letters: int) -> int:
    """How many slips of the finger a name of so many letters may hide."""
    if letters <= 1:
        return 0
    return 1 if letters <= 5 else 2 if letters <= 9 else 3

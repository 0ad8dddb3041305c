"""Unicode normalization form C; macOS sends Hangul decomposed."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import combining, normalize

_MOST_MARKS = 30
"""The most combining marks in a row that are put in order together: the limit of Unicode's stream-safe text format
(UAX #15, section 13). No language needs as many, and putting them in order takes time with the square of their number.
"""


def composed(text: str) -> str:
    """A text in normalization form C, in time proportional to its length."""
    return text if text.isascii() else "".join(normalize("NFC", piece) for piece in _pieces(text))


def _pieces(text: str) -> Iterator[str]:
    """The text, broken where more marks than any language needs stand in a row."""
    start = marks = 0
    for position, character in enumerate(text):
        marks = marks + 1 if combining(character) else 0
        if marks > _MOST_MARKS:
            yield text[start:position]
            start, marks = position, 1
    yield text[start:]

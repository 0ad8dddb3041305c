"""A member's text, cut into words.

    text   /예약 회의실　10:00～11:00 “대 회의실”
    plain  /예약 회의실 10:00~11:00 대 회의실
    words  ‾‾‾‾‾ ‾‾‾‾‾‾ ‾‾‾‾‾‾‾‾‾‾‾ ‾‾‾‾‾‾‾‾‾ (quoted)

Words are separated by white space. A quote, ``"`` or ``'``, opens at the start of a word and closes at the next quote
of its kind that ends a word, so that the apostrophes of ``don't`` and ``'don't stop'`` are letters. There is no escape:
the other kind of quote serves. Cutting is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from .composition import composed
from .plain_form import BLANKS, DOUBLE_QUOTES, INVISIBLES, SINGLE_QUOTES, plain
from .shortening import excerpt


class Quoting(Enum):
    NONE = "none"
    QUOTED = "quoted"
    UNCLOSED = "unclosed"
    """It opens a quote that nothing closes, and so reaches to the end of the text."""


@dataclass(frozen=True)
class Word:
    typed: str
    """Without quotes."""
    plain: str
    """The plain form of the same: what every type but ``text`` is read from."""
    start: int
    """Where it begins in the text, its quotes included."""
    end: int
    quoting: Quoting


_END_OF_WORD = f"(?=[{INVISIBLES}]*(?:[{BLANKS}]|\\Z))"
_WORD = re.compile(
    f"[{BLANKS}{INVISIBLES}]*(?![{BLANKS}{INVISIBLES}])(?P<place>"
    f"[{DOUBLE_QUOTES}](?P<double>.*?)[{DOUBLE_QUOTES}]{_END_OF_WORD}"
    f"|[{SINGLE_QUOTES}](?P<single>.*?)[{SINGLE_QUOTES}]{_END_OF_WORD}"
    f"|[{DOUBLE_QUOTES}{SINGLE_QUOTES}](?P<unclosed>(?:.*[^{BLANKS}])?)"
    f"|(?P<bare>[^{BLANKS}]+))",
    re.DOTALL,
)
_QUOTING = {
    "double": Quoting.QUOTED,
    "single": Quoting.QUOTED,
    "unclosed": Quoting.UNCLOSED,
    "bare": Quoting.NONE,
}


class TypedText:
    def __init__(self, text: str) -> None:
        self.typed = composed(text)
        self.words = tuple(_cut(self.typed))

    def phrase(self, first: int, end: int) -> Phrase:
        """The words from ``first`` up to ``end``, at least one, taken together."""
        return Phrase(self.words[first:end])

    def rest(self, first: int) -> str:
        """Everything from a word to the end of the last, as typed: quotes, white space between words and all."""
        return self.typed[self.words[first].start : self.words[-1].end] if first < len(self.words) else ""

    def is_unclosed(self, word: int) -> bool:
        return self.words[word].quoting is Quoting.UNCLOSED

    def reach(self, first: int, most: int) -> int:
        """How many words from this one on may be read together as one value: a quoted word stands alone."""
        if self.words[first].quoting is not Quoting.NONE:
            return 1
        end = first + 1
        while end < len(self.words) and end - first < most and self.words[end].quoting is Quoting.NONE:
            end += 1
        return end - first


def _cut(text: str) -> Iterator[Word]:
    position = 0
    while match := _WORD.match(text, position):
        # Of the groups of a word only one took part, and the one around it.
        kind, quoting = next((kind, quoting) for kind, quoting in _QUOTING.items() if match[kind] is not None)
        start, position = match.span("place")
        yield Word(match[kind], plain(match[kind]), start, position, quoting)


class Phrase:
    """Words of a text that stand side by side, read together as one value or name."""

    def __init__(self, words: tuple[Word, ...]) -> None:
        self.words = words
        self.plain = " ".join(word.plain for word in words)
        self.typed = " ".join(word.typed for word in words)
        """Without quotes, one space between words."""

    @property
    def squeezed(self) -> str:
        """The plain form with one space where there are several: a pattern with two optional spaces is quick on it."""
        return re.sub(" +", " ", self.plain)

    @property
    def excerpt(self) -> str:
        return excerpt(self.typed)

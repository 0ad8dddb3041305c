"""``choice``: a declared value, blind to case and white space, that of the most words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..text.composition import composed
from ..text.plain_form import folded
from ..text.shortening import listing
from ..text.typed_text import TypedText
from .value_reader import ValueFault, ValueReader, ValueReading

_MOST_WORDS = 12
"""A value may have many words, and ``대 회 의 실`` is a way to type one; these are enough."""
_MOST_LISTED = 20
"""The most values that the sentence about a wrong one lists."""


class ChoiceReader(ValueReader):
    def __init__(self, values: Sequence[str]) -> None:
        self._values = values
        self._spellings: dict[str, list[str]] = {}
        for value in values:
            self._spellings.setdefault(folded(value), []).append(value)

    def readings(self, text: TypedText, first: int) -> Iterator[ValueReading]:
        for words in range(text.reach(first, _MOST_WORDS), 0, -1):
            phrase = text.phrase(first, first + words)
            if found := self._spellings.get(folded(phrase.plain)):
                # Of values that only case or white space tells apart, the one typed as declared counts.
                exact = (value for value in found if composed(value) == phrase.typed)
                yield ValueReading(words, next(exact, found[0]))

    def fault(self, text: TypedText, first: int) -> ValueFault:
        value = text.phrase(first, first + 1).excerpt
        return ValueFault(1, "not_a_choice", {"value": value, "values": listing(self._values, _MOST_LISTED)})

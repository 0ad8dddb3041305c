"""``text``: a word or quoted words, as typed; where it is the command's last, everything that is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..text.typed_text import TypedText
from .value_reader import ValueFault, ValueReader, ValueReading


@dataclass(frozen=True)
class TextReader(ValueReader):
    is_last: bool

    def readings(self, text: TypedText, first: int) -> Iterator[ValueReading]:
        left = len(text.words) - first
        if self.is_last and left > 1:
            yield ValueReading(left, text.rest(first))
        else:
            yield ValueReading(1, text.words[first].typed)

    def fault(self, text: TypedText, first: int) -> ValueFault:
        """Of no weight: every word is a text."""
        return ValueFault(1, "missing_token", {"value": text.phrase(first, first + 1).excerpt})

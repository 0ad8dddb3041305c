"""What all readers of values have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from ..text.typed_text import Phrase, TypedText


@dataclass(frozen=True)
class ValueReading:
    """A value as on the wire, and how many words it takes."""

    words: int
    value: Any


@dataclass(frozen=True)
class ValueFault:
    """Why words are not a value, and of how many of them that is said."""

    words: int
    reason: str
    """A code of the relay's, in the sentences."""
    arguments: Mapping[str, str]


class ValueReader(ABC):
    """Reads one token's value from the words of a text."""

    @abstractmethod
    def readings(self, text: TypedText, first: int) -> Iterator[ValueReading]:
        """What the words from this one on can mean, the readings of the most words first."""

    @abstractmethod
    def fault(self, text: TypedText, first: int) -> ValueFault:
        """Why the words from this one on mean nothing.

        It is said of the longest phrase that looks like a value and is none, else of the words that were meant for one.
        Where there is a reading too, the longer of both is what was meant.
        """


@dataclass(frozen=True)
class Value:
    value: Any


@dataclass(frozen=True)
class Wrong:
    """Looks like a value and is none, for this reason."""

    reason: str
    arguments: Mapping[str, str] = field(default_factory=dict)


class PhraseReader(ValueReader):
    """A reader that looks at a phrase as a whole: it is a value or it is none."""

    most_words: ClassVar[int]
    unlike: ClassVar[str]
    """The reason that is given for words that do not look like a value at all."""

    @abstractmethod
    def read(self, phrase: Phrase) -> Value | Wrong | None:
        """None for what does not look like a value."""

    def extent(self, text: TypedText, first: int) -> int:  # noqa: ARG002
        """How many words are meant as a value where they do not look like one."""
        return 1

    def readings(self, text: TypedText, first: int) -> Iterator[ValueReading]:
        for phrase in self._phrases(text, first):
            match self.read(phrase):
                case Value(value):
                    yield ValueReading(len(phrase.words), value)

    def fault(self, text: TypedText, first: int) -> ValueFault:
        for phrase in self._phrases(text, first):
            match self.read(phrase):
                case Wrong(reason, arguments):
                    return ValueFault(len(phrase.words), reason, {"value": phrase.excerpt, **arguments})
        words = self.extent(text, first)
        return ValueFault(words, self.unlike, {"value": text.phrase(first, first + words).excerpt})

    def _phrases(self, text: TypedText, first: int) -> Iterator[Phrase]:
        """The phrases from this word on, the longest first."""
        return (text.phrase(first, first + words) for words in range(text.reach(first, self.most_words), 0, -1))

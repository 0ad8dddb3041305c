"""Divides the words behind a command among its tokens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from .declaration import Token
from .text.typed_text import TypedText
from .values.choice_reader import ChoiceReader
from .values.date_reader import DateReader
from .values.member_reader import MemberReader
from .values.number_reader import NumberReader
from .values.text_reader import TextReader
from .values.time_range_reader import TimeRangeReader
from .values.value_reader import ValueReader

_MOST_PLACES = 400
"""More than any text needs that a person types: a command has at most 20 tokens, and few have two readings."""


class TokenMatcher:
    """Finds the values of a command's tokens.

    A value takes as many words as make it one: ``다음 주 화요일`` is a date of three. The longest reading of each token
    is tried first, from left to right; where the rest of the text then does not fit, a shorter one is. Every place, a
    token at a word, is looked at once at most, and of all places ``_MOST_PLACES``.
    """

    def __init__(
        self, text: TypedText, tokens: Sequence[Token], *, today: date, members: Sequence[tuple[str, str]]
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.readers = [_reader(token, token is tokens[-1], today, members) for token in tokens]
        self._looked_at: set[tuple[int, int]] = set()

    def match(self, first: int) -> dict[str, Any] | None:
        """The values by key of the words from this one on; None when they do not fit."""
        self._looked_at.clear()
        values = self._match(0, first)
        return None if values is None else {token.key: value for token, value in zip(self.tokens, values, strict=False)}

    def _match(self, token: int, word: int) -> list[Any] | None:
        """The values of this token and those behind it, optional ones at the end left out."""
        if word == len(self.text.words):
            return None if any(token.required for token in self.tokens[token:]) else []
        if token == len(self.tokens) or self.text.is_unclosed(word):
            return None
        if len(self._looked_at) == _MOST_PLACES or (token, word) in self._looked_at:
            return None
        self._looked_at.add((token, word))
        for reading in self.readers[token].readings(self.text, word):
            behind = self._match(token + 1, word + reading.words)
            if behind is not None:
                return [reading.value, *behind]
        return None


def _reader(token: Token, is_last: bool, today: date, members: Sequence[tuple[str, str]]) -> ValueReader:
    match token.type:
        case "text":
            return TextReader(is_last)
        case "choice":
            return ChoiceReader(token.values)
        case "number":
            return NumberReader()
        case "date":
            return DateReader(today)
        case "time_range":
            return TimeRangeReader()
        case "member":
            return MemberReader(members)
        case other:
            raise ValueError(f"The token {token.key!r} has the type {other!r}, which there is not.")

"""``number``: ``12``, ``1,200``, ``-3.5``. Commas group digits by threes or are not there at all."""

from __future__ import annotations

import math
import re

from ..text.typed_text import Phrase
from .value_reader import PhraseReader, Value, Wrong

_NUMBER = re.compile(
    r"(?P<sign>[-+]?)(?:(?P<whole>[0-9][0-9,]*)(?:\.(?P<fraction>[0-9]+))?|\.(?P<only_fraction>[0-9]+))"
)
_GROUPED = re.compile(r"[0-9]*|[0-9]{1,3}(?:,[0-9]{3})+")
_LONGEST = 400
"""More digits than any number needs that a person types."""
_INTEGERS = range(-(2**63), 2**63)


class NumberReader(PhraseReader):
    """A whole number that fits 64 bits is an integer on the wire, ``3.0`` too; every other one is a double."""

    most_words = 1
    unlike = "not_a_number"

    def read(self, phrase: Phrase) -> Value | Wrong | None:
        match = _NUMBER.fullmatch(phrase.plain)
        if match is None or len(phrase.plain) > _LONGEST:
            return None
        whole, fraction = match["whole"] or "", match["fraction"] or match["only_fraction"] or ""
        if not _GROUPED.fullmatch(whole):
            return Wrong("number_grouping")
        digits = match["sign"] + (whole.replace(",", "") or "0")
        if not fraction.strip("0") and int(digits) in _INTEGERS:
            return Value(int(digits))
        number = float(f"{digits}.{fraction}")
        return Value(number) if math.isfinite(number) else Wrong("number_too_large")

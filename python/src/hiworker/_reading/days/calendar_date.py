"""A date as people write it, of which the year, and in ``24일`` the month, may be left out.

    2026-11-24  2026/11/24  2026. 11. 24.  20261124  11/24/2026      11-24  11/24  11.24
    2026년 11월 24일  26년 11월 24일  11월 24일  24일
    Nov 24  November 24th, 2026  24 Nov  24th of November 2026  24-Nov-2026  the 24th

A weekday may stand behind it, ``(화)``, ``화요일``, ``(Tue)``, ``Tuesday``, or before it, ``Tue, Nov 24``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .weekday import NAMES, SYLLABLES


@dataclass(frozen=True)
class CalendarDate:
    day: int
    month: int | None = None
    """None for the next such day of a month."""
    year: int | None = None
    """None for the next such day."""
    weekday: int | None = None
    """The one written beside it, 0 for Monday to 6 for Sunday."""
    is_year_unclear: bool = False
    """``26/11/24``: whether that begins with the year, the month or the day depends on who reads it."""

    @classmethod
    def parse(cls, text: str) -> CalendarDate | None:
        """Reads a whole text, squeezed; None when that is not written like a date with a number in it."""
        match = next(filter(None, (form.fullmatch(text) for form in _FORMS)), None)
        if match is None:
            return None
        groups = match.groupdict()
        name, month, year = groups.get("name"), groups.get("month"), groups.get("year")
        return cls(
            day=int(groups["day"]),
            month=_MONTHS[name.lower()] if name else int(month) if month else None,
            year=int(year) + (2000 if len(year) == 2 else 0) if year else None,
            weekday=_weekday(groups),
            is_year_unclear="unclear" in groups,
        )

    def next_from(self, today: date) -> date | None:
        """The day that is meant when it is ``today``; None when there is no such day."""
        if self.year is not None and self.month is not None:
            return _day(self.year, self.month, self.day)
        if self.month is not None:
            # The 29th of February can be eight years away (1896 to 1904, 2096 to 2104).
            candidates = (_day(today.year + years, self.month, self.day) for years in range(9))
        else:
            # A 31st can be two months away.
            months = range(today.month - 1, today.month + 2)
            candidates = (_day(today.year + month // 12, month % 12 + 1, self.day) for month in months)
        return next((day for day in candidates if day and day >= today), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekday(groups: dict[str, str | None]) -> int | None:
    if syllable := groups["syllable"]:
        return SYLLABLES.index(syllable)
    name = groups["inside"] or groups["behind"] or groups["leading"]
    return NAMES[name.lower()] if name else None


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}


def _bodies() -> Iterator[str]:
    """The forms of a date without its weekday, as regular expressions."""
    month, day, ordinal = r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})(?!\d)", "(?:st|nd|rd|th)"
    named_month = rf"(?P<name>{'|'.join(_MONTHS)})\.?"
    behind = r"(?: ?,? ?[-/.]? ?(?P<year>\d{4})(?!\d))?"
    yield rf"{named_month} ?[-/.]? ?{day}{ordinal}?{behind}"
    yield rf"(?:the )?{day}{ordinal}? ?[-/.]? ?(?:of )?{named_month}{behind}"
    yield rf"(?:the )?{day}{ordinal}"
    yield rf"(?:(?:(?P<year>\d\d|\d{{4}}) ?년 ?)?{month} ?월 ?)?{day} ?일"
    yield r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?!\d)"
    yield rf"{month}/(?P<day>\d{{1,2}})/(?P<year>\d{{4}})(?!\d)"
    for separator, end in (("-", ""), ("/", ""), (r"\. ?", r"\.?")):
        yield rf"(?P<year>\d{{4}}){separator}{month}{separator}{day}{end}"
        yield rf"{month}{separator}{day}{end}"
        yield rf"(?P<unclear>\d{{1,2}}){separator}\d{{1,2}}{separator}(?P<day>\d\d)(?!\d){end}"


_WEEKDAY = "|".join(NAMES)
_BEFORE = rf"(?:(?P<leading>{_WEEKDAY})\.? ?,? ?)?"
_BEHIND = rf"(?: ?,? ?(?:\((?:(?P<inside>{_WEEKDAY})\.?|(?P<syllable>[{SYLLABLES}]))\)|(?P<behind>{_WEEKDAY})\.?))?"
# Digits and the case of letters are those of ASCII.
_FORMS = tuple(re.compile(_BEFORE + body + _BEHIND, re.ASCII | re.IGNORECASE) for body in _bodies())

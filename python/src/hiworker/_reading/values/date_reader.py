"""``date``: by number or by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..days.calendar_date import CalendarDate
from ..days.relative_day import relative_day
from ..text.typed_text import Phrase
from .value_reader import PhraseReader, Value, Wrong


@dataclass(frozen=True)
class DateReader(PhraseReader):
    # the 24th of November 2026 Tuesday, 2026 년 11 월 24 일 (화)
    most_words = 7
    unlike = "not_a_date"

    today: date
    """In the company's time zone."""

    def read(self, phrase: Phrase) -> Value | Wrong | None:
        if day := relative_day(phrase.plain, self.today):
            return Value(day.isoformat())
        written = CalendarDate.parse(phrase.squeezed)
        if written is None:
            return None
        if written.is_year_unclear:
            return Wrong("year_unclear")
        day = written.next_from(self.today)
        if day is None:
            return Wrong("no_such_date")
        if written.weekday not in (None, day.weekday()):
            return Wrong("other_weekday", {"date": day.isoformat()})
        return Value(day.isoformat())

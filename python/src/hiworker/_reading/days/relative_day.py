"""A day named by its distance from today or by its weekday: ``내일``, ``다음 주 화요일``, ``next Tuesday``."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from .weekday import ENGLISH, SYLLABLES

_DISTANCES = {
    -2: ("그제", "그저께", "daybeforeyesterday", "thedaybeforeyesterday"),
    -1: ("어제", "yesterday"),
    0: ("오늘", "금일", "today"),
    1: ("내일", "명일", "tomorrow"),
    2: ("모레", "내일모레", "dayaftertomorrow", "thedayaftertomorrow"),
    3: ("글피",),
}
_KOREAN_WEEKS = {
    -1: ("지난주", "저번주"),
    0: ("이번주", "금주"),
    1: ("다음주", "담주", "차주"),
    2: ("다다음주",),
}
_ENGLISH_WEEKS = {-1: ("last", "lastweek"), 0: ("this", "thisweek"), 1: ("next", "nextweek")}


def relative_day(text: str, today: date) -> date | None:
    """The day of this name; white space, full stops, commas and the case of letters do not count."""
    day_from = _DAYS.get(re.sub("[ .,]", "", text).lower())
    return day_from(today) if day_from else None


def _distance(days: int) -> Callable[[date], date]:
    return lambda today: today + timedelta(days)


def _next(weekday: int) -> Callable[[date], date]:
    """The next such weekday; today when it is one."""
    return lambda today: today + timedelta((weekday - today.weekday()) % 7)


def _of_week(week: int, weekday: int) -> Callable[[date], date]:
    """The weekday of this week (0), the next (1) or another; weeks begin on Monday."""
    return lambda today: today + timedelta(weekday - today.weekday() + 7 * week)


def _days() -> dict[str, Callable[[date], date]]:
    days = {name: _distance(distance) for distance, names in _DISTANCES.items() for name in names}
    for weekday, syllable in enumerate(SYLLABLES):
        days[f"{syllable}요일"] = _next(weekday)
        days |= {name: _next(weekday) for name in ENGLISH[weekday]}
        for offset, weeks in _KOREAN_WEEKS.items():
            for week in weeks:
                # The syllable alone is a weekday only behind a week: 다음 주 화.
                days[f"{week}{syllable}요일"] = days[f"{week}{syllable}"] = _of_week(offset, weekday)
        for offset, weeks in _ENGLISH_WEEKS.items():
            for week in weeks:
                for name in ENGLISH[weekday]:
                    days[week + name] = _of_week(offset, weekday)
                    if week.endswith("week"):
                        days[name + week] = _of_week(offset, weekday)
    return days


_DAYS = _days()

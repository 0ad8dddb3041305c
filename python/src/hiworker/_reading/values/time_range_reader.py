"""``time_range``: two times of one day and something between them that says so.

10:00~11:00  10~11  10:00-11:00  10:00 ~ 11:00  10시~11시 반  10시 30분 ~ 11시  오전 10시~오후 1시
오후 2시~4시  2pm-3pm  2-3pm  10:00부터 11:00까지  10시에서 12시  from 10 to 11:30  2:30 p.m. until 4 p.m.
"""

from __future__ import annotations

import re

from ..text.typed_text import Phrase, TypedText
from .clock_time import MINUTES_PER_DAY, ClockTime, clock, resolve
from .value_reader import PhraseReader, Value, Wrong

_RANGE = re.compile(
    rf"(?:from )?{ClockTime.pattern('start')} ?"
    rf"(?:(?:(?:부터|에서) ?~?|~|-|to |until |till ) ?(?:{ClockTime.pattern('end')} ?(?:까지)?)?)?",
    re.ASCII | re.IGNORECASE,
)


class TimeRangeReader(PhraseReader):
    # 오전 10 시 30 분 ~ 오후 1 시 30 분 까지
    most_words = 12
    unlike = "not_a_time_range"

    def read(self, phrase: Phrase) -> Value | Wrong | None:
        match = _RANGE.fullmatch(phrase.squeezed)
        if match is None:
            return None
        start = ClockTime.from_match(match, "start")
        if not start.exists:
            return Wrong("no_such_time", {"value": match["start"]})
        if match["end"] is None:
            return Wrong("end_time_missing")
        end = ClockTime.from_match(match, "end")
        if not end.exists:
            return Wrong("no_such_time", {"value": match["end"]})
        return _range(*resolve(start, end))

    def extent(self, text: TypedText, first: int) -> int:
        """What looks like ``열시~열한시`` or ``열시 ~ 열한시`` was meant as one range."""
        reach = text.reach(first, 3)
        if reach == 1:
            return 1
        word, following = text.words[first].plain, text.words[first + 1].plain
        if following == "~" and not word.endswith("~"):
            return reach
        return 2 if word.endswith("~") or following.startswith("~") else 1


def _range(start: int, end: int) -> Value | Wrong:
    if start == MINUTES_PER_DAY:
        return Wrong("starts_at_end_of_day")
    if start >= end:
        return Wrong("end_not_after_start", {"start": clock(start), "end": clock(end)})
    return Value(f"{clock(start)}~{clock(end)}")

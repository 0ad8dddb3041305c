"""A time of day as people write it, of which the half of the day may be left out: ``10:30``, ``오후 2시``, ``2pm``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

MINUTES_PER_DAY = 24 * 60


class Half(Enum):
    MORNING = 0
    AFTERNOON = 12

    @classmethod
    def parse(cls, text: str) -> Half:
        return cls.MORNING if text == "오전" or text[0] in "aA" else cls.AFTERNOON


@dataclass(frozen=True)
class ClockTime:
    hour: int
    """As written: 0 to 99."""
    minute: int = 0
    half: Half | None = None
    is_half_behind: bool = False
    """``2pm`` rather than ``pm 2``: then a half that the start lacks may come from the end, ``2-3pm``."""

    @staticmethod
    def pattern(name: str) -> str:
        """A regular expression, in groups whose names begin with ``name``; the whole is the group ``name``."""
        english = r"[ap](?:m|\.m\.?)"
        return (
            rf"(?P<{name}>(?P<{name}_noon>정오|noon)|(?P<{name}_midnight>자정|midnight)"
            rf"|(?P<{name}_before>오전|오후|{english})? ?(?P<{name}_hour>\d{{1,2}})(?!\d)"
            rf"(?::(?P<{name}_minute>\d\d)(?!\d)| ?시(?: ?(?P<{name}_thirty>반)| ?(?P<{name}_minutes>\d{{1,2}}) ?분)?)?"
            rf"(?({name}_before)|(?: ?(?P<{name}_behind>{english}))?))"
        )

    @classmethod
    def from_match(cls, match: re.Match[str], name: str) -> ClockTime:
        """The time that such a pattern matched. It may be one that no clock shows."""
        if match[f"{name}_noon"]:
            return cls(12, half=Half.AFTERNOON)
        if match[f"{name}_midnight"]:
            return cls(12, half=Half.MORNING)
        thirty = "30" if match[f"{name}_thirty"] else None
        before, behind = match[f"{name}_before"], match[f"{name}_behind"]
        return cls(
            hour=int(match[f"{name}_hour"]),
            minute=int(match[f"{name}_minute"] or match[f"{name}_minutes"] or thirty or 0),
            half=Half.parse(before or behind) if before or behind else None,
            is_half_behind=behind is not None,
        )

    @property
    def exists(self) -> bool:
        """Whether a clock shows it: 00:00 to 24:00; before noon 0 to 12, after noon up to 23, as in ``오후 14시``."""
        if self.minute >= 60:
            return False
        if self.half is None:
            return self.hour < 24 or (self.hour == 24 and self.minute == 0)
        return self.hour <= (12 if self.half is Half.MORNING else 23)

    def minutes(self, half: Half | None) -> int:
        """Since midnight, in this half of the day."""
        if half is None or (half is Half.AFTERNOON and self.hour > 12):
            return self.hour * 60 + self.minute
        return (self.hour % 12 + half.value) * 60 + self.minute


def resolve(start: ClockTime, end: ClockTime) -> tuple[int, int]:
    """The minutes since midnight of the start and the end of a range; the end may still lie before the start.

    A half of the day that one of them lacks follows from the other:

    - An end without one is the first such time of the 12-hour clock after a start with one: ``오후 2시~4시`` ends at
      16:00, ``오전 10시~1시`` at 13:00.
    - A start without one takes that of an end that has it behind, ``2-3pm``, if it then still lies before the end:
      ``11-1pm`` begins at 11:00. A Korean end says nothing of its start: ``9시~오후 6시`` begins at 09:00.
    - Midnight as an end (``자정``, ``12am``) is the end of the day.
    """
    start_minutes, end_minutes = start.minutes(start.half), end.minutes(end.half)
    if end.half is Half.MORNING and end_minutes == 0:
        end_minutes = MINUTES_PER_DAY
    if start.half and not end.half and 1 <= end.hour <= 12:
        twelve = end.minutes(Half.MORNING)
        candidates = (twelve, twelve + 12 * 60, *([MINUTES_PER_DAY] if twelve == 0 else []))
        end_minutes = next((time for time in candidates if time > start_minutes), end.minutes(start.half))
    if not start.half and end.is_half_behind and 1 <= start.hour <= 12:
        shared = start.minutes(end.half)
        if shared < end_minutes:
            start_minutes = shared
    return start_minutes, end_minutes


def clock(minutes: int) -> str:
    """Minutes since midnight as ``09:30``."""
    return f"{minutes // 60:02}:{minutes % 60:02}"

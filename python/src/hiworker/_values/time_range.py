"""A stretch of one day, from one minute to another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

_WIRE = re.compile(r"(\d\d):(\d\d)~(\d\d):(\d\d)", re.ASCII)
_MINUTES_PER_DAY = 24 * 60


@dataclass(frozen=True, order=True)
class TimeOfDay:
    """A minute of a day, 00:00 to 24:00; the last, which ``datetime.time`` lacks, ends a day.

    ``str()`` gives ``10:00``. Raises ``ValueError`` for what is no time.
    """

    hour: int
    minute: int = 0

    def __post_init__(self) -> None:
        if not (0 <= self.minute < 60 and 0 <= self.minutes <= _MINUTES_PER_DAY):
            raise ValueError(f"{self.hour}:{self.minute:02} is no time of a day. Say 0:00 to 24:00.")

    @property
    def minutes(self) -> int:
        """Since midnight, 0 to 1440."""
        return self.hour * 60 + self.minute

    def on(self, day: date, zone: tzinfo | None = None) -> datetime:
        """The moment that it is on a day; 24:00 is 0:00 of the next."""
        return datetime.combine(day, time(tzinfo=zone)) + timedelta(minutes=self.minutes)

    def __str__(self) -> str:
        return f"{self.hour:02}:{self.minute:02}"


@dataclass(frozen=True, order=True)
class TimeRange:
    """``10:00~11:00``: from ``start`` until just before ``end``, within one day.

    Ranges are ordered by start, then end. ``str()`` gives the text as the wire has it. Raises ``ValueError`` unless the
    end is after the start.
    """

    start: TimeOfDay
    end: TimeOfDay

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"{self} ends before it starts. Name a later end, at most 24:00.")

    @classmethod
    def parse(cls, text: str) -> TimeRange:
        """Reads ``10:00~11:00``, the form of the wire. Raises ``ValueError`` for any other."""
        match = _WIRE.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is no time range. Write it like 10:00~11:00.")
        hour, minute, end_hour, end_minute = map(int, match.groups())
        return cls(TimeOfDay(hour, minute), TimeOfDay(end_hour, end_minute))

    @property
    def duration(self) -> timedelta:
        return timedelta(minutes=self.end.minutes - self.start.minutes)

    def overlaps(self, other: TimeRange) -> bool:
        """Whether they share a minute; ranges that only touch do not."""
        return self.start < other.end and other.start < self.end

    def __contains__(self, moment: time | TimeOfDay) -> bool:
        minutes = moment.hour * 60 + moment.minute
        return self.start.minutes <= minutes < self.end.minutes

    def __str__(self) -> str:
        return f"{self.start}~{self.end}"

"""Time ranges and the times that they are made of."""

from __future__ import annotations

import pickle
from datetime import date, datetime, time, timedelta, timezone

import pytest

from hiworker import TimeOfDay, TimeRange


def test_it_reads_and_writes_the_form_of_the_wire() -> None:
    span = TimeRange.parse("10:00~24:00")
    assert str(span) == "10:00~24:00"
    assert (span.start, span.end) == (TimeOfDay(10), TimeOfDay(24))
    assert pickle.loads(pickle.dumps(span)) == span


@pytest.mark.parametrize(
    "text", ["10~11", "10:00-11:00", "1０:00~11:00", "10:00~11:00 ", "", "10:60~11:00", "24:01~24:02"]
)
def test_other_forms_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no time"):
        TimeRange.parse(text)


@pytest.mark.parametrize("text", ["11:00~10:00", "10:00~10:00"])
def test_the_end_is_after_the_start(text: str) -> None:
    with pytest.raises(ValueError, match="ends before it starts"):
        TimeRange.parse(text)


@pytest.mark.parametrize(("hour", "minute"), [(24, 1), (25, 0), (-1, 0), (10, 60), (10, -1)])
def test_a_time_of_day_is_within_a_day(hour: int, minute: int) -> None:
    with pytest.raises(ValueError, match="is no time of a day"):
        TimeOfDay(hour, minute)


def test_midnight_at_the_end_is_the_next_day() -> None:
    zone = timezone(timedelta(hours=9))
    assert TimeOfDay(24).on(date(2026, 12, 31), zone) == datetime(2027, 1, 1, tzinfo=zone)
    assert TimeOfDay(9, 30).on(date(2026, 1, 2), zone) == datetime(2026, 1, 2, 9, 30, tzinfo=zone)


def test_ranges_know_their_length_order_and_overlap() -> None:
    morning, noon, late = (TimeRange.parse(text) for text in ("10:00~11:30", "11:30~12:00", "11:00~12:00"))
    assert morning.duration == timedelta(minutes=90)
    assert sorted([noon, late, morning]) == [morning, late, noon]
    assert morning.overlaps(late)
    assert late.overlaps(morning)
    assert not morning.overlaps(noon)


def test_a_range_contains_its_start_and_not_its_end() -> None:
    span = TimeRange.parse("10:00~11:00")
    assert time(10) in span
    assert TimeOfDay(10, 59) in span
    assert TimeOfDay(11) not in span
    assert time(9, 59) not in span

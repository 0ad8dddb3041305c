"""The rules of booking, without files, HTTP or a clock."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from hiworker import Member, TimeRange
from meeting_rooms.bookings import (
    AlreadyPast,
    Booked,
    BookedByAnother,
    Booking,
    Cancelled,
    EveryRoomTaken,
    NotBooked,
    RoomTaken,
    Schedule,
    UnknownRoom,
)

NOW = datetime(2026, 11, 23, 9, 30, 59, tzinfo=timezone(timedelta(hours=9)))
ROOMS = ("S1", "S2", "대 회의실")
JIEUN = Member("mem_1", "김지은")
SEOJUN = Member("mem_2", "이서준")


def booking(room: str, time: str, member: Member = SEOJUN, days: int = 0) -> Booking:
    return Booking(NOW.date() + timedelta(days=days), room, TimeRange.parse(time), member)


def test_without_a_room_the_first_free_one_is_booked() -> None:
    schedule = Schedule(ROOMS, (booking("S1", "10:00~11:00"),))
    outcome = schedule.book(TimeRange.parse("10:30~11:30"), None, JIEUN, NOW)
    assert isinstance(outcome, Booked)
    assert outcome.booking == booking("S2", "10:30~11:30", JIEUN)
    assert outcome.schedule.bookings == (*schedule.bookings, outcome.booking)


def test_a_taken_room_names_everyone_who_has_it_and_the_rooms_that_are_free() -> None:
    first, second = booking("S1", "10:00~10:30"), booking("S1", "10:30~11:00", JIEUN)
    schedule = Schedule(ROOMS, (second, first, booking("S2", "10:15~10:20")))
    outcome = schedule.book(TimeRange.parse("10:00~11:00"), "S1", JIEUN, NOW)
    assert outcome == RoomTaken("S1", (first, second), ("대 회의실",))


def test_when_every_room_is_taken_all_who_have_them_are_named() -> None:
    taken = tuple(booking(room, "10:00~11:00") for room in ROOMS)
    outcome = Schedule(ROOMS, taken).book(TimeRange.parse("10:30~10:40"), None, JIEUN, NOW)
    assert outcome == EveryRoomTaken(taken)


@pytest.mark.parametrize(("time", "is_past"), [("09:29~12:00", True), ("00:00~00:30", True), ("09:30~10:00", False)])
def test_a_time_is_past_once_its_first_minute_is_over(time: str, is_past: bool) -> None:
    outcome = Schedule(ROOMS).book(TimeRange.parse(time), "S1", JIEUN, NOW)
    assert isinstance(outcome, AlreadyPast if is_past else Booked)


def test_the_last_minute_of_the_day_can_still_be_booked() -> None:
    midnight = NOW.replace(hour=23, minute=59, second=59)
    assert isinstance(Schedule(ROOMS).book(TimeRange.parse("23:59~24:00"), None, JIEUN, midnight), Booked)


def test_bookings_of_another_day_do_not_stand_in_the_way() -> None:
    yesterday = booking("S1", "10:00~11:00", days=-1)
    assert isinstance(Schedule(ROOMS, (yesterday,)).book(yesterday.time, "S1", JIEUN, NOW), Booked)


def test_a_room_that_does_not_exist_is_neither_booked_nor_cancelled() -> None:
    time = TimeRange.parse("10:00~11:00")
    assert Schedule(ROOMS).book(time, "S9", JIEUN, NOW) == UnknownRoom("S9")
    assert Schedule(ROOMS).cancel(time, "S9", JIEUN, NOW) == UnknownRoom("S9")


def test_ones_own_booking_is_cancelled_and_only_that() -> None:
    mine, later = booking("S1", "10:00~11:00", JIEUN), booking("S1", "11:00~12:00", JIEUN)
    yesterday = booking("S1", "10:00~11:00", JIEUN, days=-1)
    outcome = Schedule(ROOMS, (yesterday, mine, later)).cancel(mine.time, "S1", JIEUN, NOW)
    assert outcome == Cancelled(Schedule(ROOMS, (yesterday, later)), mine)


def test_anothers_booking_stays_and_is_named() -> None:
    theirs = booking("S1", "10:00~11:00", SEOJUN)
    assert Schedule(ROOMS, (theirs,)).cancel(theirs.time, "S1", JIEUN, NOW) == BookedByAnother(theirs)


def test_a_member_of_the_same_name_is_another() -> None:
    theirs = booking("S1", "10:00~11:00", Member("mem_3", JIEUN.name))
    assert Schedule(ROOMS, (theirs,)).cancel(theirs.time, "S1", JIEUN, NOW) == BookedByAnother(theirs)


@pytest.mark.parametrize("time", ["10:00~10:30", "12:00~13:00"])
def test_only_just_that_time_is_cancelled_else_the_rooms_bookings_are_told(time: str) -> None:
    mine = booking("S1", "10:00~11:00", JIEUN)
    schedule = Schedule(ROOMS, (mine, booking("S2", time, JIEUN)))
    assert schedule.cancel(TimeRange.parse(time), "S1", JIEUN, NOW) == NotBooked((mine,))


@pytest.mark.parametrize(
    ("time", "free"),
    [
        ("09:00~10:00", ("S1", "S2", "대 회의실")),
        ("10:30~10:40", ("S2", "대 회의실")),
        ("10:00~12:30", ("S2",)),
        ("12:30~13:00", ("S1", "S2")),
    ],
)
def test_a_room_is_free_when_nobody_has_any_part_of_the_time(time: str, free: tuple[str, ...]) -> None:
    taken = (booking("S1", "10:00~11:00"), booking("대 회의실", "12:00~13:00"), booking("S2", time, days=1))
    assert Schedule(ROOMS, taken).free_rooms(TimeRange.parse(time), NOW.date()) == free


def test_a_day_is_listed_by_room_and_time() -> None:
    big, late, early = booking("대 회의실", "08:00~09:00"), booking("S1", "15:00~16:00"), booking("S1", "10:00~11:00")
    schedule = Schedule(ROOMS, (big, late, booking("S1", "09:00~10:00", days=1), early))
    assert schedule.on(NOW.date()) == (early, late, big)

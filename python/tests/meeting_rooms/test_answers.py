"""What members read: every sentence of the bot, whole."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from hiworker import Member, TimeRange
from meeting_rooms import answers
from meeting_rooms.bookings import Booking, Schedule

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=9)))
JIEUN = Member("mem_1", "김지은")
SEOJUN = Member("mem_2", "이서준")


def booking(room: str, time: str, member: Member = SEOJUN) -> Booking:
    return Booking(NOW.date(), room, TimeRange.parse(time), member)


EMPTY = Schedule(("S1", "S2", "대 회의실"))
BUSY = Schedule(EMPTY.rooms, (booking("S1", "10:00~11:00"), booking("S1", "13:00~14:00", JIEUN)))
FULL = Schedule(EMPTY.rooms, tuple(booking(room, "10:00~11:00") for room in EMPTY.rooms))


def said(schedule: Schedule, command: str, time: str = "", room: str | None = None) -> tuple[Schedule, str]:
    if command == "/예약 목록":
        return schedule, answers.list_bookings(schedule, NOW.date())
    if command == "/예약 취소":
        return answers.cancel(schedule, TimeRange.parse(time), room or "", JIEUN, NOW)
    return answers.book(schedule, TimeRange.parse(time), room, JIEUN, NOW)


def test_a_booking_is_confirmed() -> None:
    schedule, text = said(EMPTY, "/예약 회의실", "10:00~11:00")
    assert text == "김지은 님, 오늘 10:00~11:00 S1 예약이 완료되었습니다."
    assert schedule.bookings == (booking("S1", "10:00~11:00", JIEUN),)


def test_a_cancellation_is_confirmed() -> None:
    schedule, text = said(BUSY, "/예약 취소", "13:00~14:00", "S1")
    assert text == "오늘 13:00~14:00 S1 예약을 취소했습니다."
    assert schedule.bookings == BUSY.bookings[:1]


@pytest.mark.parametrize(
    ("schedule", "command", "time", "room", "lines"),
    [
        (
            *(BUSY, "/예약 회의실", "10:30~13:30", "S1"),
            [
                "오늘 10:30~13:30에는 S1 예약이 이미 있습니다: 10:00~11:00 이서준 님, 13:00~14:00 김지은 님.",
                "그 시간에 빈 회의실: S2, 대 회의실.",
            ],
        ),
        (
            *(FULL, "/예약 회의실", "10:30~11:30", "S2"),
            [
                "오늘 10:30~11:30에는 S2 예약이 이미 있습니다: 10:00~11:00 이서준 님.",
                "그 시간에는 다른 회의실도 모두 찼습니다.",
            ],
        ),
        (
            *(FULL, "/예약 회의실", "10:30~11:30", None),
            [
                "오늘 10:30~11:30에는 빈 회의실이 없습니다.",
                "• S1: 10:00~11:00 이서준 님",
                "• S2: 10:00~11:00 이서준 님",
                "• 대 회의실: 10:00~11:00 이서준 님",
            ],
        ),
        (
            *(EMPTY, "/예약 회의실", "09:00~10:00", "S1"),
            ["이미 지난 시간은 예약할 수 없습니다. 지금은 09:30입니다."],
        ),
        (
            *(EMPTY, "/예약 회의실", "10:00~11:00", "S9"),
            ["'S9'에 해당하는 회의실이 없습니다. 예약할 수 있는 회의실: S1, S2, 대 회의실."],
        ),
        (
            *(BUSY, "/예약 취소", "10:00~11:00", "S1"),
            ["오늘 10:00~11:00 S1 예약은 이서준 님이 하셨습니다. 예약하신 분만 취소할 수 있습니다."],
        ),
        (
            *(BUSY, "/예약 취소", "10:00~12:00", "S1"),
            [
                "오늘 10:00~12:00 S1 예약을 찾지 못했습니다.",
                "오늘 S1 예약: 10:00~11:00 이서준 님, 13:00~14:00 김지은 님.",
            ],
        ),
        (
            *(BUSY, "/예약 취소", "10:00~11:00", "S2"),
            ["오늘 10:00~11:00 S2 예약을 찾지 못했습니다.", "오늘 S2 예약이 없습니다."],
        ),
        (
            *(EMPTY, "/예약 취소", "10:00~11:00", "S9"),
            ["'S9'에 해당하는 회의실이 없습니다. 예약할 수 있는 회의실: S1, S2, 대 회의실."],
        ),
        (
            *(EMPTY, "/예약 목록", "", None),
            ["오늘(11월 23일 월요일) 회의실 예약이 아직 없습니다."],
        ),
        (
            *(BUSY, "/예약 목록", "", None),
            [
                "오늘(11월 23일 월요일) 회의실 예약입니다.",
                "• S1: 10:00~11:00 이서준 님, 13:00~14:00 김지은 님",
                "• S2: 예약 없음",
                "• 대 회의실: 예약 없음",
            ],
        ),
    ],
)
def test_a_refusal_or_a_list_says_what_there_is_and_changes_nothing(
    schedule: Schedule, command: str, time: str, room: str | None, lines: list[str]
) -> None:
    assert said(schedule, command, time, room) == (schedule, "\n".join(lines))

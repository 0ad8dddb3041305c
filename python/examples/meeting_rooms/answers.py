"""The bot's Korean sentences. They avoid particles after names, whose form hangs on the last sound."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from hiworker import Member, TimeRange

from .bookings import (
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


def book(schedule: Schedule, time: TimeRange, room: str | None, member: Member, now: datetime) -> tuple[Schedule, str]:
    """The schedule after the booking, and what to tell the member; so too below."""
    match schedule.book(time, room, member, now):
        case Booked(changed, booking):
            return changed, f"{member.name} 님, 오늘 {time} {booking.room} 예약이 완료되었습니다."
        case AlreadyPast():
            return schedule, f"이미 지난 시간은 예약할 수 없습니다. 지금은 {now:%H:%M}입니다."
        case UnknownRoom(room):
            return schedule, _unknown_room(room, schedule)
        case RoomTaken(room, taken_by, free_rooms):
            refusal = f"오늘 {time}에는 {room} 예약이 이미 있습니다: {_who(taken_by)}."
            return schedule, f"{refusal}\n{_free(free_rooms)}"
        case EveryRoomTaken(taken_by):
            lines = "\n".join(_room_line(room, taken_by) for room in schedule.rooms)
            return schedule, f"오늘 {time}에는 빈 회의실이 없습니다.\n{lines}"


def cancel(schedule: Schedule, time: TimeRange, room: str, member: Member, now: datetime) -> tuple[Schedule, str]:
    match schedule.cancel(time, room, member, now):
        case Cancelled(changed, booking):
            return changed, f"오늘 {booking.time} {booking.room} 예약을 취소했습니다."
        case UnknownRoom():
            return schedule, _unknown_room(room, schedule)
        case BookedByAnother(booking):
            owner = booking.member.name
            return schedule, f"오늘 {time} {room} 예약은 {owner} 님이 하셨습니다. 예약하신 분만 취소할 수 있습니다."
        case NotBooked(room_bookings):
            there_is = f"오늘 {room} 예약: {_who(room_bookings)}." if room_bookings else f"오늘 {room} 예약이 없습니다."
            return schedule, f"오늘 {time} {room} 예약을 찾지 못했습니다.\n{there_is}"


def list_bookings(schedule: Schedule, day: date) -> str:
    bookings = schedule.on(day)
    title = f"오늘({day.month}월 {day.day}일 {'월화수목금토일'[day.weekday()]}요일)"
    if not bookings:
        return f"{title} 회의실 예약이 아직 없습니다."
    return "\n".join([f"{title} 회의실 예약입니다.", *(_room_line(room, bookings) for room in schedule.rooms)])


def _room_line(room: str, bookings: Iterable[Booking]) -> str:
    of_room = [booking for booking in bookings if booking.room == room]
    return f"• {room}: {_who(of_room) if of_room else '예약 없음'}"


def _who(bookings: Iterable[Booking]) -> str:
    return ", ".join(f"{booking.time} {booking.member.name} 님" for booking in bookings)


def _free(rooms: tuple[str, ...]) -> str:
    return f"그 시간에 빈 회의실: {', '.join(rooms)}." if rooms else "그 시간에는 다른 회의실도 모두 찼습니다."


def _unknown_room(room: str, schedule: Schedule) -> str:
    return f"'{room}'에 해당하는 회의실이 없습니다. 예약할 수 있는 회의실: {', '.join(schedule.rooms)}."

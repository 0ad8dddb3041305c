"""Who has which room when. Knows neither messages nor files nor Korean; the time is passed in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from hiworker import Member, TimeOfDay, TimeRange


@dataclass(frozen=True)
class Booking:
    day: date
    room: str
    time: TimeRange
    member: Member


@dataclass(frozen=True)
class Booked:
    schedule: Schedule
    booking: Booking


@dataclass(frozen=True)
class Cancelled:
    schedule: Schedule
    booking: Booking


@dataclass(frozen=True)
class AlreadyPast:
    """The time asked for has begun, or is over."""


@dataclass(frozen=True)
class UnknownRoom:
    room: str


@dataclass(frozen=True)
class RoomTaken:
    """The room asked for is taken at that time, by one booking or several, in their order."""

    room: str
    taken_by: tuple[Booking, ...]
    free_rooms: tuple[str, ...]


@dataclass(frozen=True)
class EveryRoomTaken:
    """No room was asked for, and none is free."""

    taken_by: tuple[Booking, ...]


@dataclass(frozen=True)
class NotBooked:
    """There is no booking of just this room and time; ``room_bookings`` are the others of that room on that day."""

    room_bookings: tuple[Booking, ...]


@dataclass(frozen=True)
class BookedByAnother:
    booking: Booking


@dataclass(frozen=True)
class Schedule:
    """The rooms and their bookings. A change makes a new schedule; what is refused says why and changes nothing.

    Every ``now`` is the office's local time, and the day of ``now`` is the day that is booked.
    """

    rooms: tuple[str, ...]
    bookings: tuple[Booking, ...] = ()

    def book(
        self, time: TimeRange, room: str | None, member: Member, now: datetime
    ) -> Booked | AlreadyPast | UnknownRoom | RoomTaken | EveryRoomTaken:
        """Books ``room``, or the first one that is free. The minute that is running may still be booked."""
        if room is not None and room not in self.rooms:
            return UnknownRoom(room)
        if time.start < TimeOfDay(now.hour, now.minute):
            return AlreadyPast()
        overlapping = tuple(booking for booking in self.on(now.date()) if booking.time.overlaps(time))
        free_rooms = self.free_rooms(time, now.date())
        if room is not None and room not in free_rooms:
            return RoomTaken(room, tuple(booking for booking in overlapping if booking.room == room), free_rooms)
        if not free_rooms:
            return EveryRoomTaken(overlapping)
        booking = Booking(now.date(), room or free_rooms[0], time, member)
        return Booked(replace(self, bookings=(*self.bookings, booking)), booking)

    def cancel(
        self, time: TimeRange, room: str, member: Member, now: datetime
    ) -> Cancelled | UnknownRoom | NotBooked | BookedByAnother:
        """Takes back the booking of just this time and room, if it is the member's own."""
        if room not in self.rooms:
            return UnknownRoom(room)
        room_bookings = tuple(booking for booking in self.on(now.date()) if booking.room == room)
        for booking in room_bookings:
            if booking.time == time:
                if booking.member.id != member.id:
                    return BookedByAnother(booking)
                remaining = tuple(other for other in self.bookings if other != booking)
                return Cancelled(replace(self, bookings=remaining), booking)
        return NotBooked(room_bookings)

    def free_rooms(self, time: TimeRange, day: date) -> tuple[str, ...]:
        """The rooms that nobody has at any part of this time."""
        taken = {booking.room for booking in self.on(day) if booking.time.overlaps(time)}
        return tuple(room for room in self.rooms if room not in taken)

    def on(self, day: date) -> tuple[Booking, ...]:
        """The bookings of one day, in the order of the rooms and then of time."""
        of_day = [booking for booking in self.bookings if booking.day == day and booking.room in self.rooms]
        return tuple(sorted(of_day, key=lambda booking: (self.rooms.index(booking.room), booking.time)))

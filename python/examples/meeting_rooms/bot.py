"""The bot's commands: its functions' parameters are what members type behind them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Literal, TypeAlias, get_args

from hiworker import Bot, Label, Message, TimeRange

from . import answers
from .booking_file import BookingFile, CorruptFileError
from .bookings import Booking, Schedule

Room: TypeAlias = Literal["S1", "S2", "대 회의실"]
ROOMS: tuple[str, ...] = get_args(Room)

_log = logging.getLogger(__name__)


def create_bot(file: BookingFile, local_now: Callable[[], datetime]) -> Bot:
    """The bot over one file of bookings. ``local_now`` tells the office's time, with its zone."""
    bot = Bot()

    def reply_once(message: Message, change: Callable[[Schedule, datetime], tuple[Schedule, str]]) -> str:
        """What ``change`` makes of the schedule, once for each message: hiworker may bring one again."""
        now = local_now()

        def make_reply(bookings: tuple[Booking, ...]) -> tuple[tuple[Booking, ...], str]:
            schedule, text = change(Schedule(ROOMS, bookings), now)
            return schedule.bookings, text

        try:
            return file.reply_once(message.id, now, make_reply)
        except CorruptFileError as error:
            _log.error("%s", error)
            return "예약 기록을 읽을 수 없어 이번 요청은 처리하지 못했습니다. 관리자에게 알려 주세요."

    @bot.command("/예약 회의실")
    def book(
        message: Message,
        time: Annotated[TimeRange, Label("시간")],
        room: Annotated[Room | None, Label("회의실")] = None,
    ) -> str:
        """오늘 회의실을 예약합니다. 회의실을 적지 않으면 비어 있는 곳으로 잡습니다."""
        return reply_once(message, lambda schedule, now: answers.book(schedule, time, room, message.member, now))

    @book.complete("room")
    def free_rooms(time: TimeRange | None = None) -> tuple[str, ...]:
        return Schedule(ROOMS, file.bookings()).free_rooms(time, local_now().date()) if time else ROOMS

    @bot.command("/예약 목록")
    def list_bookings(message: Message) -> str:
        """오늘의 회의실 예약을 모두 보여 줍니다."""
        return reply_once(message, lambda schedule, now: (schedule, answers.list_bookings(schedule, now.date())))

    @bot.command("/예약 취소")
    def cancel(
        message: Message, time: Annotated[TimeRange, Label("시간")], room: Annotated[Room, Label("회의실")]
    ) -> str:
        """내가 한 예약을 취소합니다."""
        return reply_once(message, lambda schedule, now: answers.cancel(schedule, time, room, message.member, now))

    return bot

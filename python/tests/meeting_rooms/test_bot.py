"""The bot's commands as members type them, without a server."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import pytest

from hiworker import Bot, Member
from hiworker._bot import commands_of
from hiworker.testing import BotTester
from meeting_rooms.booking_file import BookingFile
from meeting_rooms.bot import create_bot

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Asia/Seoul"))
JIEUN = Member("mem_1", "김지은")
SEOJUN = Member("mem_2", "이서준")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bookings.json"


@pytest.fixture
def bot(path: Path) -> Bot:
    return create_bot(BookingFile(path), lambda: NOW)


@pytest.fixture
def tester(bot: Bot) -> BotTester:
    return BotTester(bot, members=(JIEUN, SEOJUN), now=NOW)


def test_its_commands_tell_members_what_to_write(bot: Bot) -> None:
    time = {"key": "time", "label": "시간", "type": "time_range", "required": True}
    room = {"key": "room", "label": "회의실", "type": "choice", "values": ["S1", "S2", "대 회의실"]}
    assert commands_of(bot).declaration == [
        {
            "name": "/예약 회의실",
            "description": "오늘 회의실을 예약합니다. 회의실을 적지 않으면 비어 있는 곳으로 잡습니다.",
            "tokens": [time, room | {"required": False}],
        },
        {"name": "/예약 목록", "description": "오늘의 회의실 예약을 모두 보여 줍니다.", "tokens": []},
        {
            "name": "/예약 취소",
            "description": "내가 한 예약을 취소합니다.",
            "tokens": [time, room | {"required": True}],
        },
    ]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", ["10:00~11:00 대회의실", "오전 10시 ~ 11시 대 회의실", "10-11 “대 회의실”"])
def test_a_room_is_booked_however_it_is_typed(tester: BotTester, typed: str, form: Literal["NFC", "NFD"]) -> None:
    answer = tester.send(unicodedata.normalize(form, f"/예약 회의실 {typed}"))
    assert answer.text == "김지은 님, 오늘 10:00~11:00 대 회의실 예약이 완료되었습니다."


def test_each_members_own_booking_is_listed_and_cancelled(tester: BotTester) -> None:
    tester.send("/예약 회의실 10:00~11:00")
    tester.send("/예약 회의실 10:00~11:00", member=SEOJUN)
    listed = tester.send("/예약 목록").text
    assert listed is not None
    assert listed.splitlines() == [
        "오늘(11월 23일 월요일) 회의실 예약입니다.",
        "• S1: 10:00~11:00 김지은 님",
        "• S2: 10:00~11:00 이서준 님",
        "• 대 회의실: 예약 없음",
    ]
    refused = tester.send("/예약 취소 10~11 S2").text
    assert refused == "오늘 10:00~11:00 S2 예약은 이서준 님이 하셨습니다. 예약하신 분만 취소할 수 있습니다."
    assert tester.send("/예약 취소 10~11 S1").text == "오늘 10:00~11:00 S1 예약을 취소했습니다."


def test_what_does_not_fit_never_reaches_the_bot(tester: BotTester, path: Path) -> None:
    problem = tester.send("/예약 회의실 열시 S1").problem
    assert problem is not None
    assert problem.code == "invalid_tokens"
    assert problem.usage == "/예약 회의실 <시간> [회의실: S1 | S2 | 대 회의실]"
    assert not path.exists()


def test_a_message_that_comes_again_gets_its_reply_and_books_once(bot: Bot) -> None:
    # Every tester counts its messages from one, as a relay that lost the reply would bring the same again.
    first, again = (BotTester(bot, members=(JIEUN,), now=NOW).send("/예약 회의실 10~11") for _ in range(2))
    assert first.text == again.text == "김지은 님, 오늘 10:00~11:00 S1 예약이 완료되었습니다."


def test_a_damaged_file_is_told_and_the_next_message_works(tester: BotTester, path: Path) -> None:
    path.write_text("damage")
    told = tester.send("/예약 회의실 10~11").text
    assert told == "예약 기록을 읽을 수 없어 이번 요청은 처리하지 못했습니다. 관리자에게 알려 주세요."
    booked = tester.send("/예약 회의실 10~11").text
    assert booked is not None
    assert "완료" in booked


def test_yesterdays_bookings_leave_today_free(path: Path) -> None:
    yesterday = NOW - timedelta(days=1)
    BotTester(create_bot(BookingFile(path), lambda: yesterday), now=yesterday).send("/예약 회의실 10~11 S1")
    tester = BotTester(create_bot(BookingFile(path), lambda: NOW), now=NOW)
    tester.send("/예약 목록")
    booked = tester.send("/예약 회의실 10~11 S1").text
    assert booked is not None
    assert "완료" in booked

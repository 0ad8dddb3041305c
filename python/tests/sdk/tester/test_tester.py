"""A bot's handlers in tests, without a server."""

from __future__ import annotations

import functools
import threading
from datetime import date, datetime, timezone
from typing import Any, Literal

import pytest

from hiworker import Bot, Member, Message, Reply, ReplyError, TimeRange
from hiworker.testing import BotTester

bot = Bot()


@bot.command("/예약 회의실")
def reserve(time: TimeRange, room: Literal["S1", "대 회의실"] = "S1") -> str:
    return f"{room} {time} 예약했습니다"


@bot.command("/나이")
async def age(years: int, message: Message) -> Reply:
    await message.progress("세는 중")
    return Reply(f"{message.member}: {years}", years=years)


@bot.command("/날")
def day(day: date, who: Member | None = None) -> str:
    return f"{day} {who.id if who else ''}"


@bot.command("/나중")
def later(message: Message) -> Any:
    threading.Thread(target=message.reply, args=("왔습니다",)).start()
    return message.later()


@bot.command("/실수")
def mistake(message: Message, kind: Literal["없음", "오류", "JSON", "나중"]) -> Any:
    if kind == "오류":
        raise LookupError(kind)
    if kind == "나중":
        return message.later()
    return Reply("a", what=object()) if kind == "JSON" else None


def test_a_text_reaches_its_handler() -> None:
    answer = BotTester(bot).send("/예약 회의실 10~11 대회의실")
    assert (answer.text, answer.problem) == ("대 회의실 10:00~11:00 예약했습니다", None)


def test_an_async_handler_too_also_from_another_sender() -> None:
    answer = BotTester(bot).send("/나이 3", member=Member("mem_9", "박서준"))
    assert (answer.text, answer.fields, answer.progress) == ("박서준: 3", {"years": 3}, ["세는 중"])


def test_what_does_not_fit_is_a_problem_with_the_usage() -> None:
    tester = BotTester(bot)
    problem = tester.send("/예약 회의실 10:00").problem
    assert problem is not None
    assert problem.code == "invalid_tokens"
    assert problem.usage == "/예약 회의실 <time> [room: S1 | 대 회의실]"
    problem = tester.send("/예악").problem
    assert problem is not None
    assert problem.code == "unknown_command"


def test_a_value_that_the_handler_cannot_take_is_a_reply() -> None:
    answer = BotTester(bot).send("/나이 2.5")
    assert (answer.text, answer.problem) == ("years: 2.5 대신 정수로 적어 주세요.", None)


def test_a_plain_wrapper_around_an_async_handler_works() -> None:
    async def handler(words: str) -> str:
        return words

    @functools.wraps(handler)
    def wrapper(words: str) -> Any:
        return handler(words)

    wrapped = Bot()
    wrapped.command("/메아리")(wrapper)
    assert BotTester(wrapped).send("/메아리 안녕").text == "안녕"


def test_days_are_read_in_the_companys_time() -> None:
    late = datetime(2026, 11, 24, 16, tzinfo=timezone.utc)
    members = [Member("mem_1", "김지은"), Member("mem_2", "이도윤")]
    assert BotTester(bot, now=late, members=members).send("/날 오늘 @이도윤").text == "2026-11-25 mem_2"
    assert BotTester(bot, now=late, timezone="UTC").send("/날 오늘").text == "2026-11-24 "
    assert BotTester(bot, now=datetime(2026, 1, 1)).send("/날 내일").text == "2026-01-02 "  # noqa: DTZ001
    assert BotTester(bot).send("/날 오늘").text is not None


def test_a_later_reply_can_be_waited_for() -> None:
    assert BotTester(bot).send("/나중").wait(10).text == "왔습니다"
    with pytest.raises(TimeoutError, match="No reply came within 0 s"):
        BotTester(bot).send("/실수 나중").wait(0)


def test_what_a_handler_raises_comes_out_and_so_do_mistakes() -> None:
    tester = BotTester(bot)
    with pytest.raises(LookupError):
        tester.send("/실수 오류")
    with pytest.raises(ReplyError, match=r"mistake\(\) returned None"):
        tester.send("/실수 없음")
    with pytest.raises(ReplyError, match="cannot be written as JSON"):
        tester.send("/실수 JSON")

"""What the decorator leaves behind, completions, and values that are available."""

from __future__ import annotations

import asyncio
import inspect
import unicodedata
from typing import Any, Literal

import pytest

from hiworker import Bot, Command, DeclarationError
from hiworker._bot import commands_of


@pytest.fixture
def bot() -> Bot:
    return Bot()


@pytest.fixture
def reserve(bot: Bot) -> Command[..., Any]:
    @bot.command("/예약 회의실")
    def reserve(day: int, room: Literal["S1", "S2"] = "S1", memo: str = "") -> str:
        """회의실을 예약합니다."""
        return f"{day} {room} {memo}"

    return reserve


def test_the_decorated_name_is_still_the_function(reserve: Command[..., Any]) -> None:
    assert reserve(3, room="S2") == "3 S2 "
    assert inspect.unwrap(reserve).__name__ == "reserve"
    assert reserve.__doc__ == "회의실을 예약합니다."
    assert repr(reserve).startswith("<Command '/예약 회의실': ")


def test_an_async_function_is_still_one(bot: Bot) -> None:
    @bot.command("/시험")
    async def handler() -> str:
        return "ok"

    assert handler.is_async
    assert asyncio.run(handler()) == "ok"


def test_a_function_may_answer_two_commands(bot: Bot) -> None:
    @bot.command("/book")
    @bot.command("/예약")
    def reserve(room: Literal["S1"]) -> str:
        return room

    @reserve.complete("room")
    def rooms() -> list[str]:
        return ["S1"]

    assert reserve("S1") == "S1"
    assert [command.name for command in commands_of(bot)] == ["/예약", "/book"]
    assert all("room" in command.completers for command in commands_of(bot))


def test_a_completion_gets_what_is_typed_so_far(reserve: Command[..., Any]) -> None:
    @reserve.complete("room")
    def rooms(day: int, memo: str = "없음") -> list[str]:
        return [f"{day} {memo}"]

    completer = reserve.completers["room"]
    assert rooms(1) == ["1 없음"]
    assert completer.arguments({}) == {"day": None, "memo": "없음"}
    assert completer.arguments({"day": 3, "memo": "a", "room": "S1"}) == {"day": 3, "memo": "a"}
    assert completer.arguments({"day": "넷", "memo": None}) == {"day": None, "memo": "없음"}


def test_a_completion_gives_values_of_its_token(reserve: Command[..., Any]) -> None:
    @reserve.complete("room")
    async def rooms(*, day: int) -> list[str]:
        return [str(day)]

    @reserve.complete("memo")
    def memos() -> list[str]:
        return []

    room, memo = reserve.completers["room"], reserve.completers["memo"]
    assert (room.is_async, memo.is_async) == (True, False)
    assert room.values({"S2": 1}) == ["S2"]
    assert memo.values(unicodedata.normalize("NFD", each) for each in ("가", "나")) == ["가", "나"]
    assert len(memo.values(map(str, range(300)))) == 200
    for wrong, said in (("S1", "in place of a list"), (["S3"], "none of room's values"), ([1], "which is no text")):
        with pytest.raises(ValueError, match=said):
            room.values(wrong)  # type: ignore[arg-type]


def test_a_completion_of_no_token_is_refused(reserve: Command[..., Any]) -> None:
    with pytest.raises(DeclarationError, match=r"/예약 회의실 has no token 'size'. Its tokens: day, room, memo"):
        reserve.complete("size")


def test_a_completion_with_other_parameters_is_refused(reserve: Command[..., Any]) -> None:
    def of_its_own(room: str) -> list[str]:
        return [room]

    def of_none(size: int) -> list[str]:
        return [str(size)]

    def of_all(*day: int) -> list[str]:
        return [str(day)]

    for function in (of_its_own, of_none, of_all):
        with pytest.raises(DeclarationError, match=r"is no other token of the command. It may take: day, memo"):
            reserve.complete("room")(function)


def test_a_second_completion_is_refused(reserve: Command[..., Any]) -> None:
    reserve.complete("room")(lambda: ["S1"])
    with pytest.raises(DeclarationError, match="completes room of /예약 회의실 already"):
        reserve.complete("room")(lambda: ["S2"])


def test_keys_are_found_however_they_are_typed(bot: Bot) -> None:
    @bot.command("/예약")
    def reserve(방: Literal["가", "나"]) -> str:  # noqa: N803 (Hangul has no case)
        return 방

    decomposed = unicodedata.normalize("NFD", "방")
    assert reserve.token(decomposed).key == "방"
    bot.available(unicodedata.normalize("NFD", "/예약"), decomposed, [unicodedata.normalize("NFD", "나")])
    assert commands_of(bot).available == {("/예약", "방"): ["나"]}


def test_available_values_are_those_of_a_declared_choice(bot: Bot, reserve: Command[..., Any]) -> None:
    for command, token, said in (
        ("/other", "room", r"has no command '/other'. Its commands: /예약 회의실"),
        ("/예약 회의실", "size", "has no token 'size'"),
        ("/예약 회의실", "memo", r"memo of /예약 회의실 is no choice"),
    ):
        with pytest.raises(DeclarationError, match=said):
            bot.available(command, token, ["S1"])
    with pytest.raises(ValueError, match="none of room's values: S1, S2"):
        bot.available(reserve.name, "room", ["S3"])

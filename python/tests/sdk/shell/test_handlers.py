"""Handlers over a real socket: sync in threads, async in the loop, later from anywhere."""

from __future__ import annotations

import asyncio
import functools
import threading
from collections.abc import Callable
from typing import Any, Literal

import pytest

from hiworker import Bot, Message, Reply
from scripted.messages import bot_key, message_frame
from scripted.relay import RelaySide, ScriptedRelay, asynchronous
from scripted.running import serving


def bot_at(relay: ScriptedRelay, handler: Callable[..., Any], **options: Any) -> Bot:
    bot = Bot(bot_key(), url=relay.url, **options)
    bot.command("/메아리")(handler)
    return bot


async def exchange(side: RelaySide, message_id: str = "m1", **fields: Any) -> dict[str, Any]:
    """Sends a message, and accepts and returns what comes back."""
    await side.send_frame(message_frame(message_id, **fields))
    frame = await side.receive()
    await side.send("accepted", id=frame["id"])
    return frame


@asynchronous
async def test_a_sync_handler_runs_in_a_thread() -> None:
    async with ScriptedRelay() as relay:

        def handler(words: str) -> str:
            return f"{words} {threading.current_thread() is threading.main_thread()}"

        async with serving(bot_at(relay, handler), relay) as side:
            assert side.authorization == f"Bearer {bot_key()}"
            assert await exchange(side) == {"type": "reply", "id": "m1", "text": "안녕 False"}


@asynchronous
async def test_an_async_handler_runs_in_the_loop() -> None:
    async with ScriptedRelay() as relay:

        async def handler(words: str, message: Message) -> Reply:
            await message.progress("절반")
            return Reply(words, thread=threading.current_thread() is threading.main_thread())

        async with serving(bot_at(relay, handler), relay) as side:
            assert await exchange(side) == {"type": "progress", "id": "m1", "text": "절반"}
            assert await side.receive() == {"type": "reply", "id": "m1", "text": "안녕", "thread": True}


@asynchronous
async def test_progress_of_a_thread_comes_before_its_reply() -> None:
    async with ScriptedRelay() as relay:

        def handler(words: str, message: Message) -> str:
            for number in range(3):
                message.progress(str(number))
            return words

        async with serving(bot_at(relay, handler), relay) as side:
            await side.send_frame(message_frame())
            assert [(await side.receive())["text"] for _ in range(4)] == ["0", "1", "2", "안녕"]


@asynchronous
async def test_many_messages_at_once_are_all_answered() -> None:
    async with ScriptedRelay() as relay:
        both = threading.Barrier(4)

        def handler(words: str) -> str:
            both.wait(10)
            return words

        async with serving(bot_at(relay, handler, workers=4), relay) as side:
            for number in range(40):
                await side.send_frame(message_frame(f"m{number}", tokens={"words": str(number)}))
            frames = [await side.receive() for _ in range(40)]
            assert {frame["id"]: frame["text"] for frame in frames} == {f"m{n}": str(n) for n in range(40)}


@asynchronous
async def test_a_failing_handler_is_a_polite_error_and_a_traceback(caplog: pytest.LogCaptureFixture) -> None:
    async with ScriptedRelay() as relay:

        def handler(words: str) -> str:
            raise SystemExit(words)

        async with serving(bot_at(relay, handler), relay) as side:
            frame = await exchange(side)
            assert frame["type"] == "error"
            assert "문제가 생겼습니다" in frame["text"]
            assert "SystemExit: 안녕" in caplog.text


@asynchronous
async def test_an_async_handler_may_fail_or_be_cancelled(caplog: pytest.LogCaptureFixture) -> None:
    async with ScriptedRelay() as relay:

        async def handler(words: str) -> str:
            if words == "cancel":
                raise asyncio.CancelledError
            raise LookupError(words)

        async with serving(bot_at(relay, handler), relay) as side:
            assert (await exchange(side, "m1"))["type"] == "error"
            assert (await exchange(side, "m2", tokens={"words": "cancel"}))["type"] == "error"
            assert "LookupError: 안녕" in caplog.text


@asynchronous
async def test_nothing_returned_names_the_handler(caplog: pytest.LogCaptureFixture) -> None:
    async with ScriptedRelay() as relay:

        def handler(words: str) -> None: ...

        async with serving(bot_at(relay, handler), relay) as side:
            assert (await exchange(side))["type"] == "error"
            assert "handler() returned None, which is no reply" in caplog.text


@asynchronous
async def test_a_reply_that_is_no_json_is_an_error(caplog: pytest.LogCaptureFixture) -> None:
    async with ScriptedRelay() as relay:

        def handler(words: str) -> Reply:
            return Reply(words, what=object())

        async with serving(bot_at(relay, handler), relay) as side:
            assert (await exchange(side))["type"] == "error"
            assert "cannot be written as JSON" in caplog.text


@asynchronous
async def test_a_value_that_does_not_fit_is_told_to_the_member() -> None:
    async with ScriptedRelay() as relay:

        def handler(words: int) -> str:
            return str(words)

        async with serving(bot_at(relay, handler), relay) as side:
            frame = await exchange(side, tokens={"words": 2.5})
            assert frame == {"type": "reply", "id": "m1", "text": "words: 2.5 대신 정수로 적어 주세요."}


def traced(function: Callable[..., Any]) -> Callable[..., Any]:
    """A plain wrapper, which does not look async whatever it is around."""

    @functools.wraps(function)
    def wrapper(*arguments: Any, **named: Any) -> Any:
        return function(*arguments, **named)

    return wrapper


@asynchronous
async def test_a_plain_wrapper_around_an_async_handler_works(caplog: pytest.LogCaptureFixture) -> None:
    async with ScriptedRelay() as relay:

        @traced
        async def handler(words: str) -> str:
            await asyncio.sleep(0)
            if words == "fail":
                raise LookupError(words)
            return f"{words} {threading.current_thread() is threading.main_thread()}"

        bot = bot_at(relay, handler)

        @bot.command("/예약")
        def reserve(room: Literal["S1", "S2"]) -> str:
            return room

        @reserve.complete("room")
        @traced
        async def rooms() -> list[str]:
            return ["S2"]

        async with serving(bot, relay) as side:
            assert (await exchange(side))["text"] == "안녕 True"
            assert (await exchange(side, "m2", tokens={"words": "fail"}))["type"] == "error"
            assert "LookupError: fail" in caplog.text
            await side.send("complete", id="c1", command="/예약", token="room", tokens={})
            assert (await side.receive())["values"] == ["S2"]


@asynchronous
async def test_completions_do_not_wait_for_handlers() -> None:
    async with ScriptedRelay() as relay:
        done = threading.Event()

        def handler(words: str) -> str:
            done.wait(10)
            return words

        bot = bot_at(relay, handler, workers=1)

        @bot.command("/예약")
        def reserve(room: Literal["S1", "S2"]) -> str:
            return room

        @reserve.complete("room")
        def rooms() -> list[str]:
            return ["S2"]

        async with serving(bot, relay) as side:
            await side.send_frame(message_frame())
            await side.send("complete", id="c1", command="/예약", token="room", tokens={})
            assert (await side.receive())["values"] == ["S2"]
            done.set()
            assert (await side.receive())["text"] == "안녕"


@asynchronous
async def test_a_later_reply_comes_from_any_thread() -> None:
    async with ScriptedRelay() as relay:
        kept: list[Message] = []
        got = threading.Event()

        def handler(message: Message) -> Any:
            kept.append(message)
            got.set()
            return message.later()

        async with serving(bot_at(relay, handler), relay) as side:
            await side.send_frame(message_frame())
            await asyncio.to_thread(got.wait, 10)
            await asyncio.to_thread(kept[0].reply, "나중에", booking=1)
            assert await side.receive() == {"type": "reply", "id": "m1", "text": "나중에", "booking": 1}
            with pytest.raises(Exception, match="has its reply"):
                kept[0].reply("또")


@asynchronous
async def test_a_handler_may_reply_and_go_on() -> None:
    async with ScriptedRelay() as relay:
        done = threading.Event()

        def handler(words: str, message: Message) -> None:
            message.reply(words)
            done.wait(10)

        async with serving(bot_at(relay, handler), relay) as side:
            assert (await exchange(side))["text"] == "안녕"
            done.set()


@asynchronous
async def test_completions_and_available_values() -> None:
    async with ScriptedRelay() as relay:
        bot = Bot(bot_key(), url=relay.url)

        @bot.command("/예약")
        def reserve(day: int, room: Literal["S1", "S2"], desk: Literal["D1", "D2"], memo: str = "") -> str:
            return f"{day} {room} {desk} {memo}"

        @reserve.complete("room")
        def rooms(day: int) -> list[str]:
            return ["S2"] if day == 3 else ["S1"]

        @reserve.complete("desk")
        async def desks() -> list[str]:
            return ["D2"]

        @reserve.complete("memo")
        def memos() -> list[str]:
            raise LookupError

        async def complete(side: RelaySide, token: str, **tokens: Any) -> Any:
            await side.send("complete", id="c1", command="/예약", token=token, tokens=tokens)
            frame = await side.receive()
            assert (frame["type"], frame["id"]) == ("values", "c1")
            return frame["values"]

        async with serving(bot, relay) as side:
            assert await complete(side, "room", day=3) == ["S2"]
            assert await complete(side, "room") == ["S1"]
            assert await complete(side, "desk") == ["D2"]
            assert await complete(side, "memo") is None
            assert await complete(side, "day") is None
            await asyncio.to_thread(bot.available, "/예약", "desk", ["D1"])
            frame = {"type": "available", "command": "/예약", "token": "desk", "values": ["D1"]}
            assert await side.receive() == frame
            bot.available("/예약", "desk", [])
            assert await side.receive() == frame | {"values": []}


@asynchronous
async def test_async_completions_that_fail_give_what_is_known(caplog: pytest.LogCaptureFixture) -> None:
    async with ScriptedRelay() as relay:
        bot = Bot(bot_key(), url=relay.url)

        @bot.command("/예약")
        def reserve(room: Literal["S1", "S2"]) -> str:
            return room

        @reserve.complete("room")
        async def rooms() -> list[str]:
            return ["S3"]

        async with serving(bot, relay) as side:
            await side.send("complete", id="c1", command="/예약", token="room", tokens={})
            assert (await side.receive())["values"] is None
            assert "none of room's values" in caplog.text

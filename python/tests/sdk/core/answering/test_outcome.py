"""What a handler's result or error comes to."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from hiworker import Bot, Message, Reply, ReplyError, ResultError
from hiworker._core.answering.frames import UnfitReplyError, progress_frame, reply_body, reply_frame, values_frame
from hiworker._core.answering.outcome import Apology, apology, arguments, reply_of
from hiworker._core.declaring.signature import UnfitValueError
from scripted.messages import message_frame


class Port:
    def reply(self, message: Message, reply: Reply, /) -> None: ...

    def progress(self, message: Message, text: str, /) -> None: ...


@pytest.fixture
def message() -> Message:
    return Message(message_frame(text="/echo", command="/echo", tokens={"count": 2}), Port())


bot = Bot()


@bot.command("/echo")
def echo(count: int, it: Message) -> Any:
    return it.text * count


@bot.command("/plain")
def plain(count: int) -> Any:
    return str(count)


def test_a_handler_gets_its_tokens_and_the_message_if_it_wants_it(message: Message) -> None:
    assert arguments(echo, message) == {"count": 2, "it": message}
    assert arguments(plain, message) == {"count": 2}


@pytest.mark.parametrize("result", ["예", Reply("예")])
def test_a_text_or_a_reply_is_the_reply(message: Message, result: Any) -> None:
    assert reply_of(result, message, echo) == Reply("예")
    assert message.replied


@pytest.mark.parametrize("result", [None, "", "  ", 3, Reply(""), Reply(None), ["a"] * 100])  # type: ignore[arg-type]
def test_anything_else_is_a_mistake_that_names_the_handler(message: Message, result: Any) -> None:
    with pytest.raises(ResultError, match=r"^echo\(\) returned .{1,61}, which is no reply"):
        reply_of(result, message, echo)


def test_nothing_is_returned_for_later(message: Message) -> None:
    assert reply_of(message.later(), message, echo) is None
    message.reply("예")
    assert reply_of(None, message, echo) is None


def test_two_replies_are_a_mistake(message: Message) -> None:
    message.reply("예")
    with pytest.raises(ResultError, match=r"called message.reply\(\) and returned '또' too"):
        reply_of("또", message, echo)


def test_an_error_is_an_apology_and_a_traceback(message: Message, caplog: pytest.LogCaptureFixture) -> None:
    result = apology(ZeroDivisionError("divided"), message, echo)
    assert result == Apology(
        "Something went wrong. Please try again in a while, and tell whoever runs this bot if it goes on."
    )
    assert "echo() failed at '/echo' (m1)." in caplog.text
    assert "ZeroDivisionError: divided" in caplog.text
    assert apology(ZeroDivisionError(), message, echo) is None


def test_a_mistake_is_told_without_a_traceback(message: Message, caplog: pytest.LogCaptureFixture) -> None:
    assert apology(ResultError("echo() returned None"), message, echo) is not None
    assert [(record.levelno, record.exc_info) for record in caplog.records] == [(logging.ERROR, None)]


@pytest.mark.parametrize(
    ("text", "tokens", "said"),
    [
        ("/echo 2.5", {"count": 2.5}, "count: write a whole number in place of 2.5."),
        ("/메아리 2.5", {"count": 2.5}, "count: 2.5 대신 정수로 적어 주세요."),
        ("/echo", {}, "count: a value is needed."),
        ("/메아리", {}, "count: 값이 필요합니다."),
    ],
)
def test_a_value_that_does_not_fit_is_the_members(text: str, tokens: dict[str, Any], said: str) -> None:
    message = Message(message_frame(text=text, tokens=tokens), Port())
    with pytest.raises(UnfitValueError) as raised:
        arguments(echo, message)
    assert apology(raised.value, message, echo) == Apology(said, is_ours=False)


def test_other_values_that_do_not_fit_are_told_by_what_people_see() -> None:
    message = Message(message_frame(text="/예약", tokens={"room": {"name": "김지은"}, "day": "내일"}), Port())
    for key, said in (("room", "room: 김지은 값은 쓸 수 없습니다."), ("day", "day: 내일 값은 쓸 수 없습니다.")):
        token = Bot().command("/예약")(_with_tokens).token(key)
        result = apology(UnfitValueError(token, message.tokens[key]), message, echo)
        assert result == Apology(said, is_ours=False)
        message = Message(message_frame(text="/예약", tokens=message.tokens), Port())


def _with_tokens(room: str, day: str) -> str:
    return room + day


def nested(times: int) -> Any:
    value: Any = 1
    for _ in range(times):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply("a", when=object()), "cannot be written as JSON"),
        (Reply("a", much=float("nan")), "cannot be written as JSON"),
        (Reply("\ud800"), "cannot be written as JSON"),
        (Reply("a", much=10**400), "too large"),
        (Reply("a", by={1: "a"}), "the name 1 in it is no text"),
        (Reply("a", deep=nested(31)), "nested deeper than 30 times"),
        (Reply("가" * 400_000), "1200036 bytes as JSON; hiworker carries at most 1048576"),
    ],
)
def test_a_reply_that_cannot_be_sent_is_told(reply: Reply, said: str) -> None:
    with pytest.raises(UnfitReplyError, match=said):
        reply_frame("m1", reply)


def test_the_text_and_the_fields_are_the_reply() -> None:
    assert reply_frame("m1", Reply("예", a=[1])) == '{"type":"reply","id":"m1","a":[1],"text":"예"}'.encode()
    assert reply_body(Reply("예", a=nested(30), b={"c": (1.5, None)}))
    assert reply_body(Reply("예", a=[1])) == '{"a":[1],"text":"예"}'.encode()


def test_a_mistake_is_one_of_replies() -> None:
    assert issubclass(ResultError, ReplyError)


def test_long_progress_is_cut() -> None:
    frame = json.loads(progress_frame("m1", "가" * 5_000))
    assert frame == {"type": "progress", "id": "m1", "text": "가" * 4_000}


def test_values_may_be_left_to_the_relay() -> None:
    assert json.loads(values_frame("c1", ["가"])) == {"type": "values", "id": "c1", "values": ["가"]}
    assert json.loads(values_frame("c1", None)) == {"type": "values", "id": "c1", "values": None}
    assert values_frame("c1", ["가" * 400_000]) == values_frame("c1", None)

"""A message in a handler's hands."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from hiworker import AlreadyRepliedError, Message, Reply, ReplyError
from hiworker._core.answering.message import Later
from scripted.messages import message_frame


class Port:
    def __init__(self) -> None:
        self.sent: list[Any] = []

    def reply(self, message: Message, reply: Reply, /) -> None:
        if "bad" in reply.fields:
            raise ReplyError("bad")
        self.sent.append((message.id, reply))

    def progress(self, message: Message, text: str, /) -> None:
        self.sent.append((message.id, text))


@pytest.fixture
def port() -> Port:
    return Port()


@pytest.fixture
def message(port: Port) -> Message:
    return Message(message_frame(), port)


def test_it_knows_what_was_sent(message: Message) -> None:
    assert (message.id, message.attempt, message.text, message.command) == ("m1", 1, "/메아리 안녕", "/메아리")
    assert (message.tokens, message.company, message.member.id) == ({"words": "안녕"}, "example.com", "mem_1")
    assert repr(message) == "<Message m1 '/메아리'>"


def test_progress_can_be_awaited_or_not(message: Message, port: Port) -> None:
    async def handler() -> None:
        await message.progress("절반")

    asyncio.run(handler())
    message.progress("다")
    message.progress(" ")
    with pytest.raises(ReplyError, match="needs a text"):
        message.progress(50)  # type: ignore[arg-type]
    assert port.sent == [("m1", "절반"), ("m1", "다")]


def test_it_is_replied_to_once(message: Message, port: Port) -> None:
    assert not message.replied
    message.reply("예", booking=1)
    assert message.replied
    assert port.sent == [("m1", Reply("예", booking=1))]
    with pytest.raises(AlreadyRepliedError, match="has its reply"):
        message.reply("또")


@pytest.mark.parametrize("text", ["", " \n", None, 3])
def test_a_reply_needs_a_text(message: Message, text: Any) -> None:
    with pytest.raises(ReplyError, match="needs a text"):
        message.reply(text)
    assert not message.replied


def test_a_reply_that_failed_may_be_tried_again(message: Message) -> None:
    with pytest.raises(ReplyError, match="bad"):
        message.reply("예", bad=True)
    message.reply("예")


def test_later_is_told_apart_from_nothing(message: Message) -> None:
    assert isinstance(message.later(), Later)

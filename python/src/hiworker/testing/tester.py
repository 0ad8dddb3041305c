"""A bot's handlers without a server."""

from __future__ import annotations

import inspect
import itertools
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from .._bot import Bot, commands_of
from .._core.answering import phrases
from .._core.answering.frames import UnfitReplyError, reply_body
from .._core.answering.message import Message
from .._core.answering.outcome import arguments, reply_of
from .._core.declaring.signature import UnfitValueError
from .._errors import ReplyError
from .._event_loop import EventLoop
from .._reading import Unreadable, read
from .._values.member import Member
from .._values.reply import Reply


@dataclass(frozen=True)
class Problem:
    """Why a text did not reach a handler, as the member reads it."""

    code: str
    """``unknown_command`` or ``invalid_tokens``."""
    detail: str
    usage: str | None = None


@dataclass
class Answer:
    """What the member gets for one text."""

    text: str | None = None
    """None as long as there is no reply: with a problem, or when the handler replies later."""
    fields: Mapping[str, Any] = field(default_factory=dict)
    progress: list[str] = field(default_factory=list)
    problem: Problem | None = None
    _came: threading.Event = field(default_factory=threading.Event, repr=False, compare=False)

    def wait(self, seconds: float = 10) -> Answer:
        """Until a later reply is there. Raises ``TimeoutError``."""
        if not self._came.wait(seconds):
            raise TimeoutError(f"No reply came within {seconds:g} s. Does something call message.reply()?")
        return self

    def take(self, reply: Reply) -> None:
        self.text, self.fields = reply.text, reply.fields
        self._came.set()


class BotTester:
    """Reads texts as the relay does and runs the handlers that they reach, sync and async.

    Args:
        members: the people that ``member`` tokens can name; the first one sends, unless told otherwise.
        timezone: the company's, in which ``내일`` is read.
        now: a fixed moment in place of the real one; without a zone it is the company's time.
    """

    def __init__(
        self,
        bot: Bot,
        *,
        members: Sequence[Member] = (Member("mem_1", "김지은"), Member("mem_2", "이도윤")),
        timezone: str = "Asia/Seoul",
        now: datetime | None = None,
        company: str = "example.com",
    ) -> None:
        self._commands = commands_of(bot)
        self._members = tuple(members)
        self._zone = ZoneInfo(timezone)
        self._now = now
        self._company = company
        self._numbers = itertools.count(1)
        self._loop = EventLoop()

    def send(self, text: str, *, member: Member | None = None) -> Answer:
        """Runs the handler to its end. What it raises comes out; a result that is no reply raises ``ReplyError``."""
        try:
            reading = read(
                text,
                self._commands.declaration,
                now=self._local_now(),
                members=[(each.id, each.name) for each in self._members],
            )
        except Unreadable as error:
            return Answer(problem=Problem(error.code, error.detail, error.usage))
        sender = member or self._members[0]
        answer = Answer()
        fields = {
            "id": f"msg_{next(self._numbers)}",
            "text": text,
            "command": reading.command,
            "tokens": reading.tokens,
            "member": {"id": sender.id, "name": sender.name},
            "company": self._company,
        }
        self._run(Message(fields, _Port(answer)), answer)
        return answer

    def _run(self, message: Message, answer: Answer) -> None:
        command = self._commands.get(message.command)
        assert command is not None, "the text was read against the bot's own commands"
        try:
            result = command.function(**arguments(command, message))
        except UnfitValueError as error:
            answer.take(Reply(phrases.unfit(message.text, error.token, error.value)))
            return
        if inspect.isawaitable(result):
            result = self._loop.run(result)
        reply = reply_of(result, message, command)
        if reply is not None:
            _check(reply)
            answer.take(reply)

    def _local_now(self) -> datetime:
        if self._now is None:
            return datetime.now(self._zone)
        return self._now.replace(tzinfo=self._zone) if self._now.tzinfo is None else self._now.astimezone(self._zone)


class _Port:
    """Gathers what a message's handler sends."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def reply(self, _message: Message, reply: Reply, /) -> None:
        _check(reply)
        self._answer.take(reply)

    def progress(self, _message: Message, text: str, /) -> None:
        self._answer.progress.append(text)


def _check(reply: Reply) -> None:
    try:
        reply_body(reply)
    except UnfitReplyError as error:
        raise ReplyError(f"The reply cannot be sent: {error}.") from None

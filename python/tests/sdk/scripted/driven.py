"""A session without a network or a clock."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Literal, TypeVar

from hiworker import Bot, Message, Reply
from hiworker._bot import commands_of
from hiworker._core.session.actions import Action, Dial, Say, Send
from hiworker._core.session.session import Session

A = TypeVar("A")


class Driven:
    """A bot with one command, ``/메아리``, and the session that serves it; ``random`` always gives its most."""

    def __init__(self, *, most_running: int = 10) -> None:
        bot = Bot()

        @bot.command("/메아리")
        def echo(words: str, room: Literal["S1", "S2"] = "S1") -> str:
            return f"{room} {words}"

        self.bot = bot
        self.session = Session(
            commands_of(bot), self, url="http://relay.example", random=lambda: 1.0, most_running=most_running
        )
        self.now = 0.0

    def reply(self, _message: Message, _reply: Reply, /) -> None:
        raise AssertionError("handlers do not run here")

    def progress(self, _message: Message, _text: str, /) -> None:
        raise AssertionError("handlers do not run here")

    def receive(self, connection: int, kind: str, **fields: Any) -> list[Action]:
        return self.session.received(connection, {"type": kind, **fields}, self.now)

    def hello(self, connection: int = 1) -> list[Action]:
        return self.receive(connection, "hello", bot="bot_1", node="n", heartbeat_seconds=25)

    def connect(self, connection: int = 1) -> list[Action]:
        """From the dial that was asked for to the declared commands."""
        return [*self.session.opened(connection), *self.hello(connection), *self.receive(connection, "declared")]

    def close(self, connection: int = 1, code: int = 1006, reason: str = "") -> list[Action]:
        return self.session.closed(connection, code, reason, self.now)

    @classmethod
    def connected(cls, **options: int) -> Driven:
        driven = cls(**options)
        driven.session.start()
        driven.connect()
        return driven


def only(kind: type[A], actions: Iterable[Action]) -> list[A]:
    return [action for action in actions if isinstance(action, kind)]


def sent(actions: Iterable[Action]) -> list[tuple[int, dict[str, Any]]]:
    """The frames that are sent, and over which connections."""
    return [(action.connection, json.loads(action.frame)) for action in only(Send, actions)]


def said(actions: Iterable[Action]) -> str:
    return "\n".join(action.text for action in only(Say, actions))


def dials(actions: Iterable[Action]) -> list[tuple[int, float]]:
    return [(action.connection, action.after_seconds) for action in only(Dial, actions)]

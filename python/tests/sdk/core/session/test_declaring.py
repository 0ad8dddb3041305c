"""Declaring commands, and the values that are available."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from hiworker import CommandTakenError, DeclarationError, RefusedError
from hiworker._core.session.actions import Close, Complete, Declared, Fail, Later
from scripted.driven import Driven, only, said, sent
from scripted.messages import message_frame

KEY = ("/메아리", "room")
AVAILABLE = {"type": "available", "command": "/메아리", "token": "room", "values": ["S2"]}


def undeclared() -> Driven:
    driven = Driven()
    driven.session.start()
    driven.session.opened(1)
    driven.hello()
    return driven


def test_another_bots_command_ends_the_bot() -> None:
    [fail] = undeclared().receive(1, "problem", code="command_taken", detail="‘회의실 봇’ has /메아리.")[-1:]
    assert isinstance(fail, Fail)
    assert isinstance(fail.error, CommandTakenError)
    assert "‘회의실 봇’ has /메아리." in str(fail.error)


def test_commands_that_the_server_does_not_take_end_the_bot() -> None:
    errors = [{"pointer": "/commands/0/name", "code": "reserved", "detail": "It is reserved."}]
    [fail] = undeclared().receive(1, "problem", code="invalid_fields", detail="Wrong.", errors=errors)[-1:]
    assert isinstance(fail, Fail)
    assert type(fail.error) is RefusedError
    assert "/commands/0/name: It is reserved." in str(fail.error)


def test_values_that_the_server_does_not_take_while_it_is_asked_again_do_not_end_the_bot() -> None:
    driven = undeclared()
    errors = [{"pointer": "/command", "code": "unknown", "detail": "There is none."}]
    actions = driven.receive(1, "problem", code="invalid_fields", detail="Wrong.", errors=errors)
    assert said(actions) == "The relay reports invalid_fields: Wrong."
    assert only(Fail, actions) == []
    assert only(Declared, driven.receive(1, "declared")) == [Declared()]


def test_more_commands_than_the_relay_reads_end_the_bot_before_they_are_sent() -> None:
    driven = Driven()
    values = tuple(f"{number:03}{'가' * 97}" for number in range(200))
    for number in range(20):
        driven.bot.command(f"/크다{number}")(taking(values))
    driven.session.start()
    driven.session.opened(1)
    actions = driven.hello()
    assert sent(actions) == []
    [fail] = only(Fail, actions)
    assert isinstance(fail.error, DeclarationError)
    assert "hiworker takes at most 1048576" in str(fail.error)
    assert only(Close, actions) == [Close(1, 1000)]


def taking(values: tuple[str, ...]) -> Callable[..., str]:
    """A handler with a choice of these values."""

    def handler(one: str) -> str:
        return one

    handler.__annotations__["one"] = Literal[values]
    return handler


def test_a_server_without_its_storage_is_asked_again_later() -> None:
    driven = undeclared()
    actions = driven.receive(1, "problem", code="storage_unavailable", detail="MongoDB is away.")
    assert "storage_unavailable: MongoDB is away." in said(actions)
    assert only(Later, actions) == [Later(3, "declare", 1)]
    assert [action.message.id for action in driven.session.received(1, message_frame(), 0)] == ["m1"]  # type: ignore[union-attr]
    assert [frame["type"] for _, frame in sent(driven.session.due("declare", 1))] == ["commands"]
    actions = driven.receive(1, "problem", code="shutting_down")
    assert only(Later, actions) == [Later(5, "declare", 1)]


def test_a_problem_about_something_else_is_said() -> None:
    driven = Driven.connected()
    assert said(driven.receive(1, "problem", code="odd", detail="Hm.")) == "The relay reports odd: Hm."


def test_available_values_are_sent_once_the_commands_are_declared() -> None:
    driven = Driven()
    driven.bot.available("/메아리", "room", ["S2"])
    assert driven.session.available(KEY) == []
    driven.session.start()
    driven.session.opened(1)
    assert AVAILABLE not in [frame for _, frame in sent(driven.hello())]
    assert driven.session.available(KEY) == []
    assert sent(driven.receive(1, "declared")) == [(1, AVAILABLE)]
    assert sent(driven.session.available(KEY)) == [(1, AVAILABLE)]


def test_available_values_are_sent_again_after_a_reconnect() -> None:
    driven = Driven.connected()
    driven.bot.available("/메아리", "room", ["S2"])
    driven.close()
    assert (2, AVAILABLE) in sent(driven.connect(2))


def test_available_values_are_sent_also_when_declaring_has_to_wait() -> None:
    driven = undeclared()
    driven.bot.available("/메아리", "room", ["S2"])
    assert sent(driven.receive(1, "problem", code="storage_unavailable")) == [(1, AVAILABLE)]


def test_a_completion_is_asked_of_the_bot() -> None:
    driven = Driven.connected()
    actions = driven.receive(1, "complete", id="c1", command="/메아리", token="room", tokens={"words": "a"})
    assert actions == [Complete(1, "c1", "/메아리", "room", {"words": "a"})]

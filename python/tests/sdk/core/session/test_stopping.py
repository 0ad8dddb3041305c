"""Ctrl-C: what is in hand first, then the end."""

from __future__ import annotations

from hiworker._core.session.actions import Close, Finish, Later
from scripted.driven import Driven, said
from scripted.messages import message_frame

REPLY = b'{"type":"reply","id":"m1","text":"ok"}'


def test_with_nothing_in_hand_it_closes_at_once() -> None:
    driven = Driven.connected()
    assert driven.session.stop(0) == [Later(30, "stop"), Close(1, 1000), Finish()]


def test_without_a_connection_it_ends_at_once() -> None:
    driven = Driven()
    driven.session.start()
    assert driven.session.stop(0)[-1] == Finish()


def test_what_is_in_hand_is_finished_first() -> None:
    driven = Driven.connected()
    driven.session.received(1, message_frame("m1"), 0)
    actions = driven.session.stop(0)
    assert "Stopping once 1 messages in hand are answered" in said(actions)
    assert Finish() not in actions
    driven.session.reply("m1", REPLY, is_error=False)
    assert driven.session.ended("m1", 0) == []
    assert driven.receive(1, "accepted", id="m1") == [Close(1, 1000), Finish()]


def test_messages_that_still_come_are_left_to_the_next_connection() -> None:
    driven = Driven.connected()
    driven.session.received(1, message_frame("m1"), 0)
    driven.session.stop(0)
    assert driven.session.received(1, message_frame("m2"), 0) == []


def test_a_handler_that_goes_on_after_its_reply_is_waited_for() -> None:
    driven = Driven.connected()
    driven.session.received(1, message_frame("m1"), 0)
    driven.session.reply("m1", REPLY, is_error=False)
    driven.receive(1, "accepted", id="m1")
    assert Finish() not in driven.session.stop(0)
    assert driven.session.ended("m1", 0)[-1] == Finish()


def test_the_wait_is_bounded() -> None:
    driven = Driven.connected()
    driven.session.received(1, message_frame("m1"), 0)
    driven.session.stop(0)
    assert driven.session.due("stop", 0) == [Close(1, 1000), Finish()]
    assert driven.session.due("stop", 0) == []


def test_a_second_stop_does_not_wait() -> None:
    driven = Driven.connected()
    driven.session.received(1, message_frame("m1"), 0)
    driven.session.stop(0)
    assert driven.session.stop_now() == [Close(1, 1000), Finish()]


def test_what_the_relay_has_given_up_on_is_not_waited_for() -> None:
    driven = Driven.connected()
    driven.session.received(1, message_frame("m1"), 0)
    driven.session.ended("m1", 0)
    assert Finish() not in driven.session.stop(960)
    assert driven.session.stop(961)[-1] == Finish()

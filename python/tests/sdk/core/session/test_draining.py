"""A graceful stop of the server: the next connection first, then the end of the old one."""

from __future__ import annotations

from hiworker._core.session.actions import Close
from hiworker._core.session.failures import Failure
from hiworker._errors import ConnectionFailedError
from scripted.driven import Driven, dials, only, said, sent
from scripted.messages import message_frame

REPLY = b'{"type":"reply","id":"m1","text":"ok"}'


def draining(*, in_hand: bool) -> Driven:
    driven = Driven.connected()
    if in_hand:
        driven.session.received(1, message_frame("m1"), 0)
    assert dials(driven.receive(1, "drain", reconnect_after_ms=1500)) == [(2, 1.5)]
    return driven


def test_a_drain_dials_a_second_connection_after_the_given_time_and_only_one() -> None:
    driven = draining(in_hand=False)
    assert driven.receive(1, "drain", reconnect_after_ms=0) == []


def test_the_old_connection_closes_when_the_new_one_serves_and_nothing_is_in_hand() -> None:
    driven = draining(in_hand=False)
    assert only(Close, driven.connect(2)) == [Close(1, 1000)]
    assert driven.close(1, 1000) == []


def test_the_old_connection_carries_the_replies_to_its_messages() -> None:
    driven = draining(in_hand=True)
    assert only(Close, driven.connect(2)) == []
    assert sent(driven.session.reply("m1", REPLY, is_error=False))[0][0] == 1
    assert driven.session.ended("m1", 0) == []
    assert driven.receive(1, "accepted", id="m1") == [Close(1, 1000)]


def test_new_messages_come_over_the_new_connection() -> None:
    driven = draining(in_hand=True)
    driven.connect(2)
    driven.session.received(2, message_frame("m2"), 0)
    assert sent(driven.session.reply("m2", REPLY, is_error=False))[0][0] == 2
    assert driven.receive(2, "accepted", id="m2") == []


def test_what_the_old_connection_could_not_deliver_goes_over_the_new() -> None:
    driven = draining(in_hand=True)
    driven.connect(2)
    driven.session.reply("m1", REPLY, is_error=False)
    assert [connection for connection, _ in sent(driven.close(1, 4000))] == [2]


def test_the_old_connection_still_serves_when_the_new_one_cannot_be_had() -> None:
    driven = draining(in_hand=True)
    failure = Failure(ConnectionFailedError("The server takes no connection now."), retry_after=2)
    actions = driven.session.dial_failed(2, failure)
    assert dials(actions) == [(3, 2.2)]
    assert len(sent(driven.session.reply("m1", REPLY, is_error=False))) == 1


def test_a_second_connection_that_dies_before_hello_is_dialled_again() -> None:
    driven = draining(in_hand=False)
    driven.session.opened(2)
    actions = driven.close(2)
    assert dials(actions) == [(3, 0.2)]
    assert said(actions) == ""


def test_an_old_connection_that_ends_before_the_new_one_serves_starts_no_third() -> None:
    driven = draining(in_hand=False)
    actions = driven.close(1, 4000, "drained")
    assert dials(actions) == []
    assert "ended (4000, drained)" in said(actions)
    assert "Connected again" in said(driven.connect(2))


def test_a_drain_of_an_old_connection_or_of_a_bot_that_stops_dials_nothing() -> None:
    driven = draining(in_hand=True)
    driven.connect(2)
    assert driven.receive(1, "drain", reconnect_after_ms=0) == []
    driven.session.stop(0)
    assert driven.receive(2, "drain", reconnect_after_ms=0) == []


def test_nothing_is_closed_twice_at_the_end() -> None:
    driven = draining(in_hand=True)
    driven.connect(2)
    driven.session.reply("m1", REPLY, is_error=False)
    driven.session.stop_now()
    assert driven.receive(1, "accepted", id="m1") == []

"""From the first dial to a connection that serves, and to the next one."""

from __future__ import annotations

import pytest

from hiworker import BotDeletedError, FrameRefusedError, KeyExpiredError, KeyRevokedError
from hiworker._bot import commands_of
from hiworker._core.session.actions import Beat, Close, Declared, Dial, Fail, Later
from hiworker._core.session.failures import Failure
from hiworker._errors import ConnectionFailedError, HiworkerError, NotHiworkerError
from scripted.driven import Driven, dials, only, said, sent

NO_SERVER = Failure(ConnectionFailedError("No server can be reached."))


def test_it_dials_at_once_and_declares_at_hello() -> None:
    driven = Driven()
    assert driven.session.start() == [Dial(1, 0)]
    assert driven.session.opened(1) == [Later(10, "hello", 1)]
    actions = driven.hello()
    assert only(Beat, actions) == [Beat(1, 25)]
    [(connection, frame)] = sent(actions)
    assert connection == 1
    assert frame["type"] == "commands"
    assert frame["commands"] == commands_of(driven.bot).declaration
    actions = driven.receive(1, "declared")
    assert said(actions) == "Connected to http://relay.example as bot_1: /메아리"
    assert only(Declared, actions) == [Declared()]


def test_a_second_hello_changes_nothing() -> None:
    driven = Driven.connected()
    assert driven.hello() == []


def test_a_connection_without_hello_is_closed_in_time() -> None:
    driven = Driven()
    driven.session.start()
    driven.session.opened(1)
    assert driven.session.due("hello", 1) == [Close(1, 1001)]
    assert dials(driven.close(1, 1001)) == [(2, 0.2)]


def test_a_connection_with_hello_stays() -> None:
    driven = Driven.connected()
    assert driven.session.due("hello", 1) == []
    assert driven.session.due("hello", 99) == []


def test_the_wait_doubles_up_to_its_ceiling_and_is_said_once() -> None:
    driven = Driven()
    driven.session.start()
    first = driven.session.dial_failed(1, NO_SERVER)
    assert said(first) == "No server can be reached. Trying again until it works."
    waits = [first]
    waits += [driven.session.dial_failed(number, NO_SERVER) for number in range(2, 10)]
    assert [dials(actions)[0][1] for actions in waits] == [0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 15, 15]
    assert all(said(actions) == "" for actions in waits[1:])


def test_it_says_when_the_server_is_back() -> None:
    driven = Driven.connected()
    assert "ended (1006). Dialling again." in said(driven.close())
    assert "No server" in said(driven.session.dial_failed(2, NO_SERVER))
    assert said(driven.connect(3)) == "Connected again to http://relay.example."


def test_the_servers_wish_to_wait_is_kept() -> None:
    driven = Driven()
    driven.session.start()
    failure = Failure(ConnectionFailedError("Full."), retry_after=30)
    assert dials(driven.session.dial_failed(1, failure)) == [(2, 30.2)]


def test_a_good_connection_ends_the_back_off() -> None:
    driven = Driven()
    driven.session.start()
    for number in range(1, 5):
        driven.session.dial_failed(number, NO_SERVER)
    driven.connect(5)
    driven.now = 6
    assert dials(driven.close(5)) == [(6, 0.2)]


def test_connections_that_end_after_hello_are_dialled_a_little_slower_each_time() -> None:
    driven = Driven()
    driven.session.start()
    waits = []
    for number in range(1, 6):
        driven.connect(number)
        waits += dials(driven.close(number, 1011, "oops"))
    assert [seconds for _, seconds in waits] == [0.2, 0.4, 0.8, 0.8, 0.8]


def test_a_lost_connection_is_said_once() -> None:
    driven = Driven.connected()
    assert "Dialling again." in said(driven.close())
    driven.session.opened(2)
    assert said(driven.close(2)) == ""


@pytest.mark.parametrize("code", [1000, 1001, 1006, 1011, 1012, 4000, 4001, 4002])
def test_it_dials_again_after(code: int) -> None:
    assert dials(Driven.connected().close(1, code)) == [(2, 0.2)]


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (1002, FrameRefusedError),
        (1007, FrameRefusedError),
        (1009, FrameRefusedError),
        (4100, FrameRefusedError),
        (4101, KeyRevokedError),
        (4102, KeyExpiredError),
        (4103, BotDeletedError),
    ],
)
def test_it_ends_after(code: int, error: type[HiworkerError]) -> None:
    driven = Driven.connected()
    [fail] = driven.close(1, code, "frame 7")
    assert isinstance(fail, Fail)
    assert type(fail.error) is error
    assert ("frame 7" in str(fail.error)) == (error is FrameRefusedError)


def test_nothing_is_dialled_after_the_end() -> None:
    driven = Driven.connected()
    driven.session.stop_now()
    assert driven.close(1, 1000) == []
    driven = Driven()
    driven.session.start()
    driven.session.stop_now()
    assert driven.session.dial_failed(1, NO_SERVER) == []


def test_a_final_failure_ends_it() -> None:
    driven = Driven()
    driven.session.start()
    error = KeyRevokedError("The API key was revoked.")
    assert driven.session.dial_failed(1, Failure(error, final=True)) == [Fail(error)]


def test_a_wrong_address_ends_it_only_before_it_was_right() -> None:
    failure = Failure(NotHiworkerError("No hiworker server."), final_at_first=True)
    driven = Driven()
    driven.session.start()
    assert driven.session.dial_failed(1, failure) == [Fail(failure.error)]
    driven = Driven.connected()
    driven.close()
    assert len(dials(driven.session.dial_failed(2, failure))) == 1


def test_frames_of_other_types_and_of_gone_connections_are_ignored() -> None:
    driven = Driven.connected()
    assert driven.receive(1, "weather") == []
    assert driven.session.received(1, {"type": ["hello"]}, 0) == []
    assert driven.session.received(1, {}, 0) == []
    driven.close()
    assert driven.receive(1, "accepted", id="m1") == []


def test_a_frame_that_cannot_be_read_is_said_and_ignored() -> None:
    driven = Driven.connected()
    assert "a frame of the type message that cannot be read" in said(driven.receive(1, "message", id="m1"))
    assert "cannot be read" in said(driven.receive(1, "drain", reconnect_after_ms="soon"))

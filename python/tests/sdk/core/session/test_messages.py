"""Messages in hand: run once, replied to once, whatever happens to connections."""

from __future__ import annotations

from typing import Any

import pytest

from hiworker import Message
from hiworker._core.session.actions import Later, Offer, Run
from scripted.driven import Driven, only, said, sent
from scripted.messages import message_frame

REPLY = b'{"type":"reply","id":"m1","text":"ok"}'
HALF = b'{"type":"progress","id":"m1","text":"1/2"}'
OK = {"type": "reply", "id": "m1", "text": "ok"}


def bring(driven: Driven, message_id: str = "m1", connection: int = 1, **fields: Any) -> list[Message]:
    """The messages that are to be run then."""
    actions = driven.session.received(connection, message_frame(message_id, **fields), driven.now)
    return [action.message for action in only(Run, actions)]


def test_a_message_runs_and_its_reply_goes_over_its_connection() -> None:
    driven = Driven.connected()
    [message] = bring(driven)
    assert (message.id, message.command, message.member.name) == ("m1", "/메아리", "김지은")
    assert sent(driven.session.reply("m1", REPLY, is_error=False)) == [(1, OK)]
    assert driven.session.ended("m1", 0) == []
    assert driven.receive(1, "accepted", id="m1") == []


def test_an_accepted_for_nothing_is_ignored() -> None:
    driven = Driven.connected()
    assert driven.receive(1, "accepted", id="m9") == []
    bring(driven)
    assert driven.receive(1, "accepted", id="m1") == []


def test_a_second_reply_is_dropped() -> None:
    driven = Driven.connected()
    bring(driven)
    driven.session.reply("m1", REPLY, is_error=False)
    assert "came too late" in said(driven.session.reply("m1", REPLY, is_error=False))
    assert "came too late" in said(driven.session.reply("m9", REPLY, is_error=False))


def test_a_message_brought_again_while_it_runs_is_not_run_again() -> None:
    driven = Driven.connected()
    [message] = bring(driven)
    driven.close()
    driven.connect(2)
    assert bring(driven, connection=2, attempt=2) == []
    assert message.attempt == 2
    assert sent(driven.session.reply("m1", REPLY, is_error=False)) == [(2, OK)]


def test_a_reply_made_without_a_connection_waits_for_the_next() -> None:
    driven = Driven.connected()
    bring(driven)
    driven.close()
    assert sent(driven.session.reply("m1", REPLY, is_error=False)) == []
    assert (2, OK) in sent(driven.connect(2))


def test_a_reply_that_was_not_accepted_is_sent_again() -> None:
    driven = Driven.connected()
    bring(driven)
    driven.session.reply("m1", REPLY, is_error=False)
    driven.close()
    assert sent(driven.connect(2))[1:] == [(2, OK)]
    # The relay had brought the message anew before the reply reached it: that is on its way already.
    assert driven.session.received(2, message_frame("m1", attempt=2), 0) == []


def test_an_accepted_reply_is_not_sent_again() -> None:
    driven = Driven.connected()
    bring(driven)
    driven.session.reply("m1", REPLY, is_error=False)
    driven.receive(1, "accepted", id="m1")
    driven.close()
    assert OK not in [frame for _, frame in sent(driven.connect(2))]


def test_a_message_brought_again_after_its_reply_was_accepted_gets_the_same_reply() -> None:
    driven = Driven.connected()
    bring(driven)
    driven.session.reply("m1", REPLY, is_error=False)
    driven.session.ended("m1", 0)
    driven.receive(1, "accepted", id="m1")
    assert sent(driven.session.received(1, message_frame("m1", attempt=2), 0)) == [(1, OK)]
    assert driven.receive(1, "accepted", id="m1") == []


def test_a_message_whose_handler_goes_on_after_the_reply_is_not_run_again() -> None:
    driven = Driven.connected()
    bring(driven)
    driven.session.reply("m1", REPLY, is_error=False)
    driven.receive(1, "problem", id="m1", code="reply_too_late", detail="Too late.")
    assert bring(driven) == []
    driven.session.ended("m1", 0)
    assert len(bring(driven)) == 1


def test_a_reply_on_another_live_connection_goes_again_when_the_message_comes_over_the_new() -> None:
    driven = Driven.connected()
    bring(driven)
    driven.receive(1, "drain", reconnect_after_ms=0)
    driven.session.reply("m1", REPLY, is_error=False)
    driven.connect(2)
    assert sent(driven.session.received(2, message_frame("m1", attempt=2), 0)) == [(2, OK)]


def test_refused_replies_are_dropped_and_said() -> None:
    for code in ("already_answered", "reply_too_late", "not_found"):
        driven = Driven.connected()
        bring(driven)
        driven.session.reply("m1", REPLY, is_error=False)
        assert code in said(driven.receive(1, "problem", id="m1", code=code, detail="So."))
        driven.close()
        assert len(sent(driven.connect(2))) == 1


@pytest.mark.parametrize("code", ["storage_unavailable", "shutting_down", "internal_error"])
def test_a_reply_that_cannot_be_taken_now_is_sent_again(code: str) -> None:
    driven = Driven.connected()
    waits = []
    for number in (1, 2):
        bring(driven, f"m{number}")
        driven.session.reply(f"m{number}", b'{"id":"m%d"}' % number, is_error=False)
        waits.append(driven.receive(1, "problem", id=f"m{number}", code=code, detail="MongoDB is away."))
    assert f"{code}: MongoDB is away." in said(waits[0])
    assert only(Later, waits[0]) == [Later(1.5, "resend", 1)]
    assert waits[1] == []
    assert sent(driven.session.due("resend", 1)) == [(1, {"id": "m1"}), (1, {"id": "m2"})]
    [later] = only(Later, driven.receive(1, "problem", id="m1", code=code))
    assert later == Later(2.5, "resend", 1)
    driven.receive(1, "accepted", id="m2")
    driven.close()
    assert (2, {"id": "m1"}) in sent(driven.connect(2))
    [later] = only(Later, driven.receive(2, "problem", id="m1", code=code))
    assert later == Later(1.5, "resend", 2)


def test_a_reply_to_a_message_that_the_relay_has_lost_is_remembered() -> None:
    driven = Driven.connected()
    bring(driven)
    driven.session.reply("m1", REPLY, is_error=False)
    driven.session.ended("m1", 0)
    driven.receive(1, "problem", id="m1", code="not_found", detail="There is none.")
    assert sent(driven.session.received(1, message_frame("m1", attempt=2), 0)) == [(1, OK)]


def test_a_reply_that_the_relay_cannot_take_becomes_an_apology() -> None:
    driven = Driven.connected()
    bring(driven)
    driven.session.reply("m1", REPLY, is_error=False)
    actions = driven.receive(1, "problem", id="m1", code="invalid_fields", detail="A field has a NUL.")
    assert "A field has a NUL." in said(actions)
    [(_, frame)] = sent(actions)
    assert frame["type"] == "error"
    assert "문제가 생겼습니다" in frame["text"]
    # Not even that: nothing more can be done.
    assert sent(driven.receive(1, "problem", id="m1", code="invalid_fields", detail="Again.")) == []


def test_a_problem_about_progress_changes_nothing() -> None:
    driven = Driven.connected()
    bring(driven)
    assert driven.receive(1, "problem", id="m1", code="not_found") == []
    assert driven.receive(1, "problem", id="m9", code="not_found") == []
    assert sent(driven.session.reply("m1", REPLY, is_error=False)) == [(1, OK)]


def test_more_messages_than_may_run_are_answered_as_busy() -> None:
    driven = Driven.connected(most_running=1)
    bring(driven)
    [(_, frame)] = sent(driven.session.received(1, message_frame("m2"), 0))
    assert frame == {"type": "error", "id": "m2", "text": "지금 요청이 많습니다. 잠시 뒤에 다시 해 주세요."}
    driven.session.ended("m1", 0)
    assert len(bring(driven, "m3")) == 1


def test_a_command_of_an_earlier_declaration_is_answered_politely() -> None:
    driven = Driven.connected()
    [(_, frame)] = sent(driven.session.received(1, message_frame(command="/old", text="/old"), 0))
    assert frame == {"type": "error", "id": "m1", "text": "This bot no longer has the command /old."}


def test_progress_is_offered_until_the_reply() -> None:
    driven = Driven.connected()
    assert driven.session.progress("m1", HALF) == []
    bring(driven)
    assert driven.session.progress("m1", HALF) == [Offer(1, HALF)]
    driven.close()
    assert driven.session.progress("m1", HALF) == []
    driven.connect(2)
    driven.session.reply("m1", REPLY, is_error=False)
    assert driven.session.progress("m1", HALF) == []


def test_a_later_reply_finds_its_message() -> None:
    driven = Driven.connected()
    bring(driven)
    driven.session.ended("m1", 0)
    assert sent(driven.session.reply("m1", REPLY, is_error=False)) == [(1, OK)]


def test_messages_that_are_never_replied_to_are_forgotten_after_the_relays_deadline() -> None:
    driven = Driven.connected()
    bring(driven)
    driven.session.ended("m1", 0)
    for number, now in ((2, 900), (3, 961), (4, 962)):
        bring(driven, f"m{number}")
        driven.session.ended(f"m{number}", now)
    assert "came too late" in said(driven.session.reply("m1", REPLY, is_error=False))
    assert len(sent(driven.session.reply("m2", REPLY, is_error=False))) == 1


def test_only_so_many_replies_are_remembered() -> None:
    driven = Driven.connected()
    for number in range(1_002):
        bring(driven, f"m{number}")
        driven.session.reply(f"m{number}", REPLY, is_error=False)
        driven.session.ended(f"m{number}", 0)
        driven.receive(1, "accepted", id=f"m{number}")
    assert len(bring(driven, "m1")) == 1
    assert bring(driven, "m1001") == []


def test_only_so_many_bytes_of_replies_are_remembered() -> None:
    driven = Driven.connected()
    for number in range(5):
        bring(driven, f"m{number}")
        driven.session.reply(f"m{number}", b"x" * 1_000_000, is_error=False)
        driven.session.ended(f"m{number}", 0)
        driven.receive(1, "accepted", id=f"m{number}")
    assert len(bring(driven, "m0")) == 1
    assert bring(driven, "m4") == []

"""Replies with fields."""

from __future__ import annotations

import pytest

from hiworker import Member, Reply


def test_a_reply_has_a_text_and_fields() -> None:
    reply = Reply("예약했습니다", booking=17)
    assert (reply.text, reply.fields) == ("예약했습니다", {"booking": 17})
    assert repr(reply) == "Reply('예약했습니다', booking=17)"
    assert reply == Reply("예약했습니다", booking=17)
    assert reply != Reply("예약했습니다")
    assert reply != "예약했습니다"


@pytest.mark.parametrize("name", ["type", "id"])
def test_the_protocols_own_names_are_no_fields(name: str) -> None:
    with pytest.raises(ValueError, match=f"field named '{name}'"):
        Reply("a", **{name: "b"})


def test_a_member_is_written_by_name() -> None:
    assert f"{Member('mem_1', '김지은')}" == "김지은"

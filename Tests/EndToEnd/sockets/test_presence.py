"""Whether a bot with a socket can be reached: what its members, its administrator and their open tabs are told."""

from __future__ import annotations

from typing import Any

import pytest

from harness.directory import Bot, Company, Member, new_company
from harness.events import EventReader
from harness.server import Server
from harness.socket_bot import SocketBot
from harness.waiting import eventually
from harness.web_socket import Opcode, frame


@pytest.fixture
def bot(company: Company) -> Bot:
    return company.bot("/일")


def seen_alike(company: Company, member: Member, bot: Bot) -> Any:
    """The presence, which the administrator sees as the member does."""
    presence = member.presence_of(bot)
    assert company.admin.get(f"/v1/bots/{bot.id}")["presence"] == presence
    return presence


def test_a_bot_that_never_dialled_out(company: Company, member: Member, bot: Bot) -> None:
    assert seen_alike(company, member, bot) == {
        "online": False,
        "connections": 0,
        "since": None,
        "last_seen": None,
        "reason": "never_connected",
    }


def test_presence_follows_a_bots_connections(server: Server, company: Company, member: Member, bot: Bot) -> None:
    first = SocketBot(server.port, bot.key)
    one = seen_alike(company, member, bot)
    assert (one["online"], one["connections"]) == (True, 1)
    assert "reason" not in one
    assert one["since"]
    assert one["last_seen"] <= one["since"], "it was heard before it could be sent messages"
    with SocketBot(server.port, bot.key):
        two = seen_alike(company, member, bot)
        assert (two["connections"], two["since"]) == (2, one["since"])
    eventually("one connection to be left", lambda: member.presence_of(bot)["connections"] == 1)
    assert seen_alike(company, member, bot)["since"] == one["since"]

    first.socket.send(frame(Opcode.PING))
    first.socket.next_frame()
    heard = seen_alike(company, member, bot)
    assert heard["last_seen"] > one["last_seen"]
    assert heard["since"] == one["since"]

    first.close()
    eventually("the bot to be offline", lambda: not member.presence_of(bot)["online"])
    gone = seen_alike(company, member, bot)
    assert (gone["online"], gone["connections"], gone["reason"]) == (False, 0, "disconnected")
    assert gone["since"] > one["since"]
    assert gone["last_seen"] == heard["last_seen"]
    with SocketBot(server.port, bot.key):
        back = seen_alike(company, member, bot)
        assert back["since"] >= gone["since"]
        assert "reason" not in back


def test_every_change_is_an_event_in_its_order(server: Server, company: Company, member: Member, bot: Bot) -> None:
    with EventReader(server.port, member.key) as events:
        first = SocketBot(server.port, bot.key)
        second = SocketBot(server.port, bot.key)
        second.close()
        eventually("one connection to be left", lambda: member.presence_of(bot)["connections"] == 1)
        first.close()
        told = [events.next("presence").data for _ in range(4)]
    assert {event["bot"] for event in told} == {bot.id}
    presences = [event["presence"] for event in told]
    assert [(each["online"], each["connections"]) for each in presences] == [
        (True, 1),
        (True, 2),
        (True, 1),
        (False, 0),
    ]
    assert presences[0]["since"] == presences[1]["since"] == presences[2]["since"] < presences[3]["since"]
    assert [each.get("reason") for each in presences] == [None, None, None, "disconnected"]
    assert presences[3] == seen_alike(company, member, bot)


def test_who_is_greeted_is_online_for_all(server: Server, member: Member, bot: Bot) -> None:
    """Whoever saw the greeting finds the bot online, on whichever event loop the question arrives."""
    for _ in range(20):
        with SocketBot(server.port, bot.key):
            assert member.presence_of(bot)["online"]


def test_another_companys_members_are_not_told(server: Server, company: Company, member: Member) -> None:
    other = new_company(company.platform)
    other_bot, other_member = other.bot("/남의 일"), other.member()
    mine = company.bot("/일")
    with EventReader(server.port, member.key) as events, EventReader(server.port, other_member.key) as others:
        with SocketBot(server.port, other_bot.key):
            assert others.next("presence").data["bot"] == other_bot.id
        assert others.next("presence").data["bot"] == other_bot.id
        with SocketBot(server.port, mine.key):
            assert events.next("presence").data["bot"] == mine.id, "the first that this member is told"
    assert {each["id"] for each in member.api.pages("/v1/me/bots")} == {mine.id}

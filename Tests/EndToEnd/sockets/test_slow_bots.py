"""Bots that do not read: what waits for them is bounded, and others take their messages."""

from __future__ import annotations

import itertools

import pytest

from harness.directory import Bot, Company, Member
from harness.raw_http import RawConnection
from harness.server import Server
from harness.shapes import message_request
from harness.socket_bot import SocketBot
from harness.waiting import eventually
from harness.web_socket import Opcode

SLOW = 4001

# Bytes that the relay keeps for one connection, and what the system may keep besides.
UNREAD = 4 * 1024 * 1024
SYSTEM = 8 * 1024 * 1024

BATCH = 20
TEXT = "가" * 15_000
SIZE = len(TEXT.encode())


@pytest.fixture
def bot(company: Company) -> Bot:
    return company.bot("/일")


def send_batch(sender: RawConnection, member: Member, numbers: range) -> list[str]:
    """Sends messages that nobody waits for, and returns their ids."""
    for number in numbers:
        sender.send(message_request(member.key, {"text": f"/일 {number} {TEXT}", "wait_seconds": 0}))
    answers = [sender.response() for _ in numbers]
    assert {answer.status for answer in answers} == {202}
    return [answer.json["id"] for answer in answers]


def test_a_bot_that_does_not_read_is_closed_and_its_other_connection_gets_everything(
    server: Server, member: Member, bot: Bot
) -> None:
    with (
        SocketBot(server.port, bot.key, takes_little=True) as slow,
        SocketBot(server.port, bot.key) as healthy,
        RawConnection(server.port) as sender,
    ):
        sent: list[str] = []
        got: list[dict[str, object]] = []
        for start in itertools.count(0, BATCH):
            sent += send_batch(sender, member, range(start, start + BATCH))
            got += healthy.everything()
            if member.presence_of(bot)["connections"] == 1:
                break
            assert len(sent) * SIZE < 3 * (UNREAD + SYSTEM), "nobody keeps that much for a bot"
        while len(got) < len(sent):
            got += healthy.everything()
        assert [message["id"] for message in got if message["attempt"] == 1], "it had its share before"
        assert {message["attempt"] for message in got} == {1, 2}
        assert sorted(str(message["id"]) for message in got) == sorted(sent), "each of them, and once"
        redelivered = [message["id"] for message in got if message["attempt"] == 2]
        assert redelivered == sorted(redelivered, key=str), "in the order in which they came"
        presence = member.presence_of(bot)
        assert (presence["online"], presence["connections"]) == (True, 1)
        # What was written before the close frame is still there to be read.
        slow.socket.connection.take_much()
        while (last := slow.socket.next_frame()).opcode != Opcode.CLOSE:
            pass
        assert last.close_code == SLOW


def test_a_bot_whose_only_connection_is_slow_is_offline_and_says_why(server: Server, member: Member, bot: Bot) -> None:
    with SocketBot(server.port, bot.key, takes_little=True), RawConnection(server.port) as sender:
        sent: list[str] = []
        for start in itertools.count(0, BATCH):
            for number in range(start, start + BATCH):
                sender.send(message_request(member.key, {"text": f"/일 {number} {TEXT}", "wait_seconds": 0}))
            answers = [sender.response() for _ in range(BATCH)]
            sent += [answer.json["id"] for answer in answers if answer.status == 202]
            if {answer.status for answer in answers} != {202}:
                break
            assert len(sent) * SIZE < 2 * (UNREAD + SYSTEM), "nobody keeps that much for a bot"
        assert answers[-1].json["code"] == "bot_offline"
        assert answers[-1].json["reason"] == "slow"
        presence = member.presence_of(bot)
        assert (presence["online"], presence["reason"]) == (False, "slow")
        with SocketBot(server.port, bot.key) as healthy:
            got: list[dict[str, object]] = []
            while len(got) < len(sent):
                got += healthy.everything()
            assert [message["id"] for message in got] == sent, "in the order in which they came"
            for message in got:
                healthy.send("reply", id=message["id"], text="끝")
            assert [healthy.next("accepted")["id"] for _ in got] == sent
    eventually("the bot to be offline", lambda: not member.presence_of(bot)["online"])
    assert member.presence_of(bot)["reason"] == "disconnected"

"""Bots that are gone without a word: how soon that is seen, and what becomes of what they had in hand."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from harness.dialling_bot import DiallingBot
from harness.directory import Bot, Company, Measurements, Member
from harness.events import EventReader
from harness.server import Server
from harness.shapes import send
from harness.socket_bot import SocketBot
from harness.waiting import eventually

# What is promised, in seconds: of a bot whose connection died, and of one whose connection stands, two heartbeats.
KILLED, SILENT = 1, 50

KILLS = 10


@pytest.fixture
def bot(company: Company) -> Bot:
    return company.bot("/일")


def test_a_bot_that_is_killed_is_seen_offline_at_once(
    server: Server, member: Member, bot: Bot, tmp_path: Path, measurements: Measurements
) -> None:
    seconds = []
    with EventReader(server.port, member.key) as events:
        for number in range(KILLS):
            with DiallingBot(server.url, bot.key, tmp_path / f"{number}.log") as process:
                assert events.next("presence").data["presence"]["online"]
                killed = time.monotonic()
                process.kill()
                gone = events.next("presence").data["presence"]
                seconds.append(time.monotonic() - killed)
                assert (gone["online"], gone["connections"], gone["reason"]) == (False, 0, "disconnected")
    measurements.note("a bot that is killed is seen offline", seconds)
    assert max(seconds) < KILLED


def test_what_a_killed_bot_had_in_hand_is_given_to_its_next_process(
    server: Server, member: Member, bot: Bot, tmp_path: Path
) -> None:
    with DiallingBot(server.url, bot.key, tmp_path / "one.log") as process:
        eventually("the bot to be online", lambda: member.presence_of(bot)["online"])
        held = [send(server.port, member.key, {"text": f"/일 들고 {n}", "wait_seconds": 30}) for n in range(5)]
        assert member.send("/일 바로")["reply"] == {"text": "메아리 1: /일 바로"}
        process.kill()
    with DiallingBot(server.url, bot.key, tmp_path / "two.log"):
        for number, each in enumerate(held):
            assert each.answer().json["reply"] == {"text": f"메아리 2: /일 들고 {number}"}


@pytest.mark.slow
def test_a_bot_that_falls_silent_is_seen_offline_within_two_heartbeats(
    server: Server, member: Member, bot: Bot, tmp_path: Path, measurements: Measurements
) -> None:
    with (
        EventReader(server.port, member.key, timeout=SILENT + 20) as events,
        DiallingBot(server.url, bot.key, tmp_path / "bot.log") as process,
    ):
        assert events.next("presence").data["presence"]["online"]
        assert member.send("/일")["reply"] == {"text": "메아리 1: /일"}
        process.freeze()
        frozen = time.monotonic()
        sent = send(server.port, member.key, {"text": "/일 얼음", "wait_seconds": 0}).answer()
        assert sent.status == 202
        while (event := events.next("presence", "message")).name == "message":
            pass
        took = time.monotonic() - frozen
        assert (event.data["presence"]["online"], event.data["presence"]["reason"]) == (False, "timeout")
        measurements.note("a bot that is stopped is seen offline", [took])
        assert took < SILENT + 1
        process.thaw()
        # It finds its connection ended and dials again.
        done = eventually("the reply", lambda: _reply(member, sent.json["id"]))
        assert done == {"text": "메아리 2: /일 얼음"}


def _reply(member: Member, id_: str) -> object:
    return member.api.get(f"/v1/messages/{id_}").get("reply")


@pytest.mark.slow
def test_a_silent_bot_that_answers_pings_stays(server: Server, member: Member, bot: Bot) -> None:
    """Two whole heartbeats of nothing but pings, at the pace that the greeting names."""
    with SocketBot(server.port, bot.key, timeout=30) as socket:
        last_seen = member.presence_of(bot)["last_seen"]
        pings = 0
        start = time.monotonic()
        while pings < 3:
            ping = socket.socket.next_frame()
            assert ping.opcode == 9
            socket.pong(ping)
            pings += 1
        assert time.monotonic() - start < 3 * socket.hello["heartbeat_seconds"] + 1
        eventually("the pong to count", lambda: member.presence_of(bot)["last_seen"] > last_seen)
        presence = member.presence_of(bot)
        assert (presence["online"], presence["connections"]) == (True, 1)

"""SIGTERM with bots on sockets: they dial again first, what is in hand is answered, and the process ends in time."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from harness.api import problem
from harness.directory import Measurements, new_company
from harness.events import EventReader
from harness.mongod import Mongod
from harness.ports import is_open
from harness.raw_http import RawConnection
from harness.secrets import api_key
from harness.server import Server
from harness.shapes import send
from harness.socket_bot import SocketBot
from harness.waiting import eventually
from harness.web_socket import handshake

DRAINED = 4000

# A server that has nothing in hand gives its bots a moment to dial again, and ends: what is promised, and what a
# machine that does something else besides is held to; both in seconds.
PROMISED = 2
GENEROUS = 4
# Beside the drain: stopping the rest.
TOLERANCE = 5


@pytest.fixture
def settings(mongod: Mongod) -> dict[str, str]:
    return {"mongodb_uri": mongod.uri, "mongodb_database": "drain", "admin_key": api_key()}


def test_messages_in_hand_get_their_replies_and_then_the_sockets_close(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    with Server(tmp_path, drain_seconds="20", **settings) as server:
        company = new_company(server.admin)
        bot, member = company.bot("/일"), company.member()
        sockets = [SocketBot(server.port, bot.key) for _ in range(4)]
        sent = [send(server.port, member.key, {"text": "/일", "wait_seconds": 30}) for _ in range(8)]
        messages = [socket.message("/일") for _ in range(2) for socket in sockets]
        events = EventReader(server.port, member.key)
        spare = [RawConnection(server.port) for _ in range(4)]

        server.process.signal(signal.SIGTERM)
        stopped = time.monotonic()
        for socket in sockets:
            drain = socket.next("drain")
            assert drain == {"type": "drain", "reconnect_after_ms": drain["reconnect_after_ms"]}
            assert 0 <= drain["reconnect_after_ms"] < 10_000
        for connection in spare:
            connection.send(handshake(bot.key))
            answer = connection.response()
            problem(answer.json, 503, "shutting_down", answer.status)
        for number, message in enumerate(messages):
            assert server.process.exit_code is None, "messages are in hand"
            sockets[number % 4].send("progress", id=message["id"], text="거의")
            sockets[number % 4].reply(message, "끝")
        for each in sent:
            answer = each.answer()
            assert (answer.status, answer.json["reply"]) == (200, {"text": "끝"})
        for socket in sockets:
            assert socket.end()[0] == DRAINED
        told = [events.next("message", "presence") for _ in range(16)]
        assert sum(event.data.get("status") == "completed" for event in told) == 8
        while not events.ends():
            events.next("presence")
        assert server.process.wait(TOLERANCE) == 0
        assert time.monotonic() - stopped < TOLERANCE, "it does not wait longer than it must"
        assert not is_open(server.port)


@pytest.mark.parametrize("answers", [True, False], ids=["that say goodbye", "that do nothing"])
def test_a_server_with_nothing_but_idle_bots_ends_quickly(
    tmp_path: Path, settings: dict[str, str], measurements: Measurements, answers: bool
) -> None:
    with Server(tmp_path, **settings) as server:
        company = new_company(server.admin)
        sockets = [SocketBot(server.port, company.bot().key) for _ in range(20)]
        start = time.monotonic()
        server.process.signal(signal.SIGTERM)
        for socket in sockets if answers else ():
            socket.next("drain")
            assert socket.end()[0] == DRAINED
        assert server.process.wait(20) == 0
        took = time.monotonic() - start
        measurements.note(f"a server with idle bots ends (promised: {PROMISED} s)", [took])
        assert took < GENEROUS
        for socket in sockets if not answers else ():
            socket.next("drain")
            assert socket.end()[0] == DRAINED


def test_a_bot_that_has_dialled_elsewhere_is_waited_for_no_longer(tmp_path: Path, settings: dict[str, str]) -> None:
    with Server(tmp_path, **settings) as server:
        company = new_company(server.admin)
        sockets = [SocketBot(server.port, company.bot().key) for _ in range(4)]
        start = time.monotonic()
        server.process.signal(signal.SIGTERM)
        for socket in sockets:
            socket.next("drain")
            socket.close()
        assert server.process.wait(20) == 0
        assert time.monotonic() - start < GENEROUS


def test_a_bot_that_never_answers_does_not_hold_the_stop_up(tmp_path: Path, settings: dict[str, str]) -> None:
    with Server(tmp_path, drain_seconds="2", **settings) as server:
        company = new_company(server.admin)
        bot, member = company.bot("/일"), company.member()
        with SocketBot(server.port, bot.key) as socket:
            sent = send(server.port, member.key, {"text": "/일", "wait_seconds": 30})
            message = socket.message("/일")
            start = time.monotonic()
            server.process.signal(signal.SIGTERM)
            socket.next("drain")
            assert socket.end()[0] == DRAINED
            answer = sent.answer()
            assert (answer.status, answer.json["status"]) == (202, "running")
            assert server.process.wait(TOLERANCE) == 0
            assert 1.9 < time.monotonic() - start < 2 + TOLERANCE
    with Server(tmp_path / "next", **settings) as server, SocketBot(server.port, bot.key) as socket:
        socket.reply(message, "다른 곳에서")
        shown = server.api(member.key).get(f"/v1/messages/{message['id']}")
        assert (shown["status"], shown["reply"]) == ("completed", {"text": "다른 곳에서"})
        socket.send("reply", id=message["id"], text="또")
        assert socket.next("problem")["code"] == "already_answered"


def test_a_bot_that_lost_its_connection_is_let_in_to_answer_what_it_has_in_hand(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    with Server(tmp_path, drain_seconds="20", **settings) as server:
        company = new_company(server.admin)
        bot, other, member = company.bot("/일"), company.bot("/다른 일"), company.member()
        with SocketBot(server.port, bot.key) as lost:
            sent = [send(server.port, member.key, {"text": "/일", "wait_seconds": 30}) for _ in range(4)]
            ids = {lost.message("/일")["id"] for _ in sent}
        eventually("the bot to be offline", lambda: not member.presence_of(bot)["online"])
        start = time.monotonic()
        server.process.signal(signal.SIGTERM)
        eventually("the stop", lambda: "Stopping" in server.process.output)
        with RawConnection(server.port) as connection:
            connection.send(handshake(other.key))
            answer = connection.response()
            problem(answer.json, 503, "shutting_down", answer.status)
        with SocketBot(server.port, bot.key) as back:
            messages = [back.message("/일", attempt=2) for _ in sent]
            assert {message["id"] for message in messages} == ids
            for message in messages:
                back.reply(message, "그래도")
            assert [each.answer().json["reply"] for each in sent] == [{"text": "그래도"}] * 4
            assert back.end()[0] == DRAINED
        assert server.process.wait(TOLERANCE) == 0
        assert time.monotonic() - start < TOLERANCE


def test_a_bot_that_does_not_return_is_waited_for_no_longer_than_the_drain(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    with Server(tmp_path, drain_seconds="1", **settings) as server:
        company = new_company(server.admin)
        bot, member = company.bot("/일"), company.member()
        with SocketBot(server.port, bot.key) as socket:
            assert send(server.port, member.key, {"text": "/일", "wait_seconds": 0}).answer().status == 202
            message = socket.message("/일")
        eventually("the bot to be offline", lambda: not member.presence_of(bot)["online"])
        start = time.monotonic()
        server.process.signal(signal.SIGTERM)
        assert server.process.wait(20) == 0
        assert time.monotonic() - start < 1 + TOLERANCE
    with Server(tmp_path / "next", **settings) as server, SocketBot(server.port, bot.key) as socket:
        socket.reply(message, "다른 곳에서")
        assert server.api(member.key).get(f"/v1/messages/{message['id']}")["reply"] == {"text": "다른 곳에서"}

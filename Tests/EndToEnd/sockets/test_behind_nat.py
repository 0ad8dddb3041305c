"""A bot in a network that nobody can reach: it dials out, and answers.

```
 members ─ server  10.77.0.1 ════════ cable ════════ 10.77.0.2  bot
           has a way for what it answers at its port, and none for what it would begin
```
"""

from __future__ import annotations

import errno
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.dialling_bot import DiallingBot
from harness.directory import Measurements, new_company
from harness.events import EventReader
from harness.network import Network, reason_against_networks
from harness.secrets import api_key
from harness.server import Server
from harness.shapes import send
from harness.waiting import eventually

_REASON = reason_against_networks()
pytestmark = pytest.mark.skipif(_REASON is not None, reason=_REASON or "")

SERVER, BOT = "10.77.0.1", "10.77.0.2"
# Two heartbeats, in seconds.
SILENT = 50


@dataclass
class Site:
    """The server in a network of its own, and the bot's network at the other end of a cable."""

    network: Network
    bots: Network
    server: Server

    @property
    def url(self) -> str:
        return f"http://{SERVER}:{self.server.port}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    network, bots = Network(), Network()
    network.lay_cable("to-bots", bots, "to-server")
    for end, name, address in ((network, "to-bots", SERVER), (bots, "to-server", BOT)):
        # A /32: the cable alone makes no route.
        end.ip("address", "add", f"{address}/32", "dev", name)
        end.ip("link", "set", name, "up")
    bots.ip("route", "add", SERVER, "dev", "to-server")
    with network.inside():
        server = Server(tmp_path_factory.mktemp("nat"), admin_key=api_key(), host="0.0.0.0")
    # The way back is for what the server sends from its port, and for nothing else.
    network.ip("route", "add", BOT, "dev", "to-bots", "table", "77")
    network.ip("rule", "add", "ipproto", "tcp", "sport", str(server.port), "lookup", "77")
    try:
        with network.inside():
            server.wait_until_ready()
        yield Site(network, bots, server)
        server.stop()
    finally:
        server.process.kill()
        network.close()
        bots.close()


@pytest.fixture
def in_site(site: Site) -> Iterator[Site]:
    """The test is a member in the server's network."""
    with site.network.inside():
        yield site


def test_nobody_reaches_the_bots_network_but_for_an_answer(in_site: Site) -> None:
    with in_site.bots.inside():
        listener = socket.create_server((BOT, 0))
    with listener, socket.socket() as caller:
        assert caller.connect_ex(listener.getsockname()) == errno.ENETUNREACH


def test_a_bot_with_no_way_to_it_answers(in_site: Site, tmp_path: Path) -> None:
    company = new_company(in_site.server.admin)
    bot, member = company.bot("/일"), company.member()
    with in_site.bots.inside():
        process = DiallingBot(in_site.url, bot.key, tmp_path / "bot.log")
    with process:
        eventually("the bot to be online", lambda: member.presence_of(bot)["online"])
        assert member.send("/일 하나", wait_seconds=20)["reply"] == {"text": "메아리 1: /일 하나"}
        sent = [send(in_site.server.port, member.key, {"text": f"/일 {n}", "wait_seconds": 20}) for n in range(50)]
        assert [each.answer().json["reply"]["text"] for each in sent] == [f"메아리 1: /일 {n}" for n in range(50)]
    eventually("the bot to be offline", lambda: not member.presence_of(bot)["online"], within=1)


@pytest.mark.slow
def test_a_pulled_cable_is_seen_and_what_was_in_hand_arrives_when_it_is_back(
    in_site: Site, tmp_path: Path, measurements: Measurements
) -> None:
    company = new_company(in_site.server.admin)
    bot, member = company.bot("/전선"), company.member()
    with EventReader(in_site.server.port, member.key, timeout=SILENT + 20) as events:
        with in_site.bots.inside():
            process = DiallingBot(in_site.url, bot.key, tmp_path / "bot.log")
        with process:
            assert events.next("presence").data["presence"]["online"]
            held = send(in_site.server.port, member.key, {"text": "/전선 들고", "wait_seconds": 0}).answer().json
            assert member.send("/전선", wait_seconds=20)["reply"] == {"text": "메아리 1: /전선"}
            for _ in range(3):
                events.next("message")
            in_site.bots.ip("link", "set", "to-server", "down")
            pulled = time.monotonic()
            unheard = send(in_site.server.port, member.key, {"text": "/전선 뽑힘", "wait_seconds": 0}).answer().json
            events.next("message")
            gone = events.next("presence").data["presence"]
            took = time.monotonic() - pulled
            measurements.note("a bot whose cable was pulled is seen offline", [took])
            assert (gone["online"], gone["reason"]) == (False, "timeout")
            assert took < SILENT + 1
            refused = send(in_site.server.port, member.key, {"text": "/전선 오프라인", "wait_seconds": 20}).answer()
            assert (refused.status, refused.json["code"]) == (503, "bot_offline")
            events.next("message")

            in_site.bots.ip("link", "set", "to-server", "up")
            in_site.bots.ip("route", "replace", SERVER, "dev", "to-server")
            assert events.next("presence").data["presence"]["online"]
            told = [events.next("message").data for _ in range(2)]
            assert [(each["id"], each["reply"]["text"]) for each in told] == [
                (held["id"], "메아리 2: /전선 들고"),
                (unheard["id"], "메아리 2: /전선 뽑힘"),
            ]

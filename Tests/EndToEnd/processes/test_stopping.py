"""SIGTERM: what is in hand is finished, and the process ends in time with status 0."""

from __future__ import annotations

import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from harness.api import problem
from harness.directory import new_company
from harness.flask_bot import FlaskBot, Gate
from harness.mongod import Mongod
from harness.ports import is_open
from harness.raw_http import RawConnection
from harness.secrets import api_key
from harness.server import Server
from harness.shapes import Shape, message_request, send
from harness.waiting import eventually

# Beside the drain: stopping the rest.
TOLERANCE = 5


@pytest.fixture
def settings(mongod: Mongod) -> dict[str, str]:
    return {"mongodb_uri": mongod.uri, "mongodb_database": "stopping", "admin_key": api_key()}


def test_messages_in_hand_get_their_replies_and_no_new_ones_are_taken(tmp_path: Path, settings: dict[str, str]) -> None:
    gate = Gate()
    server = Server(tmp_path, drain_seconds="20", **settings)
    with server, FlaskBot(gate) as webhook, ThreadPoolExecutor() as pool:
        company = new_company(server.admin)
        company.bot("/느린 일", webhook.url)
        key = company.member().api.key
        assert key
        sent = [send(server.port, key, {"text": "/느린 일", "wait_seconds": 30}, shape) for shape in Shape]
        idle, half = RawConnection(server.port), RawConnection(server.port)
        late = message_request(key, {"text": "/도움"})
        half.send(late[:-5])
        eventually("the calls", lambda: gate.waiting == len(sent))

        server.process.signal(signal.SIGTERM)
        stopped = time.monotonic()
        eventually("the stop", lambda: "Stopping" in server.process.output)
        with half:
            half.send(late[-5:])
            refused = half.response()
            problem(refused.json, 503, "shutting_down", refused.status)
        assert server.process.exit_code is None, "four messages are in hand"
        end = pool.submit(server.process.wait, 20 + TOLERANCE)
        gate.open()
        for each in sent:
            answer = each.answer()
            assert (answer.status, answer.json["reply"]["text"]) == (200, "끝: /느린 일")
        assert end.result() == 0
        assert time.monotonic() - stopped < TOLERANCE, "it does not wait longer than it must"
        assert idle.is_at_end()
        idle.close()
        assert not is_open(server.port)


def test_a_message_that_takes_too_long_does_not_hold_the_stop_up(tmp_path: Path, settings: dict[str, str]) -> None:
    gate = Gate()
    server = Server(tmp_path, drain_seconds="1", **settings)
    with server, FlaskBot(gate) as webhook:
        company = new_company(server.admin)
        company.bot("/느린 일", webhook.url)
        key = company.member().api.key
        assert key
        sent = send(server.port, key, {"text": "/느린 일", "wait_seconds": 30})
        eventually("the call", lambda: gate.waiting)
        start = time.monotonic()
        server.stop(within=1 + TOLERANCE)
        assert time.monotonic() - start > 0.9
        gate.open()
        sent.connection.close()


def test_a_late_reply_to_a_message_of_a_stopped_process_is_taken_by_another(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    with FlaskBot(lambda _: ("", 202)) as webhook:
        with Server(tmp_path / "one", **settings) as one:
            company = new_company(one.admin)
            bot, member = company.bot("/나중", webhook.url), company.member()
            other = company.bot("/딴 일", webhook.url)
            sent = member.api.post("/v1/messages", {"text": "/나중", "wait_seconds": 0}, status=202)
        with Server(tmp_path / "two", **settings) as two:
            path = f"/v1/messages/{sent['id']}"
            mine = two.api(member.api.key)
            assert mine.get(path)["status"] == "running"
            assert two.api(other.api.key).call("POST", f"{path}/reply", {"text": "남"}).status_code == 404
            assert two.api(bot.api.key).call("POST", f"{path}/reply", {"text": "여기"}).status_code == 204
            assert mine.get(path)["reply"] == {"text": "여기"}
            assert two.api(bot.api.key).call("POST", f"{path}/reply", {"text": "또"}).status_code == 409


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_idle_server_ends_at_once(tmp_path: Path, settings: dict[str, str], number: signal.Signals) -> None:
    with Server(tmp_path, **settings) as server:
        connections = [RawConnection(server.port) for _ in range(5)]
        start = time.monotonic()
        server.process.signal(number)
        assert server.process.wait(10) == 0
        assert time.monotonic() - start < 3
        for connection in connections:
            connection.close()

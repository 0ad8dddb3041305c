"""MongoDB dies or hangs while messages run: relaying goes on, the rest says so at once, and all of it recovers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from harness.api import API, refused
from harness.directory import Company, Measurements, Member, new_company
from harness.flask_bot import FlaskBot
from harness.heartbeat import Heartbeat
from harness.mongod import Mongod
from harness.secrets import api_key
from harness.server import Server
from harness.waiting import eventually

# How long a call that needs MongoDB may take to say that there is none, in seconds.
LIMIT = 5
# The machine may be doing something else.
TOLERANCE = 0.5


@pytest.fixture
def own_mongod(tmp_path: Path) -> Iterator[Mongod]:
    mongod = Mongod(tmp_path / "mongod")
    yield mongod
    mongod.stop()


@pytest.fixture
def own_server(own_mongod: Mongod, tmp_path: Path) -> Iterator[Server]:
    with Server(tmp_path / "server", mongodb_uri=own_mongod.uri, admin_key=api_key()) as server:
        yield server


def kill(mongod: Mongod) -> Callable[[], None]:
    mongod.kill()
    return mongod.start


def freeze(mongod: Mongod) -> Callable[[], None]:
    mongod.freeze()
    return mongod.thaw


@pytest.mark.parametrize("take_away", [kill, freeze], ids=["SIGKILL", "SIGSTOP"])
def test_relaying_goes_on_without_mongodb_and_everything_recovers_by_itself(
    own_mongod: Mongod,
    own_server: Server,
    echo: str,
    measurements: Measurements,
    take_away: Callable[[Mongod], Callable[[], None]],
) -> None:
    server = own_server
    company = new_company(server.admin)
    company.bot("/메아리", echo)
    beating, member = company.member("두근"), company.member("김지은")
    late = FlaskBot(lambda _: ("", 202))
    assert beating.api.key
    with late, Heartbeat(server.port, beating.api.key, "/메아리 두근") as heart:
        late_bot = company.bot("/나중", late.url)
        eventually("the heart to beat", lambda: len(heart.seconds) > 20)
        beats_before = len(heart.seconds)

        bring_back = take_away(own_mongod)
        check_storage_calls(server, company, member)
        check_memory(server, member)
        check_late_reply(member, late_bot.api)
        missed = member.send("/메아리 그동안")["id"]
        eventually("/readyz to say so", lambda: not readiness(server)["mongodb"]["connected"])
        state = readiness(server)
        assert state["status"] == "ready"
        assert state["mongodb"]["stale_since"]
        assert "hiworker_mongodb_connected 0" in server.api(None).call("GET", "/metrics").text
        assert member.send("/메아리 아직")["status"] == "completed"

        bring_back()
        back = time.monotonic()
        eventually("the directory", lambda: server.admin.call("GET", "/v1/companies").status_code == 200, within=30)
        eventually("/readyz to say so", lambda: readiness(server)["mongodb"]["connected"], within=30)
        measurements.lines.append(f"everything is back {time.monotonic() - back:.1f} s after MongoDB is")
        eventually("beats after it", lambda: len(heart.seconds) > beats_before + 20)
        heart.check(slowest=1)
    check_recovery(own_mongod, company, missed)
    measurements.note("a message while MongoDB goes away and comes back", heart.seconds)


def readiness(server: Server) -> Any:
    """What /readyz says, which is 200 all the time."""
    return server.api(None).get("/readyz")


def check_storage_calls(server: Server, company: Company, member: Member) -> None:
    """Everything that needs MongoDB says so within the limit, asked all at once and again."""
    calls = [
        (server.admin, "GET", "/v1/companies", None),
        (server.admin, "POST", "/v1/companies", {"domain": "away.example", "name": "없음"}),
        (company.admin, "GET", company.path, None),
        (company.admin, "POST", f"{company.path}/members", {"name": "없음"}),
        (company.admin, "PATCH", f"/v1/members/{member.id}", {"name": "없음"}),
        (company.admin, "DELETE", f"/v1/members/{member.id}", None),
        (company.admin, "DELETE", f"/v1/keys/{member.api.get('/v1/me')['key']['id']}", None),
        (member.api, "GET", "/v1/messages", None),
    ]

    def ask(index: int) -> None:
        caller, method, path, body = calls[index]
        api = caller.with_key(caller.key)
        for _ in range(2):
            start = time.monotonic()
            answer = api.call(method, path, body)
            took = time.monotonic() - start
            refused(answer, 503, "storage_unavailable")
            assert took < LIMIT + TOLERANCE, f"{method} {path} took {took:.1f} s"
            assert int(answer.headers["retry-after"]) >= 1

    with ThreadPoolExecutor(len(calls)) as pool:
        list(pool.map(ask, range(len(calls))))


def check_memory(server: Server, member: Member) -> None:
    """What memory holds is served as ever."""
    for path in ("/v1/me", "/v1/me/bots", "/v1/me/members"):
        start = time.monotonic()
        assert member.api.call("GET", path).status_code == 200
        assert time.monotonic() - start < 1
    assert server.api(None).get("/healthz") == {"status": "alive"}
    assert member.send("/도움")["status"] == "completed"


def check_late_reply(member: Member, bot: API) -> None:
    sent = member.api.post("/v1/messages", {"text": "/나중", "wait_seconds": 0}, status=202)
    taken = bot.call("POST", f"/v1/messages/{sent['id']}/reply", {"text": "나중"})
    assert taken.status_code == 204
    assert member.api.get(f"/v1/messages/{sent['id']}")["reply"] == {"text": "나중"}


def check_recovery(mongod: Mongod, company: Company, missed: str) -> None:
    """Writing works, changes are followed again, and no message was lost."""
    registered = company.member("새 사람")
    assert registered.api.get("/v1/me")["name"] == "새 사람"
    with mongod.database("hiworker") as database:
        database.members.update_one({"_id": registered.id}, {"$set": {"name": "고친 이름"}})
        eventually("the change in memory", lambda: registered.api.get("/v1/me")["name"] == "고친 이름")
        eventually("the message in MongoDB", lambda: database.messages.find_one({"_id": missed}))


def test_a_server_that_starts_without_mongodb_is_not_ready_until_there_is_one(tmp_path: Path) -> None:
    mongod = Mongod(tmp_path / "mongod")
    mongod.kill()
    server = Server(tmp_path / "server", mongodb_uri=mongod.uri, admin_key=api_key())
    try:
        anybody = server.api(None)

        def status(path: str) -> int:
            try:
                return anybody.call("GET", path).status_code
            except httpx.TransportError:
                assert server.process.exit_code is None, server.process.output[-2000:]
                return 0

        eventually("the server to answer", lambda: status("/healthz") == 200)
        assert status("/readyz") == 503
        mongod.start()
        server.wait_until_ready()
        assert server.admin.get("/v1/me")["kind"] == "admin"
        server.stop()
    finally:
        server.process.kill()
        mongod.stop()


@pytest.mark.parametrize("take_away", [kill, freeze], ids=["SIGKILL", "SIGSTOP"])
def test_a_server_without_mongodb_stops_in_time(
    tmp_path: Path, own_mongod: Mongod, take_away: Callable[[Mongod], Callable[[], None]]
) -> None:
    server = Server(tmp_path / "server", mongodb_uri=own_mongod.uri, admin_key=api_key(), drain_seconds="1")
    with server:
        member = new_company(server.admin).member()
        take_away(own_mongod)
        member.send("/도움")
        refused(server.admin.call("GET", "/v1/companies"), 503, "storage_unavailable")
        # The drain, the last attempt to write the history, and the calls that still wait for an answer.
        server.stop(within=1 + 2 * LIMIT + 2)

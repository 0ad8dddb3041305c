"""A key that is revoked in one process stops working in another on the same MongoDB, and soon."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from harness.api import API, problem
from harness.directory import Measurements, Member, new_company
from harness.mongod import Mongod
from harness.raw_http import RawConnection
from harness.secrets import api_key
from harness.server import Server
from harness.shapes import message_request
from harness.waiting import eventually

# What is promised, and what a machine that does something else besides is held to; both in seconds.
PROMISED = 0.1
GENEROUS = 1.0

REVOCATIONS = 24


@pytest.fixture(scope="module")
def pair(mongod: Mongod, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Server]]:
    folder: Path = tmp_path_factory.mktemp("pair")
    settings = {"mongodb_uri": mongod.uri, "mongodb_database": "pair", "admin_key": api_key()}
    with Server(folder / "one", **settings) as one, Server(folder / "two", **settings) as two:
        yield one, two


def works(api: API) -> bool:
    return api.call("GET", "/v1/me").status_code == 200


def time_of_refusal(port: int, request: bytes) -> float:
    """Asks without a pause until the key is refused; when the refused request was sent."""
    with RawConnection(port) as connection:
        while True:
            asked = time.monotonic()
            connection.send(request)
            answer = connection.response()
            if answer.status != 200:
                problem(answer.json, 401, "key_revoked", answer.status)
                return asked


def seconds_until_refused(here: Server, there: Server, member: Member, request: bytes) -> tuple[float, float]:
    """Revokes the member's key here while it is used there: from the call's sending and from its answer on."""
    key = member.api.get("/v1/me")["key"]["id"]
    eventually("the key to work there", lambda: works(there.api(member.api.key)))
    administrator = here.admin
    administrator.get("/v1/me")
    with ThreadPoolExecutor() as pool:
        refused = pool.submit(time_of_refusal, there.port, request)
        sent = time.monotonic()
        administrator.delete(f"/v1/keys/{key}")
        answered = time.monotonic()
        return refused.result(10) - sent, max(0, refused.result() - answered)


def test_a_revoked_key_stops_working_in_the_other_process(
    pair: tuple[Server, Server], measurements: Measurements
) -> None:
    since_sent: list[float] = []
    since_answered: list[float] = []
    company = new_company(pair[0].admin)
    for number in range(REVOCATIONS):
        here, there = pair if number % 4 < 2 else pair[::-1]
        member = company.member(f"구성원 {number}")
        assert member.api.key
        # Both lanes take turns.
        if number % 2:
            request = message_request(member.api.key, {"text": "/도움"})
        else:
            request = f"GET /v1/me HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {member.api.key}\r\n\r\n".encode()
        one, other = seconds_until_refused(here, there, member, request)
        since_sent.append(one)
        since_answered.append(other)
    measurements.note("a key revoked here is refused there, from the sending of the DELETE", since_sent)
    measurements.note(f"the same from its answer (promised: {PROMISED * 1000:.0f} ms)", since_answered)
    assert max(since_answered) < GENEROUS


def test_what_is_registered_here_works_in_the_very_next_call_and_soon_there(pair: tuple[Server, Server]) -> None:
    here, there = pair
    company = new_company(here.admin)
    for _ in range(10):
        member = company.member()
        assert works(member.api), "this process has it at once"
        elsewhere = there.api(member.api.key)
        eventually("the key to work there", partial(works, elsewhere), within=GENEROUS)


def test_a_member_who_is_deleted_here_is_unknown_there(pair: tuple[Server, Server]) -> None:
    here, there = pair
    company = new_company(here.admin)
    member = company.member()
    elsewhere = there.api(member.api.key)
    eventually("the key to work there", lambda: works(elsewhere))
    company.admin.delete(f"/v1/members/{member.id}")
    eventually("the key to be refused there", lambda: not works(elsewhere), within=GENEROUS)


def test_both_processes_have_the_same_first_admin_key(mongod: Mongod, tmp_path: Path) -> None:
    """Started at the same moment on an empty database, exactly one of them makes a key."""
    settings = {"mongodb_uri": mongod.uri, "mongodb_database": "first_key"}
    servers = [Server(tmp_path / name, **settings) for name in "abc"]
    try:
        for server in servers:
            server.wait_until_ready()
        files = [server.folder / "data/admin.key" for server in servers]
        eventually("a key", lambda: any(file.exists() for file in files))
        with mongod.database("first_key") as database:
            assert database["keys"].count_documents({}) == 1
        (made,) = [server for server, file in zip(servers, files, strict=True) if file.exists()]
        for server in servers:
            assert server.api(made.made_admin_key).get("/v1/me")["kind"] == "admin"
            server.stop()
    finally:
        for server in servers:
            server.process.kill()

"""The key server and the relay as two processes: what each serves, and what only the other does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.api import refused
from harness.directory import Company, new_company
from harness.mongod import Mongod
from harness.secrets import api_key
from harness.server import Server
from harness.waiting import eventually


@pytest.fixture(scope="module")
def roles(mongod: Mongod, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Server]]:
    folder: Path = tmp_path_factory.mktemp("roles")
    settings = {"mongodb_uri": mongod.uri, "mongodb_database": "roles", "admin_key": api_key()}
    with (
        Server(folder / "keys", role="keys", **settings) as keys,
        Server(folder / "relay", role="relay", **settings) as relay,
    ):
        yield keys, relay


@pytest.fixture
def company(roles: tuple[Server, Server]) -> Company:
    return new_company(roles[0].admin)


def test_what_is_registered_at_the_key_server_is_relayed_by_the_relay(
    roles: tuple[Server, Server], company: Company, echo: str
) -> None:
    _, relay = roles
    bot = company.bot("/메아리", echo)
    assert company.admin.get(f"/v1/bots/{bot.id}")["presence"] is None, "the key server cannot know"
    member = relay.api(company.member().api.key)
    eventually("the relay to know the member", lambda: member.call("GET", "/v1/me").status_code == 200)
    sent = member.post("/v1/messages", {"text": "/메아리 갈라서"}, status=200)
    assert sent["reply"]["text"] == "메아리: /메아리 갈라서"
    assert member.get("/v1/me/bots")["items"][0]["presence"]["online"] is True
    assert relay.api(bot.api.key).put("/v1/me/commands", {"commands": []}) == {"commands": []}


def test_deleting_a_member_at_the_key_server_erases_what_the_relay_kept(
    roles: tuple[Server, Server], mongod: Mongod, company: Company
) -> None:
    _, relay = roles
    registered = company.member()
    member = relay.api(registered.api.key)
    eventually("the relay to know the member", lambda: member.call("GET", "/v1/me").status_code == 200)
    member.post("/v1/messages", {"text": "/도움"}, status=200)
    with mongod.database("roles") as database:
        mine = {"member.id": registered.id}
        eventually("the message in MongoDB", lambda: database.messages.count_documents(mine))
        company.admin.delete(f"/v1/members/{registered.id}")
        assert database.messages.count_documents(mine) == 0


def test_each_refuses_what_only_the_other_serves(roles: tuple[Server, Server], company: Company) -> None:
    keys, relay = roles
    bot, member = company.bot(), company.member()
    for method, path, key in (
        ("POST", "/v1/messages", member.api.key),
        ("GET", "/v1/messages", member.api.key),
        ("GET", "/v1/me/bots", member.api.key),
        ("PUT", "/v1/me/commands", bot.api.key),
    ):
        refused(keys.api(key).call(method, path), 404, "not_found")
    for method, path in (
        ("GET", "/v1/companies"),
        ("GET", company.path),
        ("GET", f"/v1/bots/{bot.id}"),
        ("POST", f"{company.path}/members"),
        ("DELETE", "/v1/keys/key_any"),
    ):
        refused(relay.admin.call(method, path), 404, "not_found")


def test_each_describes_what_it_serves_and_both_are_healthy(roles: tuple[Server, Server]) -> None:
    paths = [set(server.api(None).get("/openapi.json")["paths"]) for server in roles]
    assert "/v1/companies" in paths[0] - paths[1]
    assert "/v1/messages" in paths[1] - paths[0]
    for server in roles:
        assert server.api(None).get("/healthz") == {"status": "alive"}
        assert server.api(None).get("/readyz")["status"] == "ready"

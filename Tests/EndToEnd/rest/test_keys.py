from __future__ import annotations

from typing import Any

import pytest

from harness.api import issues, refused
from harness.directory import Company
from harness.server import Server
from harness.waiting import eventually


@pytest.fixture(params=["bot", "member", "company"])
def owner(request: pytest.FixtureRequest, company: Company) -> tuple[str, Any]:
    """The path of somebody's keys, and the API with their first key."""
    if request.param == "bot":
        bot = company.bot()
        return f"/v1/bots/{bot.id}/keys", bot.api
    if request.param == "member":
        member = company.member()
        return f"/v1/members/{member.id}/keys", member.api
    return f"{company.path}/keys", company.admin


def test_a_key_is_rotated_without_a_gap(server: Server, owner: tuple[str, Any]) -> None:
    path, old = owner
    old_id = old.get("/v1/me")["key"]["id"]
    made = server.admin.post(path)
    new = server.api(made["secret"])
    assert new.get("/v1/me")["key"] == {"id": made["id"], "last4": made["last4"]}
    assert old.get("/v1/me")["key"]["id"] == old_id, "the old one lives on"
    server.admin.delete(f"/v1/keys/{old_id}")
    refused(old.call("GET", "/v1/me"), 401, "key_revoked")
    assert new.get("/v1/me")["key"]["id"] == made["id"]
    listed = server.admin.pages(path)
    assert [key["id"] for key in listed] == [made["id"]]
    assert set(listed[0]) == {"id", "kind", "last4", "created_at"}
    server.admin.delete(f"/v1/keys/{old_id}")


def test_a_key_expires_by_itself(server: Server, owner: tuple[str, Any]) -> None:
    path, _ = owner
    made = server.admin.post(path, {"expires_in_seconds": 1})
    caller = server.api(made["secret"])
    assert made["expires_at"] > made["created_at"]
    assert caller.get("/v1/me")["key"]["expires_at"] == made["expires_at"]
    eventually("the key to expire", lambda: caller.call("GET", "/v1/me").status_code == 401, within=5)
    refused(caller.call("GET", "/v1/me"), 401, "key_expired")
    refused(caller.call("POST", "/v1/messages", {"text": "/일"}), 401, "key_expired")


@pytest.mark.parametrize(
    ("seconds", "reason"), [(0, "out_of_range"), (-1, "out_of_range"), (1.5, "wrong_type"), ("60", "wrong_type")]
)
def test_an_expiry_out_of_bounds_is_refused(company: Company, seconds: Any, reason: str) -> None:
    response = company.admin.call("POST", f"{company.path}/keys", {"expires_in_seconds": seconds})
    assert issues(refused(response, 422, "invalid_fields")) == {("/expires_in_seconds", reason)}


def test_everybody_sees_who_they_are(server: Server, company: Company) -> None:
    bot, member = company.bot(), company.member("이한별")
    platform = server.admin.get("/v1/me")
    assert platform["kind"] == "admin"
    assert "company" not in platform
    admin = company.admin.get("/v1/me")
    assert (admin["kind"], admin["company"]) == ("admin", company.domain)
    for caller, kind, id_, name in ((bot.api, "bot", bot.id, bot.name), (member.api, "member", member.id, "이한별")):
        me = caller.get("/v1/me")
        assert me.pop("key")["last4"] == caller.key[-4:] if caller.key else False
        assert me == {"kind": kind, "id": id_, "name": name, "company": company.domain}


def test_a_typo_in_a_key_is_told_from_an_unknown_key(server: Server, company: Company) -> None:
    key = company.member().api.key
    assert key
    typo = key[:10] + ("x" if key[10] != "x" else "y") + key[11:]
    refused(server.api(typo).call("GET", "/v1/me"), 401, "key_malformed")


def test_the_last_key_of_a_company_can_be_revoked_by_itself(company: Company) -> None:
    own = company.admin.get("/v1/me")["key"]["id"]
    company.admin.delete(f"/v1/keys/{own}")
    refused(company.admin.call("GET", "/v1/me"), 401, "key_revoked")

"""Two companies on one platform: neither sees, changes or learns anything of the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from harness.api import refused
from harness.directory import Bot, Company, Member, new_company
from harness.server import Server


@dataclass
class Theirs:
    company: Company
    bot: Bot
    member: Member
    message: str
    key: str

    def path(self, template: str) -> str:
        return template.format(
            company=self.company.path, bot=self.bot.id, member=self.member.id, message=self.message, key=self.key
        )


@pytest.fixture
def theirs(server: Server, echo: str) -> Theirs:
    company = new_company(server.admin)
    bot = company.bot("/그들의 일", echo)
    member = company.member("그들의 사람")
    message = member.send("/그들의 일")["id"]
    return Theirs(company, bot, member, message, member.api.get("/v1/me")["key"]["id"])


@pytest.mark.parametrize(
    ("method", "template", "body"),
    [
        ("GET", "{company}", None),
        ("PATCH", "{company}", {"name": "빼앗음"}),
        ("GET", "{company}/keys", None),
        ("POST", "{company}/keys", None),
        ("GET", "{company}/bots", None),
        ("POST", "{company}/bots", {"name": "침입"}),
        ("GET", "{company}/members", None),
        ("POST", "{company}/members", {"name": "침입"}),
        ("GET", "/v1/bots/{bot}", None),
        ("PATCH", "/v1/bots/{bot}", {"name": "빼앗음"}),
        ("GET", "/v1/bots/{bot}/keys", None),
        ("POST", "/v1/bots/{bot}/keys", None),
        ("POST", "/v1/bots/{bot}/webhook_secret", None),
        ("GET", "/v1/members/{member}", None),
        ("PATCH", "/v1/members/{member}", {"name": "빼앗음"}),
        ("GET", "/v1/members/{member}/keys", None),
        ("POST", "/v1/members/{member}/keys", None),
    ],
)
def test_what_is_another_companys_looks_like_nothing_to_its_administrator(
    company: Company, theirs: Theirs, method: str, template: str, body: Any
) -> None:
    foreign = refused(company.admin.call(method, theirs.path(template), body), 404, "not_found")
    nowhere = template.format(company="/v1/companies/nowhere.example", bot="bot_none", member="mem_none")
    unknown = refused(company.admin.call(method, nowhere, body), 404, "not_found")
    assert foreign == unknown


@pytest.mark.parametrize("template", ["{company}", "/v1/bots/{bot}", "/v1/members/{member}", "/v1/keys/{key}"])
def test_deleting_what_is_another_companys_answers_as_if_and_does_nothing(
    server: Server, company: Company, theirs: Theirs, template: str
) -> None:
    company.admin.delete(theirs.path(template))
    assert server.admin.get(theirs.company.path)["domain"] == theirs.company.domain
    assert server.admin.get(f"/v1/bots/{theirs.bot.id}")["id"] == theirs.bot.id
    assert theirs.member.api.get("/v1/me")["id"] == theirs.member.id


@pytest.mark.parametrize(("method", "body"), [("GET", None), ("POST", {"domain": "new.example", "name": "N"})])
def test_calls_of_the_platform_are_refused_to_a_companys_administrator(
    company: Company, method: str, body: Any
) -> None:
    refused(company.admin.call(method, "/v1/companies", body), 403, "key_wrong_kind")


def test_members_and_bots_of_one_company_see_nothing_of_the_other(company: Company, theirs: Theirs) -> None:
    ours = company.bot("/우리 일")
    member = company.member("우리 사람")
    refused(member.api.call("GET", f"/v1/messages/{theirs.message}"), 404, "not_found")
    refused(ours.api.call("POST", f"/v1/messages/{theirs.message}/reply", {"text": "침입"}), 404, "not_found")
    refused(member.api.call("POST", "/v1/messages", {"text": "/그들의 일"}), 404, "unknown_command")
    named = {"text": "/그들의 일", "bot": theirs.bot.id}
    refused(member.api.call("POST", "/v1/messages", named), 404, "unknown_command")
    assert [bot["id"] for bot in member.api.pages("/v1/me/bots")] == [ours.id]
    assert [one["name"] for one in member.api.pages("/v1/me/members")] == ["우리 사람"]
    assert "그들의" not in member.send("/도움")["reply"]["text"]
    assert member.api.get(f"/v1/messages?bot={theirs.bot.id}")["items"] == []


def test_colleagues_do_not_see_each_others_messages(company: Company, echo: str) -> None:
    company.bot("/메아리", echo)
    one, other = company.member("하나"), company.member("둘")
    sent = one.send("/메아리 비밀")
    refused(other.api.call("GET", f"/v1/messages/{sent['id']}"), 404, "not_found")
    assert other.api.get("/v1/messages")["items"] == []


@pytest.mark.parametrize("who", ["bot", "member"])
def test_bots_and_members_administer_nothing(company: Company, who: str) -> None:
    api = company.bot().api if who == "bot" else company.member().api
    for method, path in (
        ("GET", "/v1/companies"),
        ("GET", company.path),
        ("GET", f"{company.path}/bots"),
        ("POST", f"{company.path}/members"),
        ("DELETE", "/v1/keys/key_any"),
    ):
        refused(api.call(method, path), 403, "key_wrong_kind")


@pytest.mark.parametrize(
    ("method", "path", "wrong"),
    [
        ("POST", "/v1/messages", "bot"),
        ("POST", "/v1/messages", "admin"),
        ("GET", "/v1/messages", "bot"),
        ("GET", "/v1/messages/msg_0", "admin"),
        ("GET", "/v1/me/bots", "bot"),
        ("GET", "/v1/me/members", "admin"),
        ("PUT", "/v1/me/commands", "member"),
        ("POST", "/v1/messages/msg_0/reply", "member"),
        ("POST", "/v1/messages/msg_0/reply", "admin"),
    ],
)
def test_a_key_of_the_wrong_kind_is_told_what_is_needed(company: Company, method: str, path: str, wrong: str) -> None:
    api = {"bot": company.bot().api, "member": company.member().api, "admin": company.admin}[wrong]
    body = {"text": "안녕"} if method == "POST" else None
    assert "hw" in refused(api.call(method, path, body), 403, "key_wrong_kind")["detail"]

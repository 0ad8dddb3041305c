from __future__ import annotations

from typing import Any

import pytest

from harness.api import issues, refused
from harness.directory import Company, new_company
from harness.server import Server


def test_a_company_is_registered_shown_changed_and_deleted(server: Server) -> None:
    admin = server.admin
    made = admin.post(
        "/v1/companies",
        {"domain": "life.example", "name": "우리 회사", "timezone": "America/New_York", "metadata": {"plan": 3}},
    )
    assert made.pop("created_at").endswith("Z")
    assert made == {
        "domain": "life.example",
        "name": "우리 회사",
        "timezone": "America/New_York",
        "metadata": {"plan": 3},
    }
    assert admin.get("/v1/companies/life.example")["name"] == "우리 회사"
    changed = admin.patch("/v1/companies/life.example", {"name": "새 이름"})
    assert (changed["name"], changed["timezone"]) == ("새 이름", "America/New_York")
    admin.delete("/v1/companies/life.example")
    refused(admin.call("GET", "/v1/companies/life.example"), 404, "not_found")
    admin.delete("/v1/companies/life.example")


def test_the_answer_to_a_registration_says_where_the_company_is(server: Server) -> None:
    response = server.admin.call("POST", "/v1/companies", {"domain": "where.example", "name": "W"})
    assert response.headers["location"] == "/v1/companies/where.example"


def test_a_domain_is_kept_in_lower_case_and_may_be_korean(server: Server) -> None:
    assert server.admin.post("/v1/companies", {"domain": "Upper.Example", "name": "U"})["domain"] == "upper.example"
    assert server.admin.post("/v1/companies", {"domain": "회사.kr", "name": "K"})["domain"] == "회사.kr"
    assert server.admin.get("/v1/companies/%ED%9A%8C%EC%82%AC.kr")["name"] == "K"


def test_a_domain_is_registered_once(server: Server, company: Company) -> None:
    again = server.admin.call("POST", "/v1/companies", {"domain": company.domain, "name": "다시"})
    refused(again, 409, "company_exists")
    assert server.admin.get(company.path)["name"] != "다시"


def test_deleting_a_company_takes_its_bots_members_keys_and_messages_along(server: Server, company: Company) -> None:
    bot = company.bot("/일")
    member = company.member()
    member.api.call("POST", "/v1/messages", {"text": "/일"})
    server.admin.delete(company.path)
    for path in (company.path, f"/v1/bots/{bot.id}", f"/v1/members/{member.id}"):
        refused(server.admin.call("GET", path), 404, "not_found")
    for caller in (bot.api, member.api, company.admin):
        assert caller.call("GET", "/v1/me").status_code == 401
    # A company of the same name begins with nothing.
    server.admin.post("/v1/companies", {"domain": company.domain, "name": "다시"})
    assert server.admin.pages(f"{company.path}/bots") == []
    assert server.admin.pages(f"{company.path}/members") == []
    assert server.admin.pages(f"{company.path}/keys") == []


def test_lists_are_paged_without_loss_or_repetition(server: Server) -> None:
    company = new_company(server.admin)
    names = {f"구성원 {number}" for number in range(7)}
    for name in names:
        company.member(name)
    first = company.admin.get(f"{company.path}/members?limit=3")
    assert len(first["items"]) == 3
    seen = [member["name"] for member in company.admin.pages(f"{company.path}/members?limit=3")]
    assert sorted(seen) == sorted(names)
    whole = company.admin.get(f"{company.path}/members")
    assert len(whole["items"]) == 7
    assert "next" not in whole
    exact = company.admin.get(f"{company.path}/members?limit=7")
    assert "next" not in exact


@pytest.mark.parametrize("path", ["/v1/companies", "{company}/bots", "{company}/members", "{company}/keys"])
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("limit=0", ("limit", "out_of_range")),
        ("limit=201", ("limit", "out_of_range")),
        ("limit=ten", ("limit", "wrong_type")),
        ("limit=1&limit=2", ("limit", "repeated")),
        ("after=%FF", ("after", "invalid_encoding")),
        ("offset=3", ("offset", "unknown_parameter")),
    ],
)
def test_a_query_that_is_not_understood_is_refused(
    server: Server, company: Company, path: str, query: str, expected: tuple[str, str]
) -> None:
    response = server.admin.call("GET", f"{path.format(company=company.path)}?{query}")
    assert issues(refused(response, 422, "invalid_fields")) == {expected}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"domain": "localhost"}, ("/domain", "invalid_domain")),
        ({"domain": "127.0.0.1"}, ("/domain", "invalid_domain")),
        ({"domain": "-a.example"}, ("/domain", "invalid_domain")),
        ({"domain": f"{'a' * 64}.example"}, ("/domain", "invalid_domain")),
        ({"domain": None}, ("/domain", "required")),
        ({"domain": 7}, ("/domain", "wrong_type")),
        ({"name": ""}, ("/name", "empty")),
        ({"name": "  "}, ("/name", "empty")),
        ({"name": "가" * 101}, ("/name", "too_long")),
        ({"name": "줄\n바꿈"}, ("/name", "invalid_name")),
        ({"name": "…"}, ("/name", "invalid_name")),
        ({"timezone": "Mars/Olympus"}, ("/timezone", "unknown_time_zone")),
        ({"timezone": "GMT+9"}, ("/timezone", "unknown_time_zone")),
        ({"metadata": []}, ("/metadata", "wrong_type")),
        ({"metadata": {"a": "x" * 17_000}}, ("/metadata", "too_large")),
        ({"metadata": {"a\x00b": 1}}, ("/metadata", "invalid_member_name")),
        ({"owner": "김지은"}, ("/owner", "unknown_field")),
    ],
)
def test_a_field_that_is_not_accepted_is_named(
    server: Server, fields: dict[str, Any], expected: tuple[str, str]
) -> None:
    body = {"domain": "fields.example", "name": "회사"} | fields
    response = server.admin.call("POST", "/v1/companies", body)
    assert issues(refused(response, 422, "invalid_fields")) == {expected}
    refused(server.admin.call("GET", "/v1/companies/fields.example"), 404, "not_found")


def test_metadata_may_be_as_deep_as_it_says_and_no_deeper(server: Server) -> None:
    def nested(depth: int) -> Any:
        value: Any = {}
        for _ in range(depth - 1):
            value = {"in": value}
        return value

    body = {"domain": "deep.example", "name": "D"}
    refusal = server.admin.call("POST", "/v1/companies", body | {"metadata": nested(17)})
    assert issues(refused(refusal, 422, "invalid_fields")) == {("/metadata", "too_deep")}
    assert server.admin.post("/v1/companies", body | {"metadata": nested(16)})["metadata"] == nested(16)


def test_everything_that_is_wrong_is_named_at_once(server: Server) -> None:
    body = {"domain": "no domain", "name": "", "timezone": 9, "owner": 1}
    found = issues(refused(server.admin.call("POST", "/v1/companies", body), 422, "invalid_fields"))
    assert found == {
        ("/domain", "invalid_domain"),
        ("/name", "empty"),
        ("/timezone", "wrong_type"),
        ("/owner", "unknown_field"),
    }

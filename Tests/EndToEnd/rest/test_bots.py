from __future__ import annotations

from typing import Any

import pytest

from harness.api import issues, refused
from harness.directory import Company, new_company, text_command
from harness.server import Server

ROOM_COMMAND: dict[str, Any] = {
    "name": "/예약 회의실",
    "description": "회의실을 예약합니다.",
    "tokens": [
        {"key": "time", "label": "시간", "type": "time_range", "required": True},
        {
            "key": "room",
            "label": "회의실",
            "type": "choice",
            "values": ["S1", "대 회의실"],
            "available": ["S1"],
            "required": False,
        },
    ],
}


def test_a_socket_bot_is_registered_with_its_key_and_without_a_webhook_secret(company: Company) -> None:
    made = company.admin.post(f"{company.path}/bots", {"name": "예약봇", "commands": [ROOM_COMMAND]})
    assert set(made) == {"bot", "key"}
    bot, key = made["bot"], made["key"]
    assert bot["id"].startswith("bot_")
    assert key["secret"].startswith("hwb_")
    assert set(key) == {"id", "kind", "last4", "created_at", "secret"}
    assert (key["kind"], key["last4"]) == ("bot", key["secret"][-4:])
    assert bot["commands"] == [ROOM_COMMAND]
    assert bot["delivery"] == {"type": "socket"}
    assert bot["presence"]["online"] is False
    shown = company.admin.get(f"/v1/bots/{bot['id']}")
    assert shown == bot
    assert "secret" not in str(shown)


def test_a_webhook_bot_gets_a_secret_that_is_shown_once(company: Company) -> None:
    delivery = {"type": "webhook", "url": "https://bot.example/hook?a=b"}
    made = company.admin.post(f"{company.path}/bots", {"name": "웹훅봇", "delivery": delivery})
    assert made["webhook_secret"].startswith("whsec_")
    shown = company.admin.call("GET", f"/v1/bots/{made['bot']['id']}")
    assert made["webhook_secret"] not in shown.text
    assert shown.json()["delivery"] == delivery


def test_a_patch_changes_what_it_names_and_replaces_commands_whole(company: Company) -> None:
    bot = company.bot("/하나")
    changed = company.admin.patch(f"/v1/bots/{bot.id}", {"commands": [text_command("/둘"), text_command("/셋")]})
    assert [command["name"] for command in changed["commands"]] == ["/둘", "/셋"]
    assert changed["name"] == bot.name
    assert company.admin.patch(f"/v1/bots/{bot.id}", {"commands": []})["commands"] == []


def test_delivery_changes_both_ways(company: Company) -> None:
    bot = company.bot()
    path = f"/v1/bots/{bot.id}"
    webhook = {"type": "webhook", "url": "http://bot.example/"}
    assert company.admin.patch(path, {"delivery": webhook})["delivery"] == webhook
    moved = company.admin.patch(path, {"delivery": {"url": "http://other.example/"}})
    assert moved["delivery"]["url"] == "http://other.example/"
    assert company.admin.patch(path, {"delivery": {"type": "socket"}})["delivery"] == {"type": "socket"}


def test_a_bot_declares_its_commands_itself(company: Company) -> None:
    bot = company.bot("/옛")
    declared = bot.api.put("/v1/me/commands", {"commands": [ROOM_COMMAND]})
    assert declared == {"commands": [ROOM_COMMAND]}
    assert company.admin.get(f"/v1/bots/{bot.id}")["commands"] == [ROOM_COMMAND]


@pytest.mark.parametrize("how", ["registration", "patch", "declaration"])
def test_a_name_that_another_bot_has_is_refused_naming_it_and_changes_nothing(company: Company, how: str) -> None:
    owner = company.bot("/출근")
    other = company.bot("/퇴근")
    commands = {"commands": [text_command("/점심"), text_command("/출근")]}
    if how == "registration":
        response = company.admin.call("POST", f"{company.path}/bots", {"name": "새 봇"} | commands)
    elif how == "patch":
        response = company.admin.call("PATCH", f"/v1/bots/{other.id}", commands)
    else:
        response = other.api.call("PUT", "/v1/me/commands", commands)
    problem = refused(response, 409, "command_taken")
    assert problem["bot"] == {"id": owner.id, "name": owner.name}
    assert "/출근" in problem["detail"]
    names = {
        bot["name"]: [command["name"] for command in bot["commands"]]
        for bot in company.admin.pages(f"{company.path}/bots")
    }
    assert names == {owner.name: ["/출근"], other.name: ["/퇴근"]}


def test_a_name_is_free_again_when_its_bot_is_gone_and_in_every_other_company(server: Server, company: Company) -> None:
    bot = company.bot("/출근")
    new_company(server.admin).bot("/출근")
    company.admin.delete(f"/v1/bots/{bot.id}")
    company.bot("/출근")


def test_deleting_a_bot_ends_its_keys_and_is_harmless_again(company: Company) -> None:
    bot = company.bot()
    company.admin.delete(f"/v1/bots/{bot.id}")
    assert bot.api.call("GET", "/v1/me").status_code == 401
    refused(company.admin.call("GET", f"/v1/bots/{bot.id}"), 404, "not_found")
    company.admin.delete(f"/v1/bots/{bot.id}")
    company.admin.delete("/v1/bots/bot_never_was")


def token(**fields: Any) -> dict[str, Any]:
    return {"commands": [{"name": "/일", "tokens": [{"key": "a", "label": "가", "type": "text"} | fields]}]}


def names(*names: str) -> dict[str, Any]:
    return {"commands": [{"name": name} for name in names]}


@pytest.mark.parametrize(
    ("fields", "pointer", "reason"),
    [
        (names("일"), "/commands/0/name", "command_without_slash"),
        (names("/"), "/commands/0/name", "nothing_after_slash"),
        (names("/하나 둘 셋 넷"), "/commands/0/name", "too_many_words"),
        (names("/" + "가" * 33), "/commands/0/name", "word_too_long"),
        (names("/a.b"), "/commands/0/name", "invalid_command_character"),
        (names("/도움"), "/commands/0/name", "reserved_command"),
        (names("/Help me"), "/commands/0/name", "reserved_command"),
        (names("/일", "/일"), "/commands/1/name", "duplicate"),
        ({"commands": [{"name": f"/c{number}"} for number in range(101)]}, "/commands", "too_many"),
        ({"commands": [7]}, "/commands/0", "wrong_type"),
        ({"commands": [{"tokens": []}]}, "/commands/0/name", "required"),
        (token(type="time"), "/commands/0/tokens/0/type", "unknown_value"),
        (token(key="a b"), "/commands/0/tokens/0/key", "invalid_key"),
        (token(type="choice"), "/commands/0/tokens/0/values", "values_missing"),
        (token(values=["x"]), "/commands/0/tokens/0/values", "only_for_choice"),
        (token(type="choice", values=["S1", "s 1"]), "/commands/0/tokens/0/values/1", "duplicate"),
        (
            token(type="choice", values=["S1"], available=["S2"]),
            "/commands/0/tokens/0/available/0",
            "not_a_value",
        ),
        (token(colour="red"), "/commands/0/tokens/0/colour", "unknown_field"),
        ({"delivery": {"type": "pigeon"}}, "/delivery/type", "unknown_value"),
        ({"delivery": {"type": "webhook"}}, "/delivery/url", "required"),
        ({"delivery": {"type": "webhook", "url": "ftp://bot.example/"}}, "/delivery/url", "invalid_url"),
        ({"delivery": {"type": "webhook", "url": "http://u:p@bot.example/"}}, "/delivery/url", "invalid_url"),
        ({"delivery": {"type": "webhook", "url": "/hook"}}, "/delivery/url", "invalid_url"),
        ({"delivery": {"type": "socket", "url": "http://bot.example/"}}, "/delivery/url", "unknown_field"),
        ({"presence": None}, "/presence", "unknown_field"),
    ],
)
def test_a_declaration_that_is_not_accepted_is_named(
    company: Company, fields: dict[str, Any], pointer: str, reason: str
) -> None:
    response = company.admin.call("POST", f"{company.path}/bots", {"name": "봇"} | fields)
    assert (pointer, reason) in issues(refused(response, 422, "invalid_fields"))
    assert company.admin.pages(f"{company.path}/bots") == []


def test_a_required_token_cannot_follow_an_optional_one(company: Company) -> None:
    tokens = [
        {"key": "a", "label": "가", "type": "text", "required": False},
        {"key": "b", "label": "나", "type": "text"},
    ]
    response = company.admin.call(
        "POST", f"{company.path}/bots", {"name": "봇", "commands": [{"name": "/일", "tokens": tokens}]}
    )
    assert issues(refused(response, 422, "invalid_fields")) == {
        ("/commands/0/tokens/1/required", "required_after_optional")
    }


@pytest.mark.parametrize("field", ["id", "company", "created_at", "presence"])
def test_what_never_changes_is_refused_in_a_patch(company: Company, field: str) -> None:
    bot = company.bot()
    response = company.admin.call("PATCH", f"/v1/bots/{bot.id}", {field: "x"})
    assert issues(refused(response, 422, "invalid_fields")) == {(f"/{field}", "not_changeable")}

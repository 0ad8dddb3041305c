"""A bot says over its socket which commands it has."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest

from harness.api import refused
from harness.directory import Bot, Company, Member, text_command
from harness.server import Server
from harness.shapes import send
from harness.socket_bot import SocketBot


@pytest.fixture
def bot(company: Company) -> Bot:
    return company.bot("/옛 일")


@pytest.fixture
def socket(server: Server, bot: Bot) -> Iterator[SocketBot]:
    with SocketBot(server.port, bot.key) as socket:
        yield socket


def test_a_declared_command_works_at_once_and_replaces_those_before(
    server: Server, company: Company, member: Member, bot: Bot, socket: SocketBot
) -> None:
    commands = [text_command("/새 일") | {"description": "새로 배운 일입니다."}, text_command("/또 다른 일")]
    socket.send("commands", commands=commands)
    assert socket.next("declared") == {"type": "declared"}
    sent = send(server.port, member.key, {"text": "/새 일", "wait_seconds": 20})
    socket.reply(socket.message("/새 일"), "됨")
    assert sent.answer().status == 200
    refused(member.api.call("POST", "/v1/messages", {"text": "/옛 일"}), 404, "unknown_command")
    (mine,) = member.api.pages("/v1/me/bots")
    assert [command["name"] for command in mine["commands"]] == ["/새 일", "/또 다른 일"]
    assert mine["commands"][0]["description"] == "새로 배운 일입니다."
    assert (
        company.admin.get(f"/v1/bots/{bot.id}")["commands"]
        == bot.api.put("/v1/me/commands", {"commands": commands})["commands"]
    )


def test_the_same_again_is_declared_again(socket: SocketBot) -> None:
    for _ in range(3):
        socket.send("commands", commands=[text_command(unicodedata.normalize("NFD", "/새 일"))])
        socket.next("declared")


def test_a_command_of_another_bot_is_refused_whole(
    company: Company, member: Member, bot: Bot, socket: SocketBot
) -> None:
    owner = company.bot("/회의실")
    socket.send("commands", commands=[text_command("/새 일"), text_command("/회의실")])
    refusal = socket.next("problem")
    assert refusal["code"] == "command_taken"
    assert owner.name in refusal["detail"]
    assert refusal["bot"] == {"id": owner.id, "name": owner.name}
    names = {each["id"]: [command["name"] for command in each["commands"]] for each in member.api.pages("/v1/me/bots")}
    assert names == {owner.id: ["/회의실"], bot.id: ["/옛 일"]}


@pytest.mark.parametrize(
    ("fields", "pointer", "code"),
    [
        ({}, "/commands", "required"),
        ({"commands": "/일"}, "/commands", "wrong_type"),
        ({"commands": [{"name": "일", "tokens": []}]}, "/commands/0/name", None),
        ({"commands": [{"name": "/일", "tokens": [{"key": "a", "label": "a", "type": "colour"}]}]}, None, None),
        ({"commands": [], "more": 1}, "/more", None),
    ],
    ids=["none", "no list", "no slash", "unknown type", "unknown field"],
)
def test_a_wrong_declaration_is_refused_with_places(
    member: Member, socket: SocketBot, fields: dict[str, object], pointer: str | None, code: str | None
) -> None:
    socket.send("commands", **fields)
    refusal = socket.next("problem")
    assert refusal["code"] == "invalid_fields"
    assert refusal["detail"]
    (error,) = refusal["errors"]
    assert error["pointer"] == (pointer or error["pointer"])
    assert error["code"] == (code or error["code"])
    (mine,) = member.api.pages("/v1/me/bots")
    assert [command["name"] for command in mine["commands"]] == ["/옛 일"], "what stood still stands"


def test_what_the_administrator_says_last_counts(company: Company, member: Member, bot: Bot, socket: SocketBot) -> None:
    socket.send("commands", commands=[text_command("/새 일")])
    socket.next("declared")
    company.admin.patch(f"/v1/bots/{bot.id}", {"commands": [text_command("/정한 일")]})
    (mine,) = member.api.pages("/v1/me/bots")
    assert [command["name"] for command in mine["commands"]] == ["/정한 일"]
    assert socket.is_silent(), "the socket stays open"

"""A member's messages, the newest first, in pages that go both ways."""

from __future__ import annotations

from typing import Any

import pytest

from harness.api import issues, refused
from harness.directory import Bot, Company, Member
from harness.mongod import Mongod
from harness.server import Server
from harness.waiting import eventually


@pytest.fixture
def sent(member: Member, echo_bot: Bot) -> list[str]:
    """The ids of nine messages, the oldest first: answered ones, refused ones, and the relay's own."""
    assert echo_bot
    ids = []
    for number in range(3):
        ids.append(member.send(f"/메아리 {number}")["id"])
        ids.append(
            refused(member.api.call("POST", "/v1/messages", {"text": "/없는 명령"}), 404, "unknown_command")["id"]
        )
        ids.append(member.send("/도움")["id"])
    return ids


def ids(items: list[Any]) -> list[str]:
    return [item["id"] for item in items]


def test_the_newest_come_first_and_next_leads_to_older_ones(member: Member, sent: list[str]) -> None:
    assert ids(member.api.pages("/v1/messages")) == sent[::-1]
    assert ids(member.api.pages("/v1/messages?limit=2")) == sent[::-1]
    first = member.api.get("/v1/messages?limit=4")
    assert ids(first["items"]) == sent[:-5:-1]
    second = member.api.get(f"/v1/messages?limit=4&after={first['next']}")
    assert ids(second["items"]) == sent[-5:-9:-1]


def test_before_asks_for_older_ones_and_after_for_newer_ones(member: Member, sent: list[str]) -> None:
    assert ids(member.api.get(f"/v1/messages?before={sent[4]}&limit=2")["items"]) == [sent[3], sent[2]]
    newer = member.api.get(f"/v1/messages?after={sent[4]}&limit=2")
    assert ids(newer["items"]) == [sent[5], sent[6]]
    rest = member.api.get(f"/v1/messages?after={newer['next']}")
    assert ids(rest["items"]) == [sent[7], sent[8]]
    assert "next" not in rest
    assert member.api.get(f"/v1/messages?after={sent[-1]}")["items"] == []
    assert member.api.get(f"/v1/messages?before={sent[0]}")["items"] == []


def test_a_bot_narrows_the_list(company: Company, member: Member, sent: list[str], echo_bot: Bot) -> None:
    assert ids(member.api.pages(f"/v1/messages?bot={echo_bot.id}&limit=2")) == sent[-3::-3]
    idle = company.bot("/딴 일")
    assert member.api.get(f"/v1/messages?bot={idle.id}")["items"] == []


def test_refused_messages_are_kept_with_their_problem_in_the_readers_language(
    server: Server, member: Member, sent: list[str]
) -> None:
    for language, word in (("ko", "명령"), ("en", "command")):
        shown = server.api(member.api.key, language).get(f"/v1/messages/{sent[1]}")
        assert (shown["status"], shown["bot"], shown["command"]) == ("failed", None, None)
        assert shown["problem"]["code"] == "unknown_command"
        assert word in shown["problem"]["detail"]


def test_messages_reach_mongodb_and_are_read_from_there(mongod: Mongod, member: Member, sent: list[str]) -> None:
    with mongod.database("shared") as database:

        def stored() -> list[str]:
            found = [document["_id"] for document in database.messages.find({"member.id": member.id}).sort("_id")]
            return found if found == sent else []

        eventually("the messages in MongoDB", stored)
        database.messages.update_one({"_id": sent[0]}, {"$set": {"_id": sent[0], "foreign": 1}})
        ttl = [index.get("expireAfterSeconds") for index in database.messages.index_information().values()]
        assert 90 * 86_400 in ttl


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("before=nothing", ("before", "unknown_place")),
        ("after=msg_", ("after", "unknown_place")),
        ("after=older-than-nothing", ("after", "unknown_place")),
        ("limit=0", ("limit", "out_of_range")),
        ("member=all", ("member", "unknown_parameter")),
    ],
)
def test_a_place_that_is_none_is_refused(member: Member, query: str, expected: tuple[str, str]) -> None:
    assert issues(refused(member.api.call("GET", f"/v1/messages?{query}"), 422, "invalid_fields")) == {expected}


def test_deleting_a_member_erases_their_messages_and_no_others(
    mongod: Mongod, company: Company, member: Member, sent: list[str]
) -> None:
    other = company.member("남는 사람")
    kept = other.send("/메아리 남음")["id"]
    with mongod.database("shared") as database:
        texts = {"member.id": {"$in": [member.id, other.id]}}
        eventually("the messages in MongoDB", lambda: database.messages.count_documents(texts) == len(sent) + 1)
        company.admin.delete(f"/v1/members/{member.id}")
        assert [document["_id"] for document in database.messages.find(texts)] == [kept]
    assert member.api.call("GET", "/v1/messages").status_code == 401
    assert ids(other.api.pages("/v1/messages")) == [kept]

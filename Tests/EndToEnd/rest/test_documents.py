"""What a resource carries besides what hiworker knows: metadata, and fields that others wrote into MongoDB."""

from __future__ import annotations

from bson import Int64

from harness.directory import Company
from harness.mongod import Mongod
from harness.server import Server
from harness.waiting import eventually

METADATA = {
    "integer": 9007199254740993,
    "negative": -9223372036854775808,
    "zero": 0,
    "fraction": 1.5,
    "whole": 2.0,
    "text": "값 😀 \u0000 \n",
    "null": None,
    "true": True,
    "list": [1, [2, {"a.b": 3, "$c": 4, "": 5}], []],
    "object": {"10": 1, "9": 2, "__proto__": {}},
}


def test_metadata_comes_back_as_it_was_sent_and_integers_stay_integers(company: Company) -> None:
    made = company.admin.post(f"{company.path}/members", {"name": "김", "metadata": METADATA})["member"]
    shown = company.admin.call("GET", f"/v1/members/{made['id']}")
    assert made["metadata"] == METADATA
    assert shown.json()["metadata"] == METADATA
    assert '"integer":9007199254740993' in shown.text.replace(" ", "")
    assert '"whole":2.0' in shown.text.replace(" ", "")
    assert list(shown.json()["metadata"]) == list(METADATA), "their order too"


def test_a_patch_merges_metadata_and_replaces_lists_whole(company: Company) -> None:
    member = company.member(metadata={"keep": 1, "drop": 2, "in": {"a": 1, "b": [1, 2, 3]}})
    patched = company.admin.patch(
        f"/v1/members/{member.id}", {"metadata": {"drop": None, "in": {"b": [4]}, "new": {"x": None, "y": 0}}}
    )
    assert patched["metadata"] == {"keep": 1, "in": {"a": 1, "b": [4]}, "new": {"y": 0}}
    assert patched["name"] == member.name


def test_null_removes_what_may_be_absent(company: Company) -> None:
    member = company.member(email="kim@example.com")
    assert company.admin.patch(f"/v1/members/{member.id}", {"email": None})["email"] is None
    bot = company.bot(description="설명")
    assert company.admin.patch(f"/v1/bots/{bot.id}", {"description": None})["description"] is None


def test_fields_of_others_survive_every_change_and_are_shown(mongod: Mongod, server: Server, company: Company) -> None:
    bot = company.bot("/일")
    member = company.member()
    foreign = {"crm_number": Int64(12345678901), "team": {"name": "영업", "floor": 3}, "tags": ["a", "b"]}
    with mongod.database("shared") as database:
        database.companies.update_one({"_id": company.domain}, {"$set": foreign})
        database.bots.update_one({"_id": bot.id}, {"$set": foreign})
        database.members.update_one({"_id": member.id}, {"$set": foreign})
        for path, changes in {
            company.path: [{"name": "새 이름"}, {"metadata": {"a": 1}}],
            f"/v1/bots/{bot.id}": [{"name": "새 봇"}, {"commands": []}, {"description": "새로"}],
            f"/v1/members/{member.id}": [{"name": "새 사람"}, {"email": "a@example.com"}, {"email": None}],
        }.items():
            for change in changes:
                server.admin.patch(path, change)
            shown = server.admin.get(path)
            assert {name: shown[name] for name in foreign} == foreign
        bot.api.put("/v1/me/commands", {"commands": []})
        for collection, id_ in ((database.companies, company.domain), (database.bots, bot.id)):
            stored = collection.find_one({"_id": id_})
            assert stored is not None
            assert {name: stored[name] for name in foreign} == foreign


def test_what_is_written_past_the_server_reaches_its_memory(mongod: Mongod, company: Company) -> None:
    member = company.member("옛 이름")
    with mongod.database("shared") as database:
        database.members.update_one({"_id": member.id}, {"$set": {"name": "새 이름"}})
    eventually("the new name in memory", lambda: member.api.get("/v1/me")["name"] == "새 이름")


def test_a_secret_is_stored_as_its_digest_alone(mongod: Mongod, company: Company) -> None:
    bot = company.bot()
    assert bot.api.key
    with mongod.database("shared") as database:
        stored = database["keys"].find_one({"owner": bot.id})
        assert stored is not None
        assert len(stored["digest"]) == 32
        assert stored["last4"] == bot.api.key[-4:]
        for name in database.list_collection_names():
            assert bot.api.key not in str(list(database[name].find({})))

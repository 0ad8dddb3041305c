"""While a member types: which commands and which values go on from there, with those that can be taken now first."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

import pytest

from harness.api import issues, refused
from harness.directory import Bot, Company, Member, new_company, text_command
from harness.events import EventReader
from harness.server import Server
from harness.socket_bot import SocketBot

ROOMS = ["S1", "S2", "대 회의실", "대 강당", "소 회의실"]
# How long a bot has to say what fits; in seconds.
PATIENCE = 0.3

COMMANDS: list[dict[str, Any]] = [
    {
        "name": "/예약 회의실",
        "description": "회의실을 예약합니다.",
        "tokens": [
            {"key": "time", "label": "시간", "type": "time_range"},
            {"key": "room", "label": "회의실", "type": "choice", "values": ROOMS},
            {"key": "who", "label": "참석자", "type": "member", "required": False},
        ],
    },
    {"name": "/예약 취소", "tokens": []},
    {"name": "/회의실", "tokens": [{"key": "floor", "label": "층", "type": "text", "required": False}]},
]


@pytest.fixture
def bot(company: Company) -> Bot:
    return company.bot(commands=COMMANDS, name="예약 봇")


@pytest.fixture
def socket(server: Server, bot: Bot) -> Iterator[SocketBot]:
    with SocketBot(server.port, bot.key) as socket:
        yield socket


def complete(member: Member, text: str, **parameters: str) -> Any:
    return member.api.get(f"/v1/me/complete?{urlencode({'text': text, **parameters})}")


def names(answer: Any) -> list[str]:
    return [command["name"] for command in answer["commands"]]


def values(answer: Any) -> list[tuple[str, bool]]:
    return [(value["value"], value["available"]) for value in answer["values"]]


def free(*rooms: str) -> list[tuple[str, bool]]:
    """All rooms, these first as available, the others behind them."""
    return [(room, True) for room in ROOMS if room in rooms] + [(room, False) for room in ROOMS if room not in rooms]


class Asking:
    """Completes in a thread, so that the test can be the bot that is asked."""

    def __init__(self, pool: ThreadPoolExecutor, member: Member, text: str) -> None:
        self._answer: Future[Any] = pool.submit(complete, member, text)

    def answer(self) -> Any:
        return self._answer.result(10)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor() as pool:
        yield pool


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["/예약 취소", "/예약 회의실", "/회의실"]),
        ("/", ["/예약 취소", "/예약 회의실", "/회의실"]),
        ("/예", ["/예약 취소", "/예약 회의실"]),
        ("/예약", ["/예약 취소", "/예약 회의실"]),
        ("/예약 ", ["/예약 취소", "/예약 회의실"]),
        ("/예약 회", ["/예약 회의실"]),
        ("/예약회", ["/예약 회의실"]),
        ("/예약 회의실", ["/예약 회의실"]),
        ("/예약 회의실 ", []),
        ("/없", []),
        ("안녕", []),
        ("@예약 봇 /회", ["/회의실"]),
        ("@없는봇 /회", []),
        ("／예약　회", ["/예약 회의실"]),
    ],
)
def test_commands_go_on_from_what_is_typed(member: Member, bot: Bot, text: str, expected: list[str]) -> None:
    answer = complete(member, text)
    assert names(answer) == expected
    assert answer["text"] == text
    for command in answer["commands"]:
        assert command["bot"] == {"id": bot.id, "name": bot.name}
        assert command["text"].rstrip() == command["name"]


def test_a_command_comes_with_what_a_client_shows(member: Member, bot: Bot) -> None:
    (command,) = complete(member, "/예약 회")["commands"]
    assert command == {
        "name": "/예약 회의실",
        "description": "회의실을 예약합니다.",
        "usage": command["usage"],
        "bot": {"id": bot.id, "name": "예약 봇"},
        "text": "/예약 회의실 ",
    }
    assert "시간" in command["usage"]
    assert "회의실" in command["usage"]


def test_decomposed_hangul_finds_the_same(member: Member, bot: Bot) -> None:
    assert bot
    for text in ("/예약 회", "/예약 회의실 10~11 대 회"):
        decomposed = unicodedata.normalize("NFD", text)
        assert decomposed != text
        one, other = complete(member, text), complete(member, decomposed)
        assert names(one) == names(other)
        assert values(one) == values(other)
        assert one["tokens"] == other["tokens"]


def test_only_the_bot_that_is_named_counts(company: Company, member: Member, bot: Bot) -> None:
    other = company.bot("/예산", name="돈 봇")
    assert names(complete(member, "/예")) == ["/예산", "/예약 취소", "/예약 회의실"]
    assert names(complete(member, "/예", bot=other.id)) == ["/예산"]
    assert names(complete(member, "/예", bot="돈봇")) == ["/예산"]
    assert names(complete(member, "@돈 봇 /예")) == ["/예산"]
    assert names(complete(member, "/예", bot=bot.id)) == ["/예약 취소", "/예약 회의실"]


def test_another_companys_commands_are_not_shown(company: Company, member: Member, bot: Bot) -> None:
    assert bot
    foreign = new_company(company.platform)
    foreign.bot("/예약 비밀")
    assert "/예약 비밀" not in names(complete(member, "/예"))
    assert names(complete(foreign.member(), "/예")) == ["/예약 비밀"]


def test_the_token_under_the_cursor_and_its_values(member: Member, bot: Bot) -> None:
    answer = complete(member, "/예약 회의실 10:00~11:00 ")
    assert (answer["bot"], answer["command"], answer["tokens"]) == (bot.id, "/예약 회의실", {"time": "10:00~11:00"})
    assert answer["token"]["key"] == "room"
    assert answer["token"]["label"] == "회의실"
    assert values(answer) == free(*ROOMS), "a bot that says nothing takes all"
    assert answer["values"][2]["text"] == "/예약 회의실 10:00~11:00 대 회의실", "the whole text once it is chosen"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ROOMS),
        ("S", ["S1", "S2"]),
        ("s1", ["S1"]),
        ("대", ["대 회의실", "대 강당"]),
        ("대 ", ["대 회의실", "대 강당"]),
        ("대 회", ["대 회의실"]),
        ("대회", ["대 회의실"]),
        ("대 강", ["대 강당"]),
        ("회", ["대 회의실", "소 회의실"]),
        ("X", []),
    ],
)
def test_values_are_filtered_by_their_beginning_or_that_of_a_word(
    member: Member, bot: Bot, typed: str, expected: list[str]
) -> None:
    assert bot
    answer = complete(member, f"/예약 회의실 10~11 {typed}")
    assert [value for value, _ in values(answer)] == expected
    for value in answer["values"]:
        assert value["text"] == f"/예약 회의실 10~11 {value['value']}"


def test_what_is_chosen_can_be_sent(member: Member, bot: Bot, socket: SocketBot) -> None:
    """The text of an entry is one that the relay takes."""
    assert bot
    with ThreadPoolExecutor() as pool:
        for entry in complete_without_bot(pool, member, socket, "/예약 회의실 10~11 대 회")["values"]:
            answer = pool.submit(member.send, entry["text"], wait_seconds=20)
            message = socket.next("message")
            assert message["tokens"] == {"time": "10:00~11:00", "room": entry["value"]}
            socket.reply(message, "예약했습니다.")
            assert answer.result(10)["status"] == "completed"


def complete_without_bot(pool: ThreadPoolExecutor, member: Member, socket: SocketBot, text: str) -> Any:
    """The answer when the bot has nothing to say about it."""
    asking = Asking(pool, member, text)
    socket.send("values", id=socket.next("complete")["id"], values=None)
    return asking.answer()


def test_members_are_completed_by_name(company: Company, member: Member, bot: Bot) -> None:
    assert bot
    company.member("김한별")
    company.member("박새롬")
    answer = complete(member, "/예약 회의실 10~11 S1 ")
    assert answer["token"]["key"] == "who"
    assert {value for value, _ in values(answer)} == {"@김지은", "@김한별", "@박새롬"}
    for typed in ("@김", "김", unicodedata.normalize("NFD", "@김")):
        answer = complete(member, f"/예약 회의실 10~11 S1 {typed}")
        assert {value for value, _ in values(answer)} == {"@김지은", "@김한별"}, typed
        assert answer["values"][0]["text"].startswith("/예약 회의실 10~11 S1 @김")


def test_a_text_that_is_complete_or_wrong_has_nothing_to_follow(member: Member, bot: Bot) -> None:
    assert bot
    for text in (
        "/예약 취소 ",
        "/예약 회의실 10~11 S1 @김지은 ",
        "/예약 회의실 10~11 S1 @김지은 또",
        "/예약 회의실 열시 S",
    ):
        answer = complete(member, text)
        assert answer["values"] == [], text
        assert names(answer) == [], text


def test_the_bot_is_asked_and_what_it_says_comes_first(
    pool: ThreadPoolExecutor, member: Member, bot: Bot, socket: SocketBot
) -> None:
    asking = Asking(pool, member, "/예약 회의실 10~11 ")
    question = socket.next("complete")
    assert question == {
        "type": "complete",
        "id": question["id"],
        "command": "/예약 회의실",
        "tokens": {"time": "10:00~11:00"},
        "token": "room",
    }
    socket.send("values", id=question["id"], values=["대회의실", "S2"])
    answer = asking.answer()
    assert answer["bot"] == bot.id
    assert values(answer) == free("S2", "대 회의실")
    asking = Asking(pool, member, "/예약 회의실 10~11 대")
    socket.send("values", id=socket.next("complete")["id"], values=["대 강당"])
    assert values(asking.answer()) == [("대 강당", True), ("대 회의실", False)]
    asking = Asking(pool, member, "/예약 회의실 10~11 ")
    socket.send("values", id=socket.next("complete")["id"], values=[])
    assert values(asking.answer()) == free()


def test_a_token_without_declared_values_has_those_of_the_bot(
    pool: ThreadPoolExecutor, member: Member, bot: Bot, socket: SocketBot
) -> None:
    assert bot
    asking = Asking(pool, member, "/회의실 ")
    socket.send("values", id=socket.next("complete")["id"], values=["3층", "13층"])
    assert values(asking.answer()) == [("3층", True), ("13층", True)]
    asking = Asking(pool, member, "/회의실 1")
    socket.send("values", id=socket.next("complete")["id"], values=["3층", "13층"])
    assert values(asking.answer()) == [("13층", True)]


def test_without_an_answer_in_time_what_it_last_said_serves(
    server: Server, pool: ThreadPoolExecutor, member: Member, bot: Bot, socket: SocketBot
) -> None:
    assert bot
    text = "/예약 회의실 10~11 "
    with EventReader(server.port, member.key) as events:
        socket.send("available", command="/예약 회의실", token="room", values=["소 회의실"])
        events.next("available")
    start = time.monotonic()
    asking = Asking(pool, member, text)
    late = socket.next("complete")
    assert values(asking.answer()) == free("소 회의실")
    assert PATIENCE - 0.05 < time.monotonic() - start < PATIENCE + 0.7
    socket.send("values", id=late["id"], values=["S1"])
    socket.send("values", id="cmp_nonsense", values=["S1"])
    assert socket.is_silent(), "what comes too late is ignored"
    assert values(complete_without_bot(pool, member, socket, text)) == free("소 회의실"), "nothing to say is at once"


def test_an_answer_to_anothers_question_is_ignored(
    server: Server, company: Company, pool: ThreadPoolExecutor, member: Member, bot: Bot, socket: SocketBot
) -> None:
    assert bot
    other = company.bot("/딴 일")
    with SocketBot(server.port, other.key) as thief:
        asking = Asking(pool, member, "/예약 회의실 10~11 ")
        question = socket.next("complete")
        thief.send("values", id=question["id"], values=["S1"])
        assert thief.is_silent()
        socket.send("values", id=question["id"], values=["S2"])
        assert values(asking.answer()) == free("S2")


def test_what_a_bot_said_is_withdrawn_with_its_last_connection(
    server: Server, pool: ThreadPoolExecutor, member: Member, bot: Bot
) -> None:
    text = "/예약 회의실 10~11 "
    with EventReader(server.port, member.key) as events:
        with SocketBot(server.port, bot.key) as socket:
            events.next("presence")
            socket.send("available", command="/예약 회의실", token="room", values=["S2"])
            events.next("available")
            assert values(complete_without_bot(pool, member, socket, text)) == free("S2")
        events.next("presence")
        events.next("bots")
        start = time.monotonic()
        assert values(complete(member, text)) == free(*ROOMS)
        assert time.monotonic() - start < PATIENCE, "nobody is asked"


def test_a_declared_availability_serves_until_the_bot_says_more(
    server: Server, company: Company, pool: ThreadPoolExecutor, member: Member
) -> None:
    room = {"key": "room", "label": "회의실", "type": "choice", "values": ROOMS, "available": ["S1"]}
    bot = company.bot(commands=[{"name": "/방", "tokens": [room]}])
    assert values(complete(member, "/방 ")) == free("S1")
    with SocketBot(server.port, bot.key) as socket:
        assert values(complete_without_bot(pool, member, socket, "/방 ")) == free("S1")
        socket.send("available", command="/방", token="room", values=["S2"])
        assert socket.is_silent()
        assert values(complete_without_bot(pool, member, socket, "/방 ")) == free("S2")


def test_a_bot_that_never_answers_is_asked_no_more(member: Member, bot: Bot, socket: SocketBot) -> None:
    """So that an old bot does not make everybody wait with every letter."""
    assert bot
    asked = 0
    took = PATIENCE
    while took >= PATIENCE - 0.05:
        assert asked < 10, "it is asked for ever"
        start = time.monotonic()
        assert values(complete(member, "/예약 회의실 10~11 ")) == free(*ROOMS)
        took = time.monotonic() - start
        asked += 1
    assert [question["type"] for question in socket.everything()] == ["complete"] * (asked - 1)


def test_only_members_complete_and_only_with_what_is_known(company: Company, member: Member, bot: Bot) -> None:
    for caller in (company.admin, bot.api):
        refused(caller.call("GET", "/v1/me/complete?text=/"), 403, "key_wrong_kind")
    unknown = refused(member.api.call("GET", "/v1/me/complete?text=/&cursor=1"), 422, "invalid_fields")
    assert {place for place, _ in issues(unknown)} == {"cursor"}
    assert complete(member, "/" + "가" * 1_000)["values"] == []


def test_a_member_of_a_company_without_bots_has_nothing_to_complete(company: Company) -> None:
    answer = complete(company.member(), "/")
    assert (answer["commands"], answer["values"], answer["token"], answer["bot"]) == ([], [], None, None)
    company.bot(commands=[text_command("/새 일")])
    assert names(complete(company.member(), "/")) == ["/새 일"]

"""What a member's open tabs are told: all of them alike, at once, and nothing of what is others'."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from harness.api import refused
from harness.directory import Bot, Company, Measurements, Member, new_company, text_command
from harness.events import Event, EventReader
from harness.flask_bot import FlaskBot
from harness.server import Server
from harness.shapes import Shape, send
from harness.socket_bot import SocketBot

# Streams of one member at a time.
STREAMS = 32
ROOMS = ["S1", "S2", "대 회의실"]


@pytest.fixture
def bot(company: Company) -> Bot:
    return company.bot("/일")


def choice_command(name: str) -> dict[str, Any]:
    return {"name": name, "tokens": [{"key": "room", "label": "회의실", "type": "choice", "values": ROOMS}]}


def test_a_message_goes_through_all_its_states_in_every_tab(server: Server, member: Member, bot: Bot) -> None:
    with (
        SocketBot(server.port, bot.key) as socket,
        EventReader(server.port, member.key) as one,
        EventReader(server.port, member.key) as other,
    ):
        sent = send(server.port, member.key, {"text": "/일 하나", "wait_seconds": 20})
        message = socket.message("/일 하나")
        path = f"/v1/messages/{message['id']}"
        running = member.api.get(path)
        socket.send("progress", id=message["id"], text="반쯤")
        socket.send("progress", id=message["id"], text="거의")
        socket.reply(message, "끝", card={"room": 1})
        answer = sent.answer().json
        told = [one.next("message") for _ in range(4)]
        assert [other.next("message") for _ in range(4)] == told, "the same, with the same ids"
    assert [event.data for event in told] == [
        running,
        running | {"progress": "반쯤"},
        running | {"progress": "거의"},
        answer,
    ]
    assert (answer["status"], answer["reply"]) == ("completed", {"text": "끝", "card": {"room": 1}})
    assert len({event.id for event in told}) == 4


@pytest.mark.parametrize("shape", Shape)
def test_a_message_of_either_lane_and_any_end_is_told(server: Server, company: Company, shape: Shape) -> None:
    member, bot = company.member(), company.bot("/일")
    with EventReader(server.port, member.key) as events:
        for text, status, code in (
            ("/없는 일", "failed", "unknown_command"),
            ("/일", "failed", "bot_offline"),
            ("/도움", "completed", None),
        ):
            answer = send(server.port, member.key, {"text": text}, shape).answer()
            told = events.next("message").data
            assert (told["status"], told["text"]) == (status, text)
            assert told.get("problem", {}).get("code") == code
            assert told["id"] == answer.json["id"]
            assert told == member.api.get(f"/v1/messages/{told['id']}")
        with SocketBot(server.port, bot.key) as socket:
            assert events.next("presence").data["bot"] == bot.id
            sent = send(server.port, member.key, {"text": "/일", "wait_seconds": 20}, shape)
            message = socket.message("/일")
            assert events.next("message").data["status"] == "running"
            socket.send("error", id=message["id"], text="안 됩니다.")
            told = events.next("message").data
            assert (told["status"], told["problem"]["code"]) == ("failed", "bot_error")
            assert sent.answer().status == 502


def test_a_message_to_a_webhook_and_a_late_reply_are_told(server: Server, company: Company, member: Member) -> None:
    with FlaskBot(lambda message: "바로" if "바로" in message["text"] else ("", 202)) as webhook:
        bot = company.bot("/일", webhook.url)
        with EventReader(server.port, member.key) as events:
            member.send("/일 바로")
            told = [each for each in (events.next() for _ in range(3)) if each.name == "message"]
            if len(told) < 2:
                told += [events.next("message") for _ in range(2 - len(told))]
            assert [event.data["status"] for event in told] == ["running", "completed"]
            sent = member.api.post("/v1/messages", {"text": "/일 나중", "wait_seconds": 0}, status=202)
            assert _next_message(events).data == sent
            assert bot.api.call("POST", f"/v1/messages/{sent['id']}/reply", {"text": "늦은 답"}).status_code == 204
            assert _next_message(events).data["reply"] == {"text": "늦은 답"}


def _next_message(events: EventReader) -> Event:
    return events.until(lambda event: event.name == "message")[-1]


def test_problems_are_told_in_the_language_of_the_tab(server: Server, member: Member) -> None:
    with (
        EventReader(server.port, member.key, language="ko") as korean,
        EventReader(server.port, member.key, language="en") as english,
    ):
        send(server.port, member.key, {"text": "/없는 일"}).answer()
        one, other = korean.next("message").data, english.next("message").data
    assert one["id"] == other["id"]
    assert one["problem"]["detail"] != other["problem"]["detail"]
    assert (korean.headers["content-language"], english.headers["content-language"]) == ("ko", "en")


def test_what_can_be_taken_now_is_told_and_withdrawn(server: Server, company: Company, member: Member) -> None:
    bot = company.bot(commands=[choice_command("/예약")])
    path = f"/v1/bots/{bot.id}"

    def shown() -> Any:
        return member.api.get("/v1/me/bots")["items"][0]["commands"][0]["tokens"][0].get("available")

    assert shown() is None
    with EventReader(server.port, member.key) as events:
        first, second = SocketBot(server.port, bot.key), SocketBot(server.port, bot.key)
        events.next("presence")
        events.next("presence")
        first.send("available", command="/예약", token="room", values=["대회의실", "S2"])
        told = events.next("available").data
        assert told == {"bot": bot.id, "command": "/예약", "token": "room", "values": ["대 회의실", "S2"]}
        assert shown() == ["대 회의실", "S2"]
        second.send("available", command="/예약", token="room", values=[])
        assert events.next("available").data["values"] == []
        assert shown() == []
        second.send("available", command="/예약", token="room", values=["S1"])
        assert events.next("available").data["values"] == ["S1"]
        second.close()
        assert events.next("presence").data["presence"]["connections"] == 1
        assert shown() == ["S1"], "the bot still has a connection"
        first.close()
        assert events.next("presence").data["presence"]["connections"] == 0
        assert events.next("bots").data == {"bots": [bot.id]}
        assert shown() is None
    assert company.admin.get(path)["commands"][0]["tokens"][0].get("available") is None, "it was never declared"


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"command": "/없는 일", "token": "room", "values": []}, "/command"),
        ({"command": "/예약", "token": "floor", "values": []}, "/token"),
        ({"command": "/예약", "token": "room", "values": ["S9"]}, "/values"),
        ({"command": "/예약", "token": "room"}, "/values"),
        ({"command": "/예약", "token": "room", "values": "S1"}, "/values"),
    ],
)
def test_what_is_not_declared_cannot_be_available(
    server: Server, company: Company, member: Member, fields: dict[str, Any], pointer: str
) -> None:
    bot = company.bot(commands=[choice_command("/예약")])
    with EventReader(server.port, member.key) as events, SocketBot(server.port, bot.key) as socket:
        events.next("presence")
        socket.send("available", **fields)
        refusal = socket.next("problem")
        assert refusal["code"] == "invalid_fields"
        assert refusal["errors"][0]["pointer"].startswith(pointer)
        socket.send("available", command="/예약", token="room", values=["S1"])
        assert events.next("available").data["values"] == ["S1"], "the first that is told"


def test_bots_that_are_new_changed_or_gone_are_told(server: Server, company: Company, member: Member) -> None:
    with EventReader(server.port, member.key) as events:
        bot = company.bot("/일")
        assert events.next("bots").data == {"bots": [bot.id]}
        company.admin.patch(f"/v1/bots/{bot.id}", {"description": "새 설명"})
        assert events.next("bots").data == {"bots": [bot.id]}
        with SocketBot(server.port, bot.key) as socket:
            events.next("presence")
            socket.send("commands", commands=[text_command("/새 일")])
            assert events.next("bots").data == {"bots": [bot.id]}
            socket.next("declared")
            company.admin.delete(f"/v1/bots/{bot.id}")
            assert {events.next("bots", "presence").name, events.next("bots", "presence").name} == {"bots", "presence"}


def test_others_messages_are_never_told(server: Server, company: Company, member: Member, bot: Bot) -> None:
    colleague = company.member("박새롬")
    foreigner = new_company(company.platform).member()
    with (
        SocketBot(server.port, bot.key) as socket,
        EventReader(server.port, member.key) as mine,
        EventReader(server.port, colleague.key) as theirs,
        EventReader(server.port, foreigner.key) as elsewhere,
    ):
        for _ in range(5):
            sent = send(server.port, colleague.key, {"text": "/일 비밀", "wait_seconds": 20})
            socket.reply(socket.message("/일 비밀"), "비밀")
            assert sent.answer().status == 200
            assert [theirs.next("message").data["status"] for _ in range(2)] == ["running", "completed"]
        send(server.port, member.key, {"text": "/없는 일"}).answer()
        send(server.port, foreigner.key, {"text": "/없는 일"}).answer()
        assert mine.next().data["text"] == "/없는 일", "the first that is told"
        assert elsewhere.next().data["text"] == "/없는 일"


@pytest.mark.parametrize("shape", ["bot", "admin", "none"])
def test_only_members_have_events(server: Server, company: Company, bot: Bot, shape: str) -> None:
    caller = {"bot": bot.api, "admin": company.admin, "none": server.api(None)}[shape]
    response = caller.call("GET", "/v1/me/events")
    if shape == "none":
        refused(response, 401, "key_missing")
    else:
        refused(response, 403, "key_wrong_kind")


def test_one_stream_too_many_ends_the_oldest(server: Server, member: Member) -> None:
    streams = [EventReader(server.port, member.key) for _ in range(STREAMS + 2)]
    assert streams[0].ends()
    assert streams[1].ends()
    send(server.port, member.key, {"text": "/없는 일"}).answer()
    first = [stream.next("message") for stream in streams[2:]]
    assert len({json.dumps(event.data) for event in first}) == 1


def test_an_event_follows_at_once(server: Server, member: Member, bot: Bot, measurements: Measurements) -> None:
    seconds = []
    with SocketBot(server.port, bot.key) as socket, EventReader(server.port, member.key) as events:
        for _ in range(50):
            sent = send(server.port, member.key, {"text": "/일", "wait_seconds": 20})
            message = socket.message("/일")
            events.next("message")
            start = time.monotonic()
            socket.send("reply", id=message["id"], text="끝")
            events.next("message")
            seconds.append(time.monotonic() - start)
            sent.answer()
    measurements.note("from a bot's reply to the member's tab", seconds)
    assert max(seconds) < 1


@pytest.mark.slow
def test_a_silent_stream_shows_that_it_lives(server: Server, member: Member) -> None:
    with EventReader(server.port, member.key, timeout=20) as events:
        for _ in range(2):
            events.next_comment()
        send(server.port, member.key, {"text": "/없는 일"}).answer()
        assert events.next("message").data["text"] == "/없는 일"

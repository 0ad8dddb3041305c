"""What a bot says to a message over its socket, and what its sender gets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.api import problem, refused
from harness.directory import Bot, Company, Member
from harness.server import Server
from harness.shapes import Shape, same_answer, send
from harness.socket_bot import SocketBot


@pytest.fixture
def bot(company: Company) -> Bot:
    return company.bot("/일")


@pytest.fixture
def socket(server: Server, bot: Bot) -> Iterator[SocketBot]:
    with SocketBot(server.port, bot.key) as socket:
        yield socket


def test_a_message_is_what_a_webhook_gets_and_its_reply_ends_the_members_wait(
    server: Server, company: Company, member: Member
) -> None:
    commands = [
        {
            "name": "/예약 회의실",
            "tokens": [
                {"key": "time", "label": "시간", "type": "time_range"},
                {"key": "room", "label": "회의실", "type": "choice", "values": ["S1", "대 회의실"], "required": False},
            ],
        }
    ]
    bot = company.bot(commands=commands)
    text = "/예약 회의실 오전 10시~11시 대회의실"
    with SocketBot(server.port, bot.key) as socket:
        sent = send(server.port, member.key, {"text": text, "wait_seconds": 20})
        message = socket.message(text)
        socket.reply(message, "예약했습니다.", card={"room": 1, "ratio": 1.5})
        answer = sent.answer()
    assert message == {
        "type": "message",
        "id": message["id"],
        "attempt": 1,
        "company": company.domain,
        "bot": bot.id,
        "command": "/예약 회의실",
        "tokens": {"time": "10:00~11:00", "room": "대 회의실"},
        "text": text,
        "member": {"id": member.id, "name": member.name},
    }
    assert answer.status == 200
    assert answer.json["id"] == message["id"]
    assert answer.json["reply"] == {"text": "예약했습니다.", "card": {"room": 1, "ratio": 1.5}}
    assert member.api.get(f"/v1/messages/{message['id']}") == answer.json


@pytest.mark.parametrize("shape", Shape)
def test_both_lanes_reach_a_socket(server: Server, member: Member, bot: Bot, socket: SocketBot, shape: Shape) -> None:
    assert bot
    sent = send(server.port, member.key, {"text": "/일", "wait_seconds": 20}, shape)
    socket.reply(socket.message("/일"), "끝")
    answer = sent.answer()
    assert (answer.status, answer.json["reply"]) == (200, {"text": "끝"})


def test_an_error_of_the_bot_is_told_with_its_words(
    server: Server, member: Member, bot: Bot, socket: SocketBot
) -> None:
    assert bot
    sent = send(server.port, member.key, {"text": "/일", "wait_seconds": 20})
    message = socket.message("/일")
    socket.send("error", id=message["id"], text="장부를 열지 못했습니다.")
    assert socket.next("accepted")["id"] == message["id"]
    answer = sent.answer()
    body = problem(answer.json, 502, "bot_error", answer.status)
    assert "장부를 열지 못했습니다." in body["detail"]
    assert body["id"] == message["id"]
    shown = member.api.get(f"/v1/messages/{message['id']}")
    assert (shown["status"], shown["problem"]["code"]) == ("failed", "bot_error")
    socket.send("reply", id=message["id"], text="그래도")
    assert socket.next("problem")["code"] == "already_answered"


def test_a_bot_may_take_longer_than_its_sender_waits(
    server: Server, member: Member, bot: Bot, socket: SocketBot
) -> None:
    assert bot
    sent = send(server.port, member.key, {"text": "/일", "wait_seconds": 0.1})
    message = socket.message("/일")
    assert sent.answer().status == 202
    path = f"/v1/messages/{message['id']}"
    assert member.api.get(path)["status"] == "running"
    socket.send("progress", id=message["id"], text="반쯤")
    assert socket.is_silent(), "progress is not answered"
    assert member.api.get(path)["progress"] == "반쯤"
    socket.reply(message, "끝")
    done = member.api.get(path)
    assert (done["status"], done["reply"]) == ("completed", {"text": "끝"})
    assert "progress" not in done


def test_progress_of_what_does_not_run_is_ignored(server: Server, member: Member, bot: Bot, socket: SocketBot) -> None:
    assert bot
    sent = send(server.port, member.key, {"text": "/일", "wait_seconds": 20})
    message = socket.message("/일")
    socket.reply(message, "끝")
    before = sent.answer().json
    for id_ in (message["id"], "msg_0000000000000000000000000z", "nonsense"):
        socket.send("progress", id=id_, text="다시")
    assert socket.is_silent()
    assert member.api.get(f"/v1/messages/{message['id']}") == before


def test_a_second_reply_is_refused_and_the_first_stands(
    server: Server, member: Member, bot: Bot, socket: SocketBot
) -> None:
    sent = send(server.port, member.key, {"text": "/일", "wait_seconds": 20})
    message = socket.message("/일")
    socket.reply(message, "첫째")
    for type_ in ("reply", "error"):
        socket.send(type_, id=message["id"], text="둘째")
        refusal = socket.next("problem")
        assert (refusal["code"], refusal["id"]) == ("already_answered", message["id"])
        assert refusal["detail"]
    again = bot.api.call("POST", f"/v1/messages/{message['id']}/reply", {"text": "셋째"})
    refused(again, 409, "already_answered")
    assert sent.answer().json["reply"] == {"text": "첫째"}
    assert member.api.get(f"/v1/messages/{message['id']}")["reply"] == {"text": "첫째"}


def test_another_bots_message_is_not_found(
    server: Server, company: Company, member: Member, bot: Bot, socket: SocketBot
) -> None:
    assert bot
    other = company.bot("/다른 일")
    sent = send(server.port, member.key, {"text": "/일", "wait_seconds": 20})
    message = socket.message("/일")
    with SocketBot(server.port, other.key) as thief:
        for type_ in ("reply", "error"):
            thief.send(type_, id=message["id"], text="남의 일")
            assert thief.next("problem")["code"] == "not_found"
        thief.send("progress", id=message["id"], text="남의 일")
        assert thief.is_silent()
    assert "progress" not in member.api.get(f"/v1/messages/{message['id']}")
    socket.reply(message, "내 일")
    assert sent.answer().json["reply"] == {"text": "내 일"}
    with SocketBot(server.port, other.key) as thief:
        thief.send("reply", id=message["id"], text="남의 일")
        assert thief.next("problem")["code"] == "not_found", "also when it is answered"


@pytest.mark.parametrize("id_", ["msg_0000000000000000000000000z", "msg_", "", "x" * 2_000])
def test_a_message_that_is_none_is_not_found(socket: SocketBot, id_: str) -> None:
    socket.send("reply", id=id_, text="답")
    refusal = socket.next("problem")
    assert (refusal["code"], refusal["id"]) == ("not_found", id_)


@pytest.mark.parametrize(
    ("fields", "where"), [({}, "/text"), ({"text": 7}, "/text"), ({"text": " "}, "/text"), ({"text": None}, "/text")]
)
def test_a_reply_without_text_is_refused_and_the_message_waits(
    server: Server, member: Member, bot: Bot, socket: SocketBot, fields: dict[str, object], where: str
) -> None:
    assert bot
    sent = send(server.port, member.key, {"text": "/일", "wait_seconds": 20})
    message = socket.message("/일")
    socket.send("reply", id=message["id"], **fields)
    refusal = socket.next("problem")
    assert (refusal["code"], refusal["id"]) == ("invalid_fields", message["id"])
    assert [error["pointer"] for error in refusal["errors"]] == [where]
    socket.reply(message, "이제")
    assert sent.answer().json["reply"] == {"text": "이제"}


def test_a_message_over_a_socket_may_be_answered_over_http(
    server: Server, member: Member, bot: Bot, socket: SocketBot
) -> None:
    sent = send(server.port, member.key, {"text": "/일", "wait_seconds": 20})
    message = socket.message("/일")
    taken = bot.api.call("POST", f"/v1/messages/{message['id']}/reply", {"text": "다른 길로"})
    assert taken.status_code == 204
    assert sent.answer().json["reply"] == {"text": "다른 길로"}
    socket.send("reply", id=message["id"], text="또")
    assert socket.next("problem")["code"] == "already_answered"


def test_replies_in_one_piece_are_accepted_in_their_order(
    server: Server, member: Member, bot: Bot, socket: SocketBot
) -> None:
    assert bot
    texts = [f"/일 {number}" for number in range(40)]
    sent = [send(server.port, member.key, {"text": text, "wait_seconds": 20}) for text in texts]
    messages = [socket.next("message") for _ in texts]
    assert sorted(message["text"] for message in messages) == sorted(texts)
    for message in reversed(messages):
        socket.send("reply", id=message["id"], text=f"답: {message['text']}")
    accepted = [socket.next("accepted")["id"] for _ in messages]
    assert sorted(accepted) == sorted(message["id"] for message in messages)
    for text, each in zip(texts, sent, strict=True):
        assert each.answer().json["reply"] == {"text": f"답: {text}"}


def test_a_bot_without_a_connection_is_offline_at_once(server: Server, member: Member, bot: Bot) -> None:
    body = {"text": "/일", "wait_seconds": 30}
    answer = same_answer(server.port, member.key, body)
    told = problem(answer.json, 503, "bot_offline", answer.status)
    assert told["reason"] == "never_connected"
    assert bot.name in told["detail"]

"""The frames of a bot byte by byte: what WebSocket forbids, what this protocol forbids, and what both allow."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from harness.directory import Bot, Company, Member
from harness.server import Server
from harness.shapes import send
from harness.socket_bot import SocketBot, text_frame
from harness.waiting import eventually
from harness.web_socket import Frame, Opcode, close_frame, frame

PROTOCOL_ERROR, NOT_UTF8, TOO_BIG, BAD_FRAME = 1002, 1007, 1009, 4100
MEBIBYTE = 1024 * 1024
TEXT, CONTINUATION, BINARY, PING = Opcode.TEXT, Opcode.CONTINUATION, Opcode.BINARY, Opcode.PING


@pytest.fixture
def bot(company: Company) -> Bot:
    return company.bot("/일")


@pytest.fixture
def socket(server: Server, bot: Bot) -> Iterator[SocketBot]:
    with SocketBot(server.port, bot.key) as socket:
        yield socket


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (frame(TEXT, b"{}", mask=None), PROTOCOL_ERROR),
        (frame(TEXT, b"{}", reserved=4), PROTOCOL_ERROR),
        (frame(TEXT, b"{}", reserved=2), PROTOCOL_ERROR),
        (frame(PING, b"", reserved=1), PROTOCOL_ERROR),
        (frame(3, b"{}"), PROTOCOL_ERROR),
        (frame(0xB, b""), PROTOCOL_ERROR),
        (frame(PING, b"", final=False), PROTOCOL_ERROR),
        (frame(PING, b"x" * 126), PROTOCOL_ERROR),
        (frame(CONTINUATION, b"{}"), PROTOCOL_ERROR),
        (frame(TEXT, b"{", final=False) + frame(TEXT, b"}"), PROTOCOL_ERROR),
        (frame(TEXT, b"{", final=False) + frame(BINARY, b"}"), PROTOCOL_ERROR),
        (frame(TEXT, b"{}", length=b"\x7e\x00\x02"), PROTOCOL_ERROR),
        (frame(TEXT, b"{}", length=b"\x7f" + (2).to_bytes(8, "big")), PROTOCOL_ERROR),
        (frame(TEXT, b"", length=b"\x7f" + b"\xff" * 8), PROTOCOL_ERROR),
        (frame(Opcode.CLOSE, b"\x03"), PROTOCOL_ERROR),
        (close_frame(1005), PROTOCOL_ERROR),
        (close_frame(999), PROTOCOL_ERROR),
        (frame(Opcode.CLOSE, b"\x03\xe8\xff"), NOT_UTF8),
        (frame(TEXT, b'{"type":"\xff"}'), NOT_UTF8),
        (frame(TEXT, "가".encode()[:2]), NOT_UTF8),
        (frame(TEXT, b"\xed\xa0\x80", final=False), NOT_UTF8),
        (frame(TEXT, b"", length=b"\x7f" + (MEBIBYTE + 1).to_bytes(8, "big")), TOO_BIG),
        (frame(TEXT, b" " * MEBIBYTE, final=False, mask=bytes(4)) + frame(CONTINUATION, b" "), TOO_BIG),
        (frame(TEXT, b"hello"), BAD_FRAME),
        (frame(TEXT, b""), BAD_FRAME),
        (frame(TEXT, b"[]"), BAD_FRAME),
        (frame(TEXT, b"{}"), BAD_FRAME),
        (frame(TEXT, b'{"type": 1}'), BAD_FRAME),
        (frame(TEXT, b"[" * 5_000), BAD_FRAME),
        (text_frame("hello"), BAD_FRAME),
        (text_frame("nonsense", id="x"), BAD_FRAME),
        (text_frame("reply", text="no id"), BAD_FRAME),
        (text_frame("reply", id=7, text="no id"), BAD_FRAME),
        (text_frame("error", id="x"), BAD_FRAME),
        (text_frame("progress", id="x", text=7), BAD_FRAME),
        (text_frame("values", id="x", values="S1"), BAD_FRAME),
        (text_frame("values", id="x", values=["S1", 2]), BAD_FRAME),
        (frame(BINARY, b'{"type":"reply"}'), BAD_FRAME),
    ],
)
def test_what_is_forbidden_closes_the_socket_with_its_code(socket: SocketBot, data: bytes, code: int) -> None:
    socket.socket.send(data)
    found, reason = socket.end()
    assert found == code
    assert reason, "the bot's log is to say why"


def test_what_follows_a_forbidden_frame_is_not_read(
    server: Server, bot: Bot, member: Member, socket: SocketBot
) -> None:
    sent = send(server.port, member.key, {"text": "/일", "wait_seconds": 0})
    assert sent.answer().status == 202
    message = socket.message("/일")
    socket.socket.send(text_frame("nonsense") + text_frame("reply", id=message["id"], text="너무 늦은 답"))
    assert socket.end()[0] == BAD_FRAME
    assert member.api.get(f"/v1/messages/{message['id']}")["status"] == "running"
    presence = member.presence_of(bot)
    assert (presence["online"], presence["reason"]) == (False, "bad_frame")


def test_the_largest_frame_is_a_mebibyte(server: Server, member: Member, bot: Bot, socket: SocketBot) -> None:
    assert bot
    sent = send(server.port, member.key, {"text": "/일", "wait_seconds": 20})
    message = socket.message("/일")
    empty = json.dumps({"type": "reply", "id": message["id"], "text": "끝", "filling": ""}, ensure_ascii=False).encode()
    filling = "x" * (MEBIBYTE - len(empty))
    whole = json.dumps(
        {"type": "reply", "id": message["id"], "text": "끝", "filling": filling}, ensure_ascii=False
    ).encode()
    assert len(whole) == MEBIBYTE
    socket.socket.send(frame(TEXT, whole))
    assert socket.next("accepted")["id"] == message["id"]
    assert sent.answer().json["reply"] == {"text": "끝", "filling": filling}


@pytest.mark.parametrize("payload", [b"", b"?", b"\x00\xff" * 62 + b"!"], ids=["empty", "short", "longest"])
def test_a_ping_is_answered_with_its_payload(socket: SocketBot, payload: bytes) -> None:
    socket.socket.send(frame(PING, payload) + frame(Opcode.PONG, b"not asked for"))
    assert socket.socket.next_frame() == Frame(True, Opcode.PONG, payload)
    assert socket.is_silent()


def test_fragments_are_put_together_and_pings_may_stand_between_them(
    server: Server, bot: Bot, member: Member, socket: SocketBot
) -> None:
    assert bot
    sent = send(server.port, member.key, {"text": "/일", "wait_seconds": 20})
    message = socket.message("/일")
    reply = json.dumps({"type": "reply", "id": message["id"], "text": "한글 😀"}, ensure_ascii=False).encode()
    # Cut at every byte, so also within characters.
    pieces = [frame(TEXT, b"", final=False)]
    for index in range(len(reply)):
        pieces.append(frame(CONTINUATION, reply[index : index + 1], final=False))
        pieces.append(frame(PING, bytes([index & 0xFF])))
    pieces.append(frame(CONTINUATION, b""))
    socket.socket.send(b"".join(pieces))
    pongs = [socket.socket.next_frame() for _ in reply]
    assert {pong.opcode for pong in pongs} == {Opcode.PONG}
    assert socket.next("accepted")["id"] == message["id"]
    assert sent.answer().json["reply"] == {"text": "한글 😀"}


def test_a_frame_may_come_byte_by_byte(server: Server, bot: Bot, member: Member, socket: SocketBot) -> None:
    assert bot
    sent = send(server.port, member.key, {"text": "/일", "wait_seconds": 20})
    message = socket.message("/일")
    reply = text_frame("reply", id=message["id"], text="천천히")
    socket.socket.connection.send_pieces(*(reply[index : index + 1] for index in range(len(reply))))
    assert socket.next("accepted")["id"] == message["id"]
    assert sent.answer().json["reply"] == {"text": "천천히"}


@pytest.mark.parametrize(
    ("last", "code"),
    [(close_frame(1000, "끝"), 1000), (close_frame(1001), 1001), (close_frame(4999), 4999), (frame(8), None)],
    ids=["normal", "going away", "of its own", "no code"],
)
def test_a_bot_that_closes_is_answered_and_offline(
    bot: Bot, member: Member, socket: SocketBot, last: bytes, code: int | None
) -> None:
    socket.socket.send(last + text_frame("nonsense"))
    answer = socket.socket.next_frame()
    assert answer.opcode == Opcode.CLOSE
    assert answer.payload[:2] == (b"" if code is None else code.to_bytes(2, "big"))
    assert socket.socket.connection.is_at_end(), "the server ends the connection"
    eventually("the bot to be offline", lambda: not member.presence_of(bot)["online"])
    assert member.presence_of(bot)["reason"] == "disconnected"


def test_a_bot_that_does_not_answer_the_close_frame_is_hung_up_on(socket: SocketBot) -> None:
    socket.socket.send(frame(BINARY, b""))
    assert socket.socket.next_frame().close_code == BAD_FRAME
    assert socket.socket.connection.is_at_end(), "within five seconds"

"""A bot opens its socket: who may, how the request may look, and what everybody else is told."""

from __future__ import annotations

import json
import time

import pytest

from harness.api import problem
from harness.directory import Bot, Company, Member
from harness.raw_http import RawConnection, RawResponse
from harness.secrets import api_key
from harness.server import Server
from harness.socket_bot import SocketBot, text_frame
from harness.waiting import eventually
from harness.web_socket import Opcode, WebSocket, accept_value, frame, handshake

HEALTH = b"GET /healthz HTTP/1.1\r\nHost: hiworker\r\n\r\n"
# From RFC 6455, section 1.3.
NONCE, ACCEPT = "dGhlIHNhbXBsZSBub25jZQ==", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="


@pytest.fixture
def bot(company: Company) -> Bot:
    return company.bot("/일")


def answer_to(server: Server, request: bytes) -> RawResponse:
    with RawConnection(server.port) as connection:
        connection.send(request)
        return connection.response(skips_interim=False)


def refusal(server: Server, request: bytes, status: int, code: str) -> RawResponse:
    """The answer, which must be this problem as JSON and no closed socket."""
    answer = answer_to(server, request)
    assert answer.headers["content-type"] == "application/problem+json"
    problem(answer.json, status, code, answer.status)
    return answer


def test_a_good_key_opens_a_socket_that_greets(server: Server, bot: Bot) -> None:
    assert accept_value(NONCE) == ACCEPT
    with RawConnection(server.port) as connection:
        connection.send(handshake(bot.key, NONCE))
        status, fields = connection.response_head()
        assert (status, fields["sec-websocket-accept"]) == (101, ACCEPT)
    with SocketBot(server.port, bot.key) as socket:
        assert socket.hello == {
            "type": "hello",
            "bot": bot.id,
            "node": socket.hello["node"],
            "heartbeat_seconds": 25,
        }
        assert socket.hello["node"]
        with SocketBot(server.port, bot.key) as other:
            assert other.hello["node"] == socket.hello["node"]


@pytest.mark.parametrize(
    "changes",
    [
        {"Connection": "keep-alive, Upgrade"},
        {"Connection": "UPGRADE", "Upgrade": "WebSocket"},
        {"Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits", "Sec-WebSocket-Protocol": "chat"},
        {"Origin": "https://example.com", "User-Agent": "bot/1.0 (test)", "X-Request-Id": "1"},
        {"Accept-Language": "ko", "Content-Length": "0"},
        {"Authorization": None, "authorization": "bearer {key}"},
    ],
    ids=["two options", "capitals", "offers", "more fields", "empty body", "small letters"],
)
def test_a_handshake_may_look_otherwise(server: Server, bot: Bot, changes: dict[str, str | None]) -> None:
    filled = {name: value and value.replace("{key}", bot.key) for name, value in changes.items()}
    request = handshake(bot.key, NONCE, **filled)
    answer = answer_to(server, request)
    assert (answer.status, answer.headers.get("sec-websocket-accept")) == (101, ACCEPT)
    assert not {"sec-websocket-extensions", "sec-websocket-protocol"} & answer.headers.keys()


def test_a_handshake_may_be_cut_at_every_byte(server: Server, bot: Bot) -> None:
    request = handshake(bot.key, NONCE)
    for cut in range(1, len(request)):
        with RawConnection(server.port) as connection:
            connection.send_pieces(request[:cut], request[cut:])
            status, fields = connection.response_head()
            assert (status, fields.get("sec-websocket-accept")) == (101, ACCEPT), cut


def test_frames_may_leave_in_one_piece_with_the_handshake(server: Server, bot: Bot) -> None:
    told = [text_frame("reply", id=f"msg_{number}", text="?") for number in range(20)]
    with WebSocket(server.port, bot.key, behind=b"".join(told)) as socket:
        frames = [json.loads(socket.next_frame().payload) for _ in range(21)]
    assert [each["type"] for each in frames] == ["hello"] + ["problem"] * 20, "the greeting is the first of all"
    assert [each["id"] for each in frames[1:]] == [f"msg_{number}" for number in range(20)]


@pytest.mark.parametrize("before_end", range(1, 70))
def test_the_first_frame_may_be_cut_wherever_the_handshake_ends(server: Server, bot: Bot, before_end: int) -> None:
    ping = frame(Opcode.PING, b"behind the handshake, in pieces, or before it")
    with WebSocket(server.port, bot.key, behind=ping, cut_before_end=before_end) as socket:
        assert {socket.next_frame().opcode, socket.next_frame().opcode} == {Opcode.TEXT, Opcode.PONG}


def test_a_socket_may_be_opened_behind_hot_requests(server: Server, bot: Bot, member: Member) -> None:
    """The bot's side of a connection pool that once sent something else of the hot lane."""
    body = json.dumps({"text": "/도움"}).encode()
    post = (
        f"POST /v1/messages HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {member.key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body
    with RawConnection(server.port) as connection:
        connection.send(post + handshake(bot.key, NONCE))
        assert connection.response().status == 200
        assert connection.response_head()[0] == 101


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (None, "key_missing"),
        ("", "key_missing"),
        ("hwb_short", "key_malformed"),
        (api_key("hwb_")[:-1] + "!", "key_malformed"),
        (api_key("hwb_"), "key_unknown"),
    ],
    ids=["none", "empty", "short", "mistyped", "unknown"],
)
def test_a_key_that_is_none_is_refused_before_the_upgrade(server: Server, key: str | None, code: str) -> None:
    answer = refusal(server, handshake(key), 401, code)
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_refusal_is_in_the_language_that_was_asked_for(server: Server) -> None:
    korean = refusal(server, handshake(None, Accept_Language="ko"), 401, "key_missing")
    english = refusal(server, handshake(None, Accept_Language="en"), 401, "key_missing")
    assert korean.json["detail"] != english.json["detail"]
    assert (korean.headers["content-language"], english.headers["content-language"]) == ("ko", "en")


def test_a_revoked_and_an_expired_key_are_refused(server: Server, company: Company, bot: Bot) -> None:
    path = f"/v1/bots/{bot.id}/keys"
    revoked = company.admin.post(path)
    company.admin.delete(f"/v1/keys/{revoked['id']}")
    refusal(server, handshake(revoked["secret"]), 401, "key_revoked")
    expired = company.admin.post(path, {"expires_in_seconds": 1})
    until = time.monotonic() + 1.05
    eventually("the key to expire", lambda: time.monotonic() > until)
    refusal(server, handshake(expired["secret"]), 401, "key_expired")
    assert answer_to(server, handshake(bot.key)).status == 101, "the bot's other key lives on"


def test_a_key_of_another_kind_is_refused(server: Server, company: Company, member: Member) -> None:
    for key in (member.key, company.admin.key):
        answer = refusal(server, handshake(key), 403, "key_wrong_kind")
        assert "www-authenticate" not in answer.headers


def test_a_bot_that_is_reached_by_webhook_has_no_socket(server: Server, company: Company, echo: str) -> None:
    webhook = company.bot("/메아리", echo)
    refusal(server, handshake(webhook.key), 409, "not_a_socket")


@pytest.mark.parametrize(
    "changes",
    [
        {"Upgrade": None, "Connection": None, "Sec-WebSocket-Key": None, "Sec-WebSocket-Version": None},
        {"Sec-WebSocket-Version": "8"},
        {"Sec-WebSocket-Version": None},
        {"Sec-WebSocket-Key": None},
        {"Sec-WebSocket-Key": "short"},
        {"Upgrade": "h2c"},
        {"Upgrade": None},
        {"Connection": "close"},
    ],
    ids=["plain GET", "old version", "no version", "no nonce", "bad nonce", "another protocol", "no protocol", "close"],
)
def test_what_is_no_handshake_of_version_13_is_answered_426(
    server: Server, bot: Bot, changes: dict[str, str | None]
) -> None:
    with RawConnection(server.port) as connection:
        connection.send(handshake(bot.key, NONCE, **changes))
        answer = connection.response()
        problem(answer.json, 426, "upgrade_required", answer.status)
        options = {option.strip().lower() for option in answer.headers["connection"].split(",")}
        assert "close" in options
        assert answer.headers["upgrade"] == "websocket"
        assert answer.headers.get("sec-websocket-version", "13") == "13"
        assert connection.is_at_end()


def test_a_connection_that_turned_cold_is_told_to_dial_anew(server: Server, bot: Bot) -> None:
    with RawConnection(server.port) as connection:
        connection.send(HEALTH)
        assert connection.response().status == 200
        connection.send(handshake(bot.key, NONCE))
        answer = connection.response()
        problem(answer.json, 426, "upgrade_required", answer.status)
        assert "close" in answer.headers["connection"].lower()
        assert connection.is_at_end()
    assert answer_to(server, handshake(bot.key)).status == 101


def test_other_methods_are_not_for_the_socket(server: Server, bot: Bot) -> None:
    request = handshake(bot.key).replace(b"GET", b"POST", 1)
    answer = refusal(server, request, 405, "method_not_allowed")
    assert "GET" in answer.headers["allow"]

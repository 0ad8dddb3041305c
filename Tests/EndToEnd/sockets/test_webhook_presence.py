"""Whether a webhook can be reached: known from its calls, and from a look that sends it nothing."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask.typing import ResponseReturnValue

from harness.api import problem, refused
from harness.directory import Bot, Company, Member
from harness.events import EventReader
from harness.flask_bot import FlaskBot
from harness.ports import free_port
from harness.raw_bot import RawBot, answer
from harness.server import Server
from harness.shapes import send
from harness.waiting import eventually


def presence_once_looked_at(member: Member, bot: Bot) -> Any:
    """The presence when somebody looked at the webhook; asking for it is what makes somebody look."""

    def looked() -> Any:
        presence = member.presence_of(bot)
        return presence if presence.get("reason") != "not_called_yet" else None

    return eventually("a look at the webhook", looked)


def test_a_webhook_is_found_online_without_being_called(server: Server, company: Company, member: Member) -> None:
    with FlaskBot(lambda _: "여기") as webhook, EventReader(server.port, member.key) as events:
        bot = company.bot("/일", webhook.url)
        assert events.next("bots").data == {"bots": [bot.id]}
        presence = presence_once_looked_at(member, bot)
        assert events.next("presence").data == {"bot": bot.id, "presence": presence}
        assert presence == company.admin.get(f"/v1/bots/{bot.id}")["presence"]
        assert (presence["online"], presence["connections"]) == (True, 0)
        assert "reason" not in presence
        assert presence["since"] == presence["last_seen"]
        assert not webhook.deliveries, "a look is no call"
        member.send("/일")
        called = member.presence_of(bot)
        assert called["last_seen"] > presence["last_seen"]
        assert called["since"] == presence["since"]


def test_nobody_listens(server: Server, company: Company, member: Member) -> None:
    with EventReader(server.port, member.key) as events:
        bot = company.bot("/일", f"http://127.0.0.1:{free_port()}/")
        presence = presence_once_looked_at(member, bot)
        assert (presence["online"], presence["reason"]) == (False, "refused")
        events.next("bots")
        assert events.next("presence").data == {"bot": bot.id, "presence": presence}
    sent = send(server.port, member.key, {"text": "/일", "wait_seconds": 20}).answer()
    assert problem(sent.json, 503, "bot_offline", sent.status)["reason"] == "refused"


def test_an_address_that_webhooks_may_not_reach(company: Company, member: Member) -> None:
    bot = company.bot("/일", "http://10.255.255.1/")
    presence = presence_once_looked_at(member, bot)
    assert (presence["online"], presence["reason"]) == (False, "address_not_allowed")


def test_a_bad_status_counts_as_offline_until_the_next_good_answer(
    server: Server, company: Company, member: Member
) -> None:
    answers: Iterator[ResponseReturnValue] = iter([("", 500), "다시 여기"])
    with FlaskBot(lambda _: next(answers)) as webhook:
        bot = company.bot("/일", webhook.url)
        online = presence_once_looked_at(member, bot)
        assert online["online"]
        with EventReader(server.port, member.key) as events:
            refused(member.api.call("POST", "/v1/messages", {"text": "/일"}), 502, "bot_error")
            told = events.until(lambda event: event.name == "presence")[-1].data["presence"]
            assert (told["online"], told["reason"]) == (False, "bad_status")
            assert member.presence_of(bot) == told
            assert told["last_seen"] > online["last_seen"], "it was heard, though it said nothing good"
            member.send("/일")
            back = events.until(lambda event: event.name == "presence")[-1].data["presence"]
            assert back["online"]
            assert "reason" not in back


@contextmanager
def full_listener() -> Iterator[int]:
    """The port of a server that takes no more connections: what comes is left unanswered."""
    with ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        port: int = listener.getsockname()[1]
        for _ in range(3):
            client = stack.enter_context(socket.socket())
            client.setblocking(False)
            client.connect_ex(("127.0.0.1", port))
        yield port


def test_a_webhook_that_takes_no_connection_in_time(company: Company, member: Member) -> None:
    with full_listener() as port:
        bot = company.bot("/일", f"http://127.0.0.1:{port}/")
        presence = presence_once_looked_at(member, bot)
        assert (presence["online"], presence["reason"]) == (False, "timeout")


def test_a_webhook_that_speaks_no_tls(company: Company, member: Member) -> None:
    with RawBot(answer(b"HTTP/1.1 400 Bad Request\r\n\r\n"), reads_first=False) as bot:
        registered = company.bot("/일", bot.url.replace("http", "https"))
        presence = presence_once_looked_at(member, registered)
        assert (presence["online"], presence["reason"]) == (False, "tls")


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate")
def test_a_webhook_with_a_certificate_that_nobody_vouches_for(
    server: Server, company: Company, member: Member, tmp_path: Path
) -> None:
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-keyout", str(key), "-out", str(certificate), "-days", "2", "-subj", "/CN=localhost"),
            *("-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def shake_hands(connection: socket.socket, _: bytes) -> None:
        # The other side hangs up when it has seen the certificate.
        with context.wrap_socket(connection, server_side=True) as secure:
            secure.recv(1)

    with RawBot(shake_hands, reads_first=False) as bot:
        registered = company.bot("/일", bot.url.replace("http", "https"))
        presence = presence_once_looked_at(member, registered)
        assert (presence["online"], presence["reason"]) == (False, "tls")
        sent = send(server.port, member.key, {"text": "/일", "wait_seconds": 20}).answer()
        problem(sent.json, 503, "bot_offline", sent.status)
        assert sent.json["reason"] == "tls"


def test_a_bot_that_moves_is_looked_at_anew(company: Company, member: Member) -> None:
    bot = company.bot("/일", f"http://127.0.0.1:{free_port()}/")
    assert not presence_once_looked_at(member, bot)["online"]
    with FlaskBot(lambda _: "새 집") as webhook:
        company.admin.patch(f"/v1/bots/{bot.id}", {"delivery": {"url": webhook.url}})
        assert presence_once_looked_at(member, bot)["online"]
    company.admin.patch(f"/v1/bots/{bot.id}", {"delivery": {"type": "socket"}})
    assert member.presence_of(bot)["reason"] == "never_connected"

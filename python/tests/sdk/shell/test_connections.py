"""Connections that come, go and are drained, over real sockets."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import pytest

from hiworker import (
    Bot,
    CommandTakenError,
    ConfigurationError,
    FrameRefusedError,
    HiworkerError,
    KeyMissingError,
    KeyRevokedError,
    NotHiworkerError,
)
from scripted.messages import bot_key, message_frame
from scripted.relay import RelaySide, ScriptedRelay, asynchronous
from scripted.running import running, serving


class Gate:
    """A bot whose handler waits until it is let go, and counts its runs."""

    def __init__(self, url: str) -> None:
        self.bot = Bot(bot_key(), url=url)
        self.runs = 0
        self.started = asyncio.Event()
        self.open = asyncio.Event()
        self.bot.command("/메아리")(self.handle)

    async def handle(self, words: str) -> str:
        self.runs += 1
        self.started.set()
        await self.open.wait()
        return words


REPLY = {"type": "reply", "id": "m1", "text": "안녕"}


@asynchronous
async def test_a_message_in_hand_survives_a_killed_connection() -> None:
    async with ScriptedRelay() as relay:
        gate = Gate(relay.url)
        async with serving(gate.bot, relay) as side:
            await side.send_frame(message_frame())
            await gate.started.wait()
            side.cut()
            second = await relay.connection()
            await second.serve()
            await second.send_frame(message_frame(attempt=2))
            gate.open.set()
            assert await second.receive() == REPLY
            assert gate.runs == 1


@asynchronous
async def test_a_reply_that_was_not_accepted_is_sent_again_after_hello() -> None:
    async with ScriptedRelay() as relay:
        gate = Gate(relay.url)
        gate.open.set()
        async with serving(gate.bot, relay) as side:
            await side.send_frame(message_frame())
            assert await side.receive() == REPLY
            side.cut()
            second = await relay.connection()
            await second.hello()
            assert [await second.receive() for _ in range(2)][1] == REPLY
            await second.send("accepted", id="m1")
            second.cut()
            third = await relay.connection()
            await third.serve()
            await third.send_frame(message_frame(attempt=3))
            assert await third.receive() == REPLY
            assert gate.runs == 1


@asynchronous
async def test_a_drain_dials_first_and_replies_over_the_old_connection() -> None:
    async with ScriptedRelay() as relay:
        gate = Gate(relay.url)
        async with serving(gate.bot, relay) as old:
            await old.send_frame(message_frame())
            await gate.started.wait()
            await old.send("drain", reconnect_after_ms=1)
            new = await relay.connection()
            await new.serve()
            gate.open.set()
            assert await old.receive() == REPLY
            await old.send("accepted", id="m1")
            assert await old.closed() == 1000
            await new.send_frame(message_frame("m2"))
            assert (await new.receive())["id"] == "m2"


@asynchronous
async def test_a_refused_second_dial_leaves_the_draining_connection_at_work() -> None:
    async with ScriptedRelay() as relay:
        gate = Gate(relay.url)
        gate.open.set()
        async with serving(gate.bot, relay) as old:
            relay.refusal = (503, {"Retry-After": "0"}, b"")
            await old.send("drain", reconnect_after_ms=0)
            await relay.refused.wait()
            await old.send_frame(message_frame())
            assert await old.receive() == REPLY
            relay.refusal = None
            new = await relay.connection()
            await new.serve()


@asynchronous
async def test_a_restarted_server_is_found_again(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "hiworker")
    async with ScriptedRelay() as relay:
        gate = Gate(relay.url)
        port = relay.port
        async with running(gate.bot) as task:
            side = await relay.connection()
            await side.serve()
            await relay.__aexit__(None, None, None)
            async with ScriptedRelay(port=port) as again:
                side = await again.connection()
                await side.serve()
                gate.open.set()
                await side.send_frame(message_frame())
                assert await side.receive() == REPLY
                assert not task.done()
    assert "Connected again" in caplog.text


@asynchronous
async def test_pings_are_answered_and_a_silent_server_is_noticed() -> None:
    async with ScriptedRelay() as relay:
        gate = Gate(relay.url)
        async with running(gate.bot):
            side = await relay.connection()
            await side.hello(heartbeat_seconds=0.05)
            await (await side.socket.ping())
            side.socket.transport.pause_reading()
            assert await (await relay.connection()).serve()
            side.cut()


@asynchronous
async def test_a_fragmented_frame_is_put_together_and_what_is_no_json_is_ignored() -> None:
    async with ScriptedRelay() as relay:
        gate = Gate(relay.url)
        gate.open.set()
        async with serving(gate.bot, relay) as side:
            for junk in ("{", "[1]", "3", b"\x00"):
                await side.socket.send(junk)
            text = json.dumps(message_frame())
            await side.socket.send(iter([text[:10], text[10:20], text[20:]]))
            assert await side.receive() == REPLY


async def ends_with(url: str, kind: type[HiworkerError], script: Any = None) -> str:
    bot = Bot(bot_key(), url=url)
    bot.command("/메아리")(lambda: "a")
    with pytest.raises(kind) as raised:
        await asyncio.gather(bot.serve(), script() if script else asyncio.sleep(0))
    return str(raised.value)


@asynchronous
async def test_a_key_revoked_while_the_bot_runs_ends_it() -> None:
    async with ScriptedRelay() as relay:

        async def revoke() -> None:
            side = await relay.connection()
            await side.serve()
            await side.close(4101)

        assert "was revoked" in await ends_with(relay.url, KeyRevokedError, revoke)


@asynchronous
async def test_another_bots_command_ends_it() -> None:
    async with ScriptedRelay() as relay:

        async def refuse() -> None:
            side = await relay.connection()
            await side.hello()
            await side.receive()
            await side.send("problem", code="command_taken", detail="/메아리 belongs to 다른 봇.")
            assert await side.closed() == 1000

        assert "다른 봇" in await ends_with(relay.url, CommandTakenError, refuse)


@asynchronous
async def test_a_refused_key_ends_it() -> None:
    async with ScriptedRelay() as relay:
        body = json.dumps({"code": "key_revoked", "detail": "Revoked."}).encode()
        relay.refusal = (401, {"Content-Type": "application/problem+json"}, body)
        await ends_with(relay.url, KeyRevokedError)


@asynchronous
async def test_something_else_at_the_address_ends_it() -> None:
    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 smtp.example.com ESMTP\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        said = await ends_with(f"http://127.0.0.1:{port}", NotHiworkerError)
        assert "no hiworker server" in said
        assert "https://" in said
        assert "does not speak TLS" in await ends_with(f"https://127.0.0.1:{port}", NotHiworkerError)


@asynchronous
async def test_a_connection_that_ends_at_once_is_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    calls = asyncio.Queue[None]()

    async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        calls.put_nowait(None)
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server:
        gate = Gate(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        async with running(gate.bot):
            for _ in range(3):
                await calls.get()
    assert caplog.text.count("the connection ended at once. If it speaks TLS, write https://.") == 1


@asynchronous
async def test_an_unknown_name_is_told(caplog: pytest.LogCaptureFixture) -> None:
    gate = Gate("http://hiworker.invalid")
    told = asyncio.Event()

    class Told(logging.Handler):
        def emit(self, _record: logging.LogRecord) -> None:
            told.set()

    handler = Told()
    logging.getLogger("hiworker").addHandler(handler)
    async with running(gate.bot):
        await told.wait()
    logging.getLogger("hiworker").removeHandler(handler)
    assert "No server can be reached at http://hiworker.invalid: the name is not known." in caplog.text


@asynchronous
async def test_a_bot_without_a_key_or_commands_or_readable_certificates_does_not_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("HIWORKER_API_KEY", "HIWORKER_API_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(KeyMissingError):
        await Bot().serve()
    with pytest.raises(ConfigurationError, match="no commands"):
        await Bot(bot_key()).serve()
    bot = Bot(bot_key(), url="https://127.0.0.1:1", ca_file="/nowhere.pem")
    bot.command("/메아리")(lambda: "a")
    with pytest.raises(ConfigurationError, match=r"The certificates in /nowhere.pem cannot be read"):
        await bot.serve()


@asynchronous
async def test_a_bot_runs_once_at_a_time() -> None:
    async with ScriptedRelay() as relay:
        gate = Gate(relay.url)
        async with serving(gate.bot, relay):
            with pytest.raises(HiworkerError, match="runs already"):
                await gate.bot.serve()


@asynchronous
async def test_stop_finishes_what_is_in_hand() -> None:
    async with ScriptedRelay() as relay:
        gate = Gate(relay.url)
        async with running(gate.bot) as task:
            side = await relay.connection()
            await side.serve()
            await side.send_frame(message_frame())
            await gate.started.wait()
            await asyncio.to_thread(gate.bot.stop)
            await side.send_frame(message_frame("m2"))
            gate.open.set()
            assert await side.receive() == REPLY
            await side.send("accepted", id="m1")
            assert await side.closed() == 1000
            await task
            gate.bot.stop()
            assert gate.runs == 1


@asynchronous
async def test_a_second_stop_does_not_wait() -> None:
    async with ScriptedRelay() as relay:
        gate = Gate(relay.url)
        async with running(gate.bot) as task:
            side: RelaySide = await relay.connection()
            await side.serve()
            await side.send_frame(message_frame())
            await gate.started.wait()
            gate.bot.stop()
            gate.bot.stop()
            assert await side.closed() == 1000
            await task


@asynchronous
async def test_stopping_during_a_dial_ends_at_once() -> None:
    accepted = asyncio.Event()

    async def say_nothing(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        accepted.set()
        await _reader.read()
        writer.close()

    # A TLS handshake that nobody answers: the dial goes on.
    async with await asyncio.start_server(say_nothing, "127.0.0.1", 0) as server:
        gate = Gate(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        async with running(gate.bot) as task:
            await accepted.wait()
            gate.bot.stop()
            await task


@pytest.mark.parametrize("code", [1002, 1009])
def test_a_frame_that_the_server_refuses_ends_the_bot(code: int) -> None:
    _is_refused(code)


@asynchronous
async def _is_refused(code: int) -> None:
    async with ScriptedRelay() as relay:

        async def refuse() -> None:
            side = await relay.connection()
            await side.serve()
            await side.close(code, "too much")

        assert "too much" in await ends_with(relay.url, FrameRefusedError, refuse)


@asynchronous
async def test_a_frame_that_the_bot_refuses_does_not_end_it() -> None:
    async with ScriptedRelay() as relay:
        gate = Gate(relay.url)
        async with serving(gate.bot, relay) as side:
            await side.socket.send("x" * (1024 * 1024 + 1))
            assert await side.closed() == 1009
            await (await relay.connection()).serve()

"""The SDK and the server, together."""

from __future__ import annotations

import socket
import threading
import unicodedata
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from werkzeug.serving import make_server

from hiworker import Bot, CommandTakenError, KeyRevokedError, Message, Reply, TimeRange
from hiworker._bot import commands_of
from hiworker.testing import Relay, RelayBot, RelayMember, RelayProblem


@pytest.fixture
def registered(hiworker_relay: Relay) -> Iterator[RelayBot]:
    """A bot of one test."""
    registered = hiworker_relay.bot()
    yield registered
    hiworker_relay.call("DELETE", f"/v1/bots/{registered.id}")


@pytest.fixture(scope="module")
def member(hiworker_relay: Relay) -> RelayMember:
    return hiworker_relay.member()


@pytest.fixture
def bot() -> Bot:
    bot = Bot()

    @bot.command("/예약 회의실")
    def reserve(time: TimeRange, room: Literal["S1", "S2", "대 회의실"] = "S1") -> str:
        """회의실을 예약합니다."""
        return f"{room} {time} 예약했습니다"

    return bot


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_member_is_answered_however_the_hangul_is_typed(
    form: Literal["NFC", "NFD"], bot: Bot, registered: RelayBot, member: RelayMember
) -> None:
    with registered.running(bot):
        sent = member.send(unicodedata.normalize(form, "/예약 회의실 10:00~11:00 대회의실"))
    assert sent["status"] == "completed"
    assert sent["reply"]["text"] == "대 회의실 10:00~11:00 예약했습니다"


def test_a_bot_is_online_while_it_runs_and_offline_after(bot: Bot, registered: RelayBot, member: RelayMember) -> None:
    with registered.running(bot):
        assert registered.presence["online"] is True
        assert registered.presence["connections"] == 1
    assert registered.presence["online"] is False
    with pytest.raises(RelayProblem, match="503 bot_offline"):
        member.send("/예약 회의실 10:00~11:00")


def test_async_handlers_progress_and_fields(registered: RelayBot, member: RelayMember) -> None:
    bot = Bot()

    @bot.command("/세기")
    async def count(to: int, message: Message) -> Reply:
        for number in range(to):
            await message.progress(str(number))
        return Reply(f"{message.member} {to}", count=to, attempt=message.attempt)

    with registered.running(bot):
        reply = member.send("/세기 3")["reply"]
        assert (reply["text"], reply["count"], reply["attempt"]) == ("김지은 3", 3, 1)
        sent = member.send("/세기 2.5")
        assert (sent["status"], sent["reply"]["text"]) == ("completed", "to: 2.5 대신 정수로 적어 주세요.")


def test_a_later_reply_completes_the_message(registered: RelayBot, member: RelayMember) -> None:
    bot = Bot()
    kept: list[Message] = []

    @bot.command("/결재")
    def approve(message: Message) -> Any:
        kept.append(message)
        return message.later()

    with registered.running(bot):
        sent = member.send("/결재", wait_seconds=0.3)
        assert sent["status"] == "running"
        threading.Thread(target=kept[0].reply, args=("결재했습니다",)).start()
        # The end of the block waits until the reply is accepted.
    assert member.message(sent["id"])["reply"]["text"] == "결재했습니다"


def test_a_failing_handler_is_a_failed_message(
    registered: RelayBot, member: RelayMember, caplog: pytest.LogCaptureFixture
) -> None:
    bot = Bot()

    @bot.command("/나눠")
    def divide() -> str:
        return str(1 / 0)

    with registered.running(bot), pytest.raises(RelayProblem, match="502 bot_error"):
        member.send("/나눠")
    assert "ZeroDivisionError" in caplog.text


def test_another_bots_command_is_refused(hiworker_relay: Relay, bot: Bot, registered: RelayBot) -> None:
    other = hiworker_relay.bot("다른 봇")
    second = Bot()
    second.command("/예약 회의실")(lambda: "a")
    with registered.running(bot), pytest.raises(CommandTakenError), other.running(second):
        pass


def test_a_revoked_key_ends_the_bot(hiworker_relay: Relay, bot: Bot, registered: RelayBot) -> None:
    with registered.running(bot) as running:
        [key] = hiworker_relay.call("GET", f"/v1/bots/{registered.id}/keys")["items"]
        hiworker_relay.call("DELETE", f"/v1/keys/{key['id']}")
        running.wait()
        assert isinstance(running.error, KeyRevokedError)


def test_a_deleted_bot_ends(hiworker_relay: Relay, bot: Bot) -> None:
    registered = hiworker_relay.bot()
    with registered.running(bot) as running:
        hiworker_relay.call("DELETE", f"/v1/bots/{registered.id}")
        running.wait()
        assert running.error is not None


def test_completions_reach_the_member(registered: RelayBot, member: RelayMember, hiworker_relay: Relay) -> None:
    bot = Bot()

    @bot.command("/자리")
    def seat(room: Literal["S1", "S2"], desk: Literal["D1", "D2", "D3"]) -> str:
        return f"{room} {desk}"

    @seat.complete("desk")
    def desks(room: str) -> list[str]:
        return ["D2"] if room == "S2" else ["D1", "D3"]

    with registered.running(bot):
        answer = hiworker_relay.call("GET", "/v1/me/complete?text=%2F%EC%9E%90%EB%A6%AC%20S2%20", key=member.key)
    assert "D2" in str(answer)


def test_a_restarted_server_finds_its_bot_again(
    hiworker_relay: Relay, bot: Bot, registered: RelayBot, member: RelayMember
) -> None:
    with registered.running(bot) as running:
        hiworker_relay.stop()
        running.expect_again()
        hiworker_relay.start()
        running.wait_until_declared()
        assert member.send("/예약 회의실 10:00~11:00")["reply"]["text"] == "S1 10:00~11:00 예약했습니다"
    assert running.error is None


def test_available_values_are_seen_by_members(registered: RelayBot, member: RelayMember, hiworker_relay: Relay) -> None:
    bot = Bot()

    @bot.command("/자리")
    def seat(desk: Literal["D1", "D2"]) -> str:
        bot.available("/자리", "desk", [other for other in ("D1", "D2") if other != desk])
        return desk

    with registered.running(bot):
        # Frames arrive in their order: what the handler said before its reply is known when the reply is.
        assert member.send("/자리 D1")["reply"]["text"] == "D1"
        [token] = next(
            command["tokens"]
            for each in hiworker_relay.call("GET", "/v1/me/bots", key=member.key)["items"]
            for command in each["commands"]
            if command["name"] == "/자리"
        )
        assert token["available"] == ["D2"]


def test_the_same_bot_as_a_webhook(
    hiworker_relay: Relay, bot: Bot, member: RelayMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        registered = hiworker_relay.bot(
            "웹훅", delivery={"type": "webhook", "url": url}, commands=commands_of(bot).declaration
        )
        assert registered.webhook_secret is not None
        monkeypatch.setenv("HIWORKER_WEBHOOK_SECRET", registered.webhook_secret)
        server = make_server("127.0.0.1", 0, bot.flask(), threaded=True, fd=listener.fileno())
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            sent = member.send("/예약 회의실 10:00~11:00 S2")
            assert sent["reply"]["text"] == "S2 10:00~11:00 예약했습니다"
        finally:
            hiworker_relay.call("DELETE", f"/v1/bots/{registered.id}")
            server.shutdown()
            thread.join()
            server.server_close()

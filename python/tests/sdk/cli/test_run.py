"""``bot.run()`` as a process: what it says, how it stops, and how it is started anew."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

import hiworker
from scripted.messages import bot_key, message_frame
from scripted.relay import RelaySide, ScriptedRelay, asynchronous

BOT = """
from hiworker import Bot

bot = Bot()


@bot.command("/메아리")
def echo(words: str) -> str:
    return words


bot.run()
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "bot.py"
    file.write_text(BOT, encoding="utf-8")
    return file


def environment(**variables: str) -> dict[str, str]:
    source = str(Path(hiworker.__file__).parents[1])
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("HIWORKER_")}
    return inherited | {"PYTHONPATH": source, "PYTHONIOENCODING": "utf-8"} | variables


@asynccontextmanager
async def started(*arguments: str | Path, **variables: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A Python process of its own process group, as a shell would start it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-W", "error", *map(str, arguments)),
        env=environment(**variables),
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


async def says(process: asyncio.subprocess.Process, text: str) -> None:
    """Reads on until a line has the text."""
    assert process.stderr is not None
    while text not in (line := await process.stderr.readline()).decode():
        assert line, f"It ended without saying {text!r}."


async def said_by(process: asyncio.subprocess.Process) -> tuple[int | None, str]:
    _, errors = await process.communicate()
    return process.returncode, errors.decode()


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({}, "There is no API key. Set HIWORKER_API_KEY"),
        ({"HIWORKER_API_KEY": ""}, "There is no API key"),
        ({"HIWORKER_API_KEY": bot_key()[:-1]}, "has 39 characters"),
        ({"HIWORKER_API_KEY": bot_key(prefix="hwm_")}, "is a member's, not a bot's"),
        ({"HIWORKER_API_KEY_FILE": "/nowhere"}, "HIWORKER_API_KEY_FILE cannot be read"),
        ({"HIWORKER_API_KEY": bot_key(), "HIWORKER_URL": "example.com"}, "The address 'example.com' is no server's"),
    ],
)
def test_a_wrong_setting_is_told_in_one_sentence(file: Path, variables: dict[str, str], said: str) -> None:
    done = subprocess.run(
        [sys.executable, str(file)], env=environment(**variables), capture_output=True, timeout=20, check=False
    )
    assert done.returncode == 1
    assert said in done.stderr.decode()
    assert done.stderr.decode().count("\n") == 1


async def greeted(relay: ScriptedRelay) -> RelaySide:
    side = await relay.connection()
    await side.serve()
    return side


@asynchronous
async def _stops(file: Path, number: signal.Signals) -> None:
    async with (
        ScriptedRelay() as relay,
        started(file, HIWORKER_API_KEY=bot_key(), HIWORKER_URL=relay.url) as process,
    ):
        side = await greeted(relay)
        await side.send_frame(message_frame())
        frame = await side.receive()
        process.send_signal(number)
        # Its reply is not accepted yet: the bot waits for that.
        await side.send("accepted", id=frame["id"])
        assert await side.closed() == 1000
        code, errors = await said_by(process)
        assert code == 0
        assert f"Connected to {relay.url} as bot_1: /메아리" in errors


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_connects_answers_and_stops_cleanly(file: Path, number: signal.Signals) -> None:
    _stops(file, number)


@asynchronous
async def test_a_second_ctrl_c_stops_a_handler_that_hangs(tmp_path: Path) -> None:
    file = tmp_path / "bot.py"
    file.write_text(BOT.replace("    return words", "    import threading\n    threading.Event().wait()"))
    async with (
        ScriptedRelay() as relay,
        started(file, HIWORKER_API_KEY=bot_key(), HIWORKER_URL=relay.url) as process,
    ):
        side = await greeted(relay)
        await side.send_frame(message_frame())
        await side.send("complete", id="c1", command="/메아리", token="words", tokens={})
        assert (await side.receive())["type"] == "values"
        process.send_signal(signal.SIGINT)
        await says(process, "Stopping once 1 messages")
        process.send_signal(signal.SIGINT)
        assert await side.closed() == 1000
        assert (await said_by(process))[0] == 0


BLOCKING = """async def echo(words: str) -> str:
    import sys, time
    sys.stderr.write("Blocked.\\n")
    while not bot._client._mailbox.waiting:
        time.sleep(0.01)
    sys.stderr.write("Stopped once.\\n")
    while True:
        time.sleep(0.01)
"""


@asynchronous
async def test_ctrl_c_reaches_a_bot_whose_loop_is_blocked(tmp_path: Path) -> None:
    file = tmp_path / "bot.py"
    file.write_text(BOT.replace("def echo(words: str) -> str:\n    return words\n", BLOCKING), encoding="utf-8")
    async with (
        ScriptedRelay() as relay,
        started(file, HIWORKER_API_KEY=bot_key(), HIWORKER_URL=relay.url) as process,
    ):
        side = await greeted(relay)
        await side.send_frame(message_frame())
        await says(process, "Blocked.")
        process.send_signal(signal.SIGINT)
        await says(process, "Stopped once.")
        process.send_signal(signal.SIGINT)
        assert await side.closed() == 1000
        code, errors = await said_by(process)
        assert code == 0
        assert "Traceback" not in errors


@asynchronous
async def test_a_revoked_key_is_told_with_status_1(file: Path) -> None:
    async with (
        ScriptedRelay() as relay,
        started(file, HIWORKER_API_KEY=bot_key(), HIWORKER_URL=relay.url) as process,
    ):
        side = await greeted(relay)
        await side.close(4101)
        code, errors = await said_by(process)
        assert code == 1
        assert "CRITICAL The API key was revoked." in errors


@asynchronous
async def test_no_server_is_told_once_and_does_not_end_it(file: Path) -> None:
    async with ScriptedRelay() as relay:
        url, port = relay.url, relay.port
    async with started(file, HIWORKER_API_KEY=bot_key(), HIWORKER_URL=url) as process:
        assert process.stderr is not None
        line = (await process.stderr.readline()).decode()
        assert f"No server can be reached at {url}: the connection is refused." in line
        async with ScriptedRelay(port=port) as relay:
            await greeted(relay)
            assert b"Connected to" in await process.stderr.readline()


@asynchronous
async def test_reload_starts_the_bot_anew_when_a_file_changes(file: Path) -> None:
    async with (
        ScriptedRelay() as relay,
        started(
            *("-m", "hiworker", "run", "--reload", file), HIWORKER_API_KEY=bot_key(), HIWORKER_URL=relay.url
        ) as process,
    ):
        side = await relay.connection()
        assert [command["name"] for command in await side.serve()] == ["/메아리"]
        file.write_text(BOT.replace("/메아리", "/메아리 둘"), encoding="utf-8")
        assert await side.closed() == 1000
        side = await relay.connection()
        assert [command["name"] for command in await side.serve()] == ["/메아리 둘"]
        os.killpg(process.pid, signal.SIGINT)
        assert await side.closed() == 1000
        code, errors = await said_by(process)
        assert code == 0
        assert "A file changed: starting the bot anew." in errors


@asynchronous
async def test_a_reloader_that_is_stopped_leaves_no_bot_behind(file: Path) -> None:
    async with (
        ScriptedRelay() as relay,
        started(
            *("-m", "hiworker", "run", "--reload", file), HIWORKER_API_KEY=bot_key(), HIWORKER_URL=relay.url
        ) as process,
    ):
        side = await greeted(relay)
        process.terminate()
        assert await side.closed() == 1000
        assert (await said_by(process))[0] == 0

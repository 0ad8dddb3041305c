"""The bot as a process: its environment, its start and its stop."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

import meeting_rooms

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
FOLDER = Path(meeting_rooms.__file__).parent.parent


def environment(tmp_path: Path, **variables: str) -> dict[str, str]:
    own = {"PYTHONPATH": str(FOLDER), "MEETING_ROOMS_FILE": str(tmp_path / "bookings.json")}
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("HIWORKER_", "MEETING_"))}
    return inherited | own | variables


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def running(tmp_path: Path, **variables: str) -> Iterator[tuple[subprocess.Popen[str], HTTPConnection]]:
    """The bot, as soon as it answers."""
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "meeting_rooms"],
        env=environment(tmp_path, MEETING_ROOMS_PORT=str(port), **variables),
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=10)
            deadline = time.monotonic() + 20
            while True:
                try:
                    connection.connect()
                    break
                except ConnectionRefusedError:
                    assert process.poll() is None
                    assert time.monotonic() < deadline
                    time.sleep(0.02)
            yield process, connection
            connection.close()
        finally:
            process.kill()


def test_it_serves_and_stops_cleanly_at_sigterm(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"{SECRET}\n")
    with running(tmp_path, HIWORKER_WEBHOOK_SECRET_FILE=str(secret)) as (process, connection):
        connection.request("GET", "/healthz")
        assert connection.getresponse().read() == b"ok"
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_a_damaged_file_is_told_at_the_start_which_goes_on(tmp_path: Path) -> None:
    (tmp_path / "bookings.json").write_text("damage")
    with running(tmp_path, HIWORKER_WEBHOOK_SECRET=SECRET) as (process, _):
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=10)
    assert "is no file of bookings" in errors
    assert [path.read_text() for path in tmp_path.glob("bookings.json.corrupt-*")] == ["damage"]


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"HIWORKER_WEBHOOK_SECRET": ""}, "Set HIWORKER_WEBHOOK_SECRET"),
        ({"HIWORKER_WEBHOOK_SECRET": "whsec_"}, "HIWORKER_WEBHOOK_SECRET is no webhook secret"),
        ({"HIWORKER_WEBHOOK_SECRET": "whsec_!"}, "HIWORKER_WEBHOOK_SECRET is no webhook secret"),
        (
            {"HIWORKER_WEBHOOK_SECRET": "", "HIWORKER_WEBHOOK_SECRET_FILE": "nowhere"},
            "HIWORKER_WEBHOOK_SECRET_FILE cannot be read",
        ),
        ({"MEETING_ROOMS_PORT": "0"}, "MEETING_ROOMS_PORT is '0'"),
        ({"MEETING_ROOMS_PORT": "http"}, "MEETING_ROOMS_PORT is 'http'"),
        ({"MEETING_ROOMS_TIMEZONE": "Asia/Nowhere"}, "MEETING_ROOMS_TIMEZONE is 'Asia/Nowhere'"),
        ({"MEETING_ROOMS_TIMEZONE": "../Seoul"}, "MEETING_ROOMS_TIMEZONE is '../Seoul'"),
        ({"MEETING_ROOMS_FILE": "/dev/null/bookings.json"}, "The bookings cannot be kept"),
    ],
)
def test_a_wrong_environment_is_told_in_one_sentence(tmp_path: Path, variables: dict[str, str], said: str) -> None:
    process = subprocess.run(
        [sys.executable, "-m", "meeting_rooms"],
        env=environment(tmp_path, **{"HIWORKER_WEBHOOK_SECRET": SECRET} | variables),
        stderr=subprocess.PIPE,
        text=True,
        timeout=20,
        check=False,
    )
    assert process.returncode == 1
    assert said in process.stderr
    assert process.stderr.count("\n") == 1


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        process = subprocess.run(
            [sys.executable, "-m", "meeting_rooms"],
            env=environment(tmp_path, HIWORKER_WEBHOOK_SECRET=SECRET, MEETING_ROOMS_PORT=port),
            stderr=subprocess.PIPE,
            text=True,
            timeout=20,
            check=False,
        )
    assert process.returncode == 1
    assert f"cannot listen on 127.0.0.1:{port}" in process.stderr

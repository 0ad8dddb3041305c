"""A server that is measured, with a private MongoDB."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .output import say

ROOT = Path(__file__).parents[2]

_RELEASE = ROOT / ".build/release/hiworker"
_DEBUG = ROOT / ".build/debug/hiworker"
# Seconds for a start with an empty MongoDB, and for a stop that drains.
_READY_WITHIN = 60.0
_STOPPED_WITHIN = 40.0
# Between two looks whether it is ready.
_PAUSE = 0.02


def find_server(named: Path | None) -> Path:
    """The program that was named, else the release build, else the debug build with a warning."""
    if named is None and not _RELEASE.exists():
        say("WARNING: this is the debug build; its figures say little. Build one with --configuration release.")
    program = named or (_RELEASE if _RELEASE.exists() else _DEBUG)
    if not os.access(program, os.X_OK):
        raise SystemExit(f"There is no server at {program}. Build it (make build), or name one with --server.")
    return program.absolute()


class Server:
    """Keeps its port and its data over any number of stops and starts."""

    def __init__(self, program: Path, folder: Path, **settings: str) -> None:
        """``settings`` in lower case: ``drain_seconds="2"`` sets HIWORKER_DRAIN_SECONDS."""
        self._program = program
        self._log = folder / "server.log"
        self._key_file = folder / "data/admin.key"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        own = {"port": str(self.port), "data_dir": str(folder / "data"), "messages_per_second": "0"} | settings
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HIWORKER_")}
        if "HIWORKER_MONGOD" in os.environ:
            own["mongod"] = os.environ["HIWORKER_MONGOD"]
        self._environment = kept | {f"HIWORKER_{name.upper()}": value for name, value in own.items()}
        self._process: subprocess.Popen[bytes]

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def admin_key(self) -> str:
        return self._key_file.read_text(encoding="ascii").strip()

    def start(self) -> None:
        """Returns when it is ready and has its first admin key."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [self._program, "serve"],
                env=self._environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + _READY_WITHIN
        while not (self._is_ready() and self._key_file.exists()):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise SystemExit(f"The server did not get ready. {self._last_words()}")
            time.sleep(_PAUSE)

    def stop(self) -> None:
        """Asks it to end, as an operator would, and waits until it has drained."""
        self._process.send_signal(signal.SIGTERM)
        try:
            code = self._process.wait(_STOPPED_WITHIN)
        except subprocess.TimeoutExpired:
            self.kill()
            raise SystemExit(f"The server did not stop in {_STOPPED_WITHIN:g} s. {self._last_words()}") from None
        if code != 0:
            raise SystemExit(f"The server ended with status {code}. {self._last_words()}")

    def kill(self) -> None:
        """Ends it at once; harmless when it has ended."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5):
                return True
        except (OSError, urllib.error.URLError):
            return False

    def _last_words(self) -> str:
        return f"Its log ends:\n{self._log.read_text(encoding='utf-8', errors='replace')[-2000:]}"


@contextmanager
def running_server(program: Path, **settings: str) -> Iterator[Server]:
    """A server for the length of a benchmark; nothing of it stays."""
    with tempfile.TemporaryDirectory(prefix="hiworker-benchmark-") as folder:
        server = Server(program, Path(folder), **settings)
        server.start()
        try:
            yield server
            server.stop()
        finally:
            server.kill()


def free_port() -> int:
    """A port of loopback that nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])

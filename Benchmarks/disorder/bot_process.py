"""Bots as processes, which are killed and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from stage.server import ROOT

# Before the number of a message, in the log: it came with a higher attempt than the first.
REDELIVERED = "redelivered:"
# Seconds for a stop that finishes what is in hand.
_STOPPED_WITHIN = 40.0


class BotProcess:
    """One of the processes of a bot. Its log is one file over all its lives."""

    def __init__(self, kind: str, connections: int, url: str, key: str, log: Path) -> None:
        self._command = [sys.executable, "-m", "disorder.bot_program", kind, str(connections)]
        self._environment = _environment() | {"HIWORKER_URL": url, "HIWORKER_API_KEY": key}
        self._log = log
        self._process: subprocess.Popen[bytes]

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                env=self._environment,
                cwd=ROOT / "Benchmarks",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        """SIGKILL: it is gone without a word, with what it had in hand."""
        if self.is_running:
            self._process.kill()
        self._process.wait()

    def stop(self) -> int:
        """Asks it to end and returns its exit code."""
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(_STOPPED_WITHIN)

    @property
    def last_line(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace").strip().rpartition("\n")[2]

    def logged(self, words: str) -> list[str]:
        """What follows these words in the lines of its log that hold them."""
        with self._log.open(encoding="utf-8", errors="replace") as lines:
            return [line.partition(words)[2].strip() for line in lines if words in line]


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HIWORKER_")}
    return kept | {"PYTHONPATH": str(ROOT / "python/src")}

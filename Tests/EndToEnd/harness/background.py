"""Programs that run beside the tests."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path


class Background:
    """A running program whose output goes to a file. It is ended by its process id."""

    def __init__(self, command: Sequence[str | Path], environment: Mapping[str, str], log: Path) -> None:
        self.log = log
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [str(part) for part in command],
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """Nil while it runs; negative when a signal ended it."""
        return self._process.poll()

    @property
    def output(self) -> str:
        """Everything that it printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def signal(self, number: signal.Signals) -> None:
        if self.exit_code is None:
            self._process.send_signal(number)

    def wait(self, within: float) -> int:
        """Its exit code, once it ended by itself."""
        try:
            return self._process.wait(within)
        except subprocess.TimeoutExpired:
            raise AssertionError(
                f"Process {self.pid} did not end within {within:g} s:\n{self.output[-3000:]}"
            ) from None

    def terminate(self, within: float = 30) -> int:
        """Asks it to end, waits, and returns its exit code."""
        self.signal(signal.SIGTERM)
        return self.wait(within)

    def kill(self) -> None:
        """Ends it at once; harmless when it has ended."""
        if self.exit_code is None:
            self._process.kill()
            self._process.wait(10)


def inherited_environment() -> dict[str, str]:
    """The environment of the tests without the variables that would configure what they start."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("HIWORKER_", "MEETING_ROOMS_"))}

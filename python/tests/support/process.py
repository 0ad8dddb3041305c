"""A bot as a process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

_PYTHON = Path(__file__).parents[2]
_PATIENCE_SECONDS = 20

API_KEY = "hwb_MeetingRooms0000000000000000000Dius2"
"""Well formed, and of no server."""


class Process:
    """A program under test and what it wrote so far."""

    def __init__(self, module: str, folder: Path, variables: dict[str, str]) -> None:
        ours = ("HIWORKER_", "MEETING_ROOMS_", "MENU_")
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        paths = os.pathsep.join(str(_PYTHON / part) for part in ("src", "examples"))
        self._process = subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=folder,
            env=inherited | {"PYTHONPATH": paths} | variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def ends(self) -> tuple[int, str]:
        """The exit code and all that it wrote, once it ends by itself."""
        output, _ = self._process.communicate(timeout=_PATIENCE_SECONDS)
        return self._process.returncode, output

    def stop(self, by: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        self._process.send_signal(by)
        return self.ends()

    def kill(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.communicate()


Run: TypeAlias = Callable[..., Process]

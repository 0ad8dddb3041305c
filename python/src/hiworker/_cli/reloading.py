"""``run --reload``: the bot as a child process that is started anew when a file changes."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import NoReturn

# Seconds between two looks at the files.
_LOOK_EVERY = 0.3
# Seconds for the messages in hand of the old process; hiworker brings what is left to the new one.
_STOP_WITHIN = 5.0
_IGNORED = frozenset({"__pycache__", "node_modules"})


class Reloader:
    """Watches the Python files beside the bot's file and below."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._folder = file.resolve().parent

    def run(self) -> int:
        """Until Ctrl-C or SIGTERM; returns the bot's status. A bot that ends by itself waits for the next change."""
        signal.signal(signal.SIGTERM, _leave)
        while True:
            seen = self._snapshot()
            child = subprocess.Popen([sys.executable, "-m", "hiworker", "run", str(self._file)])
            try:
                while self._snapshot() == seen:
                    time.sleep(_LOOK_EVERY)
                sys.stderr.write("A file changed: starting the bot anew.\n")
            except KeyboardInterrupt:
                # The terminal has sent it to the child too.
                return _wait(child, None)
            finally:
                _end(child)

    def _snapshot(self) -> dict[Path, int]:
        """When each file was changed."""
        times = {}
        for path in self._folder.rglob("*.py"):
            parts = path.relative_to(self._folder).parts
            if not any(part in _IGNORED or part.startswith(".") for part in parts):
                # It may have been removed since it was listed.
                with contextlib.suppress(OSError):
                    times[path] = path.stat().st_mtime_ns
        return times


def _leave(_number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit()


def _end(child: subprocess.Popen[bytes]) -> None:
    """Asks it to stop, unless it has ended, and does not ask for ever."""
    child.terminate()
    _wait(child, _STOP_WITHIN)


def _wait(child: subprocess.Popen[bytes], seconds: float | None) -> int:
    try:
        return child.wait(seconds)
    except KeyboardInterrupt:
        # A second one: the child has it too and stops at once.
        return _wait(child, _STOP_WITHIN)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()
    except SystemExit:
        child.kill()
        raise

"""A bot that dials out, as a process: it can be killed, stopped, and put behind a network of its own."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from types import TracebackType

from .background import Background, inherited_environment

_PROGRAM = Path(__file__).parents[1] / "bots/dialling.py"


class DiallingBot:
    """Runs ``bots/dialling.py``. A context: it is killed at its end."""

    def __init__(self, url: str, key: str, log: Path) -> None:
        address = url.replace("http", "ws", 1) + "/v1/me/socket"
        environment = inherited_environment() | {"HIWORKER_API_KEY": key}
        self.process = Background([sys.executable, _PROGRAM, address], environment, log)

    def kill(self) -> None:
        """SIGKILL: it says nothing, but its system ends its connections."""
        self.process.kill()

    def freeze(self) -> None:
        """SIGSTOP: its connections stand, and nothing comes over them."""
        self.process.signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.signal(signal.SIGCONT)

    def __enter__(self) -> DiallingBot:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

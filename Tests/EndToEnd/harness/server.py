"""The hiworker program: a server, and commands."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from types import TracebackType

import httpx

from . import secrets
from .api import API
from .background import Background, inherited_environment
from .mongod import mongod_program
from .ports import free_port
from .waiting import eventually

ROOT = Path(__file__).parents[3]


def program() -> Path:
    """The one that HIWORKER_BINARY names, else that of a debug build."""
    path = Path(os.environ.get("HIWORKER_BINARY") or ROOT / ".build/debug/hiworker").absolute()
    assert os.access(path, os.X_OK), f"There is no hiworker at {path}. Build it, or name it with HIWORKER_BINARY."
    return path


def environment(settings: dict[str, str]) -> dict[str, str]:
    """``{"drain_seconds": "2"}`` as HIWORKER_DRAIN_SECONDS=2 beside what is inherited."""
    return inherited_environment() | {f"HIWORKER_{name.upper()}": value for name, value in settings.items()}


class Server:
    """A running ``hiworker serve`` on a port of its own. As a context it ends well: by SIGTERM, with status 0."""

    def __init__(self, folder: Path, command: str = "serve", **settings: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.admin_key = settings.get("admin_key", "")
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        defaults = {
            "port": str(self.port),
            "data_dir": str(folder / "data"),
            "mongod": str(mongod_program()),
            "webhook_allow": "127.0.0.0/8",
            "messages_per_second": "0",
        }
        self.process = Background([program(), command], environment(defaults | settings), folder / "server.log")

    def wait_until_ready(self, within: float = 60) -> Server:
        def is_ready() -> bool:
            assert self.process.exit_code is None, f"The server ended:\n{self.process.output[-3000:]}"
            try:
                return httpx.get(f"{self.url}/readyz", timeout=10, trust_env=False).status_code == 200
            except httpx.TransportError:
                return False

        eventually("the server to be ready", is_ready, within)
        return self

    @property
    def admin(self) -> API:
        """The API for the platform's administrator."""
        return self.api(self.admin_key or self.made_admin_key)

    def api(self, key: str | None, language: str | None = None) -> API:
        return API(self.url, key, language)

    @property
    def made_admin_key(self) -> str:
        """The first admin key, when the server had to make one."""
        path = self.folder / "data/admin.key"
        eventually("the first admin key", path.exists)
        return secrets.remember(path.read_text(encoding="utf-8").strip())

    def stop(self, within: float = 30) -> None:
        """Ends it by SIGTERM, as an operator would, and holds it to what every end must be."""
        code = self.process.terminate(within)
        assert code == 0, f"The server ended with status {code}:\n{self.process.output[-3000:]}"
        leaked = secrets.found_in(self.process.output)
        assert not leaked, f"The server's log holds secrets: {leaked}"

    def __enter__(self) -> Server:
        return self.wait_until_ready()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.stop()
        finally:
            self.process.kill()


def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Runs a command of the program to its end."""
    return subprocess.run(
        [str(program()), *arguments],
        env=environment(settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )

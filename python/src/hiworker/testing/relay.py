"""A real server for tests, with a database of its own."""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import re
import secrets
import shutil
import string
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .._bot import Bot
from .._core.keys import checksum
from .running import RunningBot, running_bot

_COMPANY = "example.com"
_LISTENING = re.compile(r"^.*Listening\..*$", re.MULTILINE)
_URL = re.compile(r"\burl=(https?://[^\s,\]]+)")
# Seconds for a start with a database that is made first, and for a stop.
_START_WITHIN = 60.0
_STOP_WITHIN = 30.0
# Seconds between two looks at whether the server is ready.
_LOOK_EVERY = 0.05
# What a server in a test takes from the environment: where MongoDB is. Everything else is the test's own.
_INHERITED = ("HIWORKER_MONGOD", "HIWORKER_MONGODB_URI")

_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class RelayProblem(AssertionError):  # noqa: N818 (a failed expectation of the test)
    """The server answered with a problem; ``body`` is it."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__(f"{status} {body.get('code')}: {body.get('detail')}")
        self.status = status
        self.body = body


def find_program() -> str | None:
    """The one that HIWORKER_BINARY names, else ``hiworker`` on the PATH, else None.

    Raises ``AssertionError`` when what is named is no program: whoever names one does not want its tests skipped.
    """
    named = os.environ.get("HIWORKER_BINARY")
    if named and not (os.access(named, os.X_OK) and Path(named).is_file()):
        raise AssertionError(f"HIWORKER_BINARY is {named!r}, where there is no program. Build it, or name another.")
    return named or shutil.which("hiworker")


class Relay:
    """``hiworker serve`` with one company and a folder of its own; after ``stop``, ``start`` takes the same port."""

    def __init__(self, program: str, folder: Path, settings: Mapping[str, str] | None = None) -> None:
        """``settings`` are further variables of its environment."""
        self._program = program
        self._folder = folder
        self._settings = dict(settings or {})
        self._database = f"hiworker_test_{secrets.token_hex(6)}"
        self._process: subprocess.Popen[bytes] | None = None
        self._port = "0"
        self.url = ""
        self.admin_key = _admin_key()

    def start(self) -> None:
        """Returns when it is ready. Raises ``AssertionError`` with its log when it does not become so."""
        self._log.write_bytes(b"")
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [self._program, "serve"], env=self._environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        deadline = time.monotonic() + _START_WITHIN
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise AssertionError(f"The server did not start:\n{self.log[-3000:]}")
            time.sleep(_LOOK_EVERY)
        self._port = self.url.rpartition(":")[2]

    def stop(self) -> None:
        """By SIGTERM, as an operator would."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(_STOP_WITHIN)
            finally:
                self._process.kill()

    def drop_database(self) -> None:
        """After ``stop``, of a MongoDB that others use, by pymongo if it is there. One's own goes with its folder."""
        uri = os.environ.get("HIWORKER_MONGODB_URI")
        if uri and importlib.util.find_spec("pymongo"):
            pymongo = importlib.import_module("pymongo")
            with pymongo.MongoClient(uri, serverSelectionTimeoutMS=5_000) as client:
                client.drop_database(self._database)

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")

    def call(self, method: str, path: str, body: Any = None, *, key: str | None = None) -> Any:
        """Calls the HTTP API, as the administrator unless a key is given. Raises ``RelayProblem``."""
        headers = {"Authorization": f"Bearer {key or self.admin_key}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}{path}", data, headers, method=method)
        try:
            with _opener.open(request, timeout=60) as response:
                content = response.read()
        except urllib.error.HTTPError as error:
            with error:
                raise RelayProblem(error.code, json.loads(error.read())) from None
        return json.loads(content) if content else None

    def bot(self, name: str = "봇", **fields: Any) -> RelayBot:
        """Registers a bot, for a socket unless ``delivery`` is given."""
        made = self.call("POST", f"/v1/companies/{_COMPANY}/bots", {"name": name, **fields})
        return RelayBot(made["bot"]["id"], made["key"]["secret"], made.get("webhook_secret"), self)

    def member(self, name: str = "김지은") -> RelayMember:
        made = self.call("POST", f"/v1/companies/{_COMPANY}/members", {"name": name})
        return RelayMember(made["member"]["id"], name, made["key"]["secret"], self)

    def make_company(self) -> None:
        """What bots and members belong to."""
        company = {"domain": _COMPANY, "name": "보기 회사", "timezone": "Asia/Seoul"}
        self.call("POST", "/v1/companies", company)

    @property
    def _log(self) -> Path:
        return self._folder / "server.log"

    def _environment(self) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith("HIWORKER_") or name in _INHERITED
        }
        own = {
            "HIWORKER_PORT": self._port,
            "HIWORKER_DATA_DIR": str(self._folder / "data"),
            "HIWORKER_MONGODB_DATABASE": self._database,
            "HIWORKER_ADMIN_KEY": self.admin_key,
            "HIWORKER_MESSAGES_PER_SECOND": "0",
            "HIWORKER_WEBHOOK_ALLOW": "127.0.0.0/8",
        }
        return kept | own | self._settings

    def _is_ready(self) -> bool:
        line = _LISTENING.search(self.log)
        match = _URL.search(line.group()) if line else None
        if match is None:
            return False
        self.url = match.group(1)
        try:
            # It knows its own administrator only once its directory is loaded.
            self.call("GET", "/v1/me")
        except (OSError, ValueError, RelayProblem):
            return False
        return True


@dataclass(frozen=True)
class RelayBot:
    """A registered bot."""

    id: str
    key: str
    webhook_secret: str | None
    relay: Relay

    def running(self, bot: Bot) -> AbstractContextManager[RunningBot]:
        """Runs ``bot`` with this bot's key for the time of a block, which starts when members can use it."""
        return running_bot(bot, api_key=self.key, url=self.relay.url)

    @property
    def presence(self) -> dict[str, Any]:
        presence: dict[str, Any] = self.relay.call("GET", f"/v1/bots/{self.id}")["presence"]
        return presence


@dataclass(frozen=True)
class RelayMember:
    """A member of the company."""

    id: str
    name: str
    key: str
    relay: Relay

    def send(self, text: str, *, wait_seconds: float = 30, **fields: Any) -> dict[str, Any]:
        """Sends a message and returns it, with its reply if that came in time. Raises ``RelayProblem``."""
        body = {"text": text, "wait_seconds": wait_seconds, **fields}
        message: dict[str, Any] = self.relay.call("POST", "/v1/messages", body, key=self.key)
        return message

    def message(self, message_id: str) -> dict[str, Any]:
        """The message as it is now."""
        message: dict[str, Any] = self.relay.call("GET", f"/v1/messages/{message_id}", key=self.key)
        return message


def _admin_key() -> str:
    digits = string.ascii_letters + string.digits
    body = "hwa_" + "".join(secrets.choice(digits) for _ in range(30))
    return body + checksum(body)

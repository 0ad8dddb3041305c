"""A real MongoDB: a one-node replica set on loopback."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from pymongo.database import Database
from pymongo.errors import PyMongoError

from .background import Background
from .ports import free_port
from .waiting import eventually

Document = dict[str, Any]


def mongod_program() -> Path:
    """The one that HIWORKER_MONGOD names, else one on PATH, else the one that the set-up installed."""
    installed = Path(__file__).parents[3] / ".venv/bin/mongod"
    named = os.environ.get("HIWORKER_MONGOD") or shutil.which("mongod") or str(installed)
    assert os.access(named, os.X_OK), f"There is no mongod at {named}. Name one with HIWORKER_MONGOD."
    return Path(named)


class Mongod:
    """Lives in one folder, on one port, over any number of ends and starts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self.uri = f"mongodb://127.0.0.1:{self._port}/?replicaSet=e2e"
        (folder / "data").mkdir(parents=True)
        self.start()
        with self.client(direct=True) as client:
            member = {"_id": 0, "host": f"127.0.0.1:{self._port}"}
            client.admin.command("replSetInitiate", {"_id": "e2e", "members": [member]})
        self.wait_until_writable()

    def start(self) -> None:
        """Starts it, also after it was killed."""
        self._process = Background(
            [
                *(mongod_program(), "--dbpath", self._folder / "data", "--port", str(self._port)),
                *("--bind_ip", "127.0.0.1", "--replSet", "e2e", "--oplogSize", "64", "--wiredTigerCacheSizeGB", "0.25"),
                *("--quiet", "--nounixsocket"),
            ],
            os.environ,
            self._folder / "mongod.log",
        )

    def wait_until_writable(self) -> None:
        def is_writable() -> bool:
            assert self._process.exit_code is None, f"mongod ended:\n{self._process.output[-3000:]}"
            try:
                with self.client(direct=True) as client:
                    return bool(client.admin.command("hello")["isWritablePrimary"])
            except PyMongoError:
                return False

        eventually("mongod to take writes", is_writable, within=30)

    def client(self, *, direct: bool = False) -> MongoClient[Document]:
        uri = f"mongodb://127.0.0.1:{self._port}/?directConnection=true" if direct else self.uri
        return MongoClient(uri, serverSelectionTimeoutMS=10_000)

    @contextmanager
    def database(self, name: str) -> Iterator[Database[Document]]:
        """A database, for writing past the server."""
        with self.client() as client:
            yield client[name]

    def kill(self) -> None:
        """SIGKILL: it is gone without a word."""
        self._process.kill()

    def freeze(self) -> None:
        """SIGSTOP: its connections stand, and nothing comes over them."""
        self._process.signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process.signal(signal.SIGCONT)

    def stop(self) -> None:
        """For good. Nothing in it is of use any more."""
        self._process.kill()

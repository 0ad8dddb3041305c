"""A relay that shares another's MongoDB."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pymongo
import pytest

from hiworker.testing import Relay
from hiworker.testing.relay import find_program


@pytest.fixture
def mongodb(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """The address of one that is there already."""
    monkeypatch.delenv("HIWORKER_MONGODB_URI", raising=False)
    owner = relay_in(tmp_path / "owner")
    owner.start()
    port = (tmp_path / "owner" / "data" / "mongod.port").read_text().strip()
    yield f"mongodb://127.0.0.1:{port}/?replicaSet=hiworker"
    owner.stop()


def relay_in(folder: Path) -> Relay:
    program = find_program()
    if program is None:
        pytest.skip("There is no hiworker program.")
    folder.mkdir()
    return Relay(program, folder)


def test_its_database_is_dropped_at_the_end(mongodb: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HIWORKER_MONGODB_URI", mongodb)
    relay = relay_in(tmp_path / "guest")
    client: pymongo.MongoClient[dict[str, Any]] = pymongo.MongoClient(mongodb)
    with client:
        before = set(client.list_database_names())
        relay.start()
        relay.make_company()
        assert len(set(client.list_database_names()) - before) == 1
        relay.stop()
        relay.drop_database()
        assert set(client.list_database_names()) == before

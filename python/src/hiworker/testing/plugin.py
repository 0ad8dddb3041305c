"""The pytest plugin: the fixture ``hiworker_relay``."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .relay import Relay, find_program


@pytest.fixture(scope="session")
def hiworker_relay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Relay]:
    """A real server with a company, for the whole run; skipped where there is no ``hiworker`` program."""
    program = find_program()
    if program is None:
        pytest.skip("There is no hiworker program. Put it on the PATH, or name it with HIWORKER_BINARY.")
    relay = Relay(program, tmp_path_factory.mktemp("hiworker"))
    relay.start()
    try:
        relay.make_company()
        yield relay
    finally:
        relay.stop()
        relay.drop_database()

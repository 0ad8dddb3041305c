"""Fixtures for the tests of the examples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from python.tests.support.process import Process, Run
from python.tests.support.scripted_relay import ScriptedRelay


@pytest.fixture
def relay() -> Iterator[ScriptedRelay]:
    relay = ScriptedRelay()
    yield relay
    relay.close()


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """Starts ``python -m MODULE`` in a folder of its own, with these variables."""
    processes: list[Process] = []

    def run(module: str, **variables: str) -> Process:
        processes.append(Process(module, tmp_path, variables))
        return processes[-1]

    yield run
    for process in processes:
        process.kill()

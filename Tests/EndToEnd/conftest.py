"""One MongoDB, one server and one bot serve most tests; each test has a company of its own in them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness import api, raw_http, secrets
from harness.background import Background, inherited_environment
from harness.directory import Bot, Company, Measurements, Member, new_company
from harness.mongod import Mongod
from harness.ports import free_port, is_open
from harness.server import Server
from harness.waiting import eventually

MEASUREMENTS = Measurements()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in MEASUREMENTS.lines:
        terminalreporter.write_line(f"measured: {line}")


@pytest.fixture
def measurements() -> Measurements:
    return MEASUREMENTS


@pytest.fixture(scope="session")
def mongod(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mongod]:
    mongod = Mongod(tmp_path_factory.mktemp("mongod"))
    yield mongod
    mongod.stop()


class Shared:
    """The server of most tests. It is started anew when a test has ended it, so that only that test fails."""

    def __init__(self, mongod: Mongod, folder: Path) -> None:
        self._mongod = mongod
        self._folder = folder
        self._starts = 0
        self._admin_key = secrets.api_key()
        self.server = self._start()

    def _start(self) -> Server:
        self._starts += 1
        return Server(
            self._folder / str(self._starts),
            mongodb_uri=self._mongod.uri,
            mongodb_database="shared",
            admin_key=self._admin_key,
            # For what tests left with their bots.
            drain_seconds="1",
        ).wait_until_ready()

    def alive(self) -> Server:
        if self.server.process.exit_code is not None:
            self.server = self._start()
        return self.server


@pytest.fixture(scope="session")
def shared(mongod: Mongod, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    shared = Shared(mongod, tmp_path_factory.mktemp("server"))
    yield shared
    try:
        shared.server.stop()
    finally:
        shared.server.process.kill()


@pytest.fixture
def server(shared: Shared) -> Iterator[Server]:
    """The running server of most tests."""
    server = shared.alive()
    yield server
    code = server.process.exit_code
    assert code is None, f"The server ended with status {code}:\n{server.process.output[-3000:]}"


@pytest.fixture(scope="session")
def echo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a bot in a process of its own, which answers with the text that it got."""
    port = free_port()
    program = Path(__file__).with_name("bots") / "echo.py"
    log = tmp_path_factory.mktemp("echo") / "bot.log"
    process = Background([sys.executable, program, str(port)], inherited_environment(), log)
    eventually("the echo bot", lambda: is_open(port))
    yield f"http://127.0.0.1:{port}/"
    process.kill()


@pytest.fixture
def company(server: Server) -> Company:
    return new_company(server.admin)


@pytest.fixture
def member(company: Company) -> Member:
    return company.member()


@pytest.fixture
def echo_bot(company: Company, echo: str) -> Bot:
    """The echo bot as a bot of the company; it answers ``/메아리``."""
    return company.bot("/메아리", echo)


@pytest.fixture(autouse=True)
def _connections() -> Iterator[None]:
    yield
    api.close_all()
    raw_http.close_all()

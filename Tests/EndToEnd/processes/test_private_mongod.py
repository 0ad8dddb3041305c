"""A server that nobody gave a MongoDB runs its own, in its data directory."""

from __future__ import annotations

import os
import signal
import stat
from pathlib import Path

import pytest

from harness import secrets
from harness.directory import new_company
from harness.mongod import mongod_program
from harness.ports import free_port, is_open
from harness.server import Server, run
from harness.waiting import eventually


def mongod_pid(server: Server) -> int:
    return int((server.folder / "data/mongod.pid").read_text().strip())


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A child that ended and was not waited for is no process any more.
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_it_starts_and_stops_with_the_server_and_keeps_its_data(tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        company = new_company(server.admin)
        pid = mongod_pid(server)
        key = server.made_admin_key
        assert is_running(pid)
    assert not is_running(pid)
    assert not (tmp_path / "data/mongod.pid").exists()
    with Server(tmp_path) as again:
        assert again.made_admin_key == key
        assert again.admin.get(company.path)["domain"] == company.domain
        assert again.api(company.admin.key).get("/v1/me")["company"] == company.domain


def test_the_first_admin_key_is_in_a_file_of_its_owner_and_not_in_the_log(tmp_path: Path) -> None:
    with Server(tmp_path, log_level="trace") as server:
        path = tmp_path / "data/admin.key"
        key = server.made_admin_key
        assert key.startswith("hwa_")
        assert len(key) == 40
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert server.admin.get("/v1/me")["kind"] == "admin"
        assert str(path) in server.process.output
        assert key not in server.process.output


def test_a_second_server_on_the_same_directory_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        second = run("serve", port=str(free_port()), data_dir=str(tmp_path / "data"), mongod=str(mongod_program()))
        assert second.returncode not in {0, 70}
        assert (
            f"{tmp_path / 'data'} is in use by a hiworker that is running (process {server.process.pid})"
            in second.stderr
        )
        assert "HIWORKER_DATA_DIR" in second.stderr
        assert server.admin.get("/v1/me")["kind"] == "admin"


def test_it_goes_with_a_server_that_is_killed_and_the_next_one_takes_over(tmp_path: Path) -> None:
    killed = Server(tmp_path).wait_until_ready()
    company = new_company(killed.admin)
    pid = mongod_pid(killed)
    killed.process.kill()
    eventually("the mongod to end", lambda: not is_running(pid), within=30)
    with Server(tmp_path) as server:
        assert server.admin.get(company.path)["domain"] == company.domain


def test_one_that_dies_under_the_server_is_started_again(tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        company = new_company(server.admin)
        member = company.member()
        died = mongod_pid(server)
        os.kill(died, signal.SIGKILL)
        assert member.send("/도움")["status"] == "completed"
        eventually("another mongod", lambda: mongod_pid(server) != died)
        path = company.path
        eventually("the directory", lambda: server.admin.call("GET", path).status_code == 200, within=40)
        company.member("그 뒤")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"mongod": "/nowhere/mongod"}, "/nowhere/mongod"),
        ({"port": "70000"}, "HIWORKER_PORT"),
        ({"role": "king"}, "HIWORKER_ROLE"),
        ({"admin_key": "hwa_tooshort"}, "HIWORKER_ADMIN_KEY"),
        ({"mongodb_uri": "http://localhost"}, "HIWORKER_MONGODB_URI"),
        ({"webhook_allow": "10.0.0.1/8"}, "HIWORKER_WEBHOOK_ALLOW"),
        ({"tls_certificate": "/nowhere.pem"}, "HIWORKER_TLS"),
        ({"data_dir": "/dev/null/data"}, "/dev/null/data"),
    ],
)
def test_a_setting_that_makes_no_sense_is_told_in_a_sentence(
    tmp_path: Path, settings: dict[str, str], said: str
) -> None:
    defaults = {"port": str(free_port()), "data_dir": str(tmp_path / "data")}
    refused = run("serve", **(defaults | settings))
    assert refused.returncode in {69, 78}, (refused.returncode, refused.stderr)
    assert said in refused.stderr
    assert "hwa_tooshort" not in refused.stderr
    assert "Fatal" not in refused.stderr


def test_a_taken_port_is_told_in_a_sentence(tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        refused = run("serve", port=str(server.port), data_dir=str(tmp_path / "other"), mongod=str(mongod_program()))
        assert refused.returncode not in {0, 70}
        assert str(server.port) in refused.stderr
        assert is_open(server.port)
    assert not secrets.found_in(refused.stderr)

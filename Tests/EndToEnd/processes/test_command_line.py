"""The commands for operators and for a shell, against a running server."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from harness.directory import Company, text_command
from harness.flask_bot import FlaskBot, Gate
from harness.mongod import Mongod
from harness.ports import free_port
from harness.secrets import remember, remember_all
from harness.server import Server, run
from harness.waiting import eventually


class Shell:
    """A shell in which HIWORKER_URL and HIWORKER_API_KEY are set."""

    def __init__(self, server: Server, key: str | None) -> None:
        self._settings = {"url": server.url} | ({"api_key": key} if key else {})

    def run(self, *arguments: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        done = run(*arguments, **self._settings)
        assert done.returncode == status, f"{done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def json(self, *arguments: str) -> Any:
        answer = json.loads(self.run(*arguments, "--json").stdout)
        remember_all(answer)
        return answer


@pytest.fixture
def shell(server: Server) -> Shell:
    return Shell(server, server.admin_key)


def test_a_company_lives_its_life_from_a_shell(shell: Shell, server: Server) -> None:
    made = shell.json("company", "create", "shell.example", "--name", "셸 회사", "--timezone", "Asia/Tokyo")
    assert (made["domain"], made["timezone"]) == ("shell.example", "Asia/Tokyo")
    assert "셸 회사" in shell.run("company", "list", "--after", "shell").stdout
    assert "셸 회사" in shell.run("company", "show", "shell.example").stdout
    assert shell.json("company", "update", "shell.example", "--name", "새 이름")["name"] == "새 이름"
    shell.run("company", "delete", "shell.example", "--confirm", "other.example", status=64)
    assert server.admin.get("/v1/companies/shell.example")["name"] == "새 이름"
    shell.run("company", "delete", "shell.example", "--confirm", "shell.example")
    gone = shell.run("company", "show", "shell.example", status=1)
    assert "not_found" in gone.stderr


def test_a_bot_is_registered_with_its_commands_from_a_file(
    shell: Shell, company: Company, tmp_path: Path, echo: str
) -> None:
    commands = tmp_path / "commands.json"
    commands.write_text(json.dumps([text_command("/메아리")]), encoding="utf-8")
    fields = ("--company", company.domain, "--webhook", echo, "--commands", str(commands))
    made = shell.json("bot", "create", "--name", "셸 봇", *fields)
    assert made["webhook_secret"].startswith("whsec_")
    bot = made["bot"]["id"]
    assert company.member().send("/메아리")["bot"] == bot
    listed = shell.run("bot", "list", "--company", company.domain).stdout
    assert "셸 봇" in listed
    assert made["key"]["secret"] not in listed
    assert "/메아리" in shell.run("bot", "show", bot).stdout
    assert shell.json("bot", "update", bot, "--description", "설명")["description"] == "설명"
    assert shell.json("bot", "webhook-secret", bot)["webhook_secret"] != made["webhook_secret"]
    shell.run("bot", "delete", bot)
    assert shell.json("bot", "list", "--company", company.domain)["items"] == []


def test_a_companys_own_administrator_needs_not_name_the_company(server: Server, company: Company) -> None:
    shell = Shell(server, company.admin.key)
    made = shell.json("member", "create", "--name", "이한별", "--email", "han@example.com")
    member = made["member"]["id"]
    assert [one["name"] for one in shell.json("member", "list")["items"]] == ["이한별"]
    assert shell.json("member", "update", member, "--name", "이새별")["name"] == "이새별"
    assert "이새별" in shell.run("member", "show", member).stdout

    further = shell.json("key", "create", "--member", member, "--expires-in-seconds", "3600")
    assert further["secret"].startswith("hwm_")
    assert {key["id"] for key in shell.json("key", "list", "--member", member)["items"]} == {
        made["key"]["id"],
        further["id"],
    }
    shell.run("key", "revoke", further["id"])
    assert [key["id"] for key in shell.json("key", "list", "--member", member)["items"]] == [made["key"]["id"]]
    shell.run("key", "revoke", further["secret"], status=64)
    shell.run("member", "delete", member)
    shell.run("member", "show", member, status=1)


def test_send_prints_the_reply_and_its_status_tells_how_it_went(server: Server, company: Company, echo: str) -> None:
    company.bot("/메아리", echo)
    company.bot("/꺼진 일", f"http://127.0.0.1:{free_port()}/")
    shell = Shell(server, company.member().api.key)
    sent = shell.run("send", "/메아리 하나 둘")
    assert (sent.stdout, sent.stderr) == ("메아리: /메아리 하나 둘\n", "")
    assert shell.json("send", "/메아리")["status"] == "completed"
    assert "bot_offline" in shell.run("send", "/꺼진 일", status=2).stderr
    assert "unknown_command" in shell.run("send", "/모르는 일", status=2).stderr
    gate = Gate()
    with FlaskBot(gate) as webhook:
        company.bot("/느린 일", webhook.url)
        assert "msg_" in shell.run("send", "--wait", "0.2", "/느린 일", status=3).stderr
        gate.open()


def test_send_takes_a_key_from_a_file(server: Server, company: Company, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text(f"{company.member().api.key}\n")
    sent = run("send", "/help", url=server.url, api_key_file=str(key))
    assert (sent.returncode, "no commands" in sent.stdout) == (0, True)


@pytest.mark.parametrize("key", [None, "hwm_nothing", "hwa_" + "0" * 36])
def test_a_key_that_is_not_accepted_is_told_and_not_repeated(server: Server, key: str | None) -> None:
    refused = Shell(server, key).run("company", "list", status=77)
    assert refused.stderr
    assert not key or key not in refused.stdout + refused.stderr


def test_a_server_that_is_not_there_is_told_at_once() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    for command in (["company", "list"], ["send", "/help"]):
        start = time.monotonic()
        refused = run(*command, url=url, api_key="hwa_any")
        assert time.monotonic() - start < 3
        assert refused.returncode == 69
        assert url in refused.stderr
        assert "hiworker serve" in refused.stderr


def test_health_tells_whether_the_server_is_ready(server: Server) -> None:
    ready = run("health", port=str(server.port))
    assert ready.returncode == 0
    assert json.loads(ready.stdout)["status"] == "ready"
    away = run("health", port=str(free_port()))
    assert away.returncode == 1
    assert away.stderr


def test_whoever_holds_the_database_can_make_an_admin_key(mongod: Mongod, server: Server) -> None:
    settings = {"mongodb_uri": mongod.uri, "mongodb_database": "shared"}
    made = run("key", "admin", "--json", **settings)
    assert made.returncode == 0, made.stderr
    secret = remember(json.loads(made.stdout)["secret"])
    api = server.api(secret)
    eventually("the key to work", lambda: api.call("GET", "/v1/me").status_code == 200)
    assert api.get("/v1/companies")


def test_help_tells_of_every_command_and_setting() -> None:
    root = run("--help")
    assert root.returncode == 0
    for command in ("serve", "demo", "health", "company", "bot", "member", "key", "send"):
        assert command in root.stdout
        told = run("help", command)
        assert told.returncode == 0
        assert "USAGE" in told.stdout
    serve = run("serve", "--help").stdout
    for variable in ("HIWORKER_PORT", "HIWORKER_MONGODB_URI", "HIWORKER_WEBHOOK_ALLOW", "HIWORKER_DRAIN_SECONDS"):
        assert variable in serve
    assert run("--version").stdout.startswith("hiworker ")
    wrong = run("serv")
    assert wrong.returncode == 64
    assert wrong.stderr


def test_a_flag_wins_over_its_variable_and_an_empty_variable_is_none(mongod: Mongod, tmp_path: Path) -> None:
    refused = run(
        *("serve", "--port", "70000"), port="1", host="", role="", data_dir=str(tmp_path), mongodb_uri=mongod.uri
    )
    assert refused.returncode == 78
    assert "70000" in refused.stderr
    assert "HIWORKER_ROLE" not in refused.stderr

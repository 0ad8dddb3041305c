"""No log holds a secret, at whatever level, in either format, whatever went wrong."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from harness import secrets
from harness.directory import new_company
from harness.mongod import Mongod
from harness.raw_bot import RawBot, answer, response
from harness.raw_http import RawConnection
from harness.server import Server
from harness.waiting import eventually


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_everything_that_is_logged_is_free_of_keys_and_texts(
    mongod: Mongod, tmp_path: Path, echo: str, log_format: str
) -> None:
    server = Server(
        tmp_path,
        mongodb_uri=mongod.uri,
        mongodb_database=f"secrets_{log_format}",
        admin_key=secrets.api_key(),
        log_level="trace",
        log_format=log_format,
    )
    with server:
        company = new_company(server.admin)
        company.bot("/메아리", echo)
        member = company.member("비밀스런 사람", email="private@example.com")
        member.send("/메아리 아무도 읽지 말 것")
        company.admin.post(f"/v1/members/{member.id}/keys")
        with RawBot(answer(response(b"sorry", status="500 Oops"))) as broken:
            bot = company.bot("/고장", broken.url)
            member.api.call("POST", "/v1/messages", {"text": "/고장 아무도 읽지 말 것"})
        company.admin.post(f"/v1/bots/{bot.id}/webhook_secret")
        assert member.api.key
        with RawConnection(server.port) as connection:
            connection.send(
                f"GET /v1/me HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {member.api.key}\r\nbad\r\n\r\n".encode()
            )
            assert connection.response().status == 400
        httpx.get(f"{server.url}/v1/me?key={member.api.key}", trust_env=False)
    lines = server.process.output.splitlines()
    assert len(lines) > 5
    assert not secrets.found_in(server.process.output)
    assert "아무도 읽지 말 것" not in server.process.output
    assert "private@example.com" not in server.process.output
    if log_format == "json":
        for line in lines:
            assert {"level", "message"} <= json.loads(line).keys(), line


def test_the_password_of_a_mongodb_is_never_said(mongod: Mongod, tmp_path: Path) -> None:
    password = secrets.remember("correct-horse-battery")
    uri = mongod.uri.replace("mongodb://", f"mongodb://somebody:{password}@") + "&authSource=admin"
    server = Server(tmp_path, mongodb_uri=uri, log_level="trace")
    try:
        eventually("the trouble to be told", lambda: "uthentication failed" in server.process.output)
        assert httpx.get(f"{server.url}/readyz", trust_env=False).status_code == 503
        assert password not in httpx.get(f"{server.url}/readyz", trust_env=False).text
        server.stop()
    finally:
        server.process.kill()


def test_secrets_may_come_from_files(mongod: Mongod, tmp_path: Path) -> None:
    key, uri = tmp_path / "key", tmp_path / "uri"
    key.write_text(secrets.api_key() + "\n")
    uri.write_text(mongod.uri + "\n")
    settings = {"mongodb_uri_file": str(uri), "admin_key_file": str(key), "mongodb_database": "files"}
    with Server(tmp_path / "server", **settings) as server:
        assert server.api(key.read_text().strip()).get("/v1/me")["kind"] == "admin"

"""A server with a certificate: both lanes over TLS, and the commands that talk to it."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from harness.api import refused
from harness.mongod import Mongod
from harness.ports import is_open
from harness.secrets import api_key
from harness.server import Server, run
from harness.waiting import eventually

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate")


def make_certificate(folder: Path) -> tuple[Path, Path]:
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-keyout", str(key), "-out", str(certificate), "-days", "2", "-subj", "/CN=localhost"),
            *("-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"),
        ],
        check=True,
        capture_output=True,
    )
    return certificate, key


@pytest.fixture
def served(mongod: Mongod, tmp_path: Path) -> Iterator[tuple[Server, Path]]:
    certificate, key = make_certificate(tmp_path)
    server = Server(
        tmp_path / "server",
        mongodb_uri=mongod.uri,
        mongodb_database="tls",
        admin_key=api_key(),
        tls_certificate=str(certificate),
        tls_key=str(key),
    )
    try:
        yield server, certificate
        server.stop()
    finally:
        server.process.kill()


def test_both_lanes_and_the_commands_speak_tls(served: tuple[Server, Path]) -> None:
    server, certificate = served
    url = f"https://localhost:{server.port}"
    trust = ssl.create_default_context(cafile=str(certificate))
    admin = {"Authorization": f"Bearer {server.admin_key}"}

    def is_ready() -> bool:
        return run("health", port=str(server.port), tls_certificate=str(certificate), tls_key="k").returncode == 0

    eventually("the server to be ready", is_ready, within=60)
    with httpx.Client(base_url=url, verify=trust, trust_env=False) as client:
        client.post("/v1/companies", json={"domain": "tls.example", "name": "T"}, headers=admin).raise_for_status()
        made = client.post("/v1/companies/tls.example/members", json={"name": "김"}, headers=admin).json()
        member = {"Authorization": f"Bearer {made['key']['secret']}"}
        hot = client.post("/v1/messages", json={"text": "/도움"}, headers=member)
        cold = client.post("/v1/messages", json={"text": "/도움"}, headers=member | {"Idempotency-Key": "k"})
        assert (hot.status_code, cold.status_code) == (200, 200)
        assert hot.json()["reply"] == cold.json()["reply"]
        refused(client.get("/v1/me"), 401, "key_missing")
    sent = run("send", "/help", url=url, api_key=made["key"]["secret"], ca_file=str(certificate))
    assert sent.returncode == 0, sent.stderr
    mistrusted = run("send", "/help", url=url, api_key=made["key"]["secret"])
    assert mistrusted.returncode == 69
    assert "certificate" in mistrusted.stderr


def test_plain_http_to_a_tls_port_gets_no_answer_and_harms_nobody(served: tuple[Server, Path]) -> None:
    server, certificate = served
    eventually("the server", lambda: is_open(server.port), within=60)
    with pytest.raises(httpx.TransportError):
        httpx.get(f"http://127.0.0.1:{server.port}/healthz", trust_env=False)
    trust = ssl.create_default_context(cafile=str(certificate))
    assert httpx.get(f"https://127.0.0.1:{server.port}/healthz", verify=trust, trust_env=False).status_code == 200

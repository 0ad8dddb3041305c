"""A server with a certificate that the system does not know."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from pathlib import Path

import pytest

from hiworker import Bot, CertificateError
from hiworker._tls import tls_context
from scripted.messages import bot_key, message_frame
from scripted.relay import ScriptedRelay, asynchronous
from scripted.running import serving

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificate") / "server")


def make_certificate(folder: Path) -> Path:
    """A file with a certificate for 127.0.0.1, and beside it its key."""
    folder.mkdir()
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-keyout", str(key), "-out", str(certificate), "-days", "2", "-subj", "/CN=hiworker"),
            *("-addext", "subjectAltName=IP:127.0.0.1"),
        ],
        check=True,
        capture_output=True,
    )
    return certificate


def server_side(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    return context


def bot_at(url: str, ca_file: str | None = None) -> Bot:
    bot = Bot(bot_key(), url=url, ca_file=ca_file)
    bot.command("/메아리")(lambda: "안녕")
    return bot


@asynchronous
async def test_a_named_certificate_is_trusted(certificate: Path) -> None:
    async with (
        ScriptedRelay(certificate=server_side(certificate)) as relay,
        serving(bot_at(relay.url, str(certificate)), relay) as side,
    ):
        await side.send_frame(message_frame(tokens={}))
        assert (await side.receive())["text"] == "안녕"


@asynchronous
async def test_an_unknown_certificate_ends_the_bot_and_names_the_setting(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HIWORKER_CA_FILE", raising=False)
    async with ScriptedRelay(certificate=server_side(certificate)) as relay:
        with pytest.raises(CertificateError, match="HIWORKER_CA_FILE"):
            await bot_at(relay.url).serve()


@asynchronous
async def test_a_certificate_for_another_name_ends_the_bot(certificate: Path) -> None:
    async with ScriptedRelay(certificate=server_side(certificate)) as relay:
        url = relay.url.replace("127.0.0.1", "localhost")
        with pytest.raises(CertificateError, match="is not trusted"):
            await bot_at(url, str(certificate)).serve()


def test_a_named_certificate_is_trusted_beside_the_systems(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    systems = make_certificate(certificate.parent / "system")
    monkeypatch.setenv("SSL_CERT_FILE", str(systems))
    trusted = {each["serialNumber"] for each in tls_context(str(certificate)).get_ca_certs()}
    assert {serial(systems), serial(certificate)} <= trusted


def serial(certificate: Path) -> str:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(certificate)
    [only] = context.get_ca_certs()
    return str(only["serialNumber"])

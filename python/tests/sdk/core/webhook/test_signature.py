"""Webhook calls that are to be believed, and others. The signatures are made by another implementation."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from standardwebhooks import Webhook

from hiworker import ConfigurationError, SignatureError, StaleError
from hiworker._core.webhook.signature import Verifier

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = "whsec_" + "A" * 32
NOW = 1_780_000_000.0
BODY = '{"text": "안녕"}'.encode()


def signed(*secrets: str, at: float = NOW, body: bytes = BODY) -> dict[str, str]:
    moment = datetime.fromtimestamp(at, timezone.utc)
    signatures = [Webhook(secret).sign("m1", moment, body.decode()) for secret in secrets]
    return {"webhook-id": "m1", "webhook-timestamp": str(int(at)), "webhook-signature": " ".join(signatures)}


def test_a_call_that_is_signed_is_believed() -> None:
    assert Verifier(SECRET).verify(signed(SECRET), BODY, NOW) == "m1"
    assert Verifier(SECRET.removeprefix("whsec_")).verify(signed(SECRET), BODY, NOW) == "m1"


def test_either_signature_of_a_rotation_will_do() -> None:
    assert Verifier(SECRET).verify(signed(OTHER, SECRET), BODY, NOW + 299) == "m1"


@pytest.mark.parametrize("left_out", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_a_call_without_a_signature_is_not(left_out: str) -> None:
    headers = signed(SECRET)
    del headers[left_out]
    with pytest.raises(SignatureError, match="is not signed"):
        Verifier(SECRET).verify(headers, BODY, NOW)


@pytest.mark.parametrize("timestamp", ["soon", "-1", "١٢", "1.5"])
def test_a_timestamp_is_a_number(timestamp: str) -> None:
    with pytest.raises(SignatureError, match="no number of seconds"):
        Verifier(SECRET).verify(signed(SECRET) | {"webhook-timestamp": timestamp}, BODY, NOW)


def test_another_body_secret_id_or_version_does_not_fit() -> None:
    headers = signed(SECRET)
    for changed, body in (
        (headers, BODY + b" "),
        (signed(OTHER), BODY),
        (headers | {"webhook-id": "m2"}, BODY),
        (headers | {"webhook-timestamp": str(int(NOW) + 1)}, BODY),
        (headers | {"webhook-signature": headers["webhook-signature"].replace("v1,", "v2,")}, BODY),
        (headers | {"webhook-signature": "v1,é v1"}, BODY),
    ):
        with pytest.raises(SignatureError, match="does not fit"):
            Verifier(SECRET).verify(changed, body, NOW)


@pytest.mark.parametrize(("late", "said"), [(301, "301 s in the past"), (-301, "301 s in the future")])
def test_a_stale_call_is_not_believed_and_names_the_clock(late: float, said: str) -> None:
    with pytest.raises(StaleError, match=f"{said}.*clock"):
        Verifier(SECRET).verify(signed(SECRET), BODY, NOW + late)


@pytest.mark.parametrize("secret", ["whsec_", "whsec_!", "", "가"])
def test_what_is_no_secret_is_told(secret: str) -> None:
    with pytest.raises(ConfigurationError, match="malformed"):
        Verifier(secret)

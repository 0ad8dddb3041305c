"""Signatures of webhook calls (Standard Webhooks 1.0.0, symmetric, ``v1``)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping

from ..._errors import ConfigurationError, SignatureError, StaleError

# Seconds that the clocks of hiworker and of the bot may differ.
_TOLERANCE = 300


class Verifier:
    """Holds the secret, ``whsec_…``. Raises ``ConfigurationError`` when it is none."""

    def __init__(self, secret: str) -> None:
        try:
            self._key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        except (ValueError, binascii.Error):
            self._key = b""
        if not self._key:
            raise ConfigurationError("The webhook secret is malformed. It looks like whsec_… in base64; copy it whole.")

    def verify(self, headers: Mapping[str, str], body: bytes, now: float) -> str:
        """Returns the ``webhook-id`` of a call that is hiworker's and fresh.

        ``headers`` finds names in any case, or has them in lower case; ``now`` is in seconds since 1970. Raises
        ``SignatureError`` or ``StaleError``.
        """
        call_id, timestamp, signatures = (
            headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature")
        )
        if not (call_id and timestamp and signatures):
            raise SignatureError(
                "A webhook-id, webhook-timestamp or webhook-signature is missing: the call is not signed."
            )
        if not (timestamp.isascii() and timestamp.isdigit()):
            raise SignatureError("webhook-timestamp is no number of seconds since 1970.")
        content = f"{call_id}.{timestamp}.".encode() + body
        expected = base64.b64encode(hmac.new(self._key, content, hashlib.sha256).digest())
        # While a secret is replaced, both the old and the new one sign.
        if not any(hmac.compare_digest(expected, given) for given in _signatures(signatures)):
            raise SignatureError(
                "The signature does not fit. Check that the webhook secret is the one hiworker showed for this bot."
            )
        difference = int(timestamp) - now
        if abs(difference) > _TOLERANCE:
            direction = "in the past" if difference < 0 else "in the future"
            raise StaleError(
                f"The call was signed {abs(difference):.0f} s {direction}; {_TOLERANCE} s are allowed. If it is no old "
                "call sent again, set the clock of this machine or of hiworker's."
            )
        return call_id


def _signatures(header: str) -> list[bytes]:
    parts = [part.partition(",") for part in header.split(" ")]
    return [signature.encode() for version, _, signature in parts if version == "v1"]

"""API keys and webhook secrets: making one as documented, and keeping in mind what no log may hold."""

from __future__ import annotations

import random
import string
import zlib
from typing import Any

_DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase

# Every secret that a server showed to these tests.
_seen: set[str] = set()


def api_key(prefix: str = "hwa_") -> str:
    """A well-formed key: the prefix, 30 random characters, and six of base62 CRC-32 of what stands before."""
    body = prefix + "".join(random.choices(_DIGITS, k=30))
    checksum = ""
    rest = zlib.crc32(body.encode())
    for _ in range(6):
        rest, digit = divmod(rest, 62)
        checksum = _DIGITS[digit] + checksum
    return remember(body + checksum)


def remember(secret: str) -> str:
    """Keeps a secret in mind; returns it."""
    _seen.add(secret)
    return secret


def remember_all(value: Any) -> None:
    """Keeps the secrets of a response in mind, wherever they stand in it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in {"secret", "webhook_secret"} and isinstance(inner, str):
                remember(inner)
            else:
                remember_all(inner)
    elif isinstance(value, list):
        for inner in value:
            remember_all(inner)


def found_in(text: str) -> list[str]:
    """The secrets that stand in a text, shortened so that a failing test does not print them either."""
    return [f"{secret[:8]}…" for secret in _seen if secret in text]

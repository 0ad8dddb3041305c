"""Looking at an API key without a server: a typo is known by its checksum."""

from __future__ import annotations

import string
import zlib

from .._errors import KeyMalformedError, KeyMissingError

_DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase
_KINDS = {"hwa_": "an administrator's", "hwb_": "a bot's", "hwm_": "a member's"}
_LENGTH = 40
_CHECKSUM_LENGTH = 6


def check_bot_key(key: str | None) -> str:
    """Returns a bot's key that is well formed. Its text never gets into an error."""
    if not key:
        raise KeyMissingError(
            "There is no API key. Set HIWORKER_API_KEY to the bot's key, HIWORKER_API_KEY_FILE to a file that holds "
            "it, or pass Bot(api_key=…)."
        )
    kind = _KINDS.get(key[:4])
    if kind is None:
        raise KeyMalformedError("The API key does not start with hwb_, as a bot's key does. Copy it anew.")
    if len(key) != _LENGTH:
        raise KeyMalformedError(f"The API key has {len(key)} characters in place of {_LENGTH}. Copy it whole.")
    if checksum(key[:-_CHECKSUM_LENGTH]) != key[-_CHECKSUM_LENGTH:]:
        raise KeyMalformedError("The API key has a typo: its last six characters do not fit the others. Copy it anew.")
    if not key.startswith("hwb_"):
        raise KeyMalformedError(f"The API key is {kind}, not a bot's. A bot's key starts with hwb_.")
    return key


def checksum(body: str) -> str:
    """The CRC-32 as six base62 digits, most significant first."""
    rest = zlib.crc32(body.encode())
    digits = ""
    for _ in range(_CHECKSUM_LENGTH):
        rest, digit = divmod(rest, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits

"""Why a connection did not come to be, or ended, and whether to try again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..._errors import (
    BotDeletedError,
    ConnectionFailedError,
    FrameRefusedError,
    HiworkerError,
    KeyExpiredError,
    KeyMalformedError,
    KeyRevokedError,
    KeyUnknownError,
    NotHiworkerError,
    RefusedError,
)

# The most that a server may make a bot wait at once, seconds.
_LONGEST_WAIT = 300.0

_KEYS: dict[str, tuple[type[HiworkerError], str]] = {
    "key_malformed": (KeyMalformedError, "The server finds the API key malformed. Copy it anew."),
    "key_unknown": (
        KeyUnknownError,
        "The server does not know this API key. Check that key and HIWORKER_URL belong together.",
    ),
    "key_revoked": (KeyRevokedError, "The API key was revoked. Ask whoever administers hiworker for a new one."),
    "key_expired": (KeyExpiredError, "The API key expired. Ask whoever administers hiworker for a new one."),
}

_FRAME_REFUSED = (
    FrameRefusedError,
    "The server could not take a frame of this bot. Is the package hiworker as new as the server?",
)

_CLOSE_CODES: dict[int, tuple[type[HiworkerError], str]] = {
    # A protocol error, text that is no UTF-8, a frame that is too large: the next connection would end as this one.
    1002: _FRAME_REFUSED,
    1007: _FRAME_REFUSED,
    1009: _FRAME_REFUSED,
    4100: _FRAME_REFUSED,
    4101: _KEYS["key_revoked"],
    4102: _KEYS["key_expired"],
    4103: (BotDeletedError, "This bot was deleted on the server. Register it anew and use its new key."),
}


@dataclass(frozen=True)
class Failure:
    """A connection that did not come to be."""

    error: HiworkerError
    final: bool = False
    """Whether trying again would not help, ever."""
    final_at_first: bool = False
    """Whether it would not help as long as no connection was had: a wrong address rather than a server in trouble."""
    retry_after: float | None = None
    """Seconds that the server asked to wait."""


def refusal_by_close(code: int, reason: str) -> HiworkerError | None:
    """The error of a close code that ends the bot; None for those after which it dials again."""
    if code not in _CLOSE_CODES:
        return None
    kind, text = _CLOSE_CODES[code]
    return kind(f"{text} ({reason})" if reason and kind is FrameRefusedError else text)


def failure_by_response(status: int, headers: Mapping[str, str], body: bytes, url: str) -> Failure:
    """What a response in place of a WebSocket means. ``headers`` finds names in any case, or has them in lower case."""
    problem = _problem(headers, body)
    code, detail = problem.get("code"), problem.get("detail")
    # A connection that a proxy used before, or a server that is only just starting, takes no WebSocket either.
    if status in (408, 425, 429) or status >= 500 or code == "upgrade_required":
        said = f": {detail}" if detail else "."
        error: HiworkerError = ConnectionFailedError(
            f"The server at {url} takes no connection now (status {status}){said}"
        )
        return Failure(error, retry_after=_seconds(headers.get("retry-after")))
    if code in _KEYS:
        kind, text = _KEYS[code]
        return Failure(kind(text), final=True)
    if code is not None and status != 404:
        return Failure(RefusedError(f"The server refused the bot ({code}): {detail}"), final=True)
    if 300 <= status < 400:
        error = NotHiworkerError(
            f"{url} sends elsewhere, to {headers.get('location', 'another address')}. "
            "Set HIWORKER_URL to where hiworker is."
        )
    elif status == 404 and code is not None:
        error = NotHiworkerError(
            f"The hiworker server at {url} is no relay: bots connect to one with the role ‘relay’ or ‘all’. "
            "Set HIWORKER_URL to that."
        )
    else:
        error = NotHiworkerError(
            f"What answers at {url} (status {status}) is no hiworker server, or a proxy before it does not pass "
            "WebSockets. Set HIWORKER_URL to the server's address."
        )
    return Failure(error, final_at_first=True)


def _problem(headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    if not headers.get("content-type", "").startswith("application/problem+json"):
        return {}
    try:
        problem = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return problem if isinstance(problem, dict) else {}


def _seconds(retry_after: str | None) -> float | None:
    if retry_after is None or not (retry_after.isascii() and retry_after.isdigit()):
        return None
    return min(float(retry_after), _LONGEST_WAIT)

"""What responses in place of a WebSocket mean."""

from __future__ import annotations

import json

import pytest

from hiworker import (
    ConnectionFailedError,
    HiworkerError,
    KeyExpiredError,
    KeyMalformedError,
    KeyRevokedError,
    KeyUnknownError,
    NotHiworkerError,
    RefusedError,
)
from hiworker._core.session.failures import Failure, failure_by_response

URL = "http://relay.example"


def problem(status: int, code: str | None, detail: str = "So.", **headers: str) -> Failure:
    body = json.dumps({"code": code, "detail": detail} if code else {}).encode()
    fields = {"content-type": "application/problem+json", **{k.replace("_", "-"): v for k, v in headers.items()}}
    return failure_by_response(status, fields, body, URL)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("key_malformed", KeyMalformedError),
        ("key_unknown", KeyUnknownError),
        ("key_revoked", KeyRevokedError),
        ("key_expired", KeyExpiredError),
        ("key_wrong_kind", RefusedError),
        ("key_missing", RefusedError),
    ],
)
def test_a_refused_key_is_final(code: str, error: type[HiworkerError]) -> None:
    failure = problem(401, code)
    assert type(failure.error) is error
    assert failure.final


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_a_server_in_trouble_is_tried_again(status: int) -> None:
    failure = problem(status, "shutting_down", "The server stops.", retry_after="7")
    assert type(failure.error) is ConnectionFailedError
    assert "The server stops." in str(failure.error)
    assert (failure.final, failure.final_at_first, failure.retry_after) == (False, False, 7)


@pytest.mark.parametrize(("given", "seconds"), [("86400", 300), ("Wed, 21 Oct 2026 07:28:00 GMT", None), ("-1", None)])
def test_retry_after_is_bounded_and_may_be_unreadable(given: str, seconds: float | None) -> None:
    assert problem(503, None, retry_after=given).retry_after == seconds


def test_a_redirect_names_its_target() -> None:
    failure = failure_by_response(301, {"location": "https://other.example/"}, b"", URL)
    assert type(failure.error) is NotHiworkerError
    assert "https://other.example/" in str(failure.error)
    assert failure.final_at_first


def test_a_server_without_a_relay_is_told_from_no_server() -> None:
    assert "is no relay" in str(problem(404, "not_found").error)
    assert "is no hiworker server" in str(failure_by_response(404, {"content-type": "text/html"}, b"<html>", URL).error)


@pytest.mark.parametrize("body", [b"{", b"[]", b"[" * 100_000])
def test_a_problem_that_cannot_be_read_is_none(body: bytes) -> None:
    failure = failure_by_response(426, {"content-type": "application/problem+json"}, body, URL)
    assert type(failure.error) is NotHiworkerError

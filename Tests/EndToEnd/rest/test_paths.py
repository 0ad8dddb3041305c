"""Paths and methods that there are, and those that there are not."""

from __future__ import annotations

from typing import Any

import pytest

from harness.api import refused
from harness.server import Server


@pytest.mark.parametrize(
    "path",
    ["/v1", "/v1/nothing", "/v2/companies", "/v1/companies/a.example/nothing", "/favicon.ico", "/v1/messages/a/b/c"],
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "PROPFIND"])
def test_a_path_that_there_is_not_is_not_found(server: Server, path: str, method: str) -> None:
    refused(server.admin.call(method, path), 404, "not_found")


@pytest.mark.parametrize(
    ("path", "method", "allowed"),
    [
        ("/v1/companies", "PUT", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("/v1/companies/a.example", "POST", {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH"}),
        ("/v1/messages", "DELETE", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("/v1/messages/msg_1/reply", "GET", {"OPTIONS", "POST"}),
        ("/v1/me/commands", "POST", {"OPTIONS", "PUT"}),
        ("/healthz", "POST", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_a_method_that_a_path_does_not_take_is_told_those_that_it_takes(
    server: Server, path: str, method: str, allowed: set[str]
) -> None:
    reply = server.admin.call(method, path)
    problem = refused(reply, 405, "method_not_allowed")
    assert set(reply.headers["allow"].split(", ")) == allowed
    assert method in problem["detail"]
    options = server.admin.call("OPTIONS", path)
    assert options.status_code == 204
    assert set(options.headers["allow"].split(", ")) == allowed


def test_a_method_that_nobody_knows_is_no_request(server: Server) -> None:
    problem = refused(server.admin.call("BREW", "/v1/companies"), 400, "malformed_request")
    assert "method" in problem["detail"]


def test_head_answers_as_get_without_the_body(server: Server) -> None:
    for path in ("/healthz", "/v1/companies", "/v1/bots/bot_none"):
        head, get = server.admin.call("HEAD", path), server.admin.call("GET", path)
        assert head.status_code == get.status_code
        assert head.headers["content-type"] == get.headers["content-type"]
        assert head.content == b""


def test_health_readiness_and_metrics_need_no_key(server: Server) -> None:
    anybody = server.api(None)
    assert anybody.get("/healthz") == {"status": "alive"}
    ready = anybody.get("/readyz")
    assert (ready["status"], ready["mongodb"]["connected"]) == ("ready", True)
    metrics = anybody.call("GET", "/metrics")
    assert metrics.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "hiworker_mongodb_connected 1" in metrics.text


def test_the_description_tells_of_every_call_and_every_call_is_there(server: Server) -> None:
    description = server.api(None).get("/openapi.json")
    assert description["openapi"].startswith("3.1")
    operations = [
        (method.upper(), path)
        for path, item in description["paths"].items()
        for method in item
        if method in {"get", "post", "put", "patch", "delete"}
    ]
    assert len(operations) > 25
    for method, path in operations:
        # A call without a key comes as far as the key, or is answered.
        concrete = path.replace("{domain}", "a.example").replace("{id}", "x1")
        status = server.api(None).call(method, concrete).status_code
        assert status in ({200} if path.startswith(("/healthz", "/readyz", "/metrics", "/openapi", "/docs")) else {401})


def references(value: Any) -> list[str]:
    if isinstance(value, dict):
        found = [inner for name, inner in value.items() if name == "$ref"]
        return found + [reference for inner in value.values() for reference in references(inner)]
    return [reference for inner in value for reference in references(inner)] if isinstance(value, list) else []


def test_every_reference_of_the_description_leads_somewhere(server: Server) -> None:
    description = server.api(None).get("/openapi.json")
    assert references(description)
    for reference in references(description):
        place = description
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]

"""Plain HTTP calls with a key, and what every answer must look like."""

from __future__ import annotations

from typing import Any

import httpx

from . import secrets

_TIMEOUT = httpx.Timeout(45)

# The clients of the test that runs.
_open: list[httpx.Client] = []


class API:
    """A server's REST API as the holder of one key sees it. Keeps its connection alive."""

    def __init__(self, url: str, key: str | None, language: str | None = None) -> None:
        self.url = url
        self.key = key
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        if language:
            headers["Accept-Language"] = language
        self._client = httpx.Client(base_url=url, headers=headers, timeout=_TIMEOUT, trust_env=False)
        _open.append(self._client)

    def with_key(self, key: str | None, language: str | None = None) -> API:
        """The same server for somebody else."""
        return API(self.url, key, language)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """Sends a request; ``body`` as JSON unless it is None. Underscores in names of headers become hyphens."""
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        response = self._client.request(method, path, json=body, headers=fields)
        if response.content and response.headers.get("content-type") == "application/json":
            secrets.remember_all(response.json())
        return response

    def get(self, path: str) -> Any:
        return succeeded(self.call("GET", path))

    def post(self, path: str, body: Any = None, status: int = 201, **headers: str) -> Any:
        return succeeded(self.call("POST", path, body, **headers), status)

    def put(self, path: str, body: Any) -> Any:
        return succeeded(self.call("PUT", path, body))

    def patch(self, path: str, body: Any) -> Any:
        return succeeded(self.call("PATCH", path, body))

    def delete(self, path: str) -> None:
        response = self.call("DELETE", path)
        assert response.status_code == 204, response.text
        assert response.content == b""

    def pages(self, path: str) -> list[Any]:
        """The items of all pages of a list."""
        items: list[Any] = []
        after = ""
        while True:
            mark = "&" if "?" in path else "?"
            page = self.get(f"{path}{mark}after={after}" if after else path)
            items += page["items"]
            after = page.get("next", "")
            if not after:
                return items


def close_all() -> None:
    """Closes the connections of all that was made since the last time."""
    while _open:
        _open.pop().close()


def succeeded(response: httpx.Response, status: int = 200) -> Any:
    """The JSON of an answer with this status."""
    assert response.status_code == status, f"{response.status_code}: {response.text}"
    assert response.headers["content-type"] == "application/json"
    return response.json()


def refused(response: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The problem of an answer, which is one of RFC 9457 from the catalogue."""
    assert response.headers.get("content-type") == "application/problem+json", (
        f"{response.status_code}: {response.text}"
    )
    return problem(response.json(), status, code, response.status_code)


def problem(body: Any, status: int, code: str, answered: int) -> dict[str, Any]:
    """The same for the parts of an answer that was read by hand."""
    assert (answered, body["code"]) == (status, code), body
    assert body["status"] == status
    assert body["type"].endswith(f"#{code}")
    assert body["title"]
    assert body["detail"]
    assert "{" not in body["detail"], "a placeholder was left unfilled"
    assert isinstance(body, dict)
    return body


def issues(body: dict[str, Any]) -> set[tuple[str | None, str]]:
    """Where and why: the places and codes of a problem's ``errors``."""
    return {
        (error.get("pointer", error.get("parameter", error.get("token"))), error["code"]) for error in body["errors"]
    }

"""Where the server is."""

from __future__ import annotations

import pytest

from hiworker import ConfigurationError
from hiworker._core.address import Address


@pytest.mark.parametrize(
    ("text", "url", "socket_url"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080", "ws://127.0.0.1:8080/v1/me/socket"),
        ("https://bots.example.com/", "https://bots.example.com", "wss://bots.example.com/v1/me/socket"),
        ("HTTPS://example.com/hi/", "https://example.com/hi", "wss://example.com/hi/v1/me/socket"),
    ],
)
def test_an_address_leads_to_the_socket(text: str, url: str, socket_url: str) -> None:
    address = Address.parse(text)
    assert (address.url, address.socket_url) == (url, socket_url)
    assert address.is_secure == url.startswith("https")


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1:8080",
        "ws://a",
        "http://",
        "http://a:port",
        "http://a:0",
        "http://u@a",
        "http://a?b",
        "http://a#b",
        "http://a..b",
        f"http://{'a' * 64}.example.com",
        "",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ConfigurationError, match="is no server's"):
        Address.parse(text)

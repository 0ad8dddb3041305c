"""Where the server is."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from .._errors import ConfigurationError


@dataclass(frozen=True)
class Address:
    """An ``http`` or ``https`` URL without a slash at its end."""

    url: str

    @classmethod
    def parse(cls, text: str) -> Address:
        """Raises ``ConfigurationError`` for what is no such URL."""
        try:
            parts = urlsplit(text)
            valid = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
            # A name that no network has, such as a..b, fails here rather than at each dial.
            (parts.hostname or "").encode("idna")
        except ValueError:
            valid = False
        if not valid or parts.query or parts.fragment or parts.username is not None:
            raise ConfigurationError(
                f"The address {text!r} is no server's. Write it like https://hiworker.example.com."
            )
        return cls(parts.geturl().rstrip("/"))

    @property
    def is_secure(self) -> bool:
        return self.url.startswith("https")

    @property
    def socket_url(self) -> str:
        """Of the bot socket."""
        return f"ws{self.url[4:]}/v1/me/socket"

"""What a bot is told by its arguments and its environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from ._core.address import Address
from ._core.keys import check_bot_key
from ._errors import ConfigurationError, SecretMissingError

_DEFAULT_URL = "http://127.0.0.1:8080"


@dataclass(frozen=True)
class Settings:
    """Read when a bot starts, so that one can be made and tested without any."""

    api_key: str | None = None
    url: str | None = None
    ca_file: str | None = None
    webhook_secret: str | None = None

    def checked_key(self) -> str:
        """Raises ``ConfigurationError`` when there is none or it has a typo."""
        return check_bot_key((self.api_key or _variable("HIWORKER_API_KEY") or "").strip() or None)

    def address(self) -> Address:
        return Address.parse(self.url or os.environ.get("HIWORKER_URL") or _DEFAULT_URL)

    def certificates(self) -> str | None:
        """The file of certificates to trust beside the system's."""
        return self.ca_file or os.environ.get("HIWORKER_CA_FILE") or None

    def secret(self) -> str:
        """The webhook's."""
        secret = self.webhook_secret or _variable("HIWORKER_WEBHOOK_SECRET")
        if not secret:
            raise SecretMissingError(
                "There is no webhook secret. Set HIWORKER_WEBHOOK_SECRET to what hiworker showed when the bot was "
                "registered, or HIWORKER_WEBHOOK_SECRET_FILE to a file that holds it."
            )
        return secret.strip()


def _variable(name: str) -> str | None:
    """A secret from the environment, or from the file that ``…_FILE`` names. Empty counts as unset."""
    value, path = os.environ.get(name), os.environ.get(f"{name}_FILE")
    if value or not path:
        return value or None
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{name}_FILE cannot be read: {error}. Name a file that holds the secret.") from None

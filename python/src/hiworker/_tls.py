"""Which certificates of a server are trusted."""

from __future__ import annotations

import ssl
from pathlib import Path

from ._errors import ConfigurationError


def tls_context(ca_file: str | None) -> ssl.SSLContext:
    """The system's, and those of a file in PEM form. Raises ``ConfigurationError`` when that cannot be read."""
    context = ssl.create_default_context()
    if ca_file is not None:
        try:
            context.load_verify_locations(cadata=Path(ca_file).read_text(encoding="ascii"))
        except (OSError, ValueError) as error:
            raise ConfigurationError(
                f"The certificates in {ca_file} cannot be read: {error}. Name a file in PEM form."
            ) from None
    return context

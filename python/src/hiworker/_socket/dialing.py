"""Opening connections, and saying what came in the way."""

from __future__ import annotations

import asyncio
import socket
import ssl

from websockets.exceptions import InvalidHandshake, InvalidStatus

from .._core.address import Address
from .._core.session.failures import Failure, failure_by_response
from .._errors import CertificateError, ConnectionFailedError, NotHiworkerError
from .._tls import tls_context
from .connection import Connection, Listener

# Seconds for TCP and TLS; the upgrade has as many again.
_DIAL_WITHIN = 10.0
# OpenSSL's reasons that have to do with time: not yet valid, expired.
_WRONG_TIME = (9, 10)


class Dialer:
    """Knows the address, the key and the certificates."""

    def __init__(self, address: Address, api_key: str, ca_file: str | None, user_agent: str) -> None:
        """Raises ``ConfigurationError`` when the file of certificates cannot be read."""
        self.address = address
        self._headers = {"Authorization": f"Bearer {api_key}", "User-Agent": user_agent}
        self._context = tls_context(ca_file) if address.is_secure else None

    def connection(self, number: int, listener: Listener) -> Connection:
        """One that is not open yet."""
        return Connection(number, self.address.socket_url, self._headers, listener)

    async def open(self, connection: Connection) -> None:
        """Opens TCP and TLS and sends the upgrade; the listener hears of the rest. Raises ``OSError`` or a time-out."""
        uri = connection.uri
        opening = asyncio.get_running_loop().create_connection(
            lambda: connection, uri.host, uri.port, ssl=self._context
        )
        await asyncio.wait_for(opening, _DIAL_WITHIN)

    def failure(self, error: Exception | None) -> Failure:
        """What an error of ``dial``, or of the upgrade after it, means."""
        url = self.address.url
        if isinstance(error, InvalidStatus):
            response = error.response
            return failure_by_response(response.status_code, response.headers, bytes(response.body or b""), url)
        if isinstance(error, ssl.SSLCertVerificationError):
            hint = (
                "Is the clock of this machine right?"
                if error.verify_code in _WRONG_TIME
                else "If your company signs its own, name the certificate with HIWORKER_CA_FILE or Bot(ca_file=…)."
            )
            text = f"The TLS certificate of {url} is not trusted ({error.verify_message}). {hint}"
            return Failure(CertificateError(text), final_at_first=True)
        if isinstance(error, ssl.SSLError):
            text = f"What answers at {url} does not speak TLS ({error.reason}). If it should not, write http://."
            return Failure(NotHiworkerError(text), final_at_first=True)
        if isinstance(error, InvalidHandshake) and not isinstance(error.__cause__, EOFError):
            text = f"What answers at {url} is no hiworker server ({error}). Set HIWORKER_URL to the server's address."
            return Failure(NotHiworkerError(text + self._tls_hint), final_at_first=True)
        hint = self._tls_hint if _ended_at_once(error) else ""
        return Failure(ConnectionFailedError(f"No server can be reached at {url}: {_reason(error)}.{hint}"))

    @property
    def _tls_hint(self) -> str:
        return "" if self.address.is_secure else " If it speaks TLS, write https://."


def _ended_at_once(error: Exception | None) -> bool:
    return error is None or isinstance(error, (ConnectionResetError, InvalidHandshake))


def _reason(error: Exception | None) -> str:
    if isinstance(error, (asyncio.TimeoutError, TimeoutError)):
        return "nothing answers"
    if isinstance(error, ConnectionRefusedError):
        return "the connection is refused"
    if isinstance(error, socket.gaierror):
        return "the name is not known"
    if _ended_at_once(error):
        return "the connection ended at once"
    return str(getattr(error, "strerror", None) or error)

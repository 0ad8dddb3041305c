"""One webhook call and, after it, the way for a later reply."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request

from .._core.answering.frames import UnfitReplyError, reply_body
from .._core.answering.message import Message
from .._errors import AlreadyRepliedError, ReplyError
from .._settings import Settings
from .._tls import tls_context
from .._values.reply import Reply

# Seconds for handing in a later reply.
_REPLY_WITHIN = 10.0


class Exchange:
    """The port of a message that came as a webhook call. Until the call is answered a reply is its answer."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._reply: Reply | None = None
        self._is_answered = False

    def end(self) -> Reply | None:
        """The call is being answered: the reply that came in time, if one did. Later ones go to the server."""
        with self._lock:
            self._is_answered = True
            return self._reply

    def progress(self, message: Message, text: str) -> None:
        """Nothing: a webhook has no way for it."""

    def reply(self, message: Message, reply: Reply) -> None:
        """Waits for the server when the call is answered. Raises ``ReplyError`` or ``ConfigurationError``."""
        try:
            body = reply_body(reply)
        except UnfitReplyError as error:
            raise ReplyError(f"The reply to {message.id} cannot be sent: {error}.") from None
        with self._lock:
            if not self._is_answered:
                self._reply = reply
                return
        self._hand_in(message.id, body)

    def _hand_in(self, message_id: str, body: bytes) -> None:
        address = self._settings.address()
        headers = {"Authorization": f"Bearer {self._settings.checked_key()}", "Content-Type": "application/json"}
        url = f"{address.url}/v1/messages/{message_id}/reply"
        call = urllib.request.Request(url, body, headers, method="POST")
        context = tls_context(self._settings.certificates()) if address.is_secure else None
        try:
            with urllib.request.urlopen(call, timeout=_REPLY_WITHIN, context=context):
                return
        except urllib.error.HTTPError as error:
            with error:
                detail = _detail(error.read())
            kind = AlreadyRepliedError if error.code == 409 else ReplyError
            raise kind(f"The reply to {message_id} was not taken (status {error.code}): {detail}") from None
        except OSError as error:
            raise ReplyError(f"The reply to {message_id} did not reach {address.url}: {error}. Try again.") from None


def _detail(problem: bytes) -> str:
    try:
        return str(json.loads(problem)["detail"])
    except (ValueError, KeyError, TypeError):
        return "The server did not say why."

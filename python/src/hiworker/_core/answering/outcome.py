"""What came of a handler: a reply, a reply later, or a mistake."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from ..._errors import ResultError
from ..._values.reply import Reply
from ..declaring.command import Command
from ..declaring.signature import UnfitValueError
from . import phrases
from .message import Later, Message

_log = logging.getLogger("hiworker")


@dataclass(frozen=True)
class Apology:
    """What the member reads in place of a reply."""

    text: str
    is_ours: bool = True
    """Whether the bot failed, rather than the member wrote what its handler cannot take."""


def arguments(command: Command[..., Any], message: Message) -> dict[str, Any]:
    """What the handler is called with. Raises ``UnfitValueError``."""
    arguments = command.signature.arguments(message.tokens)
    if command.signature.message is not None:
        arguments[command.signature.message] = message
    return arguments


def reply_of(result: Any, message: Message, command: Command[..., Any]) -> Reply | None:
    """The reply that a handler returned; None when ``message.reply`` was called or will be. Raises ``ResultError``."""
    if isinstance(result, Later) or (result is None and message.replied):
        return None
    reply = Reply(result) if isinstance(result, str) else result
    if not isinstance(reply, Reply) or not isinstance(reply.text, str) or not reply.text or reply.text.isspace():
        raise ResultError(
            f"{command.owner} returned {_shown(result)}, which is no reply. Return a text, a hiworker.Reply, or "
            "message.later() when message.reply() is called afterwards."
        )
    if not message.claim():
        raise ResultError(
            f"{command.owner} called message.reply() and returned {_shown(result)} too, which was dropped. "
            "Do one of them."
        )
    return reply


def apology(error: BaseException, message: Message, command: Command[..., Any]) -> Apology | None:
    """For a handler that failed; the log tells its developer. None when the member has a reply already."""
    apology = Apology(phrases.failed(message.text))
    if isinstance(error, UnfitValueError):
        apology = Apology(phrases.unfit(message.text, error.token, error.value), is_ours=False)
    elif isinstance(error, ResultError):
        _log.error("%s", error)
    else:
        _log.error("%s failed at %r (%s).", command.owner, message.text, message.id, exc_info=error)
    return apology if message.claim() else None


def _shown(result: Any) -> str:
    text = repr(result)
    return text if len(text) <= 60 else text[:60] + "…"

"""What a member sent, in a handler's hands."""

from __future__ import annotations

import threading
from collections.abc import Generator, Mapping
from typing import Any, Final, Protocol, final

from ..._errors import AlreadyRepliedError, ReplyError
from ..._values.member import Member
from ..._values.reply import Reply

# One for all messages: it is held for the time of a comparison.
_replying = threading.Lock()


class Port(Protocol):
    """Where a message's reply and progress go. Both are called from any thread and do not wait."""

    def reply(self, message: Message, reply: Reply, /) -> None: ...

    def progress(self, message: Message, text: str, /) -> None: ...


@final
class Later:
    """What a handler returns when the reply comes later; made by ``message.later()``."""

    __slots__ = ()


LATER: Final = Later()


@final
class Shown:
    """Awaiting it lets the text go out first; whoever cannot await may drop it."""

    __slots__ = ()

    def __await__(self) -> Generator[None, None, None]:
        yield


_SHOWN = Shown()


class Message:
    """One thing that a member sent, until it has its reply.

    ``tokens`` are the values as the wire has them; the handler's parameters have them as Python values. ``attempt``
    counts from 1 and grows when hiworker had to bring the same message (the same ``id``) again. Methods may be called
    from any thread.
    """

    __slots__ = ("_port", "_replied", "attempt", "command", "company", "id", "member", "text", "tokens")

    def __init__(self, fields: Mapping[str, Any], port: Port) -> None:
        """``fields`` as in a ``message`` frame. Raises ``KeyError`` or ``TypeError`` when it is none."""
        self.id: str = fields["id"]
        self.attempt: int = fields.get("attempt", 1)
        self.text: str = fields["text"]
        self.command: str = fields["command"]
        self.tokens: Mapping[str, Any] = fields["tokens"]
        self.member = Member(fields["member"]["id"], fields["member"]["name"])
        self.company: str = fields.get("company", "")
        self._port = port
        self._replied = False

    @property
    def replied(self) -> bool:
        """Whether it has its reply."""
        return self._replied

    def claim(self) -> bool:
        """Takes the right to reply, which there is once; false when it is taken. ``reply`` does this itself."""
        with _replying:
            free, self._replied = not self._replied, True
        return free

    def progress(self, text: str) -> Shown:
        """Shows a text, of 4,000 letters at most, while the message runs, in place of the one before.

        Raises ``ReplyError`` for what is no text.
        """
        if not isinstance(text, str):
            raise ReplyError(f"message.progress() got {text!r}. It needs a text.")
        if text and not text.isspace():
            self._port.progress(self, text)
        return _SHOWN

    def reply(self, text: str, **fields: Any) -> None:
        """Answers now, or later from anywhere, at most 15 minutes after the message.

        ``fields`` are for clients, as in ``Reply``. Raises ``AlreadyRepliedError`` for a second reply and
        ``ReplyError`` for one without text.
        """
        if not isinstance(text, str) or not text or text.isspace():
            raise ReplyError(f"message.reply() got {text!r}. A reply needs a text.")
        reply = Reply(text, **fields)
        if not self.claim():
            raise AlreadyRepliedError(f"The message {self.id} has its reply. Use message.progress() for more texts.")
        try:
            self._port.reply(self, reply)
        except BaseException:
            self._replied = False
            raise

    def later(self) -> Later:
        """``return message.later()``: the reply comes by ``reply``, after the handler has ended."""
        return LATER

    def __repr__(self) -> str:
        return f"<Message {self.id} {self.command!r}>"

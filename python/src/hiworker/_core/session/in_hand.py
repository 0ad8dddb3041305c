"""The messages that a bot has and the replies that the relay has not accepted yet."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator

from ..answering.message import Message

# Of replies that were accepted: enough for every message of the last seconds of a busy bot.
_MOST_REMEMBERED = 1_000
_MOST_REMEMBERED_BYTES = 4 * 1024 * 1024
# Seconds after which the relay has given up on a message; it does so after 15 minutes.
_LIFETIME = 16 * 60.0


class Entry:
    """One message in hand."""

    __slots__ = ("connection", "is_error", "message", "reply", "sent_on")

    def __init__(self, message: Message, connection: int) -> None:
        self.message = message
        self.connection = connection
        """Which brought it last."""
        self.reply: bytes | None = None
        self.is_error = False
        self.sent_on: int | None = None
        """Over which the reply went; None when it waits for a connection."""


class InHand:
    """Messages by id, from their arrival until the relay has accepted the reply or given up."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self.running: set[str] = set()
        """Ids whose handler runs, also after the reply."""
        self._deferred: dict[str, float] = {}
        """Ids whose handler ended without a reply, and when, oldest first."""
        self._remembered: OrderedDict[str, bytes] = OrderedDict()
        self._remembered_bytes = 0

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def get(self, message_id: str) -> Entry | None:
        return self._entries.get(message_id)

    def add(self, message: Message, connection: int) -> Entry:
        entry = self._entries[message.id] = Entry(message, connection)
        return entry

    def remembered(self, message_id: str) -> bytes | None:
        """The reply to a message that was accepted lately."""
        return self._remembered.get(message_id)

    def defer(self, message_id: str, now: float) -> None:
        """The handler ended, the reply comes later."""
        self._deferred[message_id] = now
        self.forget_given_up(now)

    def forget_given_up(self, now: float) -> None:
        """Drops the messages that wait for their reply longer than the relay does."""
        while self._deferred and self._deferred[oldest := next(iter(self._deferred))] + _LIFETIME < now:
            del self._deferred[oldest]
            del self._entries[oldest]

    def replied(self, entry: Entry, reply: bytes, *, is_error: bool) -> None:
        entry.reply = reply
        entry.is_error = is_error
        self._deferred.pop(entry.message.id, None)

    def drop(self, message_id: str) -> Entry | None:
        """The relay has the reply, or wants none."""
        self._deferred.pop(message_id, None)
        return self._entries.pop(message_id, None)

    def remember(self, message_id: str, reply: bytes) -> None:
        """Keeps an accepted reply for a while, within a bound; the oldest go first."""
        if (before := self._remembered.pop(message_id, None)) is not None:
            self._remembered_bytes -= len(before)
        self._remembered[message_id] = reply
        self._remembered_bytes += len(reply)
        while len(self._remembered) > _MOST_REMEMBERED or self._remembered_bytes > _MOST_REMEMBERED_BYTES:
            _, oldest = self._remembered.popitem(last=False)
            self._remembered_bytes -= len(oldest)

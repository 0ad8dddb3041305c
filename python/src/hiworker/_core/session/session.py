"""The session: what comes in and what was done go in as calls, what to do comes out as actions.

              ┌──────────── dial_failed, closed: back-off ────────────┐
              ▼                                                       │
    Dial ─ opened ─► waits for hello ─ hello ─► serves ─ drain ─► serves, and a second is dialled
                                                                  until that one says hello

At most one connection is dialled at a time. The *primary* is the last that said hello; others that serve are old ones
of a drain, which carry the replies to the messages that they brought. Nothing here waits, reads a clock or touches a
socket.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, ClassVar, TypeAlias

from ..._errors import HiworkerError
from ..answering import phrases
from ..answering.frames import error_frame
from ..answering.message import Message, Port
from ..declaring.commands import AvailableKey, Commands
from .actions import Action, Beat, Close, Complete, Dial, DueName, Fail, Finish, Later, Offer, Run, Say, Send
from .backoff import Backoff
from .declaring import Declaring
from .failures import Failure, refusal_by_close
from .in_hand import Entry, InHand
from .link import Link
from .resending import PASSING, Resending

Frame: TypeAlias = dict[str, Any]

# Seconds from the upgrade to the relay's first frame.
_HELLO_WITHIN = 10.0
# Seconds that a stop waits for what is in hand; what is left then is brought to the next connection of the bot.
_STOP_WITHIN = 30.0
# A connection that served this many seconds was a good one: the next is dialled at once again. After shorter ones the
# waits still grow, up to 0.8 s, so that a server which ends every connection after its hello is not overrun.
_GOOD_AFTER = 5.0
_FAILURES_AFTER_HELLO = 2
_NORMAL_CLOSURE = 1000
_GOING_AWAY = 1001


class Session:
    """Belongs to one thread. Every call returns the actions to perform, in their order."""

    def __init__(
        self, commands: Commands, port: Port, *, url: str, random: Callable[[], float], most_running: int
    ) -> None:
        """``most_running`` bounds the handlers at work: a message beyond it is answered as busy."""
        self._commands = commands
        self._port = port
        self._url = url
        self._most_running = most_running
        self._dial_backoff = Backoff(random, first_seconds=0.2, most_seconds=15)
        self._resending = Resending(random)
        self._declaring = Declaring(commands, url, random)
        self._links: dict[int, Link] = {}
        self._dialled = 0
        self._dialling: int | None = None
        self._primary: Link | None = None
        self._had_hello = False
        self._complained: str | None = None
        self._in_hand = InHand()
        self._stopping = False
        self._ended = False
        self._now = 0.0

    # The life of connections.

    def start(self) -> list[Action]:
        return [self._dial(0)]

    def opened(self, connection: int) -> list[Action]:
        """The upgrade succeeded."""
        self._links[connection] = Link(connection)
        return [Later(_HELLO_WITHIN, "hello", connection)]

    def dial_failed(self, connection: int, failure: Failure) -> list[Action]:
        assert connection == self._dialling, "only the connection that is dialled can fail to be"
        self._dialling = None
        if self._ended:
            return []
        if failure.final or (failure.final_at_first and not self._had_hello):
            return self._fail(failure.error)
        said: list[Action] = []
        text = str(failure.error)
        if text != self._complained:
            self._complained = text
            said = [Say(logging.WARNING, f"{text} Trying again until it works.")]
        return [*said, self._dial(self._dial_backoff.next_seconds(failure.retry_after))]

    def closed(self, connection: int, code: int, reason: str, now: float) -> list[Action]:
        """The connection is gone; ``code`` is 1006 when it died without a close frame."""
        link = self._links.pop(connection)
        if (error := refusal_by_close(code, reason)) is not None:
            return self._fail(error)
        actions: list[Action] = []
        for entry in self._in_hand:
            if entry.sent_on == connection:
                entry.sent_on = None
        if link is self._primary:
            self._primary = None
        if connection == self._dialling:
            self._dialling = None
        if link.served_since is not None:
            self._dial_backoff.reset(0 if now - link.served_since >= _GOOD_AFTER else _FAILURES_AFTER_HELLO)
        if self._ended:
            return []
        if self._primary is not None:
            actions += self._send_waiting(self._primary)
        elif self._complained is None:
            self._complained = f"The connection to {self._url} ended ({code}{f', {reason}' if reason else ''})."
            actions.append(Say(logging.WARNING, f"{self._complained} Dialling again."))
        if self._dialling is None and (self._primary is None or self._primary.draining):
            actions.append(self._dial(self._dial_backoff.next_seconds()))
        return actions

    def due(self, name: DueName, connection: int) -> list[Action]:
        """The time of a ``Later`` has come."""
        link = self._links.get(connection)
        if name == "stop":
            return [] if self._ended else self.stop_now()
        if link is None:
            return []
        if name == "declare":
            return self._declare(link)
        if name == "resend":
            link.resending = False
            return self._send_waiting(link)
        return [Close(connection, _GOING_AWAY)] if link.served_since is None else []

    # Frames of the relay.

    def received(self, connection: int, frame: Frame, now: float) -> list[Action]:
        """A frame came. Types that are not known are ignored: a newer relay may have more."""
        self._now = now
        link = self._links.get(connection)
        kind = frame.get("type")
        handle = self._handlers.get(kind) if isinstance(kind, str) else None
        if link is None or handle is None:
            return []
        try:
            return handle(self, link, frame)
        except (KeyError, TypeError, ValueError) as error:
            return [
                Say(
                    logging.WARNING,
                    f"The relay sent a frame of the type {kind} that cannot be read ({error!r}); ignored.",
                )
            ]

    def _hello(self, link: Link, frame: Frame) -> list[Action]:
        if link.served_since is not None:
            return []
        link.bot, seconds = frame["bot"], float(frame["heartbeat_seconds"])
        link.served_since = self._now
        self._dialling = None
        self._complained = None
        self._primary = link
        self._had_hello = True
        actions = [Beat(link.number, seconds), *self._declare(link), *self._send_waiting(link)]
        for old in list(self._links.values()):
            actions += self._close_if_idle(old)
        return actions

    def _message(self, link: Link, frame: Frame) -> list[Action]:
        message_id = frame["id"]
        entry = self._in_hand.get(message_id)
        if entry is not None:
            # Brought again: the handler still runs, or its reply was lost on the way.
            entry.connection = link.number
            entry.message.attempt = frame.get("attempt", entry.message.attempt)
            return self._send_reply(entry) if entry.reply and entry.sent_on != link.number else []
        if (reply := self._in_hand.remembered(message_id)) is not None:
            # The relay forgot that it accepted the reply: the same once more, rather than the handler once more.
            entry = self._in_hand.add(Message(frame, self._port), link.number)
            return self._reply(entry, reply, is_error=False)
        if self._stopping or message_id in self._in_hand.running:
            return []
        message = Message(frame, self._port)
        entry = self._in_hand.add(message, link.number)
        if self._commands.get(message.command) is None:
            return self._refuse(entry, phrases.unknown(message.text, message.command))
        if len(self._in_hand.running) >= self._most_running:
            return self._refuse(entry, phrases.busy(message.text))
        self._in_hand.running.add(message_id)
        return [Run(message)]

    def _accepted(self, _link: Link, frame: Frame) -> list[Action]:
        entry = self._in_hand.get(frame["id"])
        if entry is None or entry.reply is None:
            return []
        self._resending.taken()
        self._in_hand.remember(entry.message.id, entry.reply)
        return self._drop(entry)

    def _problem(self, link: Link, frame: Frame) -> list[Action]:
        code, detail = frame["code"], frame.get("detail", "")
        if "id" in frame:
            return self._reply_problem(link, frame["id"], code, detail)
        if not link.declaring or not self._declaring.concerns(frame):
            return [Say(logging.WARNING, f"The relay reports {code}: {detail}")]
        refused = self._declaring.refused(link, frame)
        return self._fail(refused) if isinstance(refused, HiworkerError) else refused

    def _reply_problem(self, link: Link, message_id: str, code: str, detail: str) -> list[Action]:
        entry = self._in_hand.get(message_id)
        if entry is None or entry.reply is None:
            return []
        if code in PASSING:
            entry.sent_on = None
            return self._resending.refused(link, f"{code}: {detail}")
        if code == "invalid_fields" and not entry.is_error:
            said = Say(logging.ERROR, f"The relay does not take the reply to {message_id}: {detail}")
            return [said, *self._refuse(entry, phrases.failed(entry.message.text))]
        if code == "not_found":
            # A relay that has lost the message may still bring it again.
            self._in_hand.remember(message_id, entry.reply)
        level = logging.INFO if code == "already_answered" else logging.WARNING
        return [Say(level, f"The reply to {message_id} was not taken ({code}): {detail}"), *self._drop(entry)]

    def _declared(self, link: Link, _frame: Frame) -> list[Action]:
        return self._declaring.declared(link)

    def _drain(self, link: Link, frame: Frame) -> list[Action]:
        seconds = max(0.0, float(frame["reconnect_after_ms"]) / 1000)
        link.draining = True
        # Whoever stops needs no other connection as long as this one is there.
        if self._dialling is not None or link is not self._primary or self._stopping:
            return []
        return [self._dial(seconds)]

    def _complete(self, link: Link, frame: Frame) -> list[Action]:
        return [Complete(link.number, frame["id"], frame["command"], frame["token"], dict(frame["tokens"]))]

    _handlers: ClassVar[dict[str, Callable[[Session, Link, Frame], list[Action]]]] = {
        "hello": _hello,
        "message": _message,
        "accepted": _accepted,
        "problem": _problem,
        "declared": _declared,
        "drain": _drain,
        "complete": _complete,
    }

    # What handlers do.

    def reply(self, message_id: str, frame: bytes, *, is_error: bool) -> list[Action]:
        """There is a reply, from the handler or after it. One to a message that is no longer in hand is dropped."""
        entry = self._in_hand.get(message_id)
        if entry is None or entry.reply is not None:
            return [Say(logging.WARNING, f"The reply to {message_id} came too late and was dropped.")]
        return self._reply(entry, frame, is_error=is_error)

    def ended(self, message_id: str, now: float) -> list[Action]:
        """The handler ended, after its reply or without one."""
        self._in_hand.running.discard(message_id)
        entry = self._in_hand.get(message_id)
        if entry is not None and entry.reply is None:
            self._in_hand.defer(message_id, now)
        return self._finish_if_done()

    def progress(self, message_id: str, frame: bytes) -> list[Action]:
        entry = self._in_hand.get(message_id)
        if entry is None or entry.reply is not None:
            return []
        link = self._link_for(entry)
        return [Offer(link.number, frame)] if link else []

    def available(self, key: AvailableKey) -> list[Action]:
        """The values of a token changed. They wait while the commands are being declared."""
        if self._primary is None or self._primary.declaring:
            return []
        return [self._declaring.available(self._primary, key)]

    # Stopping.

    def stop(self, now: float) -> list[Action]:
        """Takes no more messages and ends once nothing is in hand, or after 30 s."""
        self._stopping = True
        self._in_hand.forget_given_up(now)
        waiting = len(self._in_hand.running | {entry.message.id for entry in self._in_hand})
        said = Say(logging.INFO, f"Stopping once {waiting} messages in hand are answered; stop again to stop at once.")
        return [*([said] if waiting else []), Later(_STOP_WITHIN, "stop"), *self._finish_if_done()]

    def stop_now(self) -> list[Action]:
        """Leaves what is in hand to the bot's next connection."""
        self._stopping = self._ended = True
        return [*(Close(number, _NORMAL_CLOSURE) for number in self._links), Finish()]

    # Inside.

    def _dial(self, after_seconds: float) -> Dial:
        self._dialled += 1
        self._dialling = self._dialled
        return Dial(self._dialled, after_seconds)

    def _declare(self, link: Link) -> list[Action]:
        declaration = self._declaring.declare(link)
        return self._fail(declaration) if isinstance(declaration, HiworkerError) else [declaration]

    def _reply(self, entry: Entry, frame: bytes, *, is_error: bool) -> list[Action]:
        self._in_hand.replied(entry, frame, is_error=is_error)
        return self._send_reply(entry)

    def _refuse(self, entry: Entry, text: str) -> list[Action]:
        return self._reply(entry, error_frame(entry.message.id, text), is_error=True)

    def _send_reply(self, entry: Entry) -> list[Action]:
        link = self._link_for(entry)
        entry.sent_on = link.number if link else None
        return [Send(link.number, entry.reply)] if link and entry.reply else []

    def _send_waiting(self, link: Link) -> list[Action]:
        """Sends the replies that went over no connection, or over one that is gone."""
        actions: list[Action] = []
        for entry in self._in_hand:
            if entry.reply is not None and entry.sent_on is None:
                entry.sent_on = link.number
                actions.append(Send(link.number, entry.reply))
        return actions

    def _link_for(self, entry: Entry) -> Link | None:
        """The connection that brought the message, else the primary."""
        return self._links.get(entry.connection, self._primary)

    def _drop(self, entry: Entry) -> list[Action]:
        self._in_hand.drop(entry.message.id)
        link = self._links.get(entry.connection)
        closing = self._close_if_idle(link) if link is not None and link.draining else []
        return closing + self._finish_if_done()

    def _close_if_idle(self, link: Link) -> list[Action]:
        """Closes the old connection of a drain once a new one serves and nothing in hand came over the old."""
        if not link.draining or link is self._primary or self._ended:
            return []
        if any(link.number in (entry.connection, entry.sent_on) for entry in self._in_hand):
            return []
        return [Close(link.number, _NORMAL_CLOSURE)]

    def _finish_if_done(self) -> list[Action]:
        if not self._stopping or self._ended or self._in_hand.running or len(self._in_hand):
            return []
        return self.stop_now()

    def _fail(self, error: HiworkerError) -> list[Action]:
        self._ended = True
        return [*(Close(number, _NORMAL_CLOSURE) for number in self._links), Fail(error)]

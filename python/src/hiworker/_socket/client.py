"""The client: it joins session, connections and handlers in one event loop."""

from __future__ import annotations

import asyncio
import logging
import random
import threading
from collections.abc import Callable
from typing import Any, ClassVar

from .._core.answering.frames import UnfitReplyError, progress_frame, reply_frame, values_frame
from .._core.answering.message import Message
from .._core.declaring.commands import AvailableKey, Commands
from .._core.session import actions as do
from .._core.session.session import Session
from .._errors import ReplyError
from .._values.reply import Reply
from .connection import Connection
from .dialing import Dialer
from .handlers import Handlers
from .mailbox import Mailbox
from .workers import Workers

# Handlers at work, those that wait for a thread among them; a message beyond is answered as busy.
_MOST_RUNNING = 1_000
# Seconds for the closing handshakes at the end.
_CLOSE_WITHIN = 4.0

_log = logging.getLogger("hiworker")


class Client:
    """Lives for one run of the bot, in the event loop in which it is made."""

    def __init__(
        self, commands: Commands, dialer: Dialer, *, workers: int, declared: Callable[[], None] | None = None
    ) -> None:
        """``workers`` is the number of threads for handlers that are not ``async``.

        ``declared`` is called in the loop each time that the relay has taken the commands.
        """
        self._commands = commands
        self._dialer = dialer
        self._on_declared = declared
        self._loop = asyncio.get_running_loop()
        self._thread = threading.get_ident()
        self._mailbox = Mailbox(self._loop)
        self._handlers = Handlers(
            commands, self._mailbox, Workers(workers), ended=self._ended, completed=self._completed
        )
        self._session = Session(
            commands, self, url=dialer.address.url, random=random.random, most_running=_MOST_RUNNING
        )
        self._connections: dict[int, Connection] = {}
        self._dials: dict[int, asyncio.Task[None]] = {}
        self._timers: set[asyncio.TimerHandle] = set()
        self._changed: dict[AvailableKey, None] = {}
        self._end: asyncio.Future[None] = self._loop.create_future()
        self._is_unconnected = asyncio.Event()
        self._stops = 0

    async def run(self) -> None:
        """Until it is stopped. Raises the ``HiworkerError`` after which trying again would not help."""
        self._do(self._session.start())
        try:
            await self._end
        finally:
            await self._tear_down()

    def stop(self) -> None:
        """The first time, ends once what is in hand is answered; the second time at once. In the loop's thread."""
        self._stops += 1
        self._do(self._session.stop(self._loop.time()) if self._stops == 1 else self._session.stop_now())

    def stop_soon(self) -> None:
        """The same from any thread."""
        self._mailbox.post(self.stop)

    # The port of messages, and the bot's pushes: called from any thread.

    def reply(self, message: Message, reply: Reply) -> None:
        try:
            frame = reply_frame(message.id, reply)
        except UnfitReplyError as error:
            raise ReplyError(f"The reply to {message.id} cannot be sent: {error}.") from None
        self._in_loop(self._reply, message.id, frame, False)

    def progress(self, message: Message, text: str) -> None:
        frame = progress_frame(message.id, text)
        if threading.get_ident() == self._thread:
            self._progress(message.id, frame)
        else:
            self._mailbox.offer(self._progress, message.id, frame)

    def available_changed(self, key: AvailableKey) -> None:
        self._in_loop(self._push, key)

    def _in_loop(self, call: Callable[..., None], *arguments: Any) -> None:
        if threading.get_ident() == self._thread:
            call(*arguments)
        else:
            self._mailbox.post(call, *arguments)

    def _reply(self, message_id: str, frame: bytes, is_error: bool) -> None:
        self._do(self._session.reply(message_id, frame, is_error=is_error))

    def _progress(self, message_id: str, frame: bytes) -> None:
        self._do(self._session.progress(message_id, frame))

    def _push(self, key: AvailableKey) -> None:
        # While the network is slow, only the last values of a token wait for it.
        self._changed[key] = None
        if not any(connection.is_congested for connection in self._connections.values()):
            self.relieved()

    # What handlers and completions come to.

    def _ended(self, message: Message, frame: bytes | None, is_error: bool) -> None:
        if frame is not None:
            self._reply(message.id, frame, is_error)
        self._do(self._session.ended(message.id, self._loop.time()))

    def _completed(self, request: do.Complete, values: list[str] | None) -> None:
        self._do([do.Send(request.connection, values_frame(request.request, values))])

    # What connections tell.

    def opened(self, connection: int) -> None:
        self._do(self._session.opened(connection))

    def refused(self, connection: int, error: Exception | None) -> None:
        if self._forget(connection):
            self._do(self._session.dial_failed(connection, self._dialer.failure(error)))

    def received(self, connection: int, frame: dict[str, Any]) -> None:
        self._do(self._session.received(connection, frame, self._loop.time()))

    def relieved(self) -> None:
        changed, self._changed = self._changed, {}
        for key in changed:
            self._do(self._session.available(key))

    def closed(self, connection: int, code: int, reason: str) -> None:
        if self._forget(connection):
            self._do(self._session.closed(connection, code, reason, self._loop.time()))

    def _forget(self, connection: int) -> bool:
        known = self._connections.pop(connection, None) is not None
        if not self._connections:
            self._is_unconnected.set()
        return known

    # Performing actions.

    def _do(self, actions: list[do.Action]) -> None:
        for action in actions:
            self._performers[type(action)](self, action)

    def _send(self, action: do.Send) -> None:
        if (connection := self._connections.get(action.connection)) is not None:
            connection.send(action.frame)

    def _offer(self, action: do.Offer) -> None:
        connection = self._connections.get(action.connection)
        if connection is not None and not connection.is_congested:
            connection.send(action.frame)

    def _run(self, action: do.Run) -> None:
        command = self._commands.get(action.message.command)
        assert command is not None, "the session runs messages only of commands that there are"
        self._handlers.run(command, action.message)

    def _complete(self, action: do.Complete) -> None:
        self._handlers.complete(action)

    def _dial(self, action: do.Dial) -> None:
        self._dials[action.connection] = self._loop.create_task(self._open(action))

    async def _open(self, action: do.Dial) -> None:
        number = action.connection
        try:
            await asyncio.sleep(action.after_seconds)
            connection = self._connections[number] = self._dialer.connection(number, self)
            self._is_unconnected.clear()
            await self._dialer.open(connection)
        except (OSError, ValueError, asyncio.TimeoutError) as error:
            self.refused(number, error)
        finally:
            del self._dials[number]

    def _beat(self, action: do.Beat) -> None:
        self._connections[action.connection].beat(action.seconds)

    def _close(self, action: do.Close) -> None:
        if (connection := self._connections.get(action.connection)) is not None:
            connection.close(action.code)

    def _later(self, action: do.Later) -> None:
        def due() -> None:
            self._timers.discard(timer)
            self._do(self._session.due(action.name, action.connection))

        timer = self._loop.call_later(action.seconds, due)
        self._timers.add(timer)

    def _declared(self, _action: do.Declared) -> None:
        if self._on_declared is not None:
            self._on_declared()

    def _say(self, action: do.Say) -> None:
        _log.log(action.level, "%s", action.text)

    def _fail(self, action: do.Fail) -> None:
        if not self._end.done():
            self._end.set_exception(action.error)

    def _finish(self, _action: do.Finish) -> None:
        if not self._end.done():
            self._end.set_result(None)

    _performers: ClassVar[dict[type, Callable[[Client, Any], None]]] = {
        do.Send: _send,
        do.Offer: _offer,
        do.Run: _run,
        do.Complete: _complete,
        do.Dial: _dial,
        do.Beat: _beat,
        do.Close: _close,
        do.Later: _later,
        do.Declared: _declared,
        do.Say: _say,
        do.Fail: _fail,
        do.Finish: _finish,
    }

    async def _tear_down(self) -> None:
        """Also when the task was cancelled, and then the connections are still to be closed."""
        self._do([action for action in self._session.stop_now() if isinstance(action, do.Close)])
        dials = list(self._dials.values())
        for dial in dials:
            dial.cancel()
        await asyncio.gather(*dials, return_exceptions=True)
        for timer in self._timers:
            timer.cancel()
        await self._handlers.stop()
        # One that is not open leaves the others when it is ended.
        for connection in list(self._connections.values()):
            if not connection.is_open:
                connection.abort()
        if self._connections:
            await asyncio.wait([asyncio.ensure_future(self._is_unconnected.wait())], timeout=_CLOSE_WITHIN)

"""Running handlers and completions, in the event loop or in threads."""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any, cast

from .._core.answering import phrases
from .._core.answering.frames import UnfitReplyError, error_frame, reply_frame
from .._core.answering.message import Message
from .._core.answering.outcome import Apology, apology, arguments, reply_of
from .._core.declaring.command import Command
from .._core.declaring.commands import Commands
from .._core.declaring.completer import Completer
from .._core.session.actions import Complete
from .._values.reply import Reply
from .mailbox import Mailbox
from .workers import Workers

# Completions at work; beyond, the relay is left to the last ``available``.
_MOST_COMPLETING = 100
# Threads for completions that are not ``async``: while every handler's thread is busy, members still see what fits.
_COMPLETING_THREADS = 4
# Seconds after which the relay no longer waits for a completion.
_COMPLETE_WITHIN = 0.3

_log = logging.getLogger("hiworker")


class Handlers:
    """Calls ``ended`` and ``completed`` in the loop's thread, once for each message and completion."""

    def __init__(
        self,
        commands: Commands,
        mailbox: Mailbox,
        workers: Workers,
        *,
        ended: Callable[[Message, bytes | None, bool], None],
        completed: Callable[[Complete, list[str] | None], None],
    ) -> None:
        """``ended`` gets the frame to send, None for none, and whether it is an error.

        ``completed`` gets None for values when the bot has nothing to say.
        """
        self._commands = commands
        self._mailbox = mailbox
        self._workers = workers
        self._ended = ended
        self._completed = completed
        self._loop = asyncio.get_running_loop()
        self._tasks: set[asyncio.Task[None]] = set()
        self._completion_workers = Workers(_COMPLETING_THREADS)
        self._completing = 0
        self._is_stopped = False

    def run(self, command: Command[..., Any], message: Message) -> None:
        if command.is_async:
            self._run_in_loop(command, message)
        else:
            self._workers.submit(self._run_in_thread, command, message)

    def complete(self, request: Complete) -> None:
        command = self._commands.get(request.command)
        completer = command.completers.get(request.token) if command else None
        if completer is None or self._completing >= _MOST_COMPLETING:
            self._completed(request, None)
            return
        self._completing += 1
        if completer.is_async:
            self._complete_in_loop(completer, request, self._loop.time())
        else:
            self._completion_workers.submit(self._complete_in_thread, completer, request, self._loop.time())

    async def stop(self) -> None:
        """Cancels what runs in the loop; threads end by themselves."""
        self._is_stopped = True
        self._workers.stop()
        self._completion_workers.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._forget)

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        # A KeyboardInterrupt in a handler ends the loop; asyncio would complain that nobody looked at it.
        if not task.cancelled():
            task.exception()

    def _run_in_loop(self, command: Command[..., Any], message: Message, begun: Awaitable[Any] | None = None) -> None:
        self._spawn(self._run(command, message, begun))

    async def _run(self, command: Command[..., Any], message: Message, begun: Awaitable[Any] | None) -> None:
        """``begun`` is what a thread has of a function that turned out to be ``async`` inside."""
        try:
            result = await (command.function(**arguments(command, message)) if begun is None else begun)
            reply = reply_of(result, message, command)
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 (a handler may raise anything)
            if self._is_stopped:
                return
            self._ended(message, *_frame(apology(error, message, command), message))
        else:
            self._ended(message, *_frame(reply, message))

    def _run_in_thread(self, command: Command[..., Any], message: Message) -> None:
        try:
            result = command.function(**arguments(command, message))
            if inspect.isawaitable(result):
                self._mailbox.post(self._run_in_loop, command, message, result)
                return
            frame = _frame(reply_of(result, message, command), message)
        # Not even SystemExit may end the thread and leave the member waiting.
        except BaseException as error:  # noqa: BLE001
            frame = _frame(apology(error, message, command), message)
        self._mailbox.post(self._ended, message, *frame)

    def _complete_in_loop(
        self, completer: Completer, request: Complete, asked_at: float, begun: Awaitable[Iterable[str]] | None = None
    ) -> None:
        self._spawn(self._complete(completer, request, asked_at, begun))

    async def _complete(
        self, completer: Completer, request: Complete, asked_at: float, begun: Awaitable[Iterable[str]] | None
    ) -> None:
        try:
            result = completer.function(**completer.arguments(request.tokens)) if begun is None else begun
            values: list[str] | None = completer.values(await cast("Awaitable[Iterable[str]]", result))
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001
            if self._is_stopped:
                return
            _say(error, completer)
            values = None
        self._end_completion(completer, request, asked_at, values)

    def _complete_in_thread(self, completer: Completer, request: Complete, asked_at: float) -> None:
        try:
            result = completer.function(**completer.arguments(request.tokens))
            if inspect.isawaitable(result):
                self._mailbox.post(self._complete_in_loop, completer, request, asked_at, result)
                return
            values: list[str] | None = completer.values(result)
        except BaseException as error:  # noqa: BLE001
            _say(error, completer)
            values = None
        self._mailbox.post(self._end_completion, completer, request, asked_at, values)

    def _end_completion(
        self, completer: Completer, request: Complete, asked_at: float, values: list[str] | None
    ) -> None:
        self._completing -= 1
        seconds = self._loop.time() - asked_at
        if seconds > _COMPLETE_WITHIN:
            _log.warning("%s took %.1f s; hiworker waits %.1f s for values.", completer.name, seconds, _COMPLETE_WITHIN)
        self._completed(request, values)


def _say(error: BaseException, completer: Completer) -> None:
    _log.error("%s failed to complete %s.", completer.name, completer.token.key, exc_info=error)


def _frame(outcome: Reply | Apology | None, message: Message) -> tuple[bytes | None, bool]:
    """The frame to send, and whether it is an error."""
    if outcome is None:
        return None, False
    if isinstance(outcome, Apology):
        if outcome.is_ours:
            return error_frame(message.id, outcome.text), True
        # What the member can mend is an answer, and no failure of the bot.
        outcome = Reply(outcome.text)
    try:
        return reply_frame(message.id, outcome), False
    except UnfitReplyError as error:
        _log.error("The reply to %s (%s) cannot be sent: %s.", message.command, message.id, error)
        return error_frame(message.id, phrases.failed(message.text)), True

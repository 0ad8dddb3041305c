"""The bot: commands, and the ways to run them."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from types import FrameType
from typing import TYPE_CHECKING, NoReturn, ParamSpec, TypeVar

from ._core.declaring.command import Command
from ._core.declaring.commands import Commands
from ._errors import ConfigurationError, HiworkerError
from ._settings import Settings
from ._socket.client import Client
from ._socket.dialing import Dialer
from ._version import __version__

if TYPE_CHECKING:
    from flask import Flask

P = ParamSpec("P")
R = TypeVar("R")

_DEFAULT_WORKERS = 32

_log = logging.getLogger("hiworker")

# Set while a bot's file is only read for its bot: ``run`` then hands the bot over and returns at once.
handed_over: ContextVar[list[Bot] | None] = ContextVar("handed_over", default=None)


class Bot:
    """A program that answers the commands of its company.

    Every argument may come from the environment; none is looked at before the bot runs, so that a bot can be made,
    imported and tested without.

    Args:
        api_key: the bot's key; else ``HIWORKER_API_KEY``, or the file that ``HIWORKER_API_KEY_FILE`` names.
        url: where the server is; else ``HIWORKER_URL``, else ``http://127.0.0.1:8080``.
        ca_file: certificates in PEM form to trust beside the system's; else ``HIWORKER_CA_FILE``.
        webhook_secret: for ``flask()`` alone; else ``HIWORKER_WEBHOOK_SECRET``, or its ``_FILE``.
        workers: how many handlers that are not ``async`` run at a time, in threads.
    """

    def __init__(
        self,
        api_key: str | None = None,
        *,
        url: str | None = None,
        ca_file: str | None = None,
        webhook_secret: str | None = None,
        workers: int = _DEFAULT_WORKERS,
    ) -> None:
        if workers < 1:
            raise ConfigurationError(f"Bot(workers={workers}) could run no handler. Give it at least one.")
        self._settings = Settings(api_key, url, ca_file, webhook_secret)
        self._workers = workers
        self._commands = Commands()
        self._client: Client | None = None

    def command(self, name: str) -> Callable[[Callable[P, R]], Command[P, R]]:
        """Decorates the function that answers a command, ``/예약 회의실``: its parameters are the command's tokens.

        It returns the reply, a text or a ``Reply``, or ``message.later()``. Raises ``DeclarationError`` for what
        cannot work.
        """

        def declare(function: Callable[P, R]) -> Command[P, R]:
            command = Command(name, function)
            self._commands.add(command)
            return command

        return declare

    def available(self, command: str, token: str, values: Iterable[str]) -> None:
        """Tells members which values of a choice can be taken now, until told otherwise.

        It may be called from any thread, also before the bot runs; after a reconnect it is told again. Raises
        ``DeclarationError`` for a command or token that there is not, ``ValueError`` for a value that is not declared.
        """
        key = self._commands.set_available(command, token, values)
        if (client := self._client) is not None:
            client.available_changed(key)

    async def serve(self) -> None:
        """Runs the bot in this event loop until ``stop``. Raises the ``HiworkerError`` that ends it.

        Cancelling it stops the bot at once; what it has in hand is brought to its next connection.
        """
        await self._serve(self._settings)

    async def _serve(self, settings: Settings, declared: Callable[[], None] | None = None) -> None:
        if self._client is not None:
            raise HiworkerError("The bot runs already. A second run would answer nothing: make a second Bot.")
        dialer = self._dialer(settings)
        self._client = Client(self._commands, dialer, workers=self._workers, declared=declared)
        try:
            await self._client.run()
        finally:
            self._client = None

    def stop(self) -> None:
        """Ends ``run`` or ``serve`` once what is in hand is answered, at most 30 s later; called again, at once."""
        if (client := self._client) is not None:
            client.stop_soon()

    def run(self) -> None:
        """Runs the bot until Ctrl-C or SIGTERM, and says on standard error what is wrong when it cannot.

        What is in hand is answered first; a second Ctrl-C does not wait. Exits with status 1 when it cannot run.
        """
        if (bots := handed_over.get()) is not None:
            bots.append(self)
            return
        _log_to_standard_error()
        try:
            with self._stopped_by_signals():
                asyncio.run(self.serve())
        except HiworkerError as error:
            _exit(error)

    def flask(self) -> Flask:
        """The same bot as a webhook: a Flask application whose ``POST /`` hiworker calls.

        Without a webhook secret it can be made and imported, but refuses calls. Raises ``ConfigurationError`` without
        Flask, and for a secret that is malformed.
        """
        try:
            from ._flask.app import create_app
        except ModuleNotFoundError as error:
            if error.name != "flask":
                raise
            raise ConfigurationError("bot.flask() needs Flask. Install it: pip install 'hiworker[flask]'.") from None
        return create_app(self._commands, self._settings)

    def _dialer(self, settings: Settings) -> Dialer:
        key, address = settings.checked_key(), settings.address()
        if not len(self._commands):
            raise ConfigurationError(
                "The bot has no commands. Write a function under @bot.command('/…') before it runs."
            )
        return Dialer(address, key, settings.certificates(), f"hiworker-python/{__version__}")

    @contextmanager
    def _stopped_by_signals(self) -> Iterator[None]:
        """The first Ctrl-C or SIGTERM stops the bot, the next ends it wherever it is, also in a handler that hangs."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        stops = 0

        # Not by the event loop, which handlers can block.
        def stop(_number: int, _frame: FrameType | None) -> None:
            nonlocal stops
            stops += 1
            if stops > 1 or self._client is None:
                raise KeyboardInterrupt
            self.stop()

        before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            with suppress(KeyboardInterrupt):
                yield
        finally:
            for number, handler in before.items():
                # None stands for one that Python did not set, and cannot set again.
                signal.signal(number, handler or signal.SIG_DFL)


def commands_of(bot: Bot) -> Commands:
    """What was declared so far: for all that looks at a bot from within this package."""
    return bot._commands  # noqa: SLF001


async def serve_with(bot: Bot, settings: Settings, declared: Callable[[], None]) -> None:
    """``bot.serve`` with other settings than the bot was made with, for tests.

    ``declared`` is called in the loop each time that members can use the bot.
    """
    await bot._serve(settings, declared)  # noqa: SLF001


def _log_to_standard_error() -> None:
    """Unless the program has set up logging itself."""
    if not _log.hasHandlers():
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        _log.addHandler(handler)
        _log.setLevel(logging.INFO)


def _exit(error: HiworkerError) -> NoReturn:
    _log.critical("%s", error)
    sys.exit(1)


__all__ = ["Bot", "commands_of", "handed_over", "serve_with"]

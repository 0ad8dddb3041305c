"""A bot that runs beside a test, in a thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from .._bot import Bot, serve_with
from .._settings import Settings

# Seconds until the commands are declared, and for what is in hand at the end.
_START_WITHIN = 30.0
_STOP_WITHIN = 35.0


class RunningBot:
    """Serves with another key and address than the bot was made with."""

    def __init__(self, bot: Bot, *, api_key: str, url: str) -> None:
        self._bot = bot
        self._settings = Settings(api_key, url)
        self._declared = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="bot", daemon=True)
        self.error: BaseException | None = None
        """What ended the bot before its time."""

    def start(self) -> None:
        """Returns when members can use the bot. Raises what ends it before that, or ``TimeoutError``."""
        self._thread.start()
        self.wait_until_declared()

    def expect_again(self) -> None:
        """Before the server is restarted: ``wait_until_declared`` is then for the next time."""
        self._declared.clear()

    def wait_until_declared(self) -> None:
        """Raises as ``start`` does."""
        if not self._declared.wait(_START_WITHIN):
            raise TimeoutError(f"The bot's commands were not declared within {_START_WITHIN:g} s. Its log says why.")
        if self.error is not None:
            raise self.error

    def stop(self) -> None:
        """Finishes what is in hand."""
        self._bot.stop()
        self.wait()

    def wait(self) -> None:
        """For the end of the bot."""
        self._thread.join(_STOP_WITHIN)

    def _serve(self) -> None:
        try:
            asyncio.run(serve_with(self._bot, self._settings, self._declared.set))
        except BaseException as error:  # noqa: BLE001 (it is raised in the test's thread)
            self.error = error
        finally:
            self._declared.set()


@contextmanager
def running_bot(bot: Bot, *, api_key: str, url: str) -> Iterator[RunningBot]:
    """The bot for the time of a block."""
    running = RunningBot(bot, api_key=api_key, url=url)
    running.start()
    try:
        yield running
    finally:
        running.stop()

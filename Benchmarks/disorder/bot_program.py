"""A bot as a program: ``python -m disorder.bot_program sync|async CONNECTIONS``.

It answers ``/sync 17`` or ``/async 17``. Each of its connections is a ``Bot`` of its own with the same key, all in one
event loop.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
import random
import signal
import sys
import threading
import time

from hiworker import Bot, Message

from .bot_process import REDELIVERED

# Seconds that a handler works, at most, and that a late reply takes.
_WORKS = 0.05
_LATE = 0.4
# One message of so many is answered late.
_LATE_ONCE_IN = 10

_runs = itertools.count(1)


def _reply(number: int, message: Message) -> str:
    """No two are the same, so that a member who gets two of them knows."""
    if message.attempt > 1:
        logging.info("%s %d", REDELIVERED, number)
    return f"{number}: {os.getpid()}-{next(_runs)}"


def _reply_late(number: int, message: Message) -> None:
    message.reply(_reply(number, message))


def _sync_bot() -> Bot:
    bot = Bot()

    @bot.command("/sync")
    def work(number: int, message: Message) -> object:
        if number % _LATE_ONCE_IN == 0:
            threading.Timer(_LATE, _reply_late, (number, message)).start()
            return message.later()
        time.sleep(random.uniform(0, _WORKS))
        return _reply(number, message)

    return bot


def _async_bot() -> Bot:
    bot = Bot()

    @bot.command("/async")
    async def work(number: int, message: Message) -> object:
        if number % _LATE_ONCE_IN == 0:
            asyncio.get_running_loop().call_later(_LATE, _reply_late, number, message)
            return message.later()
        await message.progress("…")
        await asyncio.sleep(random.uniform(0, _WORKS))
        return _reply(number, message)

    return bot


async def _serve(kind: str, connections: int) -> None:
    make = {"sync": _sync_bot, "async": _async_bot}[kind]
    bots = [make() for _ in range(connections)]

    def stop() -> None:
        for bot in bots:
            bot.stop()

    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop)
    await asyncio.gather(*(bot.serve() for bot in bots))


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    asyncio.run(_serve(sys.argv[1], int(sys.argv[2])))

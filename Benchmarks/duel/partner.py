"""Whom a bot talks to while it is measured."""

from __future__ import annotations

import asyncio
from typing import Protocol

# Seconds for a bot to start and connect.
CONNECTED_WITHIN = 20.0
# Stands for the message's number in what a stand-in sends.
NUMBER = b"NUMBER"


class Partner(Protocol):
    """Brings messages to one bot over one connection."""

    async def connected(self) -> None:
        """Returns when the bot is there."""

    async def ask(self, number: int) -> None:
        """Brings the message of this number and returns when its reply is there."""

    async def stop(self) -> None:
        """The bot is gone."""


class Waiting:
    """Messages by id, each with who waits for its reply."""

    def __init__(self) -> None:
        self._futures: dict[str, asyncio.Future[None]] = {}

    def expect(self, message_id: str) -> asyncio.Future[None]:
        future = self._futures[message_id] = asyncio.get_running_loop().create_future()
        return future

    def came(self, message_id: str) -> None:
        self._futures.pop(message_id).set_result(None)

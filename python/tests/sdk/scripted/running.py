"""A bot that runs beside a test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from hiworker import Bot

from .relay import RelaySide, ScriptedRelay


@asynccontextmanager
async def running(bot: Bot) -> AsyncIterator[asyncio.Task[None]]:
    """The bot's ``serve``, cancelled at the end unless it has ended."""
    task = asyncio.create_task(bot.serve())
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@asynccontextmanager
async def serving(bot: Bot, relay: ScriptedRelay) -> AsyncIterator[RelaySide]:
    """The relay's side of a bot that has declared its commands."""
    async with running(bot):
        side = await relay.connection()
        await side.serve()
        yield side

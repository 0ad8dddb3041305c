"""What is done to bots and server while members send."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass

from stage.company import Company, Registered
from stage.output import say
from stage.server import Server

from .bot_process import BotProcess
from .chopper import Chopper
from .ledger import Ledger

# Seconds between two of the storm's acts, and between two looks for what must come first.
_PAUSE = 0.03
_LOOK_EVERY = 0.05
# Seconds for what must come first: dialling again takes up to 15.
_CALM_WITHIN = 90.0


@dataclass(frozen=True)
class Amount:
    """How often each thing happens."""

    disconnects: int
    kills: int
    drains: int


class Storm:
    """Connections end, bots are killed and started anew, the server drains and starts anew: in an order by chance.

    Two things never meet, because what is lost then is not to be had from a relay that keeps running messages in memory
    and bots that keep replies in theirs:

    - a drain begins only when all bots are connected, and nothing else happens until the server is back: a message that
      never reached its bot could not be brought again while no connection is taken;
    - a bot is killed only when what was in hand at the last drain is answered: the server that had it is gone, and so
      the bot's process alone knows of it.
    """

    def __init__(
        self,
        server: Server,
        chopper: Chopper,
        company: Company,
        bots: dict[Registered, list[BotProcess]],
        ledger: Ledger,
        *,
        connections_per_process: int,
        chance: random.Random,
    ) -> None:
        self._server = server
        self._chopper = chopper
        self._company = company
        self._bots = bots
        self._ledger = ledger
        self._connections_per_process = connections_per_process
        self._chance = chance
        self._drained_at = 0.0

    async def rage(self, amount: Amount) -> None:
        acts = [self._disconnect] * amount.disconnects + [self._kill] * amount.kills + [self._drain] * amount.drains
        self._chance.shuffle(acts)
        for done, act in enumerate(acts, start=1):
            self._revive()
            await act()
            await asyncio.sleep(_PAUSE)
            if done % 100 == 0 or done == len(acts):
                say(f"  {done} of {len(acts)}: {len(self._ledger.intents)} messages sent")

    async def calm(self) -> None:
        """Returns when every bot has all its connections."""
        every = len(self._processes) * self._connections_per_process
        for bot, processes in self._bots.items():
            whole = len(processes) * self._connections_per_process
            deadline = time.monotonic() + _CALM_WITHIN
            while await self._connections(bot) != whole or len(self._chopper.open) != every:
                self._revive()
                self._check(deadline, "the bots to dial again")
                await asyncio.sleep(_LOOK_EVERY)

    @property
    def _processes(self) -> list[BotProcess]:
        return [process for processes in self._bots.values() for process in processes]

    async def _connections(self, bot: Registered) -> int:
        """As the server sees it."""
        return int((await self._company.bot(bot))["presence"]["connections"])

    def _revive(self) -> None:
        """Starts the bots again that ended by themselves, which none may."""
        for process in self._processes:
            if not process.is_running:
                self._ledger.unexpected.append(f"A bot ended by itself: {process.last_line}")
                process.start()

    async def _disconnect(self) -> None:
        deadline = time.monotonic() + _CALM_WITHIN
        while not await self._chopper.cut():
            self._revive()
            self._check(deadline, "a bot to dial again")
            await asyncio.sleep(_LOOK_EVERY)

    async def _kill(self) -> None:
        deadline = time.monotonic() + _CALM_WITHIN
        while not self._ledger.is_settled(self._drained_at):
            self._check(deadline, "the replies to what was in hand at the last drain")
            await asyncio.sleep(_LOOK_EVERY)
        self._revive()
        process = self._chance.choice(self._processes)
        process.kill()
        process.start()

    async def _drain(self) -> None:
        await self.calm()
        await asyncio.to_thread(self._server.stop)
        self._drained_at = time.monotonic()
        await asyncio.to_thread(self._server.start)

    def _check(self, deadline: float, what: str) -> None:
        if time.monotonic() > deadline:
            raise TimeoutError(f"Waited {_CALM_WITHIN:g} s in vain for {what}.")

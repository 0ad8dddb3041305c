"""Measuring a bot through its partner."""

from __future__ import annotations

import asyncio
import itertools
import statistics
import time
from dataclasses import dataclass, field

from stage.usage import Usage

from .partner import Partner

# Messages on their way at a time while throughput is measured. More makes no contender faster.
_IN_FLIGHT = 64
_WARM_UP = 200


@dataclass
class Figures:
    """Of one contender, over all its rounds."""

    round_trips: list[float] = field(default_factory=list)
    """Seconds each, one message at a time."""
    rates: list[float] = field(default_factory=list)
    """Messages per second of each round, many at a time."""
    costs: list[float] = field(default_factory=list)
    """The bot's CPU microseconds for a message, of each round, many at a time."""

    @property
    def p50(self) -> float:
        return statistics.median(self.round_trips)

    @property
    def p99(self) -> float:
        return statistics.quantiles(self.round_trips, n=100)[98]

    @property
    def rate(self) -> float:
        return statistics.median(self.rates)

    @property
    def cost(self) -> float:
        return statistics.median(self.costs)


async def measure(partner: Partner, pid: int, figures: Figures, seconds: float) -> None:
    """One round of the bot that is process ``pid``: half of the time for round trips, half for throughput."""
    numbers = itertools.count(1)
    for _ in range(_WARM_UP):
        await partner.ask(next(numbers))
    end = time.perf_counter() + seconds / 2
    while (start := time.perf_counter()) < end:
        await partner.ask(next(numbers))
        figures.round_trips.append(time.perf_counter() - start)
    before, start = Usage.of(pid).cpu_microseconds, time.perf_counter()
    answered = await _ask_many(partner, numbers, seconds / 2)
    figures.rates.append(answered / (time.perf_counter() - start))
    figures.costs.append((Usage.of(pid).cpu_microseconds - before) / answered)


async def _ask_many(partner: Partner, numbers: itertools.count[int], seconds: float) -> int:
    """How many were answered in this time."""
    end = time.perf_counter() + seconds

    async def ask_on() -> int:
        answered = 0
        while time.perf_counter() < end:
            await partner.ask(next(numbers))
            answered += 1
        return answered

    return sum(await asyncio.gather(*(ask_on() for _ in range(_IN_FLIGHT))))

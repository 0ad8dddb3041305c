"""The package hiworker against Slack's Bolt: the same handler, one connection each, on one machine in one run.

``python Benchmarks/sdk_against_bolt.py`` prints round trips, messages per second, and how many times better they are.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from duel.contest import Figures, measure
from duel.partner import Partner
from duel.real_relay import RealRelay
from duel.relay_stand_in import RelayStandIn, well_formed_key
from duel.slack_stand_in import SlackStandIn
from stage.company import Company
from stage.output import say, table
from stage.server import ROOT, Server, find_server, running_server

_KINDS = ("sync", "async")
_AIM = 5.0
_STOPPED_WITHIN = 20.0

Opening: TypeAlias = tuple[Partner, str, str]
"""A partner, the address that its bot dials, and the bot's key."""


@dataclass
class Contender:
    name: str
    module: str
    kind: str
    open_partner: Callable[[], Coroutine[Any, Any, Opening]]
    figures: Figures = field(default_factory=Figures)

    async def play(self, seconds: float) -> None:
        """One round, with a bot process of its own: none runs while another is measured."""
        partner, url, key = await self.open_partner()
        arguments = [url] if self.module == "duel.bolt_bot" else []
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("HIWORKER_", "SLACK_"))}
        process = subprocess.Popen(
            [sys.executable, "-m", self.module, self.kind, *arguments],
            cwd=ROOT / "Benchmarks",
            env=kept | {"HIWORKER_URL": url, "HIWORKER_API_KEY": key, "PYTHONPATH": str(ROOT / "python/src")},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            await partner.connected()
            await measure(partner, process.pid, self.figures, seconds)
        finally:
            process.kill()
            await asyncio.to_thread(process.wait, _STOPPED_WITHIN)
            await partner.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", type=Path, help="the hiworker program, for the figures through a real relay")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=6.0, help="of each contender in each round")
    options = parser.parse_args()
    with running_server(find_server(options.server), history_days="0") as server:
        asyncio.run(_contest(server, options.rounds, options.seconds))


async def _contest(server: Server, rounds: int, seconds: float) -> None:
    async with Company(server) as company:
        (bot,), (member,) = await company.bots(1), await company.members(1)

        async def through_relay() -> Opening:
            return RealRelay(server, company, bot, member), server.url, bot.key

        bolt, own, relayed = (
            [Contender(f"{name}, {kind}", module, kind, open_partner) for kind in _KINDS]
            for name, module, open_partner in (
                ("Bolt", "duel.bolt_bot", _slack),
                ("hiworker", "duel.hiworker_bot", _stand_in),
                ("hiworker through a relay", "duel.hiworker_bot", through_relay),
            )
        )
        for number in range(1, rounds + 1):
            say(f"Round {number} of {rounds}.")
            for contender in (*bolt, *own, *relayed):
                await contender.play(seconds)
    _report(bolt, own, relayed)


async def _slack() -> Opening:
    stand_in = SlackStandIn()
    return stand_in, await stand_in.start(), ""


async def _stand_in() -> Opening:
    stand_in = RelayStandIn()
    return stand_in, await stand_in.start(), well_formed_key()


def _report(bolt: list[Contender], own: list[Contender], relayed: list[Contender]) -> None:
    rows = []
    for contenders in (bolt, own, relayed):
        for contender, other in zip(contenders, bolt, strict=True):
            figures = contender.figures
            milliseconds = [f"{seconds * 1000:.2f}" for seconds in (figures.p50, figures.p99)]
            times = ["", ""] if contenders is bolt else [f"{ratio:.1f}×" for ratio in _ratios(contender, other)]
            rows.append([contender.name, *milliseconds, f"{figures.rate:,.0f}", f"{figures.cost:.0f}", *times])
    table(["", "p50 ms", "p99 ms", "messages/s", "CPU µs", "p50 better", "rate better"], rows)
    for kind, contender, other in zip(_KINDS, own, bolt, strict=True):
        verdict = "met" if min(_ratios(contender, other)) >= _AIM else "MISSED"
        say(f"Aim, {kind}: at least {_AIM:g} times better in both: {verdict}.")


def _ratios(contender: Contender, other: Contender) -> tuple[float, float]:
    """How many times better in round trips and in messages per second."""
    own, others = contender.figures, other.figures
    return others.p50 / own.p50, own.rate / others.rate


if __name__ == "__main__":
    main()

"""Messages through disconnects, drains and kills: is one lost, is one answered twice?

``python Benchmarks/lossless.py`` prints what was sent and what came of it; status 1 when anything was lost or doubled.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from disorder.bot_process import REDELIVERED, BotProcess
from disorder.chopper import Chopper
from disorder.ledger import Ledger
from disorder.sender import Sender
from disorder.storm import Amount, Storm
from stage.company import Company
from stage.output import say
from stage.server import Server, find_server

_KINDS = ("sync", "async")
# Seconds that the last replies have; by then nothing disturbs them.
_SETTLED_WITHIN = 60.0
# How the package says that the relay refused a reply because there is one.
_REFUSED = "was not taken (already_answered)"


def main() -> None:
    options = _options()
    seed = options.seed if options.seed is not None else random.randrange(1_000_000)
    amount = Amount(options.disconnects, options.kills, options.drains)
    folder = Path(tempfile.mkdtemp(prefix="hiworker-lossless-"))
    server = Server(find_server(options.server), folder)
    say(f"Seed {seed}: {amount.disconnects} disconnects, {amount.kills} kills of bots, {amount.drains} drains.")
    try:
        is_well = asyncio.run(_run(server, folder, options, amount, random.Random(seed)))
    finally:
        server.kill()
    if not is_well:
        say(f"The logs are in {folder}.")
        sys.exit(1)
    shutil.rmtree(folder)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", type=Path, help="the hiworker program")
    parser.add_argument("--disconnects", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=50, help="SIGKILLs of bot processes")
    parser.add_argument("--drains", type=int, default=20, help="SIGTERMs and new starts of the server")
    parser.add_argument("--processes", type=int, default=2, help="of each of the two bots")
    parser.add_argument("--connections", type=int, default=8, help="of each process")
    parser.add_argument("--members", type=int, default=12, help="who send one message after the other")
    parser.add_argument("--seed", type=int, help="repeats the order of what happens")
    return parser.parse_args()


async def _run(
    server: Server, folder: Path, options: argparse.Namespace, amount: Amount, chance: random.Random
) -> bool:
    await asyncio.to_thread(server.start)
    chopper = Chopper(server.port, chance)
    url = await chopper.start()
    ledger = Ledger()
    started = time.monotonic()
    async with Company(server) as company:
        bots = await company.bots(len(_KINDS))
        processes = {
            bot: [
                BotProcess(kind, options.connections, url, bot.key, folder / f"{kind}-{number}.log")
                for number in range(options.processes)
            ]
            for bot, kind in zip(bots, _KINDS, strict=True)
        }
        all_processes = [process for some in processes.values() for process in some]
        storm = Storm(
            server, chopper, company, processes, ledger, connections_per_process=options.connections, chance=chance
        )
        commands = [f"/{kind}" for kind in _KINDS]
        senders = [
            Sender(server.url, member.key, commands, ledger) for member in await company.members(options.members)
        ]
        try:
            for process in all_processes:
                process.start()
            await storm.calm()
            await _send(senders, storm, amount)
            codes = [await asyncio.to_thread(process.stop) for process in all_processes]
        finally:
            for process in all_processes:
                process.kill()
            for sender in senders:
                await sender.close()
            chopper.stop()
    await asyncio.to_thread(server.stop)
    if any(codes):
        ledger.unexpected.append(f"The bots ended with {codes}.")
    return _report(ledger, all_processes, time.monotonic() - started)


async def _send(senders: list[Sender], storm: Storm, amount: Amount) -> None:
    end = asyncio.Event()
    watching = [asyncio.create_task(sender.watch()) for sender in senders]
    sending = [asyncio.create_task(sender.send_until(end)) for sender in senders]
    try:
        await storm.rage(amount)
        await storm.calm()
    except TimeoutError as error:
        say(str(error))
    end.set()
    with contextlib.suppress(asyncio.TimeoutError):
        await asyncio.wait_for(asyncio.gather(*sending), _SETTLED_WITHIN)
        await asyncio.wait_for(asyncio.gather(*(sender.settle() for sender in senders)), _SETTLED_WITHIN)
    for sender in senders:
        await sender.look_back()
    for task in watching:
        task.cancel()
    for outcome in await asyncio.gather(*watching, return_exceptions=True):
        if not isinstance(outcome, asyncio.CancelledError):
            raise RuntimeError("A member's events ended.") from outcome


def _report(ledger: Ledger, processes: list[BotProcess], seconds: float) -> bool:
    redelivered = {number for process in processes for number in process.logged(REDELIVERED)}
    refused = sum(len(process.logged(_REFUSED)) for process in processes)
    lost, doubled = ledger.lost, ledger.doubled
    lines = {
        "sent": len(ledger.intents),
        "answered": len(ledger.intents) - len(lost),
        "redelivered": len(redelivered),
        "refused": refused,
        "lost": len(lost),
        "doubled": len(doubled),
    }
    for name, count in lines.items():
        say(f"{name:12}{count:8}")
    say(f"{ledger.late} replies came after the wait; {ledger.retried} requests were repeated with the same key;")
    say(f"{ledger.turned_away} messages found no bot online and were sent anew.")
    say(f"The slowest reply took {ledger.slowest:.1f} s, the whole {seconds:.0f} s.")
    for intent in (*lost[:10], *doubled[:10]):
        say(f"{intent.text}: {intent.replies or 'no reply'}")
    for text in ledger.unexpected[:10]:
        say(f"unexpected: {text}")
    return not (lost or doubled or ledger.unexpected)


if __name__ == "__main__":
    main()

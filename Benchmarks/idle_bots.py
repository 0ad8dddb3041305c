"""What bots cost the server that are connected and have nothing to do: memory and processor time of each.

``python Benchmarks/idle_bots.py`` prints a table for 1, 1,000 and 10,000 of them, above the empty server.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

from stage.company import Company, Registered
from stage.output import say, table
from stage.server import ROOT, Server, find_server, running_server
from stage.usage import Usage

# Aims for each bot.
_MOST_KIB = 16.0
_MOST_MICROSECONDS = 3.0
# Seconds after the last handshake before anything is measured.
_SETTLES = 5.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", type=Path, help="the hiworker program")
    parser.add_argument("--seconds", type=float, default=60.0, help="of measuring each; pings come every 25 s")
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 1_000, 10_000])
    parser.add_argument("--bots", type=int, help="registered bots that share the connections (default: one for each)")
    options = parser.parse_args()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    counts = sorted(options.connections)
    if most != resource.RLIM_INFINITY and most < counts[-1] + 1_000:
        raise SystemExit(
            f"This system lets a process open {most} files. Raise it (ulimit -Hn), or name fewer connections."
        )
    with running_server(find_server(options.server), history_days="0") as server:
        bots = asyncio.run(_register(server, options.bots or counts[-1]))
        say(f"{len(bots)} bots are registered. Each row takes {_SETTLES + options.seconds:g} s.")
        _measure(server, bots, counts, options.seconds)


async def _register(server: Server, count: int) -> list[Registered]:
    async with Company(server) as company:
        return await company.bots(count)


def _measure(server: Server, bots: list[Registered], counts: list[int], seconds: float) -> None:
    empty, empty_rate = _look(server, seconds)
    rows = [["0", f"{empty.resident_kib / 1024:.1f}", f"{empty.anonymous_kib / 1024:.1f}", "", f"{empty_rate:.0f}", ""]]
    processes: list[subprocess.Popen[str]] = []
    connected = 0
    try:
        for count in counts:
            processes.append(_connect(server, [bots[number % len(bots)] for number in range(connected, count)]))
            connected = count
            usage, rate = _look(server, seconds)
            kib = (usage.resident_kib - empty.resident_kib) / count
            microseconds = (rate - empty_rate) / count
            sizes = [f"{usage.resident_kib / 1024:.1f}", f"{usage.anonymous_kib / 1024:.1f}"]
            rows.append([f"{count:,}", *sizes, f"{kib:.1f}", f"{rate:.0f}", f"{microseconds:.2f}"])
    finally:
        for process in processes:
            process.kill()
            process.wait()
    table(["idle bots", "RSS MiB", "heap MiB", "KiB each", "CPU µs/s", "µs/s each"], rows)
    say(f"Aim: at most {_MOST_KIB:g} KiB each (RSS above the empty server): {_verdict(kib <= _MOST_KIB)}.")
    say(f"Aim: less than {_MOST_MICROSECONDS:g} µs per second each: {_verdict(microseconds < _MOST_MICROSECONDS)}.")


def _connect(server: Server, bots: list[Registered]) -> subprocess.Popen[str]:
    """Returns when all are connected."""
    process = subprocess.Popen(
        [sys.executable, "-m", "idle.clients", str(server.port)],
        cwd=ROOT / "Benchmarks",
        env=os.environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("".join(f"{bot.key}\n" for bot in bots) + "\n")
    process.stdin.flush()
    if process.stdout.readline() != "open\n":
        process.kill()
        raise SystemExit("The idle bots could not connect; what they say stands above.")
    return process


def _look(server: Server, seconds: float) -> tuple[Usage, float]:
    """What the server takes after a while at rest, and its CPU microseconds per second."""
    time.sleep(_SETTLES)
    before, start = Usage.of(server.pid), time.monotonic()
    time.sleep(seconds)
    after = Usage.of(server.pid)
    return after, (after.cpu_microseconds - before.cpu_microseconds) / (time.monotonic() - start)


def _verdict(is_met: bool) -> str:
    return "met" if is_met else "MISSED"


if __name__ == "__main__":
    main()

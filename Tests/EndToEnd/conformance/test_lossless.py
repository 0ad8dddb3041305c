"""A short form of the benchmark that looks for lost and doubled messages; the long one is run by hand."""

from __future__ import annotations

import subprocess
import sys

from harness.background import inherited_environment
from harness.mongod import mongod_program
from harness.server import ROOT, program

_FEW = ["--disconnects", "60", "--kills", "6", "--drains", "3"]


def test_nothing_is_lost_or_doubled_through_disconnects_kills_and_drains() -> None:
    run = subprocess.run(
        [sys.executable, str(ROOT / "Benchmarks/lossless.py"), "--server", str(program()), *_FEW],
        env=inherited_environment() | {"HIWORKER_MONGOD": str(mongod_program())},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr

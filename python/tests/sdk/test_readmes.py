"""The bots that the READMEs show: written as they stand there, checked, and asked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import hiworker

ROOT = Path(__file__).parents[3]


@pytest.fixture(params=["README.md", "README.ko.md", "python/README.md"])
def bot(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    text = (ROOT / request.param).read_text(encoding="utf-8")
    file = tmp_path / "bot.py"
    file.write_text(text.split("```python\n")[1].split("```")[0], encoding="utf-8")
    return file


def run(*command: str) -> str:
    source = str(Path(hiworker.__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": source, "MYPYPATH": source}
    done = subprocess.run(
        [sys.executable, "-m", *command], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_bot_answers(bot: Path) -> None:
    assert (
        run("hiworker", "try", str(bot), "/예약 회의실 10~11시 대회의실").strip()
        == "대 회의실 10:00~11:00 예약했습니다"
    )


def test_the_bot_is_typed_and_tidy(bot: Path) -> None:
    run("mypy", "--strict", str(bot))
    run("ruff", "check", "--config", str(ROOT / "pyproject.toml"), str(bot))
    run("ruff", "format", "--check", "--config", str(ROOT / "pyproject.toml"), str(bot))

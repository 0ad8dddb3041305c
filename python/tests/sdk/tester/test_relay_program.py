"""Finding the program of the fixture ``hiworker_relay``."""

from __future__ import annotations

from pathlib import Path

import pytest

from hiworker.testing.relay import find_program


def test_a_program_that_is_named_must_be_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for wrong in (tmp_path / "nowhere", tmp_path):
        monkeypatch.setenv("HIWORKER_BINARY", str(wrong))
        with pytest.raises(AssertionError, match="HIWORKER_BINARY is"):
            find_program()
    program = tmp_path / "hiworker"
    program.touch(mode=0o755)
    monkeypatch.setenv("HIWORKER_BINARY", str(program))
    assert find_program() == str(program)


def test_without_a_name_it_is_looked_for_on_the_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("HIWORKER_BINARY", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_program() is None

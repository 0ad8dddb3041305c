"""What the package shows to the world."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

import hiworker
from hiworker import _errors


def test_every_exported_name_is_there_and_sorted() -> None:
    assert hiworker.__all__ == sorted(hiworker.__all__)
    assert all(hasattr(hiworker, name) for name in hiworker.__all__)


def test_every_error_is_exported_documented_and_drawn_in_the_tree() -> None:
    errors: list[Any] = [each for each in vars(_errors).values() if inspect.isclass(each)]
    assert {each.__name__ for each in errors} <= set(hiworker.__all__)
    assert all(issubclass(each, hiworker.HiworkerError) and each.__doc__ for each in errors)
    tree = (_errors.__doc__ or "").split()
    assert [name for name in tree if name.endswith("Error")] == [each.__name__ for each in errors]


@pytest.mark.parametrize("name", ["hiworker.testing", "hiworker.testing.plugin"])
def test_the_testing_package_can_be_imported(name: str) -> None:
    assert __import__(name)

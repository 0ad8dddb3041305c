"""Commands that may have been meant."""

from __future__ import annotations

import random

import pytest

from hiworker._reading.nearest import edit_distance


@pytest.mark.parametrize(
    ("left", "right", "distance"),
    [
        ("", "", 0),
        ("가", "", 1),
        ("예약회의실", "예약회의싱", 1),
        ("예약회의실", "예약회실", 1),
        ("예약회의실", "예약회의의실", 1),
        ("report", "reprot", 1),
        ("kitten", "sitting", 3),
        ("abc", "cab", 2),
        ("abcd", "badc", 2),
    ],
)
def test_the_edit_distance_counts_letters_wrong_missing_too_many_and_swapped(
    left: str, right: str, distance: int
) -> None:
    assert edit_distance(left, right) == edit_distance(right, left) == distance


def test_the_edit_distance_obeys_what_every_distance_does() -> None:
    generator = random.Random(1)
    for _ in range(2000):
        left, right = ("".join(generator.choices("abcd", k=generator.randrange(9))) for _ in range(2))
        distance = edit_distance(left, right)
        assert (distance == 0) == (left == right)
        assert abs(len(left) - len(right)) <= distance <= max(len(left), len(right))
        assert edit_distance("x" + left, "x" + right) == distance

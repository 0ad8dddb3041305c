"""Each call is handled once."""

from __future__ import annotations

import pytest

from hiworker import RepeatedError
from hiworker._core.webhook.deliveries import Deliveries, WebhookAnswer


def test_the_first_call_is_to_be_answered() -> None:
    answer, is_first = Deliveries().admit("m1", 1, 0)
    assert is_first
    assert not answer.done()


def test_a_second_attempt_gets_the_answer_of_the_first() -> None:
    deliveries = Deliveries()
    first, _ = deliveries.admit("m1", 1, 0)
    second, is_first = deliveries.admit("m1", 2, 1)
    assert not is_first
    deliveries.answered("m1", first, WebhookAnswer(200, b"{}"))
    assert second.result(0) == WebhookAnswer(200, b"{}")


def test_a_copy_is_refused() -> None:
    deliveries = Deliveries()
    deliveries.admit("m1", 1, 0)
    deliveries.admit("m1", 2, 0)
    for attempt in (1, 2):
        with pytest.raises(RepeatedError, match="came before"):
            deliveries.admit("m1", attempt, 600)


def test_a_call_is_forgotten_when_its_signature_is_no_longer_good() -> None:
    deliveries = Deliveries()
    deliveries.admit("m1", 1, 0)
    assert deliveries.admit("m1", 1, 661)[1]


def test_only_so_many_answers_are_kept() -> None:
    deliveries = Deliveries()
    for number in range(1_001):
        answer(deliveries, f"m{number}", b"{}")
    with pytest.raises(RepeatedError):
        deliveries.admit("m0", 2, 0)
    assert not deliveries.admit("m1", 2, 0)[1]


def test_only_so_many_bytes_of_answers_are_kept() -> None:
    deliveries = Deliveries()
    for number in range(5):
        answer(deliveries, f"m{number}", b"x" * 1024 * 1024)
    with pytest.raises(RepeatedError):
        deliveries.admit("m0", 2, 0)
    assert deliveries.admit("m1", 2, 0)[0].result(0).status == 200


def test_the_answer_of_a_forgotten_call_is_not_kept() -> None:
    deliveries = Deliveries()
    first, _ = deliveries.admit("m1", 1, 0)
    again, is_first = deliveries.admit("m1", 1, 661)
    assert is_first
    deliveries.answered("m1", first, WebhookAnswer(200, b"first"))
    assert first.result(0).body == b"first"
    assert not again.done()


def answer(deliveries: Deliveries, call_id: str, body: bytes) -> None:
    deliveries.answered(call_id, deliveries.admit(call_id, 1, 0)[0], WebhookAnswer(200, body))


def test_only_so_many_calls_are_remembered() -> None:
    deliveries = Deliveries()
    for number in range(100_001):
        deliveries.admit(f"m{number}", 1, 0)
    assert deliveries.admit("m0", 1, 0)[1]

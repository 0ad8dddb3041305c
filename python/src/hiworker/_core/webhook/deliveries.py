"""Which calls came lately, so that each message is handled once."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from concurrent.futures import Future
from dataclasses import dataclass

from ..._errors import RepeatedError

# Seconds for which a call is remembered: a signature is good for five minutes before and after.
_LIFETIME = 660.0
# The most calls remembered, 150 a second; beyond, the oldest are forgotten early.
_MOST_CALLS = 100_000
# The most answers kept for a second attempt, which follows the first at once.
_MOST_ANSWERS = 1_000
_MOST_ANSWER_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True)
class WebhookAnswer:
    """A status and a body, JSON."""

    status: int
    body: bytes


@dataclass
class _Delivery:
    attempt: int
    came_at: float
    answer: Future[WebhookAnswer] | None
    """None once it is no longer kept."""


class Deliveries:
    """Safe in all threads of one process. Processes do not know of each other."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_id: OrderedDict[str, _Delivery] = OrderedDict()
        self._answered: deque[tuple[_Delivery, int]] = deque()
        """With the bytes of the answer, the first answered first."""
        self._answered_bytes = 0

    def admit(self, call_id: str, attempt: int, now: float) -> tuple[Future[WebhookAnswer], bool]:
        """The answer of a call, and whether the caller has to make it.

        hiworker calls again, with a higher attempt, when a connection dies before the answer: that gets the first
        call's answer, as soon as there is one. Raises ``RepeatedError`` for the same attempt: somebody sends a copy.
        """
        with self._lock:
            self._forget_old(now)
            known = self._by_id.get(call_id)
            if known is None:
                return self._add(call_id, attempt, now), True
            if attempt <= known.attempt or known.answer is None:
                raise RepeatedError(
                    f"The call {call_id} came before. If hiworker did not repeat it, somebody else did."
                )
            known.attempt = attempt
            return known.answer, False

    def answered(self, call_id: str, waiting: Future[WebhookAnswer], answer: WebhookAnswer) -> None:
        """The answer that ``admit`` asked for. It is kept for a while, within bounds."""
        waiting.set_result(answer)
        with self._lock:
            delivery = self._by_id.get(call_id)
            if delivery is None or delivery.answer is not waiting:
                return
            self._answered.append((delivery, len(answer.body)))
            self._answered_bytes += len(answer.body)
            while len(self._answered) > _MOST_ANSWERS or self._answered_bytes > _MOST_ANSWER_BYTES:
                oldest, size = self._answered.popleft()
                oldest.answer = None
                self._answered_bytes -= size

    def _add(self, call_id: str, attempt: int, now: float) -> Future[WebhookAnswer]:
        answer: Future[WebhookAnswer] = Future()
        self._by_id[call_id] = _Delivery(attempt, now, answer)
        return answer

    def _forget_old(self, now: float) -> None:
        while self._by_id:
            oldest = next(iter(self._by_id.values()))
            if oldest.came_at + _LIFETIME >= now and len(self._by_id) < _MOST_CALLS:
                return
            self._by_id.popitem(last=False)

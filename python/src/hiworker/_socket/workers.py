"""The threads that run handlers which are not ``async``."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any


class Workers:
    """At most ``count`` threads, started as they are needed. What waits for one is bounded by who submits.

    They are daemons: a stop that does not wait for handlers must not hang in one.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._jobs: SimpleQueue[tuple[Callable[..., None], tuple[Any, ...]] | None] = SimpleQueue()
        self._threads = 0
        self._busy = 0
        self._lock = threading.Lock()

    def submit(self, job: Callable[..., None], *arguments: Any) -> None:
        """Runs the job, which must not raise, when a thread is free."""
        with self._lock:
            self._busy += 1
            start = self._busy > self._threads and self._threads < self._count
            if start:
                self._threads += 1
        self._jobs.put((job, arguments))
        if start:
            threading.Thread(target=self._work, name=f"hiworker-{self._threads}", daemon=True).start()

    def stop(self) -> None:
        """Ends the threads once they have done what they are at; what waits is not begun."""
        with contextlib.suppress(Empty):
            while True:
                self._jobs.get_nowait()
        for _ in range(self._threads):
            self._jobs.put(None)

    def _work(self) -> None:
        while (work := self._jobs.get()) is not None:
            job, arguments = work
            job(*arguments)
            with self._lock:
                self._busy -= 1

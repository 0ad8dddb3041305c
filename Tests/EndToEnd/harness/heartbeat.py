"""Messages to a bot in good health, one after another, beside whatever a test does to the server."""

from __future__ import annotations

import threading
import time
from types import TracebackType

from .raw_http import RawConnection
from .shapes import message_request


class Heartbeat:
    """A context: while it lasts one message follows the other, and each is timed."""

    # Between two messages, so that the heart beats and does not hammer.
    _PAUSE = 0.01

    def __init__(self, port: int, key: str, text: str) -> None:
        self._port = port
        self._request = message_request(key, {"text": text})
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)
        self._error: Exception | None = None
        self.seconds: list[float] = []
        """How long each took."""
        self.failures: list[str] = []
        """The answers that were none with status 200."""

    def __enter__(self) -> Heartbeat:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end.set()
        self._thread.join(60)
        if kind is None:
            assert self._error is None, f"The heart stopped: {self._error!r}"
            assert self.seconds

    def _beat(self) -> None:
        try:
            with RawConnection(self._port) as connection:
                while not self._end.wait(self._PAUSE):
                    start = time.monotonic()
                    connection.send(self._request)
                    answer = connection.response()
                    self.seconds.append(time.monotonic() - start)
                    if answer.status != 200:
                        self.failures.append(answer.body.decode())
        except (OSError, EOFError) as error:
            self._error = error

    def check(self, slowest: float) -> None:
        """Holds every message so far to have been answered, and none to have taken longer than ``slowest`` seconds."""
        assert not self.failures, self.failures[:3]
        assert max(self.seconds) < slowest, f"the slowest took {max(self.seconds):.3f} s"

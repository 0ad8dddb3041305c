"""Server-sent events as a tab of a member's client reads them (HTML Living Standard, section 9.2)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from .raw_http import RawConnection


@dataclass(frozen=True)
class Event:
    id: str
    name: str
    data: dict[str, Any]


class EventReader:
    """An open stream of events, read when the test asks for the next. A context: it closes at its end."""

    def __init__(
        self,
        port: int,
        key: str,
        *,
        after: str | None = None,
        language: str | None = None,
        timeout: float = 20,
        takes_little: bool = False,
    ) -> None:
        self.connection = RawConnection(port, timeout, takes_little=takes_little)
        fields = ["Host: hiworker", f"Authorization: Bearer {key}", "Accept: text/event-stream"]
        if after is not None:
            fields.append(f"Last-Event-ID: {after}")
        if language:
            fields.append(f"Accept-Language: {language}")
        self.connection.send("\r\n".join(["GET /v1/me/events HTTP/1.1", *fields, "", ""]).encode())
        status, self.headers = self.connection.response_head()
        assert status == 200, f"{status}: {self.connection.take(int(self.headers['content-length'])).decode()}"
        assert self.headers["content-type"] == "text/event-stream"
        self._unread = b""
        self.comments = 0
        """Lines that only show that the stream lives."""
        self.retry_milliseconds = int(self._block()["retry"])

    def next(self, *names: str) -> Event:
        """The next event; when names are given it must have one of them."""
        while True:
            fields = self._block()
            if "data" in fields:
                break
        event = Event(fields["id"], fields["event"], json.loads(fields["data"]))
        assert not names or event.name in names, event
        return event

    def until(self, is_wanted: Callable[[Event], bool]) -> list[Event]:
        """Events up to the first that is wanted, this among them."""
        events = [self.next()]
        while not is_wanted(events[-1]):
            events.append(self.next())
        return events

    def until_cut_off(self) -> list[Event]:
        """Events up to where the server hung up in the middle of the stream."""
        events: list[Event] = []
        try:
            while True:
                events.append(self.next())
        except (EOFError, ConnectionError):
            return events

    def next_comment(self) -> None:
        """Returns at the next comment; nothing else may come before it."""
        before = self.comments
        assert self._block() == {}
        assert self.comments == before + 1

    def ends(self) -> bool:
        """Whether the stream is ended next, and ended well."""
        return not self._unread and self.connection.next_chunk() == b""

    def _block(self) -> dict[str, str]:
        """The fields up to the next empty line."""
        while b"\n\n" not in self._unread:
            chunk = self.connection.next_chunk()
            if not chunk:
                raise EOFError(f"The stream ended after {self._unread!r}.")
            self._unread += chunk
        block, _, self._unread = self._unread.partition(b"\n\n")
        fields = {}
        for line in block.decode().split("\n"):
            name, _, value = line.partition(":")
            if not name:
                self.comments += 1
                continue
            assert name not in fields, "a line of data is one line"
            fields[name] = value.removeprefix(" ")
        return fields

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> EventReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

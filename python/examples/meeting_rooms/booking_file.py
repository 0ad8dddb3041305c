"""The bookings on disk: one JSON file that any number of threads and processes may change.

Beside the bookings stand the latest replies by the id of their message, written in the same step. So a message that
comes a second time, even after a crash, gets the same reply and books nothing twice.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from hiworker import Member, TimeRange

from .bookings import Booking

_VERSION = 1
_REPLIES_LIVE = timedelta(hours=1)
"""Longer than hiworker goes on delivering one message."""
_MOST_REPLIES = 1000


class CorruptFileError(Exception):
    """The file could not be read and was moved aside; the next change begins a new one."""

    def __init__(self, path: Path, kept_as: Path, reason: Exception) -> None:
        super().__init__(
            f"{path} is no file of bookings ({reason}). It was kept as {kept_as}, and an empty one takes its place. "
            f"To go back to it, repair the copy, stop the bot and rename it to {path.name}."
        )
        self.kept_as = kept_as


@dataclass(frozen=True)
class _Reply:
    text: str
    at: datetime


@dataclass(frozen=True)
class _Contents:
    bookings: tuple[Booking, ...] = ()
    replies: tuple[tuple[str, _Reply], ...] = ()


class BookingFile:
    def __init__(self, path: Path) -> None:
        """Neither the file nor its folder need exist yet."""
        self._path = path

    def reply_once(
        self,
        message_id: str,
        now: datetime,
        make_reply: Callable[[tuple[Booking, ...]], tuple[tuple[Booking, ...], str]],
    ) -> str:
        """The reply to a message: the one it already had, or what ``make_reply`` makes of the stored bookings.

        Nothing else changes the file meanwhile. The bookings that ``make_reply`` returns are on disk before this
        returns; those of days before ``now`` are dropped. ``now`` needs a time zone. Raises ``CorruptFileError``,
        ``OSError`` and whatever ``make_reply`` raises; then nothing is written.
        """
        with self._locked():
            contents = self._read()
            replies = {known_id: reply for known_id, reply in contents.replies if now - reply.at < _REPLIES_LIVE}
            if message_id in replies:
                return replies[message_id].text
            bookings, text = make_reply(contents.bookings)
            replies[message_id] = _Reply(text, now)
            current = tuple(booking for booking in bookings if booking.day >= now.date())
            self._write(_Contents(current, tuple(replies.items())[-_MOST_REPLIES:]))
            return text

    def bookings(self) -> tuple[Booking, ...]:
        """Those stored now. Raises ``CorruptFileError`` and ``OSError``."""
        with self._locked():
            return self._read().bookings

    @contextmanager
    def _locked(self) -> Iterator[None]:
        # The lock is a file of its own, since the bookings' file is replaced by each change. Closing it unlocks it.
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._beside(".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _read(self) -> _Contents:
        try:
            return _decode(json.loads(self._path.read_bytes()))
        except FileNotFoundError:
            return _Contents()
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            kept_as = self._beside(f".corrupt-{datetime.now(timezone.utc):%Y%m%dT%H%M%S.%fZ}")
            self._path.replace(kept_as)
            raise CorruptFileError(self._path, kept_as, error) from error

    def _write(self, contents: _Contents) -> None:
        # A crash leaves the old file or the new one, whole: write beside, sync, rename over, sync the folder.
        # Only who holds the lock writes, so one name for the new file is enough, and no crash leaves more than one.
        new = self._beside(".new")
        with new.open("w", encoding="utf-8") as file:
            json.dump(_encode(contents), file, ensure_ascii=False, indent=2)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._path)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _beside(self, suffix: str) -> Path:
        return self._path.with_name(self._path.name + suffix)


def _encode(contents: _Contents) -> dict[str, Any]:
    return {
        "version": _VERSION,
        "bookings": [
            {
                "day": booking.day.isoformat(),
                "room": booking.room,
                "time": str(booking.time),
                "member": {"id": booking.member.id, "name": booking.member.name},
            }
            for booking in contents.bookings
        ],
        "replies": [
            {"id": message_id, "text": reply.text, "at": reply.at.isoformat()} for message_id, reply in contents.replies
        ],
    }


def _decode(document: dict[str, Any]) -> _Contents:
    if document["version"] != _VERSION:
        raise ValueError(f"its version is {document['version']}, not {_VERSION}")
    return _Contents(
        bookings=tuple(
            Booking(
                date.fromisoformat(entry["day"]),
                str(entry["room"]),
                TimeRange.parse(entry["time"]),
                Member(str(entry["member"]["id"]), str(entry["member"]["name"])),
            )
            for entry in document["bookings"]
        ),
        replies=tuple(
            (str(entry["id"]), _Reply(str(entry["text"]), _moment(entry["at"]))) for entry in document["replies"]
        ),
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} has no time zone")
    return moment

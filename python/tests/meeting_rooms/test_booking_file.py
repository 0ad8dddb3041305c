"""The bookings on disk: restarts, repeats, many writers, damage."""

from __future__ import annotations

import json
import multiprocessing
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from hiworker import Member, TimeOfDay, TimeRange
from meeting_rooms.booking_file import BookingFile, CorruptFileError
from meeting_rooms.bookings import Booking

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=9)))
MEMBER = Member("mem_1", "김지은")

Bookings = tuple[Booking, ...]


def booking(start: int, days: int = 0) -> Booking:
    return Booking(
        NOW.date() + timedelta(days=days),
        "대 회의실",
        TimeRange(*(TimeOfDay(*divmod(minutes, 60)) for minutes in (start, start + 1))),
        MEMBER,
    )


def add(path: Path, start: int, days: int = 0, now: datetime = NOW) -> str:
    """Adds a booking under a message id of its own; the reply tells how many there were."""

    def make_reply(bookings: Bookings) -> tuple[Bookings, str]:
        return (*bookings, booking(start, days)), f"{len(bookings)}"

    return BookingFile(path).reply_once(f"msg_{days}_{start}", now, make_reply)


def stored(path: Path) -> Bookings:
    found: list[Bookings] = []

    def make_reply(bookings: Bookings) -> tuple[Bookings, str]:
        found.append(bookings)
        return bookings, ""

    BookingFile(path).reply_once(f"look_{len(path.read_bytes())}", NOW, make_reply)
    return found[0]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new folder" / "bookings.json"


def test_what_was_booked_is_there_after_a_restart(path: Path) -> None:
    add(path, 600)
    add(path, 700)
    assert stored(path) == (booking(600), booking(700))


def test_a_repeated_message_gets_its_reply_again_and_changes_nothing(path: Path) -> None:
    assert add(path, 600) == "0"
    add(path, 700)
    before = path.read_bytes()
    assert add(path, 600, now=NOW + timedelta(minutes=59)) == "0"
    assert path.read_bytes() == before


def test_old_replies_and_bookings_of_past_days_are_dropped(path: Path) -> None:
    add(path, 600, days=-1, now=NOW - timedelta(days=1))
    add(path, 700)
    document = json.loads(path.read_bytes())
    assert [entry["id"] for entry in document["replies"]] == ["msg_0_700"]
    assert stored(path) == (booking(700),)


def test_only_the_latest_thousand_replies_are_kept(path: Path) -> None:
    path.parent.mkdir()
    replies = [{"id": f"old_{number}", "text": "", "at": NOW.isoformat()} for number in range(1000)]
    path.write_text(json.dumps({"version": 1, "bookings": [], "replies": replies}))
    add(path, 600)
    kept = [entry["id"] for entry in json.loads(path.read_bytes())["replies"]]
    assert (len(kept), kept[0], kept[-1]) == (1000, "old_1", "msg_0_600")


def test_a_reply_that_cannot_be_made_leaves_the_file_as_it_was(path: Path) -> None:
    add(path, 600)
    before = path.read_bytes()

    def fail(_: Bookings) -> tuple[Bookings, str]:
        raise RuntimeError("no reply")

    with pytest.raises(RuntimeError, match="no reply"):
        BookingFile(path).reply_once("msg_new", NOW, fail)
    assert path.read_bytes() == before


def test_no_change_of_many_threads_is_lost(path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda start: add(path, start), range(40)))
    assert sorted(map(int, replies)) == list(range(40))
    assert sorted(entry.time.start.minutes for entry in stored(path)) == list(range(40))


def add_ten(path: Path, first: int) -> None:
    for start in range(first, first + 10):
        add(path, start)


def test_no_change_of_many_processes_is_lost(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=add_ten, args=(path, first)) for first in (0, 10, 20)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert sorted(entry.time.start.minutes for entry in stored(path)) == list(range(30))


ENTRY = '{"day": "2026-11-23", "room": "S1", "time": "10:00~11:00", "member": {"id": "mem_1", "name": "김지은"}}'


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "{",
        "[]",
        "null",
        '{"version": 1}',
        '{"version": 2, "bookings": [], "replies": []}',
        '{"version": 1, "bookings": [{}], "replies": []}',
        '{"version": 1, "bookings": ["S1"], "replies": []}',
        f'{{"version": 1, "bookings": [{ENTRY.replace("10:00", "12:00")}], "replies": []}}',
        f'{{"version": 1, "bookings": [{ENTRY.replace("11-23", "13-23")}], "replies": []}}',
        '{"version": 1, "bookings": [], "replies": [{"id": "msg", "text": "", "at": "2026-11-23T09:30:00"}]}',
        "[" * 100_000,
    ],
)
def test_a_damaged_file_is_an_error_once_and_kept_aside(path: Path, damage: str) -> None:
    path.parent.mkdir()
    path.write_text(damage)
    with pytest.raises(CorruptFileError, match=re.escape(str(path))) as raised:
        add(path, 600)
    assert raised.value.kept_as.read_text() == damage
    assert str(raised.value.kept_as) in str(raised.value)
    add(path, 700)
    assert stored(path) == (booking(700),)


def test_text_that_is_not_utf_8_is_damage_too(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b'{"version": 1, "bookings": [], "replies": [], "\xff": 1}')
    with pytest.raises(CorruptFileError):
        BookingFile(path).bookings()


def test_a_file_that_cannot_be_read_at_all_is_not_moved(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        BookingFile(path).bookings()
    assert path.is_dir()


def test_what_a_crash_left_half_written_is_ignored(path: Path) -> None:
    add(path, 600)
    path.with_name("bookings.json.new").write_text('{"version": 1, "boo')
    add(path, 700)
    assert stored(path) == (booking(600), booking(700))

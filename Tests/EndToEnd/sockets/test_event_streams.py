"""The life of an event stream: taken up again without a gap, ended when its reader may not read on, and bounded."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from harness.api import refused
from harness.directory import Bot, Company, Measurements, Member, new_company
from harness.events import Event, EventReader
from harness.mongod import Mongod
from harness.raw_http import RawConnection
from harness.server import Server
from harness.shapes import message_request, send
from harness.socket_bot import SocketBot
from harness.waiting import eventually
from harness.web_socket import Opcode, frame

# Events that are kept for a member whose stream was interrupted.
KEPT = 500
# Replies that together are more than is kept for a reader, 4 MiB, and than the system keeps besides.
LARGE, LARGE_SIZE = 20, 900_000


@pytest.fixture
def bot(company: Company) -> Bot:
    return company.bot("/일")


def say(server: Server, member: Member, *texts: str) -> None:
    """Causes one event for each text."""
    with RawConnection(server.port) as connection:
        for text in texts:
            connection.send(message_request(member.key, {"text": text}))
            connection.response()


def texts_of(events: list[Event]) -> list[str]:
    return [str(event.data["text"]) for event in events]


def test_a_stream_is_taken_up_where_it_was_left(server: Server, member: Member) -> None:
    texts = [f"/없는 일 {number}" for number in range(30)]
    with EventReader(server.port, member.key) as events:
        say(server, member, *texts[:10])
        seen = [events.next("message") for _ in range(10)]
    say(server, member, *texts[10:20])
    with EventReader(server.port, member.key, after=seen[-1].id) as events:
        missed = [events.next("message") for _ in range(10)]
        say(server, member, *texts[20:])
        after = [events.next("message") for _ in range(10)]
    told = seen + missed + after
    assert texts_of(told) == texts
    assert len({event.id for event in told}) == 30
    for index in (0, 14, 28):
        with EventReader(server.port, member.key, after=told[index].id) as events:
            assert [events.next("message") for _ in told[index + 1 :]] == told[index + 1 :], "from any place, again"


def test_no_event_is_lost_or_doubled_between_two_streams_under_load(server: Server, member: Member, bot: Bot) -> None:
    """The reader hangs up and returns while a message follows the other."""
    count = 200
    with SocketBot(server.port, bot.key) as socket, RawConnection(server.port) as sender:
        told: list[Event] = []
        events = EventReader(server.port, member.key)
        for number in range(count):
            sender.send(message_request(member.key, {"text": f"/일 {number}", "wait_seconds": 20}))
            socket.reply(socket.next("message"), "끝")
            assert sender.response().status == 200
            if number % 10 == 0:
                told.append(events.next("message"))
                events.close()
                events = EventReader(server.port, member.key, after=told[-1].id)
        while len(told) < 2 * count:
            told.append(events.next("message"))
        events.close()
    statuses = [(str(event.data["text"]), str(event.data["status"])) for event in told]
    expected = [(f"/일 {number}", status) for number in range(count) for status in ("running", "completed")]
    assert statuses == expected
    assert len({event.id for event in told}) == 2 * count


def test_a_client_without_a_last_event_gets_what_comes_from_now_on(server: Server, member: Member) -> None:
    with EventReader(server.port, member.key):
        say(server, member, "/없는 일 먼저")
    for after in (None, ""):
        with EventReader(server.port, member.key, after=after) as events:
            say(server, member, "/없는 일 나중")
            assert events.next("message").data["text"] == "/없는 일 나중"


@pytest.mark.parametrize(
    "after", ["evt_00000000-1", "evt_", "nonsense", "1", "evt_zzzzzzzz-1", "evt_00000000-99999999999999999999"]
)
def test_an_event_of_another_process_or_of_none_means_reading_anew(server: Server, member: Member, after: str) -> None:
    with EventReader(server.port, member.key, after=after) as events:
        reset = events.next("reset")
        assert reset.data == {}
        say(server, member, "/없는 일")
        message = events.next("message")
    say(server, member, "/없는 일 2")
    with EventReader(server.port, member.key, after=reset.id) as events:
        assert [events.next("message").data["text"] for _ in range(2)] == ["/없는 일", "/없는 일 2"]
    with EventReader(server.port, member.key, after=message.id) as events:
        assert events.next("message").data["text"] == "/없는 일 2"


def test_an_event_that_is_forgotten_means_reading_anew(server: Server, member: Member) -> None:
    with EventReader(server.port, member.key) as events:
        say(server, member, "/없는 일 0", "/없는 일 1")
        oldest, kept = events.next("message"), events.next("message")
    say(server, member, *(f"/없는 일 {number}" for number in range(2, KEPT + 2)))
    with EventReader(server.port, member.key, after=oldest.id) as events:
        events.next("reset")
    with EventReader(server.port, member.key, after=kept.id) as events:
        missed = [events.next("message") for _ in range(KEPT)]
        assert texts_of(missed) == [f"/없는 일 {number}" for number in range(2, KEPT + 2)]


def test_an_event_of_another_process_of_the_same_company_means_reading_anew(
    mongod: Mongod, server: Server, member: Member, tmp_path: Path
) -> None:
    settings = {"mongodb_uri": mongod.uri, "mongodb_database": "shared", "admin_key": server.admin_key}
    with EventReader(server.port, member.key) as events:
        say(server, member, "/없는 일")
        last = events.next("message").id
    with Server(tmp_path, **settings) as there, EventReader(there.port, member.key, after=last) as events:
        events.next("reset")
        say(there, member, "/없는 일")
        assert events.next("message").id.partition("-")[0] != last.partition("-")[0]


def test_a_stream_ends_when_its_key_is_revoked(
    server: Server, company: Company, member: Member, measurements: Measurements
) -> None:
    seconds = []
    for _ in range(5):
        made = company.admin.post(f"/v1/members/{member.id}/keys")
        with EventReader(server.port, made["secret"]) as ended, EventReader(server.port, member.key) as kept:
            company.admin.delete(f"/v1/keys/{made['id']}")
            answered = time.monotonic()
            assert ended.ends()
            seconds.append(time.monotonic() - answered)
            say(server, member, "/없는 일")
            kept.next("message")
        refused(server.api(made["secret"]).call("GET", "/v1/me/events"), 401, "key_revoked")
    measurements.note("a stream of events ends when its key is revoked (promised: 100 ms)", seconds)
    assert max(seconds) < 1


def test_a_stream_ends_when_its_key_expires(server: Server, company: Company, member: Member) -> None:
    made = company.admin.post(f"/v1/members/{member.id}/keys", {"expires_in_seconds": 3})
    start = time.monotonic()
    with EventReader(server.port, made["secret"]) as events:
        assert events.ends()
        assert 2.5 < time.monotonic() - start < 4
    refused(server.api(made["secret"]).call("GET", "/v1/me/events"), 401, "key_expired")


def test_a_stream_ends_with_its_member_and_with_the_company(server: Server, company: Company, member: Member) -> None:
    colleague = company.member("박새롬")
    other = new_company(company.platform)
    stranger = other.member()
    with (
        EventReader(server.port, member.key) as mine,
        EventReader(server.port, colleague.key) as theirs,
        EventReader(server.port, stranger.key) as elsewhere,
    ):
        company.admin.delete(f"/v1/members/{member.id}")
        assert mine.ends()
        say(server, colleague, "/없는 일")
        theirs.next("message")
        company.platform.delete(company.path)
        assert theirs.ends()
        say(server, stranger, "/없는 일")
        assert elsewhere.next("message").data["text"] == "/없는 일"


def test_a_client_that_hangs_up_leaves_nothing_behind(server: Server, member: Member) -> None:
    """Streams of one member are few; those that were left do not count for ever."""
    for _ in range(100):
        EventReader(server.port, member.key).close()
    with EventReader(server.port, member.key) as events:
        say(server, member, "/없는 일")
        events.next("message")


def test_a_reader_that_does_not_read_is_cut_off_and_others_are_not(server: Server, member: Member, bot: Bot) -> None:
    with SocketBot(server.port, bot.key) as socket, EventReader(server.port, member.key) as healthy:
        slow = EventReader(server.port, member.key, takes_little=True)
        for _ in range(LARGE):
            sent = send(server.port, member.key, {"text": "/일", "wait_seconds": 20})
            id_ = socket.next("message")["id"]
            reply = json.dumps({"type": "reply", "id": id_, "text": "끝", "filling": "x" * LARGE_SIZE})
            # A mask of zeros spares Python the work.
            socket.socket.send(frame(Opcode.TEXT, reply.encode(), mask=bytes(4)))
            assert [healthy.next("message").data["status"] for _ in range(2)] == ["running", "completed"]
            assert sent.answer().status == 200
        say(server, member, "/없는 일 마지막")
        last = healthy.next("message")
        slow.connection.take_much()
        seen = slow.until_cut_off()
        assert len(seen) < 2 * LARGE
        with EventReader(server.port, member.key, after=seen[-1].id) as events:
            events.next("reset")
        with EventReader(server.port, member.key, after=last.id) as events:
            say(server, member, "/없는 일")
            assert events.next("message").data["text"] == "/없는 일"


def member_streams(server: Server) -> int:
    """The streams of events that the server says it has open."""
    page = server.api(None).call("GET", "/metrics").text
    (line,) = [line for line in page.splitlines() if line.startswith("hiworker_event_streams ")]
    return int(float(line.split(" ")[1]))


def test_streams_count_as_long_as_somebody_reads_them(server: Server, member: Member) -> None:
    eventually("earlier streams to be gone", lambda: member_streams(server) == 0)
    with EventReader(server.port, member.key), EventReader(server.port, member.key):
        assert member_streams(server) == 2
    eventually("the streams to be gone", lambda: member_streams(server) == 0)
    assert member.api.call("HEAD", "/v1/me/events").headers["content-type"] == "text/event-stream"
    assert member_streams(server) == 0, "whoever asks for the head reads no stream"

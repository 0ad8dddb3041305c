"""The bot as a process: its start, its messages, its stop."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from python.tests.support.process import API_KEY, Run
from python.tests.support.scripted_relay import ScriptedRelay

LAST_MINUTE = "23:59~24:00"


def test_it_declares_its_commands_and_books_over_the_socket(relay: ScriptedRelay, run: Run) -> None:
    process = run("meeting_rooms", HIWORKER_URL=relay.url, HIWORKER_API_KEY=API_KEY)
    assert [command["name"] for command in relay.declared()] == ["/예약 회의실", "/예약 목록", "/예약 취소"]
    text = relay.reply_to("/예약 회의실", time=LAST_MINUTE, room="대 회의실")
    assert text == f"김지은 님, 오늘 {LAST_MINUTE} 대 회의실 예약이 완료되었습니다."
    assert relay.completion("/예약 회의실", "room", time=LAST_MINUTE) == ["S1", "S2"]
    assert relay.completion("/예약 회의실", "room") == ["S1", "S2", "대 회의실"]
    code, output = process.stop()
    assert code == 0, output


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_message_that_comes_again_after_a_restart_books_once(
    relay: ScriptedRelay, run: Run, end: signal.Signals
) -> None:
    process = run("meeting_rooms", HIWORKER_URL=relay.url, HIWORKER_API_KEY=API_KEY)
    relay.declared()
    first = relay.reply_to("/예약 회의실", "msg_1", time=LAST_MINUTE)
    process.stop(end)
    run("meeting_rooms", HIWORKER_URL=relay.url, HIWORKER_API_KEY=API_KEY)
    relay.declared()
    assert relay.reply_to("/예약 회의실", "msg_1", time=LAST_MINUTE) == first
    assert "S1: 23:59~24:00 김지은 님\n• S2: 예약 없음" in relay.reply_to("/예약 목록", "msg_2")


def test_the_key_may_stand_in_a_file(relay: ScriptedRelay, run: Run, tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{API_KEY}\n")
    run("meeting_rooms", HIWORKER_URL=relay.url, HIWORKER_API_KEY_FILE="key")
    assert relay.declared()


def test_a_damaged_file_is_told_at_the_start_which_goes_on(relay: ScriptedRelay, run: Run, tmp_path: Path) -> None:
    (tmp_path / "bookings.json").write_text("damage")
    process = run("meeting_rooms", HIWORKER_URL=relay.url, HIWORKER_API_KEY=API_KEY)
    relay.declared()
    assert "완료" in relay.reply_to("/예약 회의실", time=LAST_MINUTE)
    _, output = process.stop()
    assert "is no file of bookings" in output
    assert [path.read_text() for path in tmp_path.glob("bookings.json.corrupt-*")] == ["damage"]


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"HIWORKER_API_KEY": ""}, "Set HIWORKER_API_KEY"),
        ({"HIWORKER_API_KEY": API_KEY[:-1] + "x"}, "The API key has a typo"),
        ({"MEETING_ROOMS_TIMEZONE": "Asia/Nowhere"}, "MEETING_ROOMS_TIMEZONE is 'Asia/Nowhere'"),
        ({"MEETING_ROOMS_TIMEZONE": "../Seoul"}, "MEETING_ROOMS_TIMEZONE is '../Seoul'"),
        ({"MEETING_ROOMS_FILE": "/dev/null/bookings.json"}, "The bookings cannot be kept"),
    ],
)
def test_a_wrong_environment_is_told_in_one_sentence(run: Run, variables: dict[str, str], said: str) -> None:
    code, output = run("meeting_rooms", **{"HIWORKER_API_KEY": API_KEY} | variables).ends()
    assert code == 1
    assert said in output
    assert output.count("\n") == 1

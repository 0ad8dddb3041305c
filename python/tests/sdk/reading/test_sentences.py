"""What is said of a text that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from hiworker._reading import Unreadable, read
from hiworker._reading.sentences import REASONS, SEND_HELP, UNKNOWN_COMMAND
from hiworker._reading.wording import particle

_PROBLEMS = Path(__file__).parents[4] / "Sources" / "API" / "Problems"
_SWIFT_REASON = re.compile(r'Reason\(\s*"(\w+)",\s*korean: "([^"]*)",\s*english:\s*"([^"]*)"')
_OF_SEVERAL_BOTS = {"unknown_bot", "command_of_other_bot"}

_NOW = datetime(2026, 11, 23, 10, 30, tzinfo=ZoneInfo("Asia/Seoul"))
_ROOM = {"key": "room", "label": "회의실", "type": "choice", "values": ["S1", "S2", "대 회의실"]}
_COMMANDS: list[dict[str, Any]] = [
    {
        "name": "/예약 회의실",
        "tokens": [{"key": "time", "label": "시간", "type": "time_range"}, _ROOM | {"required": False}],
    },
    {"name": "/예약 목록", "tokens": []},
    {"name": "/사람", "tokens": [{"key": "who", "label": "사람", "type": "member"}]},
    {"name": "/order", "tokens": [{"key": "count", "label": "count", "type": "number"}]},
]
_MEMBERS = [("mem_1", "이영희"), ("mem_2", "이영희"), *((f"mem_{number}", "김") for number in range(3, 10))]


def _refusal(text: str, commands: Sequence[dict[str, Any]] = _COMMANDS) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read(text, commands, now=_NOW, members=_MEMBERS)
    return caught.value


def test_reasons_are_in_the_words_of_the_relay() -> None:
    source = (_PROBLEMS / "Reason+Tokens.swift").read_text(encoding="utf-8")
    theirs = {code: (korean, english) for code, korean, english in _SWIFT_REASON.findall(source)}
    ours = {code: (wording.korean, wording.english) for code, wording in REASONS.items()}
    assert ours == {code: words for code, words in theirs.items() if code not in _OF_SEVERAL_BOTS}


def test_an_unknown_command_is_refused_in_the_words_of_the_relay() -> None:
    source = (_PROBLEMS / "Problem+Catalogue.swift").read_text(encoding="utf-8")
    assert f"{UNKNOWN_COMMAND.korean} {SEND_HELP.korean}" in source
    assert f"{UNKNOWN_COMMAND.english} {SEND_HELP.english}" in source


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("안녕", "명령은 빗금으로 시작합니다. '/도움'을 보내면 쓸 수 있는 명령을 볼 수 있습니다."),
        ("hello", "A command begins with a slash. Send '/help' to see the commands there are."),
        (
            "/점심",
            "'/점심'으로 시작하는 명령이 없습니다. '/도움'을 보내면 쓸 수 있는 명령을 볼 수 있습니다.",
        ),
        (
            "/예약 회의싱",
            "'/예약 회의싱'으로 시작하는 명령이 없습니다. 비슷한 명령이 있습니다: /예약 회의실.",
        ),
        ("/odrer 3", "No command starts '/odrer 3'. There are similar commands: /order."),
        (
            "/도움 예약",
            "'/도움' 명령은 서버가 직접 답합니다. 이 봇의 명령: /예약 회의실, /예약 목록, /사람, /order.",
        ),
        (
            "/HELP",
            "The server itself answers '/HELP'. The commands of this bot: /예약 회의실, /예약 목록, /사람, /order.",
        ),
        ("/order many", "'many' is not a number. Write it like 12, 1,200 or -3.5."),
        ("/예약 회의실", "'시간'이 빠졌습니다."),
        (
            "/예약 회의실 열시 S9",
            (
                "'열시'는 시간이 아닙니다. 10:00~11:00처럼 써 주세요. "
                "'S9'는 고를 수 있는 값이 아닙니다. 다음 가운데 하나를 써 주세요: S1, S2, 대 회의실."
            ),
        ),
        ("/사람 이영희", "'이영희'라는 구성원이 여럿입니다. 누구인지 이렇게 써 주세요: @mem_1, @mem_2."),
        (
            "/사람 김",
            "'김'이라는 구성원이 여럿입니다. 누구인지 이렇게 써 주세요: @mem_3, @mem_4, @mem_5, @mem_6, @mem_7, ….",
        ),
    ],
)
def test_the_detail_says_what_is_wrong_and_what_to_write(text: str, detail: str) -> None:
    assert _refusal(text).detail == detail


def test_the_usage_is_told_of_a_command_that_is_known() -> None:
    refusal = _refusal("/예약 회의실 열시")
    assert refusal.usage == "/예약 회의실 <시간> [회의실: S1 | S2 | 대 회의실]"
    assert _refusal("/없는것").usage is None


def test_the_usage_does_not_show_more_values_than_one_reads() -> None:
    command = {"name": "/방", "tokens": [_ROOM | {"label": "방", "values": [f"S{number}" for number in range(1, 12)]}]}
    assert _refusal("/방", [command]).usage == "/방 <방: S1 | S2 | S3 | S4 | S5 | S6 | S7 | S8 | S9 | S10 | …>"


def test_what_is_long_is_quoted_only_at_its_beginning() -> None:
    for text in ("/예약 회의실 {}", "/{}", "{}", "/예약 목록 {}", '/order "{}"', '/order "{}', "@{} /사람"):
        assert len(_refusal(text.format("가" * 8000)).detail) < 300


@pytest.mark.parametrize(
    ("word", "chosen"),
    [("책", "을"), ("의자", "를"), ("3", "을"), ("2", "를"), ("S1!", "을"), ("room", "을(를)"), ("", "을(를)")],
)
def test_a_particle_fits_the_last_sound(word: str, chosen: str) -> None:
    assert particle(word, "을", "를") == chosen


@pytest.mark.parametrize(
    ("word", "chosen"), [("서울", "로"), ("부산", "으로"), ("1", "로"), ("3", "으로"), ("x", "으로(로)")]
)
def test_the_particle_of_direction_counts_a_final_rieul_as_none(word: str, chosen: str) -> None:
    assert particle(word, "으로", "로") == chosen

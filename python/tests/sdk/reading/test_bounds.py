"""Texts and declarations that no one types, and some that somebody does."""

from __future__ import annotations

import contextlib
import unicodedata
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from hiworker._reading import Unreadable, read

_NOW = datetime(2026, 11, 23, 10, 30, tzinfo=ZoneInfo("Asia/Seoul"))


def _command(name: str, *tokens: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "tokens": [{"key": f"k{number}", "label": "값"} | token for number, token in enumerate(tokens)],
    }


_COMMANDS = [
    _command("/말", {"type": "text"}),
    _command("/방", {"type": "choice", "values": ["대 회의실", "대"]}),
    _command("/수", {"type": "number"}),
    _command("/시간", {"type": "time_range"}),
    _command("/날짜", {"type": "date"}),
    _command("/사람", {"type": "member"}),
]


@pytest.mark.parametrize(
    ("beginning", "repeated"),
    [
        ("/말 ", "\u0316\u0301"),
        ('/말 "', '" '),
        ("/말 ", "\" ' "),
        ("/말 ", "'a "),
        ('/말 "', '"\u200b'),
        ("/말 ", "\u200b"),
        ("/말 a", " "),
        ("@", "a "),
        ("", "/ "),
        ("/말", "가"),
        ("/방 ", "대 "),
        ("/수 ", "1"),
        ("/수 ", "1,"),
        ("/시간 ", "1"),
        ("/시간 ", "오전 "),
        ('/시간 "10', " "),
        ("/날짜 ", "월요일 "),
        ("/날짜 ", "11. "),
        ("/날짜 'Nov 24", " "),
        ("/사람 ", "@"),
        ("/사람 ", "a "),
    ],
)
def test_a_long_text_takes_time_in_proportion_to_its_length(beginning: str, repeated: str) -> None:
    # A reader whose time grew with the square of the length would be at this for hours.
    text = beginning + repeated * (50_000 // len(repeated))
    for closing in ("", '"', "'x"):
        with contextlib.suppress(Unreadable):
            read(text + closing, _COMMANDS, now=_NOW)


def test_a_command_with_a_thousand_readings_stays_within_bounds() -> None:
    values = [" ".join(["a"] * words) for words in range(1, 13)]
    command = _command("/값", *[{"type": "choice", "values": values}] * 20)
    for words in (20, 100, 240):
        assert len(read("/값" + " a" * words, [command], now=_NOW).tokens) == 20
    for text in (" a" * 240 + " b", " a" * 100 + " b", " a" * 241):
        with pytest.raises(Unreadable) as caught:
            read("/값" + text, [command], now=_NOW)
        assert caught.value.issues


def test_what_was_declared_decomposed_is_found_too() -> None:
    decomposed = unicodedata.normalize("NFD", "/예약 회의실")
    value = unicodedata.normalize("NFD", "대 회의실")
    name = unicodedata.normalize("NFD", "김철수")
    command = _command(decomposed, {"type": "choice", "values": [value]}, {"type": "member"})
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, "/예약 회의실 대회의실 김철수")
        tokens = read(text, [command], now=_NOW, members=[("mem_1", name)]).tokens
        assert tokens == {"k0": value, "k1": {"id": "mem_1", "name": name}}


def test_a_name_in_wide_letters_is_found_as_it_was_typed() -> None:
    assert read("/Ｓ１", [_command("/Ｓ１")], now=_NOW).command == "/Ｓ１"


def test_of_values_that_only_case_tells_apart_the_one_typed_counts() -> None:
    command = _command("/방", {"type": "choice", "values": ["s1", "S1", "S 1"]})
    typed = {text: read(f"/방 {text}", [command], now=_NOW).tokens["k0"] for text in ("s1", "S1", "S 1", "Ｓ１")}
    assert typed == {"s1": "s1", "S1": "S1", "S 1": "S 1", "Ｓ１": "s1"}


def test_a_choice_of_many_values_names_twenty() -> None:
    command = _command("/방", {"type": "choice", "values": [f"S{number}" for number in range(1, 30)]})
    with pytest.raises(Unreadable, match=r"S20, …\.$"):
        read("/방 X", [command], now=_NOW)


def test_a_date_is_read_in_the_zone_of_now() -> None:
    moment = datetime(2026, 11, 23, 15, 0, tzinfo=ZoneInfo("UTC"))
    days = {
        zone: read("/날짜 오늘", _COMMANDS, now=moment.astimezone(ZoneInfo(zone))).tokens["k0"]
        for zone in ("UTC", "Asia/Seoul")
    }
    assert days == {"UTC": "2026-11-23", "Asia/Seoul": "2026-11-24"}


def test_values_come_in_the_order_of_the_declaration() -> None:
    command = _command("/일정", {"type": "date"}, {"type": "time_range"}, {"type": "text", "required": False})
    assert list(read("/일정 내일 10~11 회고", [command], now=_NOW).tokens) == ["k0", "k1", "k2"]


def test_an_unknown_type_is_an_error_of_the_declaration() -> None:
    with pytest.raises(ValueError, match="'k0' has the type 'colour'"):
        read("/값 빨강", [_command("/값", {"type": "colour"})], now=_NOW)

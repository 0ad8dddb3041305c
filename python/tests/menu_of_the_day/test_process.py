"""The bot as a process, with the menu service that it starts itself, and with one that is not there."""

from __future__ import annotations

import pytest
from python.tests.support.process import API_KEY, Run
from python.tests.support.scripted_relay import ScriptedRelay


def test_it_tells_the_menu_of_the_service_that_it_starts(relay: ScriptedRelay, run: Run) -> None:
    process = run("menu_of_the_day", HIWORKER_URL=relay.url, HIWORKER_API_KEY=API_KEY)
    assert [token["type"] for token in relay.declared()[0]["tokens"]] == ["date", "choice"]
    text = relay.reply_to("/식단", day="2026-11-24", meal="점심")
    assert text == "11월 24일 화요일 점심: 제육볶음, 콩나물국, 깍두기"
    code, output = process.stop()
    assert code == 0, output


def test_it_is_polite_when_the_service_is_away(relay: ScriptedRelay, run: Run) -> None:
    # Nothing listens on the port 1 of any machine that we know.
    process = run("menu_of_the_day", HIWORKER_URL=relay.url, HIWORKER_API_KEY=API_KEY, MENU_URL="http://127.0.0.1:1")
    relay.declared()
    text = relay.reply_to("/식단", day="2026-11-24", meal="점심")
    assert text == "지금은 식단을 알아볼 수 없습니다(11월 24일 화요일 점심). 잠시 뒤에 다시 물어봐 주세요."
    _, output = process.stop()
    assert "The menu service: ConnectError" in output


@pytest.mark.parametrize("zone", ["Asia/Nowhere", "../Seoul"])
def test_a_wrong_time_zone_is_told_in_one_sentence(run: Run, zone: str) -> None:
    code, output = run("menu_of_the_day", HIWORKER_API_KEY=API_KEY, MENU_TIMEZONE=zone).ends()
    assert code == 1
    assert output == f"MENU_TIMEZONE is {zone!r}; it must be a time zone such as Asia/Seoul.\n"

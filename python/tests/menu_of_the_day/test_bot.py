"""The bot's command as members type it, with the real menu service and without a server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime

import pytest

from hiworker.testing import BotTester
from menu_of_the_day.bot import create_bot
from menu_of_the_day.menu_client import MenuClient
from menu_of_the_day.menu_service import MenuService

MONDAY_MORNING = datetime(2026, 11, 23, 9, 30)  # noqa: DTZ001


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The address of the running menu service."""
    service = MenuService()
    thread = threading.Thread(target=service.serve_forever)
    thread.start()
    yield service.url
    service.shutdown()
    thread.join()
    service.server_close()


@pytest.mark.parametrize(
    ("text", "hour", "answer"),
    [
        ("/식단", 9, "11월 23일 월요일 점심: 비빔밥, 된장국, 배추김치"),
        ("/식단", 14, "11월 23일 월요일 저녁: 닭갈비, 미역국, 배추김치"),
        ("/식단 내일", 14, "11월 24일 화요일 점심: 제육볶음, 콩나물국, 깍두기"),
        ("/식단 11/27 저녁", 9, "11월 27일 금요일 저녁: 짜장밥, 군만두, 단무지"),
        ("/식단 토요일", 9, "11월 28일 토요일 점심: 구내식당이 쉽니다."),
    ],
)
def test_the_menu_of_a_day_and_a_meal_is_told(url: str, text: str, hour: int, answer: str) -> None:
    now = MONDAY_MORNING.replace(hour=hour)
    assert BotTester(create_bot(MenuClient(url), lambda: now), now=now).send(text).text == answer


def test_a_service_that_is_away_is_told_politely() -> None:
    # Nothing listens on port 1.
    bot = create_bot(MenuClient("http://127.0.0.1:1"), lambda: MONDAY_MORNING)
    assert BotTester(bot, now=MONDAY_MORNING).send("/식단 오늘 저녁").text == (
        "지금은 식단을 알아볼 수 없습니다(11월 23일 월요일 저녁). 잠시 뒤에 다시 물어봐 주세요."
    )

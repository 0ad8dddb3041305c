"""The bot's one command, ``/식단 [날짜] [점심 | 저녁]``."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Annotated, Literal, TypeAlias

from hiworker import Bot, Label

from .menu_client import MenuClient, MenuUnavailableError

Meal: TypeAlias = Literal["점심", "저녁"]

_NAMES_OF_SERVICE = {"점심": "lunch", "저녁": "dinner"}
_LUNCH_ENDS = time(13, 30)

_log = logging.getLogger(__name__)


def create_bot(menu: MenuClient, local_now: Callable[[], datetime]) -> Bot:
    """``local_now`` tells the office's time."""
    bot = Bot()

    @bot.command("/식단")
    async def tell_menu(
        day: Annotated[date | None, Label("날짜")] = None, meal: Annotated[Meal | None, Label("끼니")] = None
    ) -> str:
        """구내식당 식단을 알려 줍니다. 아무것도 적지 않으면 다음 끼니입니다."""
        now = local_now()
        day = day or now.date()
        meal = meal or ("저녁" if day == now.date() and now.time() >= _LUNCH_ENDS else "점심")
        when = f"{day.month}월 {day.day}일 {'월화수목금토일'[day.weekday()]}요일 {meal}"
        try:
            dishes = await menu.dishes(day, _NAMES_OF_SERVICE[meal])
        except MenuUnavailableError as error:
            _log.warning("The menu service: %s", error)
            return f"지금은 식단을 알아볼 수 없습니다({when}). 잠시 뒤에 다시 물어봐 주세요."
        return f"{when}: {', '.join(dishes)}" if dishes else f"{when}: 구내식당이 쉽니다."

    return bot

"""``try``: an answer in the terminal, without a server."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TextIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .._bot import Bot
from .._errors import ConfigurationError
from .._values.member import Member
from ..testing.tester import BotTester

# Seconds that the relay gives a bot to reply later.
_REPLY_WITHIN = 15 * 60


def try_text(
    bot: Bot, text: str, *, name: str, others: list[str], timezone: str, now: datetime | None = None, to: TextIO
) -> bool:
    """Sends a text and writes the reply to ``to``, what is said on the way to standard error. False for no reply."""
    members = [Member(f"mem_{number}", each) for number, each in enumerate([name, *others], start=1)]
    try:
        tester = BotTester(bot, members=members, timezone=timezone, now=now)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ConfigurationError(_no_zone(timezone)) from None
    answer = tester.send(text)
    if answer.problem is not None:
        sys.stderr.write(f"{answer.problem.detail}\n")
        if answer.problem.usage is not None:
            sys.stderr.write(f"{answer.problem.usage}\n")
        return False
    answer.wait(_REPLY_WITHIN)
    sys.stderr.writelines(f"… {line}\n" for line in answer.progress)
    to.write(f"{answer.text}\n")
    return True


def _no_zone(name: str) -> str:
    try:
        ZoneInfo("UTC")
    except ZoneInfoNotFoundError:
        return "This system knows no time zones; Windows has none. Install them: pip install tzdata."
    return f"There is no time zone {name!r}. Name one like Asia/Seoul."

"""Runs the bot, and the menu service unless there is one. The environment says how:

HIWORKER_API_KEY    the bot's key, shown once when the bot was registered (or …_FILE: a file that holds it)
HIWORKER_URL        where the server is; http://127.0.0.1:8080
MENU_URL            where the menu service is; none: the bot starts its own
MENU_TIMEZONE       the canteen's time zone; Asia/Seoul
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .bot import create_bot
from .menu_client import MenuClient
from .menu_service import MenuService


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    name = os.environ.get("MENU_TIMEZONE") or "Asia/Seoul"
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        sys.exit(f"MENU_TIMEZONE is {name!r}; it must be a time zone such as Asia/Seoul.")
    url = os.environ.get("MENU_URL") or _start_service()
    create_bot(MenuClient(url), lambda: datetime.now(zone)).run()


def _start_service() -> str:
    service = MenuService()
    threading.Thread(target=service.serve_forever, daemon=True).start()
    return service.url


main()

"""Runs the bot. The environment says how:

HIWORKER_API_KEY          the bot's key, shown once when the bot was registered (or …_FILE: a file that holds it)
HIWORKER_URL              where the server is; http://127.0.0.1:8080
MEETING_ROOMS_FILE        where the bookings are kept; bookings.json
MEETING_ROOMS_TIMEZONE    the office's time zone; Asia/Seoul
"""

from __future__ import annotations

import logging

from .environment import bot_from_environment

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
bot_from_environment().run()

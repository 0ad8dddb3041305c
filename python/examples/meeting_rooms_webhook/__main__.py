"""Runs the bot on one port. The environment says how:

HIWORKER_WEBHOOK_SECRET   the webhook's secret, shown once when the bot was registered (or …_FILE: a file that holds it)
MEETING_ROOMS_FILE        where the bookings are kept; bookings.json
MEETING_ROOMS_TIMEZONE    the office's time zone; Asia/Seoul
MEETING_ROOMS_HOST        the address to listen on; 127.0.0.1
MEETING_ROOMS_PORT        the port to listen on; 8000
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from types import FrameType
from typing import NoReturn

import waitress

from hiworker import ConfigurationError
from meeting_rooms.environment import bot_from_environment


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    host = os.environ.get("MEETING_ROOMS_HOST") or "127.0.0.1"
    port = os.environ.get("MEETING_ROOMS_PORT") or "8000"
    if not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65535):
        sys.exit(f"MEETING_ROOMS_PORT is {port!r}; it must be a port from 1 to 65535.")
    if not (os.environ.get("HIWORKER_WEBHOOK_SECRET") or os.environ.get("HIWORKER_WEBHOOK_SECRET_FILE")):
        sys.exit("Set HIWORKER_WEBHOOK_SECRET to the secret that hiworker showed when the bot was registered.")
    try:
        app = bot_from_environment().flask()
    except ConfigurationError as error:
        sys.exit(str(error))
    # waitress lets the messages in hand finish when SystemExit reaches its loop.
    signal.signal(signal.SIGTERM, _stop)
    try:
        waitress.serve(app, host=host, port=int(port))
    except OSError as error:
        sys.exit(f"The bot cannot listen on {host}:{port}: {error}. Choose another port with MEETING_ROOMS_PORT.")


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    sys.exit()


main()

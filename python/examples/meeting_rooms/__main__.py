"""Runs the bot on one port. The environment says how:

HIWORKER_WEBHOOK_SECRET   the webhook's secret, shown once when the bot was registered (or …_FILE: a file that holds it)
MEETING_ROOMS_FILE        where the bookings are kept; bookings.json
MEETING_ROOMS_HOST        the address to listen on; 127.0.0.1
MEETING_ROOMS_PORT        the port to listen on; 8000
MEETING_ROOMS_TIMEZONE    the office's time zone; Asia/Seoul
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import NoReturn
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import waitress
from standardwebhooks.webhooks import EmptyWebhookSecretError

from .app import create_app
from .booking_file import BookingFile, CorruptFileError


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    host = os.environ.get("MEETING_ROOMS_HOST") or "127.0.0.1"
    port = os.environ.get("MEETING_ROOMS_PORT") or "8000"
    if not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65535):
        sys.exit(f"MEETING_ROOMS_PORT is {port!r}; it must be a port from 1 to 65535.")
    zone = _time_zone(os.environ.get("MEETING_ROOMS_TIMEZONE") or "Asia/Seoul")
    file = BookingFile(Path(os.environ.get("MEETING_ROOMS_FILE") or "bookings.json"))
    try:
        file.check()
    except CorruptFileError as error:
        logging.error("%s", error)
    except OSError as error:
        sys.exit(f"The bookings cannot be kept: {error}. Name another file with MEETING_ROOMS_FILE.")
    try:
        app = create_app(_secret(), file, lambda: datetime.now(zone))
    except (ValueError, EmptyWebhookSecretError):
        sys.exit("HIWORKER_WEBHOOK_SECRET is no webhook secret; it looks like whsec_ and some base64.")
    # waitress lets the messages in hand finish when SystemExit reaches its loop.
    signal.signal(signal.SIGTERM, _stop)
    try:
        waitress.serve(app, host=host, port=int(port))
    except OSError as error:
        sys.exit(f"The bot cannot listen on {host}:{port}: {error}. Choose another port with MEETING_ROOMS_PORT.")


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    sys.exit()


def _secret() -> str:
    secret = os.environ.get("HIWORKER_WEBHOOK_SECRET")
    path = os.environ.get("HIWORKER_WEBHOOK_SECRET_FILE")
    if not secret and path:
        try:
            secret = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            sys.exit(f"HIWORKER_WEBHOOK_SECRET_FILE cannot be read: {error}.")
    return secret or sys.exit("Set HIWORKER_WEBHOOK_SECRET to the secret that hiworker showed for this bot.")


def _time_zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        sys.exit(f"MEETING_ROOMS_TIMEZONE is {name!r}; it must be a time zone such as Asia/Seoul.")


main()

"""What the environment says of the office.

MEETING_ROOMS_FILE        where the bookings are kept; bookings.json
MEETING_ROOMS_TIMEZONE    the office's time zone; Asia/Seoul
"""

from __future__ import annotations

import logging
import os
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hiworker import Bot

from .booking_file import BookingFile, CorruptFileError
from .bot import create_bot


def bot_from_environment() -> Bot:
    """Ends the program with a sentence when the environment is wrong."""
    zone = _time_zone(os.environ.get("MEETING_ROOMS_TIMEZONE") or "Asia/Seoul")
    file = BookingFile(Path(os.environ.get("MEETING_ROOMS_FILE") or "bookings.json"))
    try:
        file.bookings()
    except CorruptFileError as error:
        logging.error("%s", error)
    except OSError as error:
        sys.exit(f"The bookings cannot be kept: {error}. Name another file with MEETING_ROOMS_FILE.")
    return create_bot(file, lambda: datetime.now(zone))


def _time_zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        sys.exit(f"MEETING_ROOMS_TIMEZONE is {name!r}; it must be a time zone such as Asia/Seoul.")

"""The webhook: hiworker's signed calls come in, the reply's text goes out."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flask import Flask, request
from standardwebhooks import Webhook, WebhookVerificationError

from .answers import answer
from .booking_file import BookingFile, CorruptFileError
from .bookings import Booking, Schedule
from .messages import MalformedMessageError, Message

_LARGEST_BODY = 1024 * 1024

_log = logging.getLogger(__name__)


def create_app(secret: str, file: BookingFile, local_now: Callable[[], datetime]) -> Flask:
    """The bot as a WSGI application.

    ``secret`` is the webhook's, ``whsec_…``. ``local_now`` tells the office's time, with its zone. Raises
    ``ValueError`` or ``EmptyWebhookSecretError`` when the secret is none.
    """
    webhook = Webhook(secret)
    rooms = declared_rooms()
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST_BODY

    @app.post("/")
    def receive() -> tuple[dict[str, str], int]:
        body = request.get_data()
        try:
            # Refuses what is not signed with the secret, and what was signed more than five minutes ago.
            webhook.verify(body, dict(request.headers), json_parse=False)
        except (WebhookVerificationError, ValueError) as error:
            return {"error": f"This call was not signed by hiworker for this bot, or too long ago: {error}."}, 401
        try:
            message = Message.from_json(json.loads(body))
        except MalformedMessageError as error:
            return {"error": str(error)}, 400
        except (ValueError, RecursionError) as error:
            return {"error": f"The body is no JSON: {error}."}, 400
        message_id = request.headers["webhook-id"]
        now = local_now()

        def make_reply(bookings: tuple[Booking, ...]) -> tuple[tuple[Booking, ...], str]:
            schedule, text = answer(message, Schedule(rooms, bookings), now)
            return schedule.bookings, text

        try:
            text = file.reply_once(message_id, now, make_reply)
        except MalformedMessageError as error:
            return {"error": str(error)}, 400
        except CorruptFileError as error:
            _log.error("%s", error)
            text = "예약 기록을 읽을 수 없어 이번 요청은 처리하지 못했습니다. 관리자에게 알려 주세요."
        _log.info("%s: %s", message_id, message.command)
        return {"text": text}, 200

    @app.get("/healthz")
    def health() -> str:
        return "ok"

    return app


def declared_rooms() -> tuple[str, ...]:
    """The rooms, told only once: in the commands that hiworker reads the members' words against."""
    commands = json.loads(Path(__file__).with_name("commands.json").read_bytes())
    return tuple(next(token["values"] for command in commands for token in command["tokens"] if "values" in token))

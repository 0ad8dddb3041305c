"""The Flask application: hiworker's signed calls come in, replies go out."""

from __future__ import annotations

import functools
import inspect
import json
import logging
import time
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as FutureTimeoutError
from typing import Any

from flask import Flask, Response, request

from .._core.answering import phrases
from .._core.answering.frames import UnfitReplyError, encode, reply_body
from .._core.answering.message import Message
from .._core.answering.outcome import Apology, apology, arguments, reply_of
from .._core.declaring.command import Command
from .._core.declaring.commands import Commands
from .._core.webhook.deliveries import Deliveries, WebhookAnswer
from .._core.webhook.signature import Verifier
from .._errors import ConfigurationError, RepeatedError, SecretMissingError, WebhookError
from .._event_loop import EventLoop
from .._settings import Settings
from .._values.reply import Reply
from .exchange import Exchange

_LARGEST_BODY = 1024 * 1024
# Seconds that hiworker waits for an answer.
_ANSWER_WITHIN = 30

_log = logging.getLogger("hiworker")


def create_app(commands: Commands, settings: Settings) -> Flask:
    """Without a webhook secret it refuses calls, so that a bot's file can be imported, tried and tested.

    Raises ``ConfigurationError`` for a secret that is malformed or cannot be read.
    """

    @functools.cache
    def verifier() -> Verifier:
        return Verifier(settings.secret())

    try:
        verifier()
    except SecretMissingError as error:
        _log.warning("%s Until then no call is answered.", error)
    deliveries = Deliveries()
    webhook = _Webhook(commands, settings)
    app = Flask("hiworker")
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST_BODY

    @app.post("/")
    def receive() -> Response:
        body = request.get_data()
        now = time.time()
        try:
            call_id = verifier().verify({name.lower(): value for name, value in request.headers.items()}, body, now)
            exchange = Exchange(settings)
            message = Message(json.loads(body), exchange)
            if message.id != call_id:
                raise ValueError(f"webhook-id is {call_id} but the message's id is {message.id}")
            answer, is_first = deliveries.admit(call_id, message.attempt, now)
        except SecretMissingError as error:
            _log.error("%s", error)
            return _refusal(500, str(error))
        except RepeatedError as error:
            return _refusal(409, str(error))
        except WebhookError as error:
            _log.warning("%s", error)
            return _refusal(401, str(error))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            return _refusal(400, f"The body is no message: {error!r}.")
        if is_first:
            deliveries.answered(call_id, answer, webhook.answer(message, exchange))
        try:
            made = answer.result(_ANSWER_WITHIN)
        except FutureTimeoutError:
            return _refusal(503, "The first call of this message is still being answered.")
        return Response(made.body, made.status, mimetype="application/json")

    @app.get("/healthz")
    def health() -> str:
        return "ok"

    return app


class _Webhook:
    """Runs handlers in the threads of the web server; those that are ``async`` in an event loop of their own."""

    def __init__(self, commands: Commands, settings: Settings) -> None:
        self._commands = commands
        self._settings = settings
        self._loop = EventLoop()

    def answer(self, message: Message, exchange: Exchange) -> WebhookAnswer:
        command = self._commands.get(message.command)
        if command is None:
            return WebhookAnswer(200, reply_body(Reply(phrases.unknown(message.text, message.command))))
        result = self._run(command, message)
        early = exchange.end()
        if isinstance(result, Apology):
            # Honest towards hiworker, which tells the member: a failure is no reply.
            if result.is_ours:
                return _failure(result.text)
            result = Reply(result.text)
        try:
            if (reply := early or result) is not None:
                return WebhookAnswer(200, reply_body(reply))
            self._settings.checked_key()
        except UnfitReplyError as error:
            _log.error("The reply of %s cannot be sent: %s.", command.owner, error)
        except ConfigurationError as error:
            _log.error("%s replies later, for which the bot needs its API key. %s", command.owner, error)
        else:
            return WebhookAnswer(202, b"{}")
        return _failure(phrases.failed(message.text))

    def _run(self, command: Command[..., Any], message: Message) -> Reply | Apology | None:
        try:
            result = command.function(**arguments(command, message))
            if inspect.isawaitable(result):
                result = self._loop.run(result)
            return reply_of(result, message, command)
        # A handler may raise anything, and must not end the web server's thread.
        except (Exception, SystemExit, CancelledError) as error:  # noqa: BLE001
            return apology(error, message, command)


def _failure(text: str) -> WebhookAnswer:
    return WebhookAnswer(500, encode({"error": text}))


def _refusal(status: int, text: str) -> Response:
    return Response(encode({"error": text}), status, mimetype="application/json")

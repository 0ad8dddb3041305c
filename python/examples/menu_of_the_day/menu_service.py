"""The canteen's menu service, as a department might run one: ``GET /menu?date=2026-11-24&meal=lunch`` in JSON."""

from __future__ import annotations

import json
from datetime import date
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

MEALS = ("lunch", "dinner")

# By weekday, Monday first; the canteen is closed at weekends.
_MENUS = {
    "lunch": (
        ("비빔밥", "된장국", "배추김치"),
        ("제육볶음", "콩나물국", "깍두기"),
        ("김치찌개", "계란말이", "김구이"),
        ("돈가스", "양배추샐러드", "우동국물"),
        ("잔치국수", "유부초밥", "열무김치"),
    ),
    "dinner": (
        ("닭갈비", "미역국", "배추김치"),
        ("카레라이스", "단무지", "계란국"),
        ("고등어구이", "시금치나물", "된장찌개"),
        ("불고기", "상추쌈", "무국"),
        ("짜장밥", "군만두", "단무지"),
    ),
}


class MenuService(ThreadingHTTPServer):
    """Serves within ``serve_forever``, which runs in a thread of its own, until ``shutdown``."""

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        """On loopback. The port 0 is any that is free."""
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        meal = query.get("meal", [""])[0]
        try:
            day = date.fromisoformat(query.get("date", [""])[0])
        except ValueError:
            day = None
        if path != "/menu":
            self._answer(HTTPStatus.NOT_FOUND, {"error": "There is only /menu."})
        elif day is None or meal not in MEALS:
            self._answer(HTTPStatus.BAD_REQUEST, {"error": "date is a day, meal is lunch or dinner."})
        else:
            menus = _MENUS[meal]
            dishes = menus[day.weekday()] if day.weekday() < len(menus) else ()
            self._answer(HTTPStatus.OK, {"date": day.isoformat(), "meal": meal, "dishes": dishes})

    def _answer(self, status: HTTPStatus, content: object) -> None:
        body = json.dumps(content, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """The bot's log is for the bot."""

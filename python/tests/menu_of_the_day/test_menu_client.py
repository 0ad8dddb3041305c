"""The menu service, and the bot's client of it when it is well and when it is not."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from menu_of_the_day.menu_client import MenuClient, MenuUnavailableError
from menu_of_the_day.menu_service import MenuService

TUESDAY = date(2026, 11, 24)
SATURDAY = date(2026, 11, 28)


@contextmanager
def serving(server: ThreadingHTTPServer) -> Iterator[str]:
    """The address at which it serves meanwhile."""
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def dishes(url: str, day: date, meal: str) -> list[str]:
    return asyncio.run(MenuClient(url).dishes(day, meal))


def test_every_meal_of_a_weekday_has_dishes_and_the_canteen_is_closed_at_weekends() -> None:
    with serving(MenuService()) as url:
        assert dishes(url, TUESDAY, "lunch") == ["제육볶음", "콩나물국", "깍두기"]
        assert dishes(url, TUESDAY, "dinner") == ["카레라이스", "단무지", "계란국"]
        assert dishes(url, SATURDAY, "lunch") == []


@pytest.mark.parametrize("meal", ["breakfast", ""])
def test_what_the_service_refuses_is_unavailable(meal: str) -> None:
    with serving(MenuService()) as url, pytest.raises(MenuUnavailableError, match="400"):
        dishes(url, TUESDAY, meal)


def test_a_service_that_is_away_is_unavailable() -> None:
    with socket.socket() as taken:
        # Bound, but nobody listens.
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(MenuUnavailableError, match="ConnectError"):
            dishes(f"http://127.0.0.1:{taken.getsockname()[1]}", TUESDAY, "lunch")


def test_a_service_that_never_answers_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("menu_of_the_day.menu_client._TIMEOUT", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(MenuUnavailableError, match="ReadTimeout"):
        dishes(f"http://127.0.0.1:{silent.getsockname()[1]}", TUESDAY, "lunch")


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b'{"dishes": null}'])
def test_an_answer_that_is_no_menu_is_unavailable(body: bytes) -> None:
    class Odd(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with (
        serving(ThreadingHTTPServer(("127.0.0.1", 0), Odd)) as url,
        pytest.raises(MenuUnavailableError, match="no menu"),
    ):
        dishes(url, TUESDAY, "lunch")

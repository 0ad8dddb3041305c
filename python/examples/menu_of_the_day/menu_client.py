"""The menu service as the bot sees it."""

from __future__ import annotations

from datetime import date

import httpx

# Whoever asks for lunch would rather hear soon that there is no answer.
_TIMEOUT = httpx.Timeout(3, connect=1)


class MenuUnavailableError(Exception):
    """The menu service does not answer, not in time, or not with a menu; the text says which."""


class MenuClient:
    """One serves all messages."""

    def __init__(self, url: str) -> None:
        # The service is inside the company: no proxy of the environment leads there. It is asked too seldom for a
        # connection to be worth keeping.
        limits = httpx.Limits(max_keepalive_connections=0)
        self._http = httpx.AsyncClient(base_url=url, timeout=_TIMEOUT, limits=limits, trust_env=False)

    async def dishes(self, day: date, meal: str) -> list[str]:
        """The dishes of a meal, ``lunch`` or ``dinner``; none when the canteen is closed.

        Raises ``MenuUnavailableError``.
        """
        try:
            response = await self._http.get("/menu", params={"date": day.isoformat(), "meal": meal})
            response.raise_for_status()
            return [str(dish) for dish in response.json()["dishes"]]
        except httpx.HTTPError as error:
            raise MenuUnavailableError(f"{type(error).__name__}: {error}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise MenuUnavailableError(f"its answer is no menu: {error!r}") from error

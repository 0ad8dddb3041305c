"""A company with bots and members, registered over REST."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import httpx

from .server import Server

# Registrations at a time.
_AT_ONCE = 16


@dataclass(frozen=True)
class Registered:
    """A bot or a member."""

    id: str
    key: str


class Company:
    """Speaks with the administrator's key. A context: its connections close at the end."""

    def __init__(self, server: Server, domain: str = "example.com") -> None:
        self._path = f"/v1/companies/{domain}"
        self._domain = domain
        headers = {"Authorization": f"Bearer {server.admin_key}"}
        self._client = httpx.AsyncClient(base_url=server.url, headers=headers, timeout=60, trust_env=False)
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def __aenter__(self) -> Company:
        await self._post("/v1/companies", {"domain": self._domain, "name": "회사"})
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def bots(self, count: int) -> list[Registered]:
        """Bots without commands."""
        return await asyncio.gather(*(self._register("bot", {"name": f"봇 {number}"}) for number in range(count)))

    async def members(self, count: int) -> list[Registered]:
        return await asyncio.gather(*(self._register("member", {"name": f"사원 {number}"}) for number in range(count)))

    async def bot(self, bot: Registered) -> dict[str, Any]:
        """A bot as the API shows it now, with its commands and its presence."""
        response = await self._client.get(f"/v1/bots/{bot.id}")
        shown: dict[str, Any] = response.raise_for_status().json()
        return shown

    async def _register(self, kind: str, fields: dict[str, Any]) -> Registered:
        async with self._turns:
            made = await self._post(f"{self._path}/{kind}s", fields)
        return Registered(made[kind]["id"], made["key"]["secret"])

    async def _post(self, path: str, body: dict[str, Any]) -> Any:
        response = await self._client.post(path, json=body)
        if response.is_error:
            raise SystemExit(f"POST {path} was answered with {response.status_code}: {response.text}")
        return response.json()

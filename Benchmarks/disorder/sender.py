"""A member with a good client: it repeats what may have got lost with the same key, and waits for late replies."""

from __future__ import annotations

import asyncio
import json
import random
import uuid
from typing import Any

import httpx

from .ledger import Intent, Ledger

# Seconds between two messages of a member, before a repeat, and between two looks for a late reply.
_PAUSE = 0.1
_AGAIN_AFTER = 0.1
_LOOK_EVERY = 0.5
# Late replies that a member waits for at a time; then it sends no more until one came.
_MOST_LATE = 50
# Longer than any wait that is asked for.
_TIMEOUT = 15.0
_WAITS = (0.02, 3.0, 3.0)
_TRY_LATER = {"shutting_down", "storage_unavailable", "idempotency_conflict"}
_SEND_ANEW = {"bot_offline", "bot_busy"}


class Sender:
    """Sends one message after the other until it is told to stop, and sees all that comes of them."""

    def __init__(self, url: str, key: str, commands: list[str], ledger: Ledger) -> None:
        headers = {"Authorization": f"Bearer {key}"}
        self._client = httpx.AsyncClient(base_url=url, headers=headers, timeout=_TIMEOUT, trust_env=False)
        self._commands = commands
        self._ledger = ledger
        self._late: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(_MOST_LATE)

    async def send_until(self, end: asyncio.Event) -> None:
        while not end.is_set():
            await self._send(self._ledger.intend(random.choice(self._commands)))
            await asyncio.sleep(random.uniform(0, 2 * _PAUSE))

    async def settle(self) -> None:
        """Waits for the late replies."""
        await asyncio.gather(*self._late)

    async def close(self) -> None:
        for task in self._late:
            task.cancel()
        await self._client.aclose()

    async def watch(self) -> None:
        """Sees the member's events, resuming as a browser does, until it is cancelled."""
        last = kind = ""
        while True:
            try:
                headers = {"Last-Event-ID": last} if last else {}
                async with self._client.stream("GET", "/v1/me/events", headers=headers, timeout=60) as response:
                    async for line in response.aiter_lines():
                        name, _, value = line.partition(": ")
                        if name == "id":
                            last = value
                        elif name == "event":
                            kind = value
                        elif name == "data" and kind == "message":
                            self._ledger.see(json.loads(value))
            except httpx.TransportError:
                pass
            await asyncio.sleep(_AGAIN_AFTER)

    async def look_back(self) -> None:
        """Sees the member's whole history."""
        page: dict[str, str] = {"limit": "200"}
        while True:
            found = (await self._client.get("/v1/messages", params=page)).raise_for_status().json()
            for message in found["items"]:
                self._ledger.see(message)
            if "next" not in found:
                return
            page = {"limit": "200", "after": found["next"]}

    async def _send(self, intent: Intent) -> None:
        body = {"text": intent.text, "wait_seconds": random.choice(_WAITS)}
        key = uuid.uuid4().hex
        while True:
            try:
                response = await self._client.post("/v1/messages", json=body, headers={"Idempotency-Key": key})
            except httpx.TransportError:
                self._ledger.retried += 1
                await asyncio.sleep(_AGAIN_AFTER)
                continue
            answer = response.json()
            if response.status_code == 200:
                return self._ledger.see(answer)
            if response.status_code == 202:
                return await self._expect(answer["id"])
            if answer.get("code") in _SEND_ANEW:
                self._ledger.turned_away += 1
                key = uuid.uuid4().hex
            elif answer.get("code") in _TRY_LATER:
                self._ledger.retried += 1
            else:
                return self._ledger.unexpected.append(f"{intent.text} was answered with {response.text}")
            await asyncio.sleep(_AGAIN_AFTER)

    async def _expect(self, message_id: str) -> None:
        await self._room.acquire()
        self._ledger.late += 1
        task = asyncio.create_task(self._look_for(message_id))
        self._late.add(task)
        task.add_done_callback(self._looked)

    def _looked(self, task: asyncio.Task[None]) -> None:
        self._late.discard(task)
        self._room.release()

    async def _look_for(self, message_id: str) -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            message = await self._message(message_id)
            if message.get("status") == "completed":
                return self._ledger.see(message)
            if message.get("status") == "failed":
                return self._ledger.unexpected.append(f"{message['text']} failed: {message['problem']}")

    async def _message(self, message_id: str) -> dict[str, Any]:
        """The message, or nothing while the server is away."""
        try:
            response = await self._client.get(f"/v1/messages/{message_id}")
        except httpx.TransportError:
            return {}
        message: dict[str, Any] = response.json()
        if response.is_error and message.get("code") not in _TRY_LATER:
            self._ledger.unexpected.append(f"GET of {message_id} was answered with {response.text}")
        return message if response.is_success else {}

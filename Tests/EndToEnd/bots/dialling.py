"""A bot that dials out, in the fewest lines: ``python dialling.py URL`` with its key in HIWORKER_API_KEY.

It echoes; the first time that it gets a text with 들고 in it, it keeps that in hand. It dials again whenever it must.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

# What its own pings find out when the network is gone, in seconds.
_PING_INTERVAL, _PING_TIMEOUT = 1, 2
_REDIAL_PAUSE = 0.1


async def serve(url: str, key: str) -> None:
    """Answers over one connection until it ends."""
    header = {"Authorization": f"Bearer {key}"}
    async with connect(
        url, additional_headers=header, ping_interval=_PING_INTERVAL, ping_timeout=_PING_TIMEOUT, proxy=None
    ) as socket:
        async for frame in socket:
            message = json.loads(frame)
            if message["type"] != "message" or ("들고" in message["text"] and message["attempt"] == 1):
                continue
            text = f"메아리 {message['attempt']}: {message['text']}"
            await socket.send(json.dumps({"type": "reply", "id": message["id"], "text": text}))


async def keep_serving(url: str, key: str) -> None:
    while True:
        try:
            await serve(url, key)
        except (OSError, TimeoutError, ConnectionClosed, InvalidHandshake) as error:
            sys.stderr.write(f"{error!r}\n")
        await asyncio.sleep(_REDIAL_PAUSE)


if __name__ == "__main__":
    asyncio.run(keep_serving(sys.argv[1], os.environ["HIWORKER_API_KEY"]))

"""The bot that is measured, with Bolt in Socket Mode: ``python -m duel.bolt_bot sync|async ADDRESS``.

Both handlers are those that Bolt's documentation starts with: its own client for threads, aiohttp's for asyncio.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

_APP_TOKEN = "xapp-1"
_BOT_TOKEN = "xoxb-1"


def run(url: str) -> None:
    from slack_bolt import App
    from slack_bolt.adapter.socket_mode import SocketModeHandler
    from slack_sdk import WebClient

    app = App(client=WebClient(_BOT_TOKEN, base_url=url), token_verification_enabled=False)

    @app.command("/echo")
    def echo(ack: Any, command: dict[str, Any]) -> None:
        ack(command["text"])

    SocketModeHandler(app, _APP_TOKEN).start()  # type: ignore[no-untyped-call]


async def run_async(url: str) -> None:
    from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
    from slack_bolt.async_app import AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

    app = AsyncApp(client=AsyncWebClient(_BOT_TOKEN, base_url=url))

    @app.command("/echo")
    async def echo(ack: Any, command: dict[str, Any]) -> None:
        await ack(command["text"])

    await AsyncSocketModeHandler(app, _APP_TOKEN).start_async()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    kind, address = sys.argv[1:]
    if kind == "sync":
        run(f"{address}/api/")
    else:
        asyncio.run(run_async(f"{address}/api/"))

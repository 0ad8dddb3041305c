"""The bot that is measured, with hiworker: ``python -m duel.hiworker_bot sync|async``."""

from __future__ import annotations

import sys

from hiworker import Bot

bot = Bot()

if sys.argv[1] == "sync":

    @bot.command("/echo")
    def echo(words: str) -> str:
        return words

else:

    @bot.command("/echo")
    async def echo_async(words: str) -> str:
        return words


bot.run()

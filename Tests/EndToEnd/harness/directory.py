"""Companies, bots and members, registered over REST, with the keys that they got."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any

from .api import API

_numbers = itertools.count(1)


@dataclass
class Member:
    id: str
    name: str
    api: API

    @property
    def key(self) -> str:
        assert self.api.key
        return self.api.key

    def send(self, text: str, **fields: Any) -> Any:
        """Sends a message that must be answered, and returns it."""
        return self.api.post("/v1/messages", {"text": text, **fields}, status=200)

    def presence_of(self, bot: Bot) -> Any:
        """The presence of a bot as this member sees it."""
        return next(each["presence"] for each in self.api.pages("/v1/me/bots") if each["id"] == bot.id)


@dataclass
class Bot:
    id: str
    name: str
    api: API
    """The API for the bot's own key."""
    webhook_secret: str | None

    @property
    def key(self) -> str:
        assert self.api.key
        return self.api.key


@dataclass
class Company:
    """A company of its own for one test, with an administrator."""

    domain: str
    platform: API
    admin: API

    @property
    def path(self) -> str:
        return f"/v1/companies/{self.domain}"

    def bot(self, command: str | None = None, url: str | None = None, **fields: Any) -> Bot:
        """Registers a bot; with a command, one that takes any text behind it."""
        body: dict[str, Any] = {"name": f"봇 {next(_numbers)}"}
        if command:
            body["commands"] = [text_command(command)]
        if url:
            body["delivery"] = {"type": "webhook", "url": url}
        made = self.admin.post(f"{self.path}/bots", body | fields)
        bot = made["bot"]
        return Bot(bot["id"], bot["name"], self.admin.with_key(made["key"]["secret"]), made.get("webhook_secret"))

    def member(self, name: str = "김지은", **fields: Any) -> Member:
        made = self.admin.post(f"{self.path}/members", {"name": name, **fields})
        return Member(made["member"]["id"], name, self.admin.with_key(made["key"]["secret"]))


def new_company(platform: API, **fields: Any) -> Company:
    domain = f"company{next(_numbers)}.example"
    platform.post("/v1/companies", {"domain": domain, "name": f"회사 {domain}", **fields})
    key = platform.post(f"/v1/companies/{domain}/keys")
    return Company(domain, platform, platform.with_key(key["secret"]))


def text_command(name: str) -> dict[str, Any]:
    """A command that takes the rest of the line, if there is any."""
    return {"name": name, "tokens": [{"key": "words", "label": "말", "type": "text", "required": False}]}


@dataclass
class Measurements:
    """Numbers to be read by whoever runs the tests; printed at the end."""

    lines: list[str] = field(default_factory=list)

    def note(self, what: str, seconds: list[float]) -> None:
        ordered = sorted(seconds)
        p50 = ordered[len(ordered) // 2] * 1000
        self.lines.append(f"{what}: {len(ordered)} times, p50 {p50:.1f} ms, max {ordered[-1] * 1000:.1f} ms")

"""What members sent and what they got, to be counted at the end."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Intent:
    """One thing that a member wants to have answered once, however often it has to be sent."""

    number: int
    text: str
    sent_at: float
    replies: set[tuple[str, str]] = field(default_factory=set)
    """Every reply that the member saw anywhere: the message's id and the reply's text. One is right."""
    answered_after: float | None = None
    """Seconds."""


class Ledger:
    """Takes every message that any member sees in any way: as an answer, an event, or in the history."""

    def __init__(self) -> None:
        self.intents: dict[str, Intent] = {}
        self.retried = 0
        """Requests sent again with the same key: the connection broke, or the server was stopping."""
        self.turned_away = 0
        """Messages that were told at once that the bot is offline or busy; each was sent anew with a new key."""
        self.late = 0
        """Messages whose reply came after the wait was over."""
        self.unexpected: list[str] = []
        """Answers that there should not be."""

    def intend(self, command: str) -> Intent:
        number = len(self.intents) + 1
        text = f"{command} {number}"
        intent = self.intents[text] = Intent(number, text, time.monotonic())
        return intent

    def see(self, message: dict[str, Any]) -> None:
        """Notes a message as the API shows it, if it has its reply."""
        if message.get("status") != "completed":
            return
        intent, reply = self.intents[message["text"]], message["reply"]
        intent.replies.add((message["id"], reply["text"]))
        if not reply["text"].startswith(f"{intent.number}: "):
            self.unexpected.append(f"{intent.text} got the reply {reply['text']}.")
        if intent.answered_after is None:
            intent.answered_after = time.monotonic() - intent.sent_at

    def is_settled(self, before: float) -> bool:
        """Whether everything that was sent before a moment has its reply."""
        return all(intent.replies or intent.sent_at > before for intent in self.intents.values())

    @property
    def lost(self) -> list[Intent]:
        return [intent for intent in self.intents.values() if not intent.replies]

    @property
    def doubled(self) -> list[Intent]:
        return [intent for intent in self.intents.values() if len(intent.replies) > 1]

    @property
    def slowest(self) -> float:
        return max((intent.answered_after or 0 for intent in self.intents.values()), default=0)

"""The vectors that the relay's reader of texts is tested with, read by the package's own."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from hiworker._reading import Unreadable, read

_FILE = json.loads(
    (Path(__file__).parents[4] / "Tests" / "RelayTests" / "Reading" / "readings.json").read_text(encoding="utf-8")
)
_COMMANDS = [command for bot in _FILE["bots"] for command in bot["commands"]]
_MEMBERS = [(member["id"], member["name"]) for member in _FILE["members"]]
_ADDRESSES = {member["email"].casefold() for member in _FILE["members"] if "email" in member}

_OF_SEVERAL_BOTS = "a bot reads for itself alone: it knows no other bot, and no name of one"
_BY_ADDRESS = "a bot is told the ids and names of members, not their addresses"


@dataclass(frozen=True)
class Vector:
    text: str
    now: datetime
    outcome: dict[str, Any]


def _vectors() -> Iterator[Any]:
    for group in _FILE["groups"]:
        zone = ZoneInfo(group.get("time_zone", _FILE["time_zone"]))
        now = datetime.fromisoformat(group.get("now", _FILE["now"]).replace("Z", "+00:00")).astimezone(zone)
        for vector in group["vectors"]:
            outcome = {key: value for key, value in vector.items() if key not in ("text", "bot")}
            reason = _why_skipped(vector)
            yield pytest.param(
                Vector(vector["text"], now, outcome),
                id=f"{group['about']}: {vector['text']}",
                marks=pytest.mark.skip(reason=reason) if reason else (),
            )


def _why_skipped(vector: dict[str, Any]) -> str | None:
    if any(error["code"] in ("unknown_bot", "command_of_other_bot") for error in vector.get("errors", [])):
        return _OF_SEVERAL_BOTS
    if "tokens" in vector and any(address in vector["text"].casefold() for address in _ADDRESSES):
        return _BY_ADDRESS
    return None


def _outcome(text: str, now: datetime) -> dict[str, Any]:
    """What came of a text, as a vector tells it."""
    try:
        reading = read(text, _COMMANDS, now=now, members=_MEMBERS)
    except Unreadable as error:
        outcome: dict[str, Any] = {
            "code": error.code,
            "errors": [{"token": issue.token, "code": issue.code} for issue in error.issues],
        }
        if error.command:
            outcome["command"] = error.command
        if error.suggestions:
            outcome["suggestions"] = list(error.suggestions)
        return outcome
    return {"command": reading.command, "tokens": reading.tokens}


@pytest.mark.parametrize("vector", list(_vectors()))
@pytest.mark.parametrize("form", ["as typed", "composed", "decomposed", "with white space around it"])
def test_a_text_means_what_the_shared_vectors_say(vector: Vector, form: str) -> None:
    text = {
        "as typed": vector.text,
        "composed": unicodedata.normalize("NFC", vector.text),
        "decomposed": unicodedata.normalize("NFD", vector.text),
        "with white space around it": f" \u3000\n{vector.text}\u00a0 \t",
    }[form]
    # As JSON, where 3 and 3.0 differ.
    assert json.dumps(_outcome(text, vector.now), sort_keys=True) == json.dumps(vector.outcome, sort_keys=True)

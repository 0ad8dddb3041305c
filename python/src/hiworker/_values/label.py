"""What people see in place of a parameter's name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Label:
    """Names a token for people: ``room: Annotated[str, Label("회의실")]``."""

    text: str

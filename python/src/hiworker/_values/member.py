"""A person of the company."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Member:
    """Who sent a message, or whom a ``member`` token names. Names may be shared; the id is one person's."""

    id: str
    name: str

    def __str__(self) -> str:
        return self.name

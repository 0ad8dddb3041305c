"""Reads a member's text as the relay does, for where there is no server: a terminal, a test.

It knows nothing that is not handed to it: no clock, no files, no network.

    str ─ NFC, words ─► TypedText ─ longest declared name ─► Command ─ values in order ─► Reading
                                            │                              │
                                     unknown_command                invalid_tokens

Both implementations read the vectors of ``Tests/RelayTests/Reading/readings.json``.
"""

from __future__ import annotations

from .reader import Reading, read
from .unreadable import Issue, Unreadable

__all__ = ["Issue", "Reading", "Unreadable", "read"]

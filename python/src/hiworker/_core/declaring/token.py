"""One argument of a command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Token:
    """What the relay is told about a parameter, and how its value becomes the handler's argument."""

    key: str
    label: str
    type: str
    """``text``, ``choice``, ``number``, ``date``, ``time_range`` or ``member``."""
    convert: Callable[[Any], Any]
    """From the value of the wire. Raises ``ValueError``, ``TypeError`` or ``KeyError`` for what does not fit."""
    values: tuple[str, ...] = ()
    """The values of a choice, in normalization form C."""
    required: bool = True

    @property
    def declaration(self) -> dict[str, Any]:
        """As the wire has it."""
        values = {"values": list(self.values)} if self.type == "choice" else {}
        return {"key": self.key, "label": self.label, "type": self.type, **values, "required": self.required}

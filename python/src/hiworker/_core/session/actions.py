"""What a session wants done; the shell performs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from ..._errors import HiworkerError
from ..answering.message import Message

DueName: TypeAlias = Literal["hello", "declare", "resend", "stop"]


@dataclass(frozen=True)
class Dial:
    """Open a connection under this number after some seconds; then call ``opened`` or ``dial_failed``."""

    connection: int
    after_seconds: float


@dataclass(frozen=True)
class Send:
    """Write a frame."""

    connection: int
    frame: bytes


@dataclass(frozen=True)
class Offer:
    """Write a frame that may be dropped when the connection takes no more: a progress."""

    connection: int
    frame: bytes


@dataclass(frozen=True)
class Beat:
    """Expect a sign of life this often: ping, and take two silent intervals for the connection's end."""

    connection: int
    seconds: float


@dataclass(frozen=True)
class Close:
    """Close with this code; then call ``closed``."""

    connection: int
    code: int


@dataclass(frozen=True)
class Run:
    """Run the handler of a message; then call ``ended``."""

    message: Message


@dataclass(frozen=True)
class Complete:
    """Run a completion and send the values."""

    connection: int
    request: str
    command: str
    token: str
    tokens: dict[str, object]


@dataclass(frozen=True)
class Later:
    """Call ``due`` with this name after some seconds."""

    seconds: float
    name: DueName
    connection: int = 0


@dataclass(frozen=True)
class Declared:
    """The relay has the commands: members can use the bot from now on."""


@dataclass(frozen=True)
class Say:
    """Tell the developer. Levels as in ``logging``."""

    level: int
    text: str


@dataclass(frozen=True)
class Fail:
    """End with an error: trying again would not help."""

    error: HiworkerError


@dataclass(frozen=True)
class Finish:
    """End well: nothing is in hand any more."""


Action: TypeAlias = Dial | Send | Offer | Beat | Close | Run | Complete | Later | Declared | Say | Fail | Finish

"""What hiworker sends to a webhook, as far as this bot reads it."""

from __future__ import annotations

from dataclasses import dataclass

from .bookings import Member, TimeRange


class MalformedMessageError(Exception):
    """The body is not what hiworker sends; the text says where."""


@dataclass(frozen=True)
class Message:
    """One command of a member, its tokens read and checked by hiworker."""

    command: str
    time: TimeRange | None
    room: str | None
    member: Member

    @classmethod
    def from_json(cls, body: object) -> Message:
        """Raises ``MalformedMessageError``. Fields that this bot has no use for may stand beside."""
        message = _object(body, "The body")
        if message.get("type") != "message":
            raise MalformedMessageError('The type must be "message".')
        tokens = _object(message.get("tokens", {}), "tokens")
        member = _object(message.get("member"), "member")
        time = tokens.get("time")
        try:
            time_range = None if time is None else TimeRange.parse(_string(time, "tokens.time"))
        except ValueError as error:
            raise MalformedMessageError(f"tokens.time: {error}") from error
        return cls(
            command=_string(message.get("command"), "command"),
            time=time_range,
            room=None if tokens.get("room") is None else _string(tokens["room"], "tokens.room"),
            member=Member(_string(member.get("id"), "member.id"), _string(member.get("name"), "member.name")),
        )


def _object(value: object, name: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise MalformedMessageError(f"{name} must be an object.")
    return value


def _string(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise MalformedMessageError(f"{name} must be a string.")
    return value

"""From a type hint to the type of a token."""

from __future__ import annotations

import types
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from ..._errors import DeclarationError
from ..._values.label import Label
from ..._values.member import Member
from ..._values.time_range import TimeRange

_MOST_VALUES = 200
_LONGEST_TEXT = 100


@dataclass(frozen=True)
class Hint:
    """What a parameter's hint says of its token."""

    type: str
    convert: Callable[[Any], Any]
    values: tuple[str, ...] = ()
    label: str | None = None
    allows_none: bool = False


def read_hint(hint: Any, place: str) -> Hint:
    """Takes a hint apart. ``place`` names function and parameter in errors, which are ``DeclarationError``."""
    label: str | None = None
    allows_none = False
    while True:
        origin = get_origin(hint)
        if origin is Annotated:
            hint, *notes = get_args(hint)
            label = next((_label(note, place) for note in notes if isinstance(note, Label)), label)
        elif origin in (Union, types.UnionType) and len(_without_none(hint)) == 1:
            (hint,) = _without_none(hint)
            allows_none = True
        else:
            break
    if origin is Literal:
        choices = _choices(get_args(hint), place)
        return Hint("choice", choices.__getitem__, tuple(choices), label, allows_none)
    try:
        type_name, convert = _PLAIN[hint]
    except (KeyError, TypeError):
        name = getattr(hint, "__name__", repr(hint))
        raise DeclarationError(
            f"{place} has the type {name}, which no token has. Use str, Literal['…', '…'], int, float, datetime.date, "
            "hiworker.TimeRange or hiworker.Member."
        ) from None
    return Hint(type_name, convert, (), label, allows_none)


def _without_none(hint: Any) -> list[Any]:
    return [part for part in get_args(hint) if part is not type(None)]


def _label(note: Label, place: str) -> str:
    text = unicodedata.normalize("NFC", note.text)
    if not text.strip() or len(text) > _LONGEST_TEXT:
        raise DeclarationError(f"{place} has a label of {len(text)} letters. Give it 1 to {_LONGEST_TEXT}.")
    return text


def _choices(values: tuple[Any, ...], place: str) -> dict[str, str]:
    """The values as the wire has them, each with what stands in the bot's file: an editor may have decomposed it."""
    if len(values) > _MOST_VALUES:
        raise DeclarationError(f"{place} has {len(values)} values; {_MOST_VALUES} are the most.")
    choices: dict[str, str] = {}
    folded: dict[str, str] = {}
    for value in values:
        if not isinstance(value, str):
            raise DeclarationError(f"{place} has the value {value!r}, which is no text. Write it in quotes.")
        text = unicodedata.normalize("NFC", value)
        if not text.strip() or len(text) > _LONGEST_TEXT:
            raise DeclarationError(f"{place} has the value {value!r}. A value has 1 to {_LONGEST_TEXT} letters.")
        # Members may type in any case and spacing.
        first = folded.setdefault("".join(text.lower().split()), text)
        if first != text:
            raise DeclarationError(
                f"{place} has the values {first!r} and {text!r}, which members could not tell apart."
            )
        choices[text] = value
    return choices


def _integer(value: Any) -> int:
    number = int(value)
    if number != value:
        raise ValueError(f"{value} is no whole number.")
    return number


def _member(value: Any) -> Member:
    return Member(value["id"], value["name"])


# By identity of the hint. A datetime is a date to Python, but no token has a time of day and a day.
_PLAIN: dict[Any, tuple[str, Callable[[Any], Any]]] = {
    str: ("text", str),
    int: ("number", _integer),
    float: ("number", float),
    date: ("date", date.fromisoformat),
    TimeRange: ("time_range", TimeRange.parse),
    Member: ("member", _member),
}

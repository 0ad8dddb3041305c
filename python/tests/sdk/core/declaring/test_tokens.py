"""From a function's parameters to tokens, and from the wire's values to arguments."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Annotated, Any, Literal, Optional

import pytest

from hiworker import Bot, Command, Label, Member, Message, TimeRange
from hiworker._core.declaring.signature import UnfitValueError

Room = Literal["S1", "S2", "대 회의실"]


def declared(function: Any) -> Command[..., Any]:
    command: Command[..., Any] = Bot().command("/시험")(function)
    return command


def token_of(hint: Any) -> dict[str, Any]:
    def handler(value): ...  # type: ignore[no-untyped-def]

    handler.__annotations__ = {"value": hint}
    [token] = declared(handler).declaration["tokens"]
    return dict(token)


def argument(hint: Any, value: Any) -> Any:
    def handler(value): ...  # type: ignore[no-untyped-def]

    handler.__annotations__ = {"value": hint}
    return declared(handler).signature.arguments({"value": value})["value"]


def test_the_promise_is_declared() -> None:
    def reserve(time: TimeRange, room: Room = "S1") -> str:
        """회의실을 예약합니다.

        Not for members.
        """
        return f"{room} {time}"

    assert declared(reserve).declaration == {
        "name": "/시험",
        "description": "회의실을 예약합니다.",
        "tokens": [
            {"key": "time", "label": "time", "type": "time_range", "required": True},
            {"key": "room", "label": "room", "type": "choice", "values": ["S1", "S2", "대 회의실"], "required": False},
        ],
    }


@pytest.mark.parametrize(
    ("hint", "kind"),
    [
        (str, "text"),
        (int, "number"),
        (float, "number"),
        (date, "date"),
        (TimeRange, "time_range"),
        (Member, "member"),
        (Room, "choice"),
    ],
)
def test_every_hint_has_its_type(hint: Any, kind: str) -> None:
    assert token_of(hint)["type"] == kind


def test_a_label_names_a_token_for_people() -> None:
    assert token_of(Annotated[str, "note", Label("회의실")])["label"] == "회의실"
    assert token_of(Annotated[str, "note"])["label"] == "value"
    assert token_of(Annotated[Annotated[str, Label("안")], Label("밖")])["label"] == "안"


def test_what_may_be_none_is_optional() -> None:
    def handler(a: Optional[Annotated[str, Label("말")]] = None, *, b: int | None = None) -> None: ...  # noqa: UP045

    command = declared(handler)
    assert [(token.label, token.required) for token in command.signature.tokens] == [("말", False), ("b", False)]
    assert command.signature.arguments({"a": None}) == {}


def test_hangul_parameters_are_keys_also_when_typed_decomposed() -> None:
    source = unicodedata.normalize("NFD", "def handler(시간: str): ...")
    names: dict[str, Any] = {}
    exec(source, names)
    assert declared(names["handler"]).declaration["tokens"][0]["key"] == "시간"


@pytest.mark.parametrize(
    ("hint", "wire", "python"),
    [
        (str, "a b", "a b"),
        (int, 3.0, 3),
        (float, 3, 3.0),
        (date, "2026-11-24", date(2026, 11, 24)),
        (TimeRange, "10:00~11:00", TimeRange.parse("10:00~11:00")),
        (Member, {"id": "mem_1", "name": "김지은"}, Member("mem_1", "김지은")),
        (Room, "대 회의실", "대 회의실"),
        (Literal[unicodedata.normalize("NFD", "대회의실")], "대회의실", unicodedata.normalize("NFD", "대회의실")),
    ],
)
def test_values_of_the_wire_become_arguments(hint: Any, wire: Any, python: Any) -> None:
    value = argument(hint, wire)
    assert value == python
    assert type(value) is type(python)


@pytest.mark.parametrize(
    ("hint", "wire"),
    [
        (int, 2.5),
        (int, 1e400),
        (date, "내일"),
        (TimeRange, "10"),
        (Member, "김"),
        (Member, {}),
        (Room, "S3"),
        (str, None),
    ],
)
def test_values_that_do_not_fit_are_told(hint: Any, wire: Any) -> None:
    with pytest.raises(UnfitValueError, match="value cannot be"):
        argument(hint, wire)


def test_the_message_is_handed_over_by_type_or_by_name() -> None:
    def by_type(it: Message, words: str) -> None: ...

    def by_name(words, message): ...  # type: ignore[no-untyped-def]

    by_name.__annotations__ = {"words": str}

    def token_of_that_name(message: str) -> None: ...

    assert declared(by_type).signature.message == "it"
    assert declared(by_name).signature.message == "message"
    assert declared(token_of_that_name).signature.message is None
    assert [len(declared(f).signature.tokens) for f in (by_type, by_name, token_of_that_name)] == [1, 1, 1]

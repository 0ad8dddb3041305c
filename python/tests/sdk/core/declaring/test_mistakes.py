"""Handlers that cannot work, told where they are written."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

import pytest

from hiworker import Bot, DeclarationError, Label, Message
from hiworker._bot import commands_of

if TYPE_CHECKING:
    from decimal import Decimal


def untyped(room): ...  # type: ignore[no-untyped-def]


def star(*rooms: str) -> None: ...


def keywords(**rooms: str) -> None: ...


def positional(room: str, /) -> None: ...


def of_no_type(room: datetime) -> None: ...


def of_a_list(room: list[str]) -> None: ...


def of_two_types(room: str | int) -> None: ...


def of_numbers(room: Literal[1, 2]) -> None: ...


def of_blank_values(room: Literal["a", " "]) -> None: ...


def of_like_values(room: Literal["S 1", "s1"]) -> None: ...


def with_a_blank_label(room: Annotated[str, Label(" ")]) -> None: ...


def optional_without_default(room: str | None) -> None: ...


def required_last(room: str = "S1", *, time: str) -> None: ...


def two_messages(a: Message, message: Message) -> None: ...


def unknown_type(room: Decimal) -> None: ...


def unreadable_type(room: "1 +") -> None: ...  # type: ignore[valid-type]  # noqa: F722


def yielding() -> Iterator[str]:
    yield "a"


async def yielding_later() -> AsyncIterator[str]:
    yield "a"


def many(
    a: str, b: str, c: str, d: str, e: str, f: str, g: str, h: str, i: str, j: str, k: str, l: str, m: str,  # noqa: E741
    n: str, o: str, p: str, q: str, r: str, s: str, t: str, u: str,
) -> None: ...  # fmt: skip


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (untyped, "the parameter room has no type hint"),
        (star, "the parameter rooms must be an ordinary one"),
        (keywords, "the parameter rooms must be an ordinary one"),
        (positional, "the parameter room must be an ordinary one"),
        (of_no_type, "the parameter room has the type datetime, which no token has"),
        (of_a_list, "the parameter room has the type list"),
        (of_two_types, "the parameter room has the type"),
        (of_numbers, "the parameter room has the value 1, which is no text"),
        (of_blank_values, "the parameter room has the value ' '"),
        (of_like_values, "values 'S 1' and 's1', which members could not tell apart"),
        (with_a_blank_label, "the parameter room has a label of 1 letters"),
        (optional_without_default, "the parameter room may be None but has no default"),
        (required_last, "the parameter time has no default but stands behind room"),
        (two_messages, "the parameter message takes the message, and so does a"),
        (unknown_type, "its type hints name Decimal, which is not known"),
        (unreadable_type, "its type hints cannot be read"),
        (yielding, "yields, but a message has one reply"),
        (yielding_later, "yields, but a message has one reply"),
        (many, "has 21 parameters"),
    ],
)
def test_a_signature_that_cannot_work_names_function_and_parameter(function: Any, said: str) -> None:
    with pytest.raises(DeclarationError, match=said) as raised:
        Bot().command("/시험")(function)
    assert str(raised.value).startswith(f"{function.__name__}()")


def test_long_things_are_refused() -> None:
    def with_a_long_docstring() -> None: ...

    with_a_long_docstring.__doc__ = "가" * 501
    with pytest.raises(DeclarationError, match="docstring"):
        Bot().command("/시험")(with_a_long_docstring)

    names: dict[str, Any] = {}
    exec(f"def handler({'a' * 65}: str): ...", names)
    with pytest.raises(DeclarationError, match="a name of 65 letters"):
        Bot().command("/시험")(names["handler"])

    def handler(room): ...  # type: ignore[no-untyped-def]

    handler.__annotations__ = {"room": Literal[tuple(str(number) for number in range(201))]}
    with pytest.raises(DeclarationError, match="201 values; 200 are the most"):
        Bot().command("/시험")(handler)


@pytest.mark.parametrize("thing", [3, int, "text"])
def test_what_is_no_function_is_told(thing: Any) -> None:
    with pytest.raises(DeclarationError, match="is no function"):
        Bot().command("/시험")(thing)


def test_one_name_has_one_function() -> None:
    bot = Bot()

    @bot.command("/시험")
    def first() -> str:
        return "a"

    with pytest.raises(DeclarationError, match=r"second\(\): .*first\(\) answers /시험 already"):

        @bot.command("/시험")
        def second() -> str:
            return "b"

    assert len(commands_of(bot)) == 1


def test_a_bot_has_at_most_a_hundred_commands() -> None:
    bot = Bot()
    for number in range(100):
        bot.command(f"/c{number}")(lambda: "a")
    with pytest.raises(DeclarationError, match="at most 100 commands"):
        bot.command("/c100")(lambda: "a")

"""Names of commands, as the server takes them."""

from __future__ import annotations

import unicodedata

import pytest

from hiworker import DeclarationError
from hiworker._core.declaring.command_name import command_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("/예약", "/예약"),
        ("  /예약\u3000회의실  지금 ", "/예약 회의실 지금"),
        (unicodedata.normalize("NFD", "/예약 회의실"), "/예약 회의실"),
        ("/book-room_2", "/book-room_2"),
        ("/" + "가" * 32, "/" + "가" * 32),
    ],
)
def test_names_are_normalized(text: str, name: str) -> None:
    assert command_name(text, "f()") == name


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "must start with a slash"),
        ("예약", "must start with a slash"),
        ("/a b c d", "has 4 words"),
        ("/", "must have 1 to 32 letters"),
        ("/ 예약", "must have 1 to 32 letters"),
        ("/" + "a" * 33, "must have 1 to 32 letters"),
        ("/a!", "letters, digits, '-' and '_' only"),
        ("/a /b", "letters, digits, '-' and '_' only"),
        ("/\u0301a", "letters, digits, '-' and '_' only"),
        ("/HELP", "answered by hiworker itself"),
        ("/도움 말", "answered by hiworker itself"),
    ],
)
def test_other_names_are_refused_with_the_functions_name(text: str, said: str) -> None:
    with pytest.raises(DeclarationError, match=said) as raised:
        command_name(text, "reserve()")
    assert str(raised.value).startswith("reserve(): ")


def test_a_decorator_without_a_name_is_told() -> None:
    with pytest.raises(DeclarationError, match=r"bot.command needs a name"):
        command_name(len, "reserve()")  # type: ignore[arg-type]

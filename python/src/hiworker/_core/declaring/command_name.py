"""Names of commands."""

from __future__ import annotations

import unicodedata

from ..._errors import DeclarationError

_LONGEST_WORD = 32
_MOST_WORDS = 3
# First words that the relay answers itself.
_RESERVED = frozenset({"/도움", "/help"})


def command_name(text: str, owner: str) -> str:
    """The name in normalization form C with one space between words.

    ``owner`` names the function in errors. Raises ``DeclarationError`` for what the server would not take.
    """
    if not isinstance(text, str):
        raise DeclarationError(f"{owner}: bot.command needs a name, as in @bot.command('/예약 회의실').")
    words = unicodedata.normalize("NFC", text).split()
    name = " ".join(words)
    if not name.startswith("/"):
        raise DeclarationError(f"{owner}: the command {name!r} must start with a slash, as '/예약 회의실' does.")
    if len(words) > _MOST_WORDS:
        raise DeclarationError(f"{owner}: the command {name!r} has {len(words)} words; three are the most.")
    for word in (words[0][1:], *words[1:]):
        if not word or len(word) > _LONGEST_WORD:
            raise DeclarationError(
                f"{owner}: the words of the command {name!r} must have 1 to {_LONGEST_WORD} letters."
            )
        if not all(map(_may_stand_in_a_word, word)) or _is_mark(word[0]):
            raise DeclarationError(f"{owner}: the command {name!r} may hold letters, digits, '-' and '_' only.")
    if words[0].lower() in _RESERVED:
        raise DeclarationError(f"{owner}: {words[0]} is answered by hiworker itself. Name the command otherwise.")
    return name


def _may_stand_in_a_word(character: str) -> bool:
    return character in "-_" or unicodedata.category(character)[0] in "LMN"


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"

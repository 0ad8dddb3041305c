"""Finds the command that a text begins with: the longest declared name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .declaration import MOST_WORDS, RESERVED, Command
from .nearest import nearest
from .sentences import HELP, SEND_HELP, UNKNOWN_COMMAND
from .text.composition import composed
from .text.plain_form import folded
from .text.shortening import excerpt, listing
from .text.typed_text import Quoting, TypedText
from .unreadable import Issue, Unreadable
from .wording import language_of

_MOST_LISTED = 10
"""The most commands that the sentence about an unknown one lists."""
_FURTHER_WORD = re.compile("[0-9A-Za-z_\\-\u0080-\U0010ffff]*")
"""What may be a word of a name behind the first, as far as a sentence about an unknown command shows it."""


def find_command(text: TypedText, commands: Sequence[Command]) -> tuple[Command, int]:
    """The command and the first word behind it.

    A bot named before it, ``@예약봇 /예약 목록``, is passed over: all of the commands are of one bot.

    Raises ``Unreadable`` with the code ``unknown_command``.
    """
    first = _first_word(text)
    if first is None:
        issue = Issue(None, "no_slash")
        raise Unreadable("unknown_command", issue.detail(language_of(text.typed)), issues=(issue,))
    named = {composed(command.name): command for command in commands}
    reach = _reach(text, first)
    for words in range(reach, 0, -1):
        phrase = text.phrase(first, first + words)
        # A name may hold full-width letters: then it is found as typed, not in its plain form.
        if command := named.get(phrase.plain) or named.get(phrase.typed):
            return command, first + words
    raise _unknown(text, first, reach, list(named))


def _first_word(text: TypedText) -> int | None:
    """The first word of the command; None when no word begins with a slash where one should."""
    if _begins(text, 0, "/"):
        return 0
    if not _begins(text, 0, "@"):
        return None
    return next((word for word in range(1, len(text.words)) if _begins(text, word, "/")), None)


def _begins(text: TypedText, word: int, with_sign: str) -> bool:
    if word >= len(text.words) or text.words[word].quoting is not Quoting.NONE:
        return False
    return text.words[word].plain.startswith(with_sign)


def _reach(text: TypedText, first: int) -> int:
    """How many words from this one on may be the name of a command: further ones without sign or punctuation."""
    reach = 1
    while reach < text.reach(first, MOST_WORDS) and _FURTHER_WORD.fullmatch(text.words[first + reach].plain):
        reach += 1
    return reach


def _unknown(text: TypedText, first: int, reach: int, names: list[str]) -> Unreadable:
    language = language_of(text.typed)
    word = text.words[first].plain
    if folded(word) in RESERVED:
        arguments = {"text": word, "commands": listing(names, _MOST_LISTED)}
        return Unreadable("unknown_command", HELP.text(language, arguments))
    typed = {"text": excerpt(text.phrase(first, first + reach).plain)}
    beginning = UNKNOWN_COMMAND.text(language, typed)
    suggestions = nearest(text, first, names)
    if not suggestions:
        return Unreadable("unknown_command", f"{beginning} {SEND_HELP.text(language, {})}")
    issue = Issue(None, "similar_commands", {"commands": ", ".join(suggestions)})
    detail = f"{beginning} {issue.detail(language)}"
    return Unreadable("unknown_command", detail, issues=(issue,), suggestions=suggestions)

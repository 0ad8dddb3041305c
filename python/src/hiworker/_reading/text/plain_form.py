"""What the characters of a text count as when a command or a value is read from it.

Phones and word processors replace what people type: quotes become typographic, a Korean or Japanese keyboard in wide
mode writes ``／`` and ``１０：００``, a copied line brings no-break spaces and invisible marks along. All of these read
like the ASCII character that was meant. A ``text`` value is delivered as typed and is never rewritten.
"""

from __future__ import annotations

from .composition import composed


def _characters(*codes: int | range) -> str:
    return "".join(chr(code) for part in codes for code in ([part] if isinstance(part, int) else part))


BLANKS = _characters(
    range(0x09, 0x0E), 0x20, 0x85, 0xA0, 0x1680, range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000
)
"""White space: ends a word."""

INVISIBLES = _characters(0xAD, 0x200B, 0x200E, 0x200F, range(0x202A, 0x202F), 0x2060, range(0x2066, 0x206A), 0xFEFF)
"""Count as if they were not there: soft hyphen, zero-width space, direction marks, word joiner, byte order mark.

The zero-width joiners are not among them: they are part of words in some scripts and of emoji.
"""

DOUBLE_QUOTES = _characters(0x22, 0xAB, 0xBB, range(0x201C, 0x2020), 0xFF02)
SINGLE_QUOTES = _characters(0x27, range(0x2018, 0x201C), 0xFF07)

_PLAIN = str.maketrans(
    {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}  # full-width ASCII, ／ and ～ among it
    | dict.fromkeys(map(ord, _characters(range(0x2010, 0x2016), 0x2212)), "-")  # hyphens, dashes, minus
    | dict.fromkeys(map(ord, "\u223c\u301c"), "~")
    | dict.fromkeys(map(ord, DOUBLE_QUOTES), '"')
    | dict.fromkeys(map(ord, SINGLE_QUOTES), "'")
    | dict.fromkeys(map(ord, BLANKS), " ")
    | dict.fromkeys(map(ord, INVISIBLES), "")
)


def plain(text: str) -> str:
    """The plain form of a composed text."""
    return text.translate(_PLAIN)


def folded(text: str) -> str:
    """The form in which two spellings of one value are equal: composed, plain, small letters, no white space.

    ``대회의실`` and ``대 회의실`` fold alike, and so do ``S1``, ``s 1`` and ``Ｓ１``.
    """
    # Letter by letter, so that the same letter folds alike wherever it stands: str.lower() knows the Greek final sigma.
    return "".join(letter.lower() for letter in plain(composed(text)) if letter != " ")

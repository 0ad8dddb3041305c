"""One sentence in each language, with ``{placeholders}`` for values.

``{name}`` is the value as it is; ``{name:을/를}`` is no value, only the Korean particle that fits it, so that
``'{name}'{name:을/를}`` reads well for any value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["korean", "english"]

_PLACEHOLDER = re.compile(r"\{(\w+)(?::([^/}]+)/([^}]+))?\}")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_DIGITS_WITH_FINAL = "013678"
"""영 일 삼 육 칠 팔 end in a consonant; 이 사 오 구 do not."""
_RIEUL = 8
"""The number of ㄹ among the final consonants of a syllable; 0 is none."""


@dataclass(frozen=True)
class Wording:
    korean: str
    english: str

    def text(self, language: Language, arguments: Mapping[str, str]) -> str:
        def fill(match: re.Match[str]) -> str:
            name, with_final, without = match.groups()
            return particle(arguments[name], with_final, without) if with_final else arguments[name]

        return _PLACEHOLDER.sub(fill, self.korean if language == "korean" else self.english)


def language_of(text: str) -> Language:
    """Korean when there is Hangul in a text, composed or not."""
    return "korean" if _HANGUL.search(text) else "english"


def particle(word: str, with_final: str, without: str) -> str:
    """The form of a particle that fits the last sound of a word; both, ``을(를)``, when that hangs on who reads it.

    ``으로/로`` counts a final ㄹ as none: 서울로.
    """
    ignores_rieul = with_final == "으로"
    last = next((letter for letter in reversed(word) if letter.isalpha() or letter in "0123456789"), "")
    if "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
        return without if final == 0 or (ignores_rieul and final == _RIEUL) else with_final
    if last and last in "0123456789":
        has_final = last in _DIGITS_WITH_FINAL and not (ignores_rieul and last in "178")
        return with_final if has_final else without
    return f"{with_final}({without})"

"""``member``: ``@김철수``, ``김철수``, and where two have one name the id, ``@mem_…``.

The relay knows e-mail addresses too and takes ``@kim@example.com``; a bot is told only ids and names.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..text.composition import composed
from ..text.shortening import listing
from ..text.typed_text import Phrase
from .value_reader import PhraseReader, Value, Wrong

_MOST_LISTED = 5
"""The most members of one name that the sentence about them lists."""


class MemberReader(PhraseReader):
    # A name may have many words; these are enough for the longest.
    most_words = 8
    unlike = "unknown_member"

    def __init__(self, members: Iterable[tuple[str, str]]) -> None:
        """Takes ids and names."""
        self._named: dict[str, list[dict[str, str]]] = {}
        self._by_id: dict[str, dict[str, str]] = {}
        for member_id, name in members:
            self._by_id[member_id] = {"id": member_id, "name": name}
            self._named.setdefault(composed(name), []).append(self._by_id[member_id])

    def read(self, phrase: Phrase) -> Value | Wrong | None:
        # A name may hold full-width letters: then it is found as typed, not in its plain form.
        for typed in dict.fromkeys((phrase.typed, phrase.plain)):
            name = typed[1:] if typed.startswith(("@", "＠")) else typed
            found = self._named.get(name, [])
            if not found and len(phrase.words) == 1 and name in self._by_id:
                found = [self._by_id[name]]
            if len(found) == 1:
                return Value(found[0])
            if found:
                return Wrong(
                    "ambiguous_member", {"members": listing([f"@{each['id']}" for each in found], _MOST_LISTED)}
                )
        return None

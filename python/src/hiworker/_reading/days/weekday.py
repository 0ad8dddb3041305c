"""The names of the days of the week."""

from __future__ import annotations

SYLLABLES = "월화수목금토일"
"""The first of each Korean name, Monday first: the place of a syllable is what ``date.weekday()`` gives for its day."""

ENGLISH = (
    ("monday", "mon"),
    ("tuesday", "tues", "tue"),
    ("wednesday", "wed"),
    ("thursday", "thurs", "thur", "thu"),
    ("friday", "fri"),
    ("saturday", "sat"),
    ("sunday", "sun"),
)
"""Lower case, the longest of each day first."""

NAMES = {f"{syllable}요일": day for day, syllable in enumerate(SYLLABLES)} | {
    name: day for day, names in enumerate(ENGLISH) for name in names
}
"""Both languages, 0 for Monday to 6 for Sunday."""

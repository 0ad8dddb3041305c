"""A text that is not read, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .sentences import REASONS
from .wording import Language


@dataclass(frozen=True)
class Issue:
    """One thing that is wrong with one token."""

    token: str | None
    """Its key; None for what belongs to none, such as a surplus word."""
    code: str
    arguments: Mapping[str, str] = field(default_factory=dict)

    def detail(self, language: Language) -> str:
        return REASONS[self.code].text(language, self.arguments)


class Unreadable(Exception):  # noqa: N818
    """Raised for a text that is no command with its tokens."""

    def __init__(
        self,
        code: str,
        detail: str,
        usage: str | None = None,
        *,
        command: str | None = None,
        issues: tuple[Issue, ...] = (),
        suggestions: tuple[str, ...] = (),
    ) -> None:
        super().__init__(detail)
        self.code = code
        """``unknown_command`` or ``invalid_tokens``."""
        self.detail = detail
        """What is wrong and what to do, in the language of the text."""
        self.usage = usage
        """How the command is written; None when it is not known."""
        self.command = command
        self.issues = issues
        self.suggestions = suggestions
        """The commands that may have been meant."""

"""What is wrong with words that do not fit a command's tokens."""

from __future__ import annotations

from .text.shortening import excerpt
from .token_matcher import TokenMatcher
from .unreadable import Issue


def token_issues(matcher: TokenMatcher, first: int) -> list[Issue]:
    """At least one issue, of the words from this one on.

    Each token takes its longest reading, or, when it has none or more words look like a value that is wrong, as in
    ``11월 24일 수요일`` of a Tuesday, those words: so one wrong value does not make the others wrong. Words left over
    are named only when nothing else is wrong: behind a wrong value they mostly belong to it.
    """
    text, word = matcher.text, first
    issues: list[Issue] = []
    for token, reader in zip(matcher.tokens, matcher.readers, strict=True):
        missing = Issue(token.key, "missing_token", {"label": token.label})
        if word == len(text.words):
            issues += [missing] if token.required else []
            continue
        if text.is_unclosed(word):
            return [*issues, _unclosed_quote(matcher, token.key, word)]
        reading, fault = next(reader.readings(text, word), None), reader.fault(text, word)
        if reading and reading.words >= fault.words:
            word += reading.words
            continue
        issues.append(Issue(token.key, fault.reason, fault.arguments) if text.words[word].typed else missing)
        word += fault.words
    if issues:
        return issues
    if text.is_unclosed(word):
        return [_unclosed_quote(matcher, None, word)]
    return [Issue(None, "surplus_words", {"value": excerpt(text.rest(word))})]


def _unclosed_quote(matcher: TokenMatcher, key: str | None, word: int) -> Issue:
    return Issue(key, "unclosed_quote", {"value": matcher.text.phrase(word, word + 1).excerpt})

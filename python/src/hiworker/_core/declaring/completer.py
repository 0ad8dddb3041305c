"""A function that tells which values of a token fit now."""

from __future__ import annotations

import inspect
import unicodedata
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, TypeAlias

from ..._errors import DeclarationError
from .signature import Signature, name_of
from .token import Token

Completion: TypeAlias = Callable[..., "Iterable[str] | Awaitable[Iterable[str]]"]

# As many as the server takes for one token.
MOST_VALUES = 200


class Completer:
    """The function of ``@reserve.complete("room")``, which may take tokens by their names."""

    def __init__(self, function: Completion, token: Token, signature: Signature) -> None:
        """Raises ``DeclarationError`` for a parameter that is no other token of the command."""
        self.function = function
        self.token = token
        self.name = name_of(function)
        self.is_async = inspect.iscoroutinefunction(function)
        self._converters: dict[str, Callable[[Any], Any]] = {}
        self._defaults: dict[str, Any] = {}
        tokens = {each.key: each for each in signature.tokens}
        for parameter in inspect.signature(function).parameters.values():
            named = parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
            if not named or parameter.name not in tokens or parameter.name == token.key:
                others = ", ".join(key for key in tokens if key != token.key) or "none"
                raise DeclarationError(
                    f"{self.name}: the parameter {parameter.name} is no other token of the command. "
                    f"It may take: {others}."
                )
            self._converters[parameter.name] = tokens[parameter.name].convert
            self._defaults[parameter.name] = None if parameter.default is parameter.empty else parameter.default

    def arguments(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The tokens typed so far; None, or the parameter's default, for what is missing or not yet whole."""
        arguments = dict(self._defaults)
        for key, convert in self._converters.items():
            if values.get(key) is not None:
                try:
                    arguments[key] = convert(values[key])
                except (ValueError, TypeError, KeyError, OverflowError):
                    continue
        return arguments

    def values(self, result: Iterable[str]) -> list[str]:
        """What the function returned, as the wire has it. Raises ``ValueError`` for what is no value of a choice."""
        return fitting_values(result, self.token, self.name)


def fitting_values(values: Iterable[str], token: Token, owner: str) -> list[str]:
    """At most 200 values in normalization form C. Raises ``ValueError`` for what is no value of a choice."""
    if isinstance(values, str):
        raise ValueError(f"{owner} gave the text {values!r} in place of a list of texts.")
    texts = []
    for value in values:
        if not isinstance(value, str):
            raise ValueError(f"{owner} gave {value!r}, which is no text.")
        texts.append(unicodedata.normalize("NFC", value))
    for text in texts:
        if token.type == "choice" and text not in token.values:
            raise ValueError(
                f"{owner} gave {text!r}, which is none of {token.key}'s values: {', '.join(token.values)}."
            )
    return texts[:MOST_VALUES]

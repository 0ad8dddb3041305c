"""From a function's parameters to a command's tokens."""

from __future__ import annotations

import inspect
import typing
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..._errors import DeclarationError
from ..answering.message import Message
from .hints import read_hint
from .token import Token

_MOST_TOKENS = 20
_LONGEST_KEY = 64
_LONGEST_DESCRIPTION = 500


class UnfitValueError(Exception):
    """A value of the wire that the handler's parameter cannot take, such as 2.5 for an ``int``."""

    def __init__(self, token: Token, value: Any) -> None:
        super().__init__(f"{token.key} cannot be {value!r}")
        self.token = token
        self.value = value


@dataclass(frozen=True)
class Signature:
    """What a handler takes."""

    tokens: tuple[Token, ...]
    message: str | None
    """The parameter that takes the message, if there is one."""

    def arguments(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The handler's arguments; what the member left out is left to its default. Raises ``UnfitValueError``."""
        arguments = {}
        for token in self.tokens:
            value = values.get(token.key)
            if value is None:
                if token.required:
                    raise UnfitValueError(token, None)
                continue
            try:
                arguments[token.key] = token.convert(value)
            except (ValueError, TypeError, KeyError, OverflowError):
                raise UnfitValueError(token, value) from None
        return arguments


def read_signature(function: Callable[..., Any]) -> Signature:
    """Raises ``DeclarationError`` that names the function and the parameter."""
    owner = name_of(function)
    hints = _hints(function, owner)
    tokens: list[Token] = []
    message: str | None = None
    for parameter in inspect.signature(function).parameters.values():
        place = f"{owner}: the parameter {parameter.name}"
        hint = hints.get(parameter.name)
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD, parameter.POSITIONAL_ONLY):
            raise DeclarationError(f"{place} must be an ordinary one, passed by its name: no *, ** or / in a handler.")
        if hint is Message or (hint is None and parameter.name == "message"):
            if message is not None:
                raise DeclarationError(f"{place} takes the message, and so does {message}. One is enough.")
            message = parameter.name
        elif hint is None:
            raise DeclarationError(
                f"{place} has no type hint. Write what members type there, as in {parameter.name}: str."
            )
        else:
            tokens.append(_token(parameter, hint, place))
            if len(tokens) > 1 and tokens[-1].required and not tokens[-2].required:
                raise DeclarationError(
                    f"{place} has no default but stands behind {tokens[-2].key}, which has one. "
                    "Parameters that members may leave out stand last."
                )
    if len(tokens) > _MOST_TOKENS:
        raise DeclarationError(f"{owner} has {len(tokens)} parameters; a command has at most {_MOST_TOKENS}.")
    return Signature(tuple(tokens), message)


def name_of(function: Callable[..., Any]) -> str:
    """How errors and the log call it: ``reserve()``."""
    return f"{getattr(function, '__qualname__', type(function).__qualname__)}()"


def description_of(function: Callable[..., Any]) -> str | None:
    """The first paragraph of the docstring, in one line."""
    paragraph, _, _ = (inspect.getdoc(function) or "").partition("\n\n")
    text = unicodedata.normalize("NFC", " ".join(paragraph.split()))
    if len(text) > _LONGEST_DESCRIPTION:
        raise DeclarationError(
            f"{name_of(function)}: the first paragraph of the docstring, which members see, has {len(text)} letters; "
            f"{_LONGEST_DESCRIPTION} are the most. Put the rest behind an empty line."
        )
    return text or None


def _hints(function: Callable[..., Any], owner: str) -> dict[str, Any]:
    try:
        return typing.get_type_hints(function, include_extras=True)
    except NameError as error:
        raise DeclarationError(
            f"{owner}: its type hints name {error.name}, which is not known when the program runs. Import or define it "
            "at the top of the file, outside of functions and of TYPE_CHECKING."
        ) from None
    except (TypeError, SyntaxError) as error:
        raise DeclarationError(f"{owner}: its type hints cannot be read: {error}") from None


def _token(parameter: inspect.Parameter, annotation: Any, place: str) -> Token:
    hint = read_hint(annotation, place)
    if len(parameter.name) > _LONGEST_KEY:
        raise DeclarationError(f"{place} has a name of {len(parameter.name)} letters; {_LONGEST_KEY} are the most.")
    required = parameter.default is parameter.empty
    if required and hint.allows_none:
        raise DeclarationError(f"{place} may be None but has no default. Add ‘= None’, or take None out of its type.")
    return Token(parameter.name, hint.label or parameter.name, hint.type, hint.convert, hint.values, required)

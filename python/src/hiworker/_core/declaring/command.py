"""A function and the command that it answers."""

from __future__ import annotations

import functools
import inspect
import unicodedata
from collections.abc import Callable
from typing import Any, Generic, ParamSpec, TypeVar, cast

from ..._errors import DeclarationError
from .command_name import command_name
from .completer import Completer, Completion
from .signature import description_of, name_of, read_signature
from .token import Token

P = ParamSpec("P")
R = TypeVar("R")
CompletionFunction = TypeVar("CompletionFunction", bound=Completion)


class Command(Generic[P, R]):
    """What ``@bot.command`` makes of a function: still to be called like it, and with completions."""

    def __init__(self, name: str, function: Callable[P, R]) -> None:
        """Raises ``DeclarationError`` for a name or a signature that cannot be a command's."""
        # Under two decorators a function answers two commands, and its completions serve both.
        inner = function if isinstance(function, Command) else None
        self.function: Callable[P, R] = function if inner is None else inner.function
        self.completers: dict[str, Completer] = {} if inner is None else inner.completers
        if not callable(self.function) or inspect.isclass(self.function):
            raise DeclarationError(f"@bot.command({name!r}) stands above {self.function!r}, which is no function.")
        self.owner = name_of(self.function)
        self.name = command_name(name, self.owner)
        if inspect.isgeneratorfunction(self.function) or inspect.isasyncgenfunction(self.function):
            raise DeclarationError(
                f"{self.owner} yields, but a message has one reply: return it. For texts on the way there is "
                "message.progress()."
            )
        # Whether it is called in the event loop. Another is called in a thread; when what it returns has to be awaited,
        # as from a plain wrapper around an ``async`` function, then that is done in the loop all the same.
        self.is_async = inspect.iscoroutinefunction(self.function)
        self.signature = read_signature(self.function)
        self.description = description_of(self.function)
        functools.update_wrapper(cast(Any, self), cast(Any, self.function))

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Calls the function itself, as a test of it would."""
        return self.function(*args, **kwargs)

    def __repr__(self) -> str:
        return f"<Command {self.name!r}: {self.owner}>"

    def complete(self, token: str) -> Callable[[CompletionFunction], CompletionFunction]:
        """Decorates a function that returns the values of a token that fit now.

        It may take other tokens by their names: those typed so far, None (or the parameter's default) for the rest. It
        has 300 ms. When it fails or takes longer, the values of the last ``bot.available`` serve, else the declared.
        """
        target = self.token(token)

        def register(function: CompletionFunction) -> CompletionFunction:
            if (first := self.completers.get(target.key)) is not None:
                raise DeclarationError(
                    f"{name_of(function)}: {first.name} completes {target.key} of {self.name} already."
                )
            self.completers[target.key] = Completer(function, target, self.signature)
            return function

        return register

    def token(self, key: str) -> Token:
        """Raises ``DeclarationError`` when there is none of this name."""
        # Python composes the Hangul of parameters' names, but not that of texts.
        composed = unicodedata.normalize("NFKC", key)
        for token in self.signature.tokens:
            if token.key == composed:
                return token
        keys = ", ".join(token.key for token in self.signature.tokens) or "none"
        raise DeclarationError(f"{self.name} has no token {key!r}. Its tokens: {keys}.")

    @property
    def declaration(self) -> dict[str, Any]:
        """As the wire has it."""
        description = {"description": self.description} if self.description else {}
        tokens = [token.declaration for token in self.signature.tokens]
        return {"name": self.name, **description, "tokens": tokens}

"""Finding the bot in a Python file."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

from .._bot import Bot, handed_over
from .._errors import ConfigurationError


def load_bot(path: Path) -> Bot:
    """Runs the file like a script, but for ``bot.run()``, and returns its bot. Raises ``ConfigurationError``."""
    try:
        code = compile(path.read_bytes(), str(path), "exec")
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}. Name the bot's Python file.") from None
    module = ModuleType("__main__")
    module.__file__ = str(path)
    # What `python bot.py` does: the file's neighbours can be imported, and the file is the main module.
    sys.path.insert(0, str(path.parent.resolve()))
    sys.modules["__main__"] = module
    run: list[Bot] = []
    token = handed_over.set(run)
    try:
        exec(code, module.__dict__)
    except SystemExit:
        # A file may end with sys.exit(main()).
        pass
    finally:
        handed_over.reset(token)
    bots = {id(bot): bot for bot in run or vars(module).values() if isinstance(bot, Bot)}
    if len(bots) != 1:
        found = "no bot" if not bots else f"{len(bots)} bots"
        raise ConfigurationError(f"{path} has {found} at its top level. It needs one: bot = Bot().")
    return next(iter(bots.values()))

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
        code = compile(path.read_bytes(), str(path), "exec", dont_inherit=True)
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}. Name the bot's Python file.") from None
    module = ModuleType("__main__")
    module.__file__ = str(path)
    # What `python bot.py` does: the file's neighbours can be imported, and the file is the main module.
    folder = path.parent.resolve()
    sys.path.insert(0, str(folder))
    if package := _package(folder):
        # And what `python -m package.bot` does: it can import them with a dot too.
        module.__package__ = package
        sys.path.insert(0, str(folder.parents[package.count(".")]))
    sys.modules["__main__"] = module
    sys.argv = [str(path)]
    run: list[Bot] = []
    token = handed_over.set(run)
    said: object = None
    try:
        exec(code, module.__dict__)
    except SystemExit as end:
        # A file may end with sys.exit(main()).
        said = end.code
    finally:
        handed_over.reset(token)
    bots = {id(bot): bot for bot in run or vars(module).values() if isinstance(bot, Bot)}
    if not bots and isinstance(said, str):
        raise ConfigurationError(said)
    if len(bots) != 1:
        found = "no bot" if not bots else f"{len(bots)} bots"
        raise ConfigurationError(
            f"{path} has {found} at its top level and runs none. It needs one, bot = Bot(); or name the file that runs "
            "the bot."
        )
    return next(iter(bots.values()))


def _package(folder: Path) -> str:
    """The dotted name of the package that a folder is; empty when it is none."""
    names: list[str] = []
    while (folder / "__init__.py").is_file() and folder.name.isidentifier():
        names.insert(0, folder.name)
        folder = folder.parent
    return ".".join(names)

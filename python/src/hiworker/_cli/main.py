"""The command line: arguments in, exit status out."""

from __future__ import annotations

import argparse
import logging
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from .._bot import commands_of
from .._errors import HiworkerError
from .._reading.declaration import Command
from .._reading.usage import usage
from .._version import __version__
from .bot_file import load_bot
from .reloading import Reloader
from .trying import try_text


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    try:
        return int(options.does(options))
    except HiworkerError as error:
        sys.stderr.write(f"{error}\n")
    except KeyboardInterrupt:
        return 130
    except Exception:  # noqa: BLE001 (the bot's file and its handlers are somebody else's code)
        traceback.print_exc()
    return 1


def _try(options: argparse.Namespace) -> int:
    bot = load_bot(options.file)
    answered = try_text(
        bot, options.text, name=options.name, others=options.member, timezone=options.timezone, to=sys.stdout
    )
    return 0 if answered else 1


def _run(options: argparse.Namespace) -> int:
    if options.reload:
        return Reloader(options.file).run()
    load_bot(options.file).run()
    return 0


def _check(options: argparse.Namespace) -> int:
    for command in commands_of(load_bot(options.file)):
        sys.stdout.write(f"{usage(Command.from_wire(command.declaration))}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m hiworker", description="Try and run a bot's Python file.")
    parser.add_argument("--version", action="version", version=f"hiworker {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    tries = _command(commands, "try", _try, "answer a text in the terminal, without a server")
    tries.add_argument("text", help="what a member would send: '/예약 회의실 10:00~11:00'")
    tries.add_argument("--name", default="김지은", help="who sends it (%(default)s)")
    tries.add_argument("--member", action="append", default=[], metavar="NAME", help="a colleague; may be repeated")
    tries.add_argument("--timezone", default="Asia/Seoul", help="the company's (%(default)s)")
    runs = _command(commands, "run", _run, "run the bot, as python FILE does")
    runs.add_argument("--reload", action="store_true", help="start anew when a Python file beside it changes")
    _command(commands, "check", _check, "list the commands as members type them")
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    does: Callable[[argparse.Namespace], int],
    help_text: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help_text)
    command.add_argument("file", type=Path, help="the bot's Python file")
    command.set_defaults(does=does)
    return command

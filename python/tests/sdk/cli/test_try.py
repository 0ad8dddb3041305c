"""``python -m hiworker try``, as a process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import hiworker

BOT = """
from __future__ import annotations

from typing import Literal

import hiworker
from neighbour import suffix

bot = hiworker.Bot()


@bot.command("/예약 회의실")
def reserve(time: hiworker.TimeRange, room: Literal["S1", "S2"] = "S1") -> str:
    return f"{room} {time} {suffix}"


@bot.command("/누구")
async def who(message: hiworker.Message, other: hiworker.Member | None = None) -> str:
    await message.progress("찾는 중")
    return f"{message.member} {other}"


@bot.command("/나눠")
def divide() -> str:
    return str(1 / 0)


bot.run()
"""


@pytest.fixture
def bot(tmp_path: Path) -> Path:
    (tmp_path / "neighbour.py").write_text('suffix = "예약했습니다"\n', encoding="utf-8")
    file = tmp_path / "bot.py"
    file.write_text(BOT, encoding="utf-8")
    return file


def environment(**variables: str) -> dict[str, str]:
    source = str(Path(hiworker.__file__).parents[1])
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("HIWORKER_")}
    return inherited | {"PYTHONPATH": source, "PYTHONIOENCODING": "utf-8"} | variables


def hiworker_command(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "hiworker", *map(str, arguments)],
        env=environment(**variables),
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=False,
    )


def test_a_text_is_answered_in_the_terminal(bot: Path) -> None:
    done = hiworker_command("try", bot, "/예약 회의실 10:00~11:00")
    assert (done.returncode, done.stdout, done.stderr) == (0, "S1 10:00~11:00 예약했습니다\n", "")


def test_sender_and_colleagues_may_be_named(bot: Path) -> None:
    done = hiworker_command("try", bot, "/누구 @나", "--name", "가", "--member", "나", "--timezone", "UTC")
    assert (done.returncode, done.stdout, done.stderr) == (0, "가 나\n", "… 찾는 중\n")


def test_a_text_that_does_not_fit_shows_the_usage(bot: Path) -> None:
    done = hiworker_command("try", bot, "/예약 회의실 10:00")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "/예약 회의실 <time> [room: S1 | S2]" in done.stderr


def test_a_failing_handler_shows_its_traceback(bot: Path) -> None:
    done = hiworker_command("try", bot, "/나눠")
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr


def test_a_wrong_time_zone_is_told(bot: Path) -> None:
    done = hiworker_command("try", bot, "/나눠", "--timezone", "Asia/Nowhere")
    assert (done.returncode, done.stderr) == (1, "There is no time zone 'Asia/Nowhere'. Name one like Asia/Seoul.\n")


def test_the_commands_are_listed(bot: Path) -> None:
    done = hiworker_command("check", bot)
    assert done.stdout.splitlines() == ["/예약 회의실 <time> [room: S1 | S2]", "/누구 [other]", "/나눠"]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("", "has no bot at its top level"),
        ("from hiworker import Bot\na, b = Bot(), Bot()", "has 2 bots at its top level"),
        ("from hiworker import Bot\nbot = Bot()\n@bot.command('예약')\ndef f(): ...", "must start with a slash"),
    ],
)
def test_a_file_without_one_good_bot_is_told(tmp_path: Path, source: str, said: str) -> None:
    file = tmp_path / "bot.py"
    file.write_text(source, encoding="utf-8")
    done = hiworker_command("try", file, "/예약")
    assert done.returncode == 1
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_bot_that_is_made_in_a_function_is_found_when_it_runs(tmp_path: Path) -> None:
    file = tmp_path / "bot.py"
    file.write_text(
        "import sys\nfrom hiworker import Bot\ndef main():\n    bot = Bot()\n    bot.command('/a')(lambda: 'A')\n"
        "    bot.run()\nif __name__ == '__main__':\n    sys.exit(main())\n",
        encoding="utf-8",
    )
    assert hiworker_command("try", file, "/a").stdout == "A\n"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    done = hiworker_command("try", tmp_path / "none.py", "/a")
    assert done.returncode == 1
    assert "cannot be read: No such file or directory" in done.stderr


def test_a_file_is_not_read_by_the_rules_of_another(tmp_path: Path) -> None:
    file = tmp_path / "bot.py"
    # With postponed evaluation, which this file does not ask for, the local name would not be found.
    file.write_text(
        "from typing import Literal\nfrom hiworker import Bot\ndef make():\n    bot = Bot()\n    Room = Literal['S1']\n"
        "    @bot.command('/a')\n    def a(room: Room): return room\n    return bot\nbot = make()\n",
        encoding="utf-8",
    )
    done = hiworker_command("try", file, "/a S1")
    assert (done.stdout, done.stderr) == ("S1\n", "")


def test_a_file_of_a_package_imports_its_neighbours_with_a_dot(tmp_path: Path) -> None:
    package = tmp_path / "bots" / "rooms"
    package.mkdir(parents=True)
    for folder in (package, package.parent):
        (folder / "__init__.py").touch()
    (package / "words.py").write_text("greeting = '안녕'\n", encoding="utf-8")
    (package.parent / "end.py").write_text("end = '!'\n", encoding="utf-8")
    file = package / "bot.py"
    file.write_text(
        "import sys\nimport words\nfrom hiworker import Bot\nfrom . import words as same\nfrom .words import greeting\n"
        "from ..end import end\nbot = Bot()\n@bot.command('/a')\ndef a(): return f'{greeting}{end} {sys.argv[1:]}'\n",
        encoding="utf-8",
    )
    done = hiworker_command("try", file, "/a")
    assert (done.stdout, done.stderr) == ("안녕! []\n", "")


def test_the_examples_can_be_tried(tmp_path: Path) -> None:
    examples = Path(__file__).parents[3] / "examples"
    done = hiworker_command(
        *("try", examples / "meeting_rooms" / "__main__.py", "/예약 회의실 23:59~24:00"),
        MEETING_ROOMS_FILE=str(tmp_path / "bookings.json"),
    )
    assert done.stdout == "김지은 님, 오늘 23:59~24:00 S1 예약이 완료되었습니다.\n"
    done = hiworker_command("try", examples / "meeting_rooms" / "bot.py", "/예약 목록")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "name the file that runs the bot" in done.stderr


def test_what_a_file_says_when_it_ends_is_told(tmp_path: Path) -> None:
    file = tmp_path / "bot.py"
    file.write_text("import sys\nsys.exit('Set ROOMS.')\n", encoding="utf-8")
    done = hiworker_command("try", file, "/a")
    assert (done.returncode, done.stderr) == (1, "Set ROOMS.\n")


def test_a_bot_that_is_a_webhook_can_be_tried_without_its_secret(tmp_path: Path) -> None:
    file = tmp_path / "bot.py"
    file.write_text(
        "from hiworker import Bot\nbot = Bot()\n@bot.command('/a')\ndef a(): return 'A'\napp = bot.flask()\n",
        encoding="utf-8",
    )
    assert hiworker_command("try", file, "/a").stdout == "A\n"


def test_a_system_without_time_zones_is_told(tmp_path: Path, bot: Path) -> None:
    (tmp_path / "tzdata.py").write_text("raise ModuleNotFoundError(name='tzdata')\n")
    source = str(Path(hiworker.__file__).parents[1])
    paths = os.pathsep.join([str(tmp_path), source])
    done = hiworker_command("try", bot, "/나눠", PYTHONTZPATH="", PYTHONPATH=paths)
    assert done.returncode == 1
    assert "pip install tzdata" in done.stderr

"""``hiworker demo``, as ``make run`` starts it: the line that it prints is pasted into a shell."""

from __future__ import annotations

import json
import re
import subprocess
from functools import partial
from pathlib import Path

from harness import secrets
from harness.background import inherited_environment
from harness.server import Server
from harness.waiting import eventually


def printed_command(server: Server) -> str | None:
    """The curl line with its continuations, as somebody would mark and copy it."""
    found = re.search(r"^ *curl (?:.*\\\n)*.*$", server.process.output, re.MULTILINE)
    return found[0] if found else None


def paste(command: str) -> dict[str, object]:
    done = subprocess.run(
        ["bash", "-c", command], env=inherited_environment(), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def reply(answer: dict[str, object]) -> str:
    assert answer["status"] == "completed", answer
    assert isinstance(answer["reply"], dict)
    return str(answer["reply"]["text"])


def test_the_printed_line_books_a_room_and_once_more_is_refused(tmp_path: Path) -> None:
    demo = Server(tmp_path, command="demo")
    try:
        command = eventually("the printed command", lambda: printed_command(demo), within=90)
        assert "예약이 완료되었습니다" in reply(paste(command))
        refusal = reply(paste(command))
        assert "예약이 이미 있습니다" in refusal
        assert "완료" not in refusal
        key = secrets.remember((tmp_path / "data/admin.key").read_text().strip())
        assert key not in demo.process.output
        assert demo.api(key).get("/v1/companies/example.com")["timezone"] == "Asia/Seoul"
        assert demo.process.terminate() == 0
    finally:
        demo.process.kill()


def test_the_next_demo_on_the_same_data_offers_a_free_room_again(tmp_path: Path) -> None:
    for start in ("first", "second"):
        demo = Server(tmp_path / start, command="demo", data_dir=str(tmp_path / "data"))
        try:
            command = eventually("the printed command", partial(printed_command, demo), within=90)
            assert "예약이 완료되었습니다" in reply(paste(command))
            assert demo.process.terminate() == 0
        finally:
            demo.process.kill()

"""``/도움`` and ``/help``, which the relay answers itself."""

from __future__ import annotations

import pytest

from harness.directory import Company, Member
from harness.server import Server
from harness.shapes import same_answer

COMMANDS = [
    {
        "name": "/예약 회의실",
        "description": "회의실을 예약합니다.",
        "tokens": [
            {"key": "time", "label": "시간", "type": "time_range"},
            {"key": "room", "label": "회의실", "type": "choice", "values": ["S1", "S2"], "required": False},
        ],
    },
    {"name": "/예약 목록"},
]


@pytest.mark.parametrize("text", ["/도움", "/help", "／도움", " /도움 "])
def test_the_commands_of_the_company_are_told_with_their_usage(
    server: Server, company: Company, member: Member, text: str
) -> None:
    company.bot(commands=COMMANDS)
    company.bot("/점심")
    assert member.api.key
    answer = same_answer(server.port, member.api.key, {"text": text}).json
    reply = answer["reply"]["text"]
    assert "/예약 회의실 <시간> [회의실: S1 | S2]" in reply
    assert "회의실을 예약합니다." in reply
    assert "/예약 목록" in reply
    assert "/점심 [말]" in reply
    assert (answer["status"], answer["bot"]) == ("completed", None)


def test_help_about_one_command_tells_of_it_alone(company: Company, member: Member) -> None:
    company.bot(commands=COMMANDS)
    reply = member.send("/도움 예약 목록")["reply"]["text"]
    assert "/예약 목록" in reply
    assert "/예약 회의실" not in reply


def test_without_commands_it_says_so_in_the_language_of_the_question(company: Company) -> None:
    member = company.member()
    assert "아직" in member.send("/도움")["reply"]["text"]
    assert "no commands" in member.send("/help")["reply"]["text"]

"""Testing a bot: its handlers without a server, and with a real relay by the pytest fixture ``hiworker_relay``.

from hiworker.testing import BotTester
from bot import bot

def test_a_room_is_reserved():
    answer = BotTester(bot).send("/예약 회의실 10:00~11:00")
    assert answer.text == "S1 10:00~11:00 예약했습니다"
"""

from .relay import Relay, RelayBot, RelayMember, RelayProblem
from .running import RunningBot
from .tester import Answer, BotTester, Problem

__all__ = ["Answer", "BotTester", "Problem", "Relay", "RelayBot", "RelayMember", "RelayProblem", "RunningBot"]

"""Chatbots that answer a company's commands.

from typing import Literal
from hiworker import Bot, TimeRange

bot = Bot()

@bot.command("/예약 회의실")
def reserve(time: TimeRange, room: Literal["S1", "S2", "대 회의실"] = "S1") -> str:
    \"\"\"회의실을 예약합니다.\"\"\"
    return f"{room} {time} 예약했습니다"

bot.run()
"""

from ._bot import Bot
from ._core.answering.message import Later, Message
from ._core.declaring.command import Command
from ._errors import (
    AlreadyRepliedError,
    BotDeletedError,
    CertificateError,
    CommandTakenError,
    ConfigurationError,
    ConnectionFailedError,
    DeclarationError,
    FrameRefusedError,
    HiworkerError,
    KeyExpiredError,
    KeyMalformedError,
    KeyMissingError,
    KeyRevokedError,
    KeyUnknownError,
    NotHiworkerError,
    RefusedError,
    RepeatedError,
    ReplyError,
    ResultError,
    SecretMissingError,
    SignatureError,
    StaleError,
    WebhookError,
)
from ._values.label import Label
from ._values.member import Member
from ._values.reply import Reply
from ._values.time_range import TimeOfDay, TimeRange
from ._version import __version__

__all__ = [
    "AlreadyRepliedError",
    "Bot",
    "BotDeletedError",
    "CertificateError",
    "Command",
    "CommandTakenError",
    "ConfigurationError",
    "ConnectionFailedError",
    "DeclarationError",
    "FrameRefusedError",
    "HiworkerError",
    "KeyExpiredError",
    "KeyMalformedError",
    "KeyMissingError",
    "KeyRevokedError",
    "KeyUnknownError",
    "Label",
    "Later",
    "Member",
    "Message",
    "NotHiworkerError",
    "RefusedError",
    "RepeatedError",
    "Reply",
    "ReplyError",
    "ResultError",
    "SecretMissingError",
    "SignatureError",
    "StaleError",
    "TimeOfDay",
    "TimeRange",
    "WebhookError",
    "__version__",
]

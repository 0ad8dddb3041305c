"""What members read when something went wrong: in Korean when they write Hangul, else in English."""

from __future__ import annotations

import re
from typing import Any

from ..declaring.token import Token

_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")


def failed(text: str) -> str:
    """The handler failed; its developer finds why in the log."""
    return _choose(
        text,
        "처리하다가 문제가 생겼습니다. 잠시 뒤에 다시 해 보시고, 계속되면 봇 담당자에게 알려 주세요.",
        "Something went wrong. Please try again in a while, and tell whoever runs this bot if it goes on.",
    )


def busy(text: str) -> str:
    """There are more messages than the bot can take."""
    return _choose(
        text, "지금 요청이 많습니다. 잠시 뒤에 다시 해 주세요.", "The bot is busy. Please try again in a while."
    )


def unknown(text: str, command: str) -> str:
    """The command was declared by an earlier run of the bot."""
    return _choose(text, f"이 봇에는 이제 {command} 명령이 없습니다.", f"This bot no longer has the command {command}.")


def unfit(text: str, token: Token, value: Any) -> str:
    """A value does not fit the handler's parameter."""
    if value is None:
        return _choose(text, f"{token.label}: 값이 필요합니다.", f"{token.label}: a value is needed.")
    if token.type == "number":
        return _choose(
            text,
            f"{token.label}: {value} 대신 정수로 적어 주세요.",
            f"{token.label}: write a whole number in place of {value}.",
        )
    shown = value.get("name", value) if isinstance(value, dict) else value
    return _choose(text, f"{token.label}: {shown} 값은 쓸 수 없습니다.", f"{token.label}: {shown} cannot be used.")


def _choose(text: str, korean: str, english: str) -> str:
    return korean if _HANGUL.search(text) else english

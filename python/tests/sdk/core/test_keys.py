"""API keys, looked at without a server."""

from __future__ import annotations

import pytest

from hiworker import KeyMalformedError, KeyMissingError
from hiworker._core.keys import check_bot_key
from scripted.messages import bot_key


def test_a_well_formed_key_passes() -> None:
    assert check_bot_key(bot_key()) == bot_key()


@pytest.mark.parametrize("key", [None, ""])
def test_no_key_names_the_variable(key: str | None) -> None:
    with pytest.raises(KeyMissingError, match="HIWORKER_API_KEY"):
        check_bot_key(key)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("sk-1234", "does not start with hwb_"),
        (bot_key()[:-1], "has 39 characters in place of 40"),
        (bot_key()[:-1] + "é", "has a typo"),
        (bot_key().replace("aaa", "aba", 1), "has a typo"),
        (bot_key(prefix="hwa_"), "is an administrator's, not a bot's"),
        (bot_key(prefix="hwm_"), "is a member's, not a bot's"),
    ],
)
def test_a_malformed_key_is_told_without_showing_it(key: str, said: str) -> None:
    with pytest.raises(KeyMalformedError, match=said) as raised:
        check_bot_key(key)
    assert key not in str(raised.value)

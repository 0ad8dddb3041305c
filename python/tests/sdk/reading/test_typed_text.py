"""Cutting a text into words."""

from __future__ import annotations

import pytest

from hiworker._reading.text.typed_text import Quoting, TypedText


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        (" \t\n\u3000\u00a0", []),
        ("가", ["가"]),
        ("  가\u3000\r\n나  ", ["가", "나"]),
        ('"가 나" 다', ["가 나", "다"]),
        ("'가 나' 다", ["가 나", "다"]),
        ("“가 나” ‘다 라’", ["가 나", "다 라"]),
        ("don't can't", ["don't", "can't"]),
        ("'don't stop' x", ["don't stop", "x"]),
        ('5" 7"', ['5"', '7"']),
        ('"가"나 다" 라', ['가"나 다', "라"]),
        ("\"\" ''", ["", ""]),
        ('"""', ['"']),
        ('가 "나 다', ["가", "나 다"]),
        ("\"가' 나", ["가' 나"]),
        ('"가 \t', ["가"]),
        ('"', [""]),
        ('가"나 다"', ['가"나', '다"']),
        ("\ufeff\u200b가\u200b \u200b 나", ["가\u200b", "나"]),
        ('"가"\u200b 나', ["가", "나"]),
    ],
)
def test_a_text_is_cut_at_white_space_and_quotes_keep_together(text: str, words: list[str]) -> None:
    assert [word.typed for word in TypedText(text).words] == words


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("가\u3000나", "가 나"),
        ("／예약\u3000１０：００～１１：００", "/예약 10:00~11:00"),
        ("“대\u3000회의실”", "대 회의실"),
        ("a–b—c−d‐e", "a-b-c-d-e"),
        ("∼〜～~", "~~~~"),
        ("don’t «가 나»", "don't 가 나"),
        ("가\u200b나 \u202a다\u202c", "가나 다"),
        ("👨\u200d👩\u200d👧 ㅋㅋ", "👨\u200d👩\u200d👧 ㅋㅋ"),
        ("＠Ｋｉｍ\u3000（영업）", "@Kim (영업)"),
        ("\u1112\u1161\u11ab", "한"),
    ],
)
def test_words_have_a_plain_form(text: str, plain: str) -> None:
    assert " ".join(word.plain for word in TypedText(text).words) == plain


def test_a_word_knows_whether_it_was_quoted() -> None:
    assert [word.quoting for word in TypedText('"가" 나 \'다').words] == [
        Quoting.QUOTED,
        Quoting.NONE,
        Quoting.UNCLOSED,
    ]


def test_the_rest_of_a_text_is_as_it_was_typed() -> None:
    text = TypedText("/말\u3000 그는 “안녕”  이라고～ \n")
    assert text.rest(1) == "그는 “안녕”  이라고～"
    assert text.rest(2) == "“안녕”  이라고～"
    assert text.rest(9) == ""


def test_quoted_words_stand_alone() -> None:
    text = TypedText('가 나 "다" 라')
    assert [text.reach(word, 3) for word in range(4)] == [2, 1, 1, 1]
    assert text.reach(0, 1) == 1

"""Answers about texts are remembered, as long as the texts do not hold too much."""

from __future__ import annotations

import pytest

from cleaner.text.memo import Memo


@pytest.mark.parametrize(
    ("texts", "asked"),
    [
        pytest.param(["ab", "ab", "ab"], ["ab"], id="once"),
        pytest.param(["ab", "cd", "ab"], ["ab", "cd"], id="several"),
        pytest.param(["", ""], [""], id="empty"),
        pytest.param(["abc", "de", "abc"], ["abc", "de"], id="as much as is remembered"),
        pytest.param(["abc", "def", "abc"], ["abc", "def", "abc"], id="too much in all"),
        pytest.param(["abcdef", "abcdef"], ["abcdef", "abcdef"], id="one that is too long"),
    ],
)
def test_what_is_remembered(texts: list[str], asked: list[str]) -> None:
    calls: list[str] = []

    def find(text: str) -> None:
        calls.append(text)

    memo = Memo(find, most=5)
    for text in texts:
        memo(text)
    assert calls == asked


def test_answers_belong_to_their_texts() -> None:
    memo = Memo(str.upper, most=4)
    assert [memo(text) for text in ["ab", "cd", "ef", "ab", "abcdef"]] == [
        "AB",
        "CD",
        "EF",
        "AB",
        "ABCDEF",
    ]

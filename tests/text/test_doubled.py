"""Which texts may have words twice in a row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.text.doubled import with_doubled_words

TEXTS = {
    "two words": ("of the river of the river", True),
    "one word": ("It was so so", True),
    "in another case": ("The River the river", True),
    "with marks between them": ("the river, ‘the river’", True),
    "six words": ("a b c d e f a b c d e f", True),
    "words that begin alike": ("to take the train to that town", False),
    "words apart": ("the river and the river", False),
    "words beyond ASCII": ("빙하 이상 빙하 이상", True),
    "others beyond ASCII": ("빙하 이상 빙하", False),
    "many hyphens": ("a-b-c-d-e-f-g-h-i-j-k-l-m-n", True),
    "a letter with two small forms": ("ſ s", True),
    "nothing": ("", False),
}


@pytest.mark.parametrize(("text", "may_be"), TEXTS.values(), ids=TEXTS)
def test_a_text_may_have_doubled_words(text: str, may_be: bool) -> None:
    assert list(with_doubled_words(["the sea", text, "the sea"])) == [1] * may_be


@given(st.lists(st.text("ab ,"), max_size=5))
def test_texts_are_told_apart(texts: list[str]) -> None:
    alone = [number for number, text in enumerate(texts) if with_doubled_words([text])]
    assert with_doubled_words(texts) == alone


@given(st.lists(st.sampled_from(["a", "b", "ab"]), max_size=14))
def test_words_are_compared(words: list[str]) -> None:
    is_doubled = any(
        words[at : at + count] == words[at + count : at + 2 * count]
        for count in range(1, 13)
        for at in range(len(words) - 2 * count + 1)
    )
    assert bool(with_doubled_words([" ".join(words)])) == is_doubled

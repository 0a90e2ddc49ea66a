"""Whether a text is English, and whether it is code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.formats import plain
from cleaner.text import language
from cleaner.text.edits import Span
from cleaner.text.language import is_english, signs_of_code
from tests.fixers.quotes.test_languages import FOREIGN
from tests.samples import CLEAN, read


@pytest.mark.parametrize("language", FOREIGN)
def test_other_languages(language: str) -> None:
    assert is_english(FOREIGN[language]) is False


NOT_ENGLISH = {"hanzi-notes.txt", "kanji-notes.txt"}


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.name)
def test_good_pages(path: object) -> None:
    name = getattr(path, "name", "")
    assert is_english(read(path)) is (name not in NOT_ENGLISH)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("", None),
        ("Ma Yun, Jiang Fan", None),
        ("The Zorvaru Compliance", True),
        ("Los Angeles and the El Niño of la Paz", True),
        ("Wait for Madame de la Tour, and then for the Comte, he said.", True),
        ("Er ist da.", False),
        ("Alibaba 阿里巴巴", None),
        ("阿里巴巴集团 fell", False),
    ],
)
def test_short_texts(text: str, answer: bool | None) -> None:
    assert is_english(text) is answer


def test_a_block_that_does_not_tell_is_like_the_whole_text() -> None:
    french = plain.read(f"{FOREIGN['French']}\n\nBruxelles, Paris")
    english = plain.read("The river is long, and it is old.\n\nBruxelles, Paris")
    for document, answer in ((french, False), (english, True)):
        assert document.is_english_prose(document.block(document.text.index("Paris"))) is answer


@pytest.mark.parametrize(
    "text",
    [
        "f(x['a'])",
        "if (a == b) {",
        "echo $HOME",
        "    indented by four",
        "| a | table",
        "return it;'}",
        "\\section{One}",
        "<p>one</p>",
        "@code{one}",
        "rdf_set(hash(s, size))",
    ],
)
def test_signs_of_code(text: str) -> None:
    assert list(signs_of_code(text, Span(0, len(text))))


@pytest.mark.parametrize(
    "text",
    [
        "He said (in May) that it costs $5 and more; she did not.",
        "The ratio was 3 : 1, and the score 2:1.",
        "an e-mail to a@b and/or c",
    ],
)
def test_no_signs_of_code(text: str) -> None:
    assert not list(signs_of_code(text, Span(0, len(text))))


def test_a_text_of_one_block_may_be_english_and_show_code() -> None:
    document = plain.read("Then run x=$(cat the'path') and see the result of it.")
    block = document.block(0)
    assert not document.is_english_prose(block)
    assert document.is_english()
    again = plain.read(document.text)
    assert again.is_english()  # asked first, it does not answer for the block
    assert not again.is_english_prose(block)


CODE = ["a", "f(", "'", '"', "[", "]", ";", "{", "}", "$", "\\", "==", "</p", "@a{", ":-", "/", "|"]


@given(st.lists(st.sampled_from([*CODE, " ", "    ", "\t", "\n"]), max_size=12).map("".join))
def test_no_sign_of_code_is_missed(text: str) -> None:
    for block in (Span(0, len(text)), Span(min(1, len(text)), len(text))):
        found = [found.end() - 1 for found in language._CODE.finditer(text, *block)]
        assert list(signs_of_code(text, block)) == found

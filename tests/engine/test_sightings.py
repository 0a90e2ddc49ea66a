"""Where forms occur across quotation marks is the same whether a part or all of a text is read."""

from __future__ import annotations

from typing import Any, SupportsIndex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.engine.sightings import Sightings
from cleaner.text.literals import Literals, table

FORMS = ["Ant Group", "Ant Group Ma", "Moon Jae-in", "Xi’an Ant", "Café Ant", "Ma Co. Ant", "Ant"]
SEARCH = Literals(table(FORMS))
LATE = Literals(table(()))
WORDS = ["Ant", "ANT", "group", "Ma", "Moon", "Jae-in", "Xi’an", "Xi'an", "Cafe\u0301", "Café"]
OTHERS = ["Co.", "x", "İ", "\N{SOFT HYPHEN}"]
BETWEEN = [
    " ",
    " ",
    "“",
    "” ",
    " ‘",
    '"',
    " ' ",
    "`",
    "\n",
    "\n\n",
    "\r\n\r\n",
    "\N{NO-BREAK SPACE}",
]
made = st.lists(st.sampled_from([*WORDS, *OTHERS, *BETWEEN, *BETWEEN]), max_size=16).map("".join)


def check(text: str) -> None:
    quoted = SEARCH.find_quoted(text)
    sightings = Sightings(SEARCH, LATE, text)
    for _ in range(5):  # the last ones are looked for all at once
        across = sightings.across_marks(FORMS)
        for form in FORMS:
            assert list(across.get(form, ())) == list(quoted.get(form, ())), form


@given(made)
def test_made_texts(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("the “Ant” Group", id="marks around a word"),
        pytest.param("“ANT” GROUP, ANT ‘GROUP’ Ma", id="capitals, twice"),
        pytest.param("“Ant”\n\nGroup “Ant”\nGroup", id="a blank line"),
        pytest.param("“Moon” Jae-in", id="a hyphen"),
        pytest.param("“Ma” Co. Ant, Ma Cox “Ant”", id="a full stop"),
        pytest.param("the “Xi'an” Ant, “Xi’an” Ant", id="an apostrophe in the form"),
        pytest.param("“Cafe\u0301” Ant", id="an accent"),
        pytest.param("İİİ “Ant” Group", id="small letters that are longer"),
        pytest.param("Ant “Group”\n\nAnt “Group” x “Ant” Group", id="several parts"),
    ],
)
def test_texts(text: str) -> None:
    assert SEARCH.find_quoted(text), "the text shows nothing"
    check(text)


class Text(str):
    """A text whose UTF-8 counts how many bytes of it are copied."""

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        return Text(super().__getitem__(key))

    def encode(self, *args: str) -> bytes:
        return Data(super().encode(*args))


class Data(bytes):
    copied = 0

    def lower(self) -> bytes:
        return Data(super().lower())

    def __getitem__(self, key: Any) -> Any:
        part = super().__getitem__(key)
        Data.copied += len(part) if isinstance(part, bytes) else 1
        return part


def copied(text: str) -> int:
    Data.copied = 0
    sightings = Sightings(SEARCH, LATE, Text(text))
    assert len(sightings.across_marks(["Ant Group"])["Ant Group"]) == text.count("Ant")
    return Data.copied


def test_a_long_line_is_counted_once() -> None:
    one, two = (copied("“Ant” Group, " * number) for number in (200, 400))
    assert 0 < two < 2.2 * one

"""Literals: names are found exactly where they are, however they are typed, and so are pieces."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleaner.text import literals
from cleaner.text.edits import Span
from cleaner.text.literals import GAP, Literals, spelled, table
from tests.text.reading import places
from tests.text.samples import (
    ACUTE,
    BLANKS,
    BREAKS,
    NAMES,
    NBSP,
    TEXTS,
    typed,
)


@settings(max_examples=400)
@given(TEXTS)
@example("Ma\r\nYun, MA \N{NO-BREAK SPACE} YUN Ma\n\nYun E\u0301ric O\u2018Neil")
def test_each_name_is_found_where_a_slow_search_finds_it(text: str) -> None:
    expected = {}
    for name in NAMES:
        spans = places(text, name)
        if spans:
            expected[name] = spans
    assert Literals(table(NAMES)).find(text) == expected


@given(typed(BREAKS), st.sampled_from(["", " ", "(", "한 ", "é ", "\N{GRINNING FACE}", "\r\n"]))
def test_a_name_is_found_however_it_is_typed(name: str, before: str) -> None:
    """Its span has neither the white space around the name nor half of a character."""
    found = Literals(table(NAMES)).find(f"{before}{name}, and")
    expected = Span(len(before), len(before) + len(name))
    assert any(expected in spans for spans in found.values())


MARKS = ["'", '"', "“", "”", "’", "`", "\"'"]
PARTS = [
    "Ma",
    "Yun",
    "MA",
    "YUN",
    "Éric",
    "E\u0301ric",
    "O'Neil",
    "Xi’an",
    "Jiaotong",
    "Group",
    "한",
]


@settings(max_examples=300)
@given(
    st.lists(st.sampled_from([*PARTS, *MARKS, *BREAKS, *BLANKS, " " * 50, "s", "."])).map("".join)
)
@example("Ma “Yun” and the 'Ma' YUN, “Ma” \n  “Yun”")
@example("Zhōu\n\n“Xùn” Zhou\u0304 'Xùn'")
def test_a_long_text_has_the_same_names_across_quotation_marks(text: str) -> None:
    search = Literals(table(NAMES))
    found = []
    for shortest in (0, len(text) + 1):
        with patch.object(literals, "_SHORT", shortest):
            found.append(search.find_quoted(text))
    assert found[0] == found[1]


@given(
    st.sampled_from([name for name in NAMES if " " in name]),
    st.sampled_from(BLANKS),
    st.sampled_from(BREAKS),
)
def test_a_name_is_never_found_across_a_blank_line(name: str, blank: str, beside: str) -> None:
    for space in (blank, blank + beside, beside + blank):
        assert name not in Literals(table([name])).find(name.replace(" ", space))


@pytest.mark.parametrize(
    ("piece", "text", "spans"),
    [
        pytest.param(b",,", "a,,, b", [(1, 3), (2, 4)], id="overlapping"),
        pytest.param(b"anchor", "ANCHORS", [(0, 6)], id="inside a word, in any case"),
        pytest.param(b"\xeb", "é 마윈", [(2, 3)], id="beginning of a character"),
        pytest.param(
            "윈".encode(), "\N{GRINNING FACE}  마윈", [(4, 5)], id="after a run of spaces"
        ),
        pytest.param(b",,", f"e{ACUTE} 1,, 2", [(4, 6)], id="after an accent"),
        pytest.param(b"Video", "VIDEO video Video", [(12, 17)], id="capitals as they are written"),
        pytest.param(b" War", "the\n  War, a war", [(5, 9)], id="after the indentation of a line"),
        pytest.param(b"the War", "the\nWar the War", [(8, 15)], id="nothing but a space inside"),
        pytest.param(b"Ma Yun", f"Ma{NBSP}Yun", [], id="no other space inside"),
        pytest.param(b"\nsource", "Source: a source", [(0, 6)], id="the first word of a text"),
        pytest.param(b"\nsource", "it\r\n■ [SOURCE]", [(7, 13)], id="the first word of a line"),
        pytest.param(b"\nsource", "2. source, open source", [], id="not the first word"),
        pytest.param(b"\nThe end", "the end.\rThe end", [(9, 16)], id="both"),
        pytest.param(GAP, "a  b\n\nc \t d \n e", [(1, 3), (7, 10)], id="runs of spaces in a line"),
    ],
)
def test_pieces(piece: bytes, text: str, spans: list[tuple[int, int]]) -> None:
    assert Literals(table([], [piece])).find(text) == ({piece: spans} if spans else {})


def test_pieces_of_the_same_letters_are_told_apart() -> None:
    pieces = [b"video", b"Video", b"\nvideo", b"\nVIDEO"]
    assert Literals(table([], pieces)).find("Video, VIDEO") == {
        b"video": [(0, 5), (7, 12)],
        b"Video": [(0, 5)],
        b"\nvideo": [(0, 5)],
    }


MANY = table(
    [*NAMES, *(f"other name {number}" for number in range(1_000))],
    [b"\nyun ma", b"\tma yun n", b"Ma Yun", b"ma\xea"],
)


@settings(max_examples=60)
@given(TEXTS)
@example("Yun  Ma \n Yun\n\nyun \t ma Ma  Yun N-n ma Ma Yun")
def test_runs_of_spaces_are_seen_through_in_long_texts_as_in_short_ones(text: str) -> None:
    search = Literals(MANY)
    as_short = search.find(text)
    search.find("so be it " * 2_000)
    assert search.find(text) == as_short


def test_the_automaton_built_for_much_text_finds_the_same() -> None:
    text = "so Ma Yun spoke,  MA  YUN and 마윈 too"
    literals = Literals(table(NAMES, [GAP]))
    before = literals.find(text)
    literals.find("so be it " * 200_000)
    assert literals.find(text) == before


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        pytest.param("Ma Win", "Ma Win", "exact", id="exact"),
        pytest.param("MA WIN", "Ma Win", "capitals", id="capitals"),
        pytest.param("ma win", "Ma Win", None, id="small letters"),
        pytest.param("Ma WIN", "Ma Win", None, id="some capitals"),
        pytest.param(f"Ma\r\n{NBSP}Win", "Ma Win", "exact", id="line end"),
        pytest.param("XI’AN", "Xi'an", "capitals", id="curly quote"),
        pytest.param(f"e{ACUTE}ric", "éric", "exact", id="NFD"),
        pytest.param(f"E{ACUTE}RIC", "Éric", "capitals", id="NFD in capitals"),
    ],
)
def test_spelled(text: str, form: str, expected: str | None) -> None:
    assert spelled(f"x {text} x", Span(2, 2 + len(text)), form) == expected

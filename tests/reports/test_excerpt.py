"""The line that a report shows of a text, and the carets below it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from cleaner.reports.excerpt import excerpt
from cleaner.text.edits import Span

LINE = "It is said that Marwin, who founded Alibaba, was silent."
SHOWN = [
    pytest.param(LINE, "Marwin", 80, LINE, 16, 6, id="all of a short line"),
    pytest.param(f"One.\n{LINE}\nTwo.", "Marwin", 80, LINE, 16, 6, id="one of three lines"),
    pytest.param(f"One.\r\n{LINE}\r\nTwo.", "Marwin", 80, LINE, 16, 6, id="line ends of Windows"),
    pytest.param(LINE, "Marwin", 24, "…id that Marwin, who fo…", 9, 6, id="the middle"),
    pytest.param(LINE, "It", 12, "It is said …", 0, 2, id="the beginning"),
    pytest.param(LINE, "silent.", 12, "…was silent.", 5, 7, id="the end"),
    pytest.param(LINE, LINE, 12, "It is said …", 0, 12, id="more than fits"),
    pytest.param("마윈 회장 ran", "회장", 80, "마윈 회장 ran", 5, 4, id="wide characters"),
    pytest.param("    Marwin ran", "Marwin", 80, "Marwin ran", 0, 6, id="an indented line"),
    pytest.param("a\tb\x1bMarwin", "Marwin", 80, "a<U+0009>b<U+001B>Marwin", 18, 6, id="controls"),
    pytest.param("one\ntwo", "one\ntwo", 80, "one", 0, 3, id="over a line end"),
]


@pytest.mark.parametrize(("text", "meant", "cells", "line", "before", "carets"), SHOWN)
def test_excerpt(text: str, meant: str, cells: int, line: str, before: int, carets: int) -> None:
    start = text.index(meant)
    shown = excerpt(text, Span(start, start + len(meant)), cells)
    assert shown == (line, " " * before + "^" * carets)


def test_an_empty_span_has_one_caret() -> None:
    assert excerpt("Marwin ran.", Span(6, 6), 80) == ("Marwin ran.", "      ^")


FAMILY = "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}"
PIECES = ["Marwin", "마윈", "\n", "\r\n", " ", "e\u0301", "\x1b", "\u202e", FAMILY]


@given(st.lists(st.sampled_from(PIECES), min_size=1), st.integers(0), st.integers(0), st.data())
def test_it_fits_and_the_carets_are_below_it(
    pieces: list[str], start: int, length: int, data: st.DataObject
) -> None:
    text = "".join(pieces)
    start %= len(text)
    span = Span(start, min(len(text), start + length % len(text)))
    cells = data.draw(st.integers(10, 100))
    line, carets = excerpt(text, span, cells)
    assert cell_len(line) <= cells
    assert len(carets) <= max(cell_len(line), 1) + 1
    assert "\n" not in line
    assert set(carets.strip()) == {"^"}

"""Differences lead from one text to the other, are small, and cost little for similar texts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.goldens import alignment
from cleaner.goldens.alignment import differences
from cleaner.text.edits import apply

PIECES = [
    "Marwin",
    " ",
    "’",
    "\n",
    "\n\n",
    "a caption [AP=연합뉴스]",
    "a caption",
    "fell",
    ",,",
    "\r\n",
    "x",
]
texts = st.lists(st.sampled_from(PIECES), max_size=10).map("".join)


@given(texts, texts)
@settings(max_examples=300)
def test_differences_lead_from_one_text_to_the_other(text: str, wanted: str) -> None:
    assert apply(text, differences(text, wanted)) == wanted


def test_of_two_lines_that_fit_alike_the_later_one_stays() -> None:
    edits = list(differences("A gate.  [AP]\n\nA gate. [AP]\n", "A gate. [AP/Yonhap]\n"))
    assert [(tuple(edit.span), edit.replacement) for edit in edits] == [
        ((0, 15), ""),
        ((26, 26), "/Yonhap"),
    ]


def edits(text: str, wanted: str) -> list[tuple[str, str]]:
    """The differences, each as what it replaces and the replacement."""
    return [(edit.span.of(text), edit.replacement) for edit in differences(text, wanted)]


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        pytest.param("a b\nc d\n", "a b\nc d\n", [], id="equal"),
        pytest.param("a b\nc d\n", "a b\nc e\n", [("d", "e")], id="a word"),
        pytest.param("a\nb\nc\n", "a\nc\n", [("b\n", "")], id="a line that goes"),
        pytest.param("a\nc\n", "a\nb\nc\n", [("", "b\n")], id="a line that comes"),
        pytest.param("x\nx\n", "x\n", [("x\n", "")], id="one copy of two"),
        pytest.param("a b c d", "a x y d", [("b c", "x y")], id="only a space between two changes"),
        pytest.param("a b c d", "a x c y", [("b", "x"), ("d", "y")], id="a word between them"),
        pytest.param("one\ntwo\n", "three\nfour\n", [("one", "three"), ("two", "four")], id="all"),
    ],
)
def test_differences_are_small(text: str, wanted: str, expected: list[tuple[str, str]]) -> None:
    assert edits(text, wanted) == expected


def test_of_two_copies_of_a_line_the_first_goes() -> None:
    (edit,) = differences("x\nx\n", "x\n")
    assert tuple(edit.span) == (0, 2)


def lines_compared(monkeypatch: pytest.MonkeyPatch, text: str, wanted: str) -> int:
    """How many cells of the table of costs are worked out for two texts."""
    real, cells = alignment._Band._cheapest, [0]

    def counted(band: alignment._Band, i: int, j: int) -> float:
        cells[0] += 1
        return real(band, i, j)

    with monkeypatch.context() as patch:
        patch.setattr(alignment._Band, "_cheapest", counted)
        assert apply(text, differences(text, wanted)) == wanted
    return cells[0]


def numbered(count: int) -> list[str]:
    """So many lines, none of them like another."""
    return [f"{number} lines of a text\n" for number in range(count)]


def test_the_work_for_equal_texts_grows_with_their_length(monkeypatch: pytest.MonkeyPatch) -> None:
    def calls(count: int) -> int:
        text = "".join(numbered(count))
        return lines_compared(monkeypatch, text, text)

    assert calls(100) == 101
    assert calls(200) == 201


def test_the_work_grows_with_the_differences(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line goes and another comes: the work is linear in the length of the text."""

    def calls(count: int) -> int:
        old, new = numbered(count), numbered(count)
        del old[50]
        new.insert(70, "a new line\n")
        return lines_compared(monkeypatch, "".join(old), "".join(new))

    assert calls(200) < 2.2 * calls(100) < 15 * 100

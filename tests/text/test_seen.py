"""What a reader looks through: characters without width, hyphens, quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.text.characters import HYPHENS, INVISIBLE, JOINERS
from cleaner.text.edits import Span
from cleaner.text.literals import Literals, table
from cleaner.text.seen import without_invisible, without_quotation_marks

SHY, ZWSP, WJ, BOM = list(INVISIBLE)
ZWJ, ZWNJ = list(JOINERS)
NAMES = ["Marwin", "Ma Win", "Ma-win", "마윈"]
PIECES = [
    "Mar",
    "win",
    "Ma",
    "Win",
    "-",
    " ",
    "é",
    "마윈",
    "“",
    "’",
    *INVISIBLE,
    *JOINERS,
    *HYPHENS,
]


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        pytest.param(f"Mar{SHY}win", "Marwin", id="SOFT HYPHEN"),
        pytest.param(f"Mar{ZWSP}win", "Marwin", id="ZERO WIDTH SPACE"),
        pytest.param(f"Mar{WJ}win", "Marwin", id="WORD JOINER"),
        pytest.param(f"Mar{BOM}win", "Marwin", id="ZERO WIDTH NO-BREAK SPACE"),
        pytest.param(f"Mar{ZWJ}win", "Marwin", id="ZERO WIDTH JOINER"),
        pytest.param(f"Mar{ZWNJ}{SHY}win", "Marwin", id="two of them"),
        pytest.param(f"é{ZWNJ}à", "éà", id="between other Latin letters"),
        pytest.param("Ma\N{NON-BREAKING HYPHEN}win", "Ma-win", id="NON-BREAKING HYPHEN"),
        pytest.param("Ma\N{HYPHEN}win", "Ma-win", id="HYPHEN"),
        pytest.param(f"{SHY}Marwin{BOM}", "Marwin", id="at the edges"),
    ],
)
def test_what_is_not_seen(text: str, visible: str) -> None:
    seen = without_invisible(text)
    assert seen is not None
    assert seen.text == visible


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"\N{WOMAN}{ZWJ}\N{PERSONAL COMPUTER}", id="emoji"),
        pytest.param(f"می{ZWNJ}خواهم", id="Persian"),
        pytest.param(f"क्{ZWJ}ष", id="Devanagari"),
        pytest.param(f"Marwin{ZWJ} fell", id="behind a name"),
        pytest.param("Ma–win", id="EN DASH"),
        pytest.param("Ma−win", id="MINUS SIGN"),
    ],
)
def test_what_stays(text: str) -> None:
    seen = without_invisible(text)
    assert seen is None or seen.text == text


@pytest.mark.parametrize("text", ["Marwin", "Márwin “fell”", ""])
def test_a_text_without_them_costs_nothing(text: str) -> None:
    assert without_invisible(text) is None


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param("an “Ant” Group", "an Ant Group", id="curly"),
        pytest.param('an "Ant" Group', "an Ant Group", id="straight"),
        pytest.param("an ‘Ant’ Group", "an Ant Group", id="single"),
        pytest.param("an 'Ant' Group", "an Ant Group", id="single and straight"),
        pytest.param("(“Ant Group”)", "(“Ant Group”)", id="no white space beside them"),
        pytest.param("Xi’an’s Ant", "Xi’an’s Ant", id="apostrophes stay"),
        pytest.param("the Yuns’ house", "the Yuns house", id="possessive"),
    ],
)
def test_quotation_marks(text: str, left: str) -> None:
    assert without_quotation_marks(text).text == left


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_spans_lead_back(text: str) -> None:
    for seen in (without_invisible(text), without_quotation_marks(text)):
        for at in range(len(seen.text) if seen else 0):
            assert seen is not None
            start, end = seen.origin(Span(at, at + 1))
            assert end - start == 1
            same = text[start] == seen.text[at] or text[start] in HYPHENS
            assert same


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_names_are_found_as_in_the_text_that_is_seen(text: str) -> None:
    """A name is found where it is as it stands, and where it is once nothing invisible is there."""
    literals = Literals(table(NAMES))
    seen = without_invisible(text)
    found = literals.find(text)
    if seen:
        for name, spans in literals.find(seen.text).items():
            assert set(map(seen.origin, spans)) <= set(found[name])

"""Folding: the normal form of a name, the keys that find it, and the way back to the text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given

from cleaner.text.folding import Folded, normal, search_keys
from tests.text.samples import ACUTE, NBSP, TEXTS


@given(TEXTS)
def test_offsets_lead_back_to_code_points(text: str) -> None:
    folded = Folded(text)
    size = len(folded.data)
    points = [folded.code_point(offset) for offset in range(size + 1)]
    assert (points[0], points[size]) == (0, len(text))
    assert points == sorted(points)


@pytest.mark.parametrize(
    ("text", "data", "gaps"),
    [
        pytest.param("Ma Yun", "ma yun", [], id="case"),
        pytest.param("Ma  Yun,\t Li", "ma yun, li", [2, 7], id="runs of spaces and tabs"),
        pytest.param(f"Ma{NBSP}Yun", "ma yun", [], id="NO-BREAK SPACE"),
        pytest.param("Ma \r\nYun", "ma yun", [], id="line end"),
        pytest.param("Ma\r\n\r\nYun", "ma    yun", [], id="blank line is kept"),
        pytest.param(f"E{ACUTE}ric", "Éric", [], id="accents are composed, their case stays"),
        pytest.param("Xi’an", "xi’an", [], id="quotation marks stay"),
    ],
)
def test_folded(text: str, data: str, gaps: list[int]) -> None:
    folded = Folded(text)
    assert (folded.data.decode(), folded.gaps) == (data, gaps)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        pytest.param("Ma Yun", "Ma Yun", id="plain"),
        pytest.param("Ma  \t Yun", "Ma Yun", id="runs of spaces"),
        pytest.param("Ma\r\nYun", "Ma Yun", id="line end"),
        pytest.param(f"Ma{NBSP}Yun", "Ma Yun", id="NO-BREAK SPACE"),
        pytest.param("Xi’an", "Xi'an", id="curly quote"),
        pytest.param("‘Ant’ “Group”", "'Ant' \"Group\"", id="all quotes"),
        pytest.param(f"E{ACUTE}ric", "Éric", id="NFD"),
        pytest.param(unicodedata.normalize("NFD", "마윈"), "마윈", id="conjoining jamo"),
        pytest.param("MA Yun", "MA Yun", id="case is kept"),
        pytest.param("Xi\N{MODIFIER LETTER APOSTROPHE}an Xi`an", "Xi'an Xi'an", id="rare marks"),
        pytest.param("Ma\N{NON-BREAKING HYPHEN}win", "Ma-win", id="NON-BREAKING HYPHEN"),
        pytest.param("Mar\N{SOFT HYPHEN}win", "Marwin", id="SOFT HYPHEN"),
        pytest.param("Ma\N{IDEOGRAPHIC SPACE}Win", "Ma Win", id="IDEOGRAPHIC SPACE"),
    ],
)
def test_normal(form: str, expected: str) -> None:
    assert normal(form) == expected
    assert normal(expected) == expected


@pytest.mark.parametrize(
    ("form", "count", "some"),
    [
        pytest.param("Ma Yun", 1, "ma yun", id="plain"),
        pytest.param("Xi’an", 8, "xi‘an", id="one quote"),
        pytest.param("“A’s”", 32, "“a‘s”", id="three quotes"),
        pytest.param("''''", 7, "’’’’", id="more quotes than are tried in every mixture"),
        pytest.param("Éric", 2, "Éric", id="two cases of an accented letter"),
        pytest.param("éRIC", 2, "Éric", id="capitals of an accented letter"),
        pytest.param("마윈", 1, "마윈", id="Hangul"),
    ],
)
def test_search_keys(form: str, count: int, some: str) -> None:
    found = list(search_keys(form))
    assert len(found) == len(set(found)) == count
    assert some.encode() in found

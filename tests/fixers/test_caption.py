"""Doubled captions: what is deleted, and what only looks like one."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from tests.samples import bundled_index

CAPTIONS = Cleaner(bundled_index(), acts=lambda id_: id_ == "captions/doubled")

GATE = "The gate of the company's head office, seen from the canal on a grey morning."
BEGINNING = GATE.partition(" on a")[0]
TYPESET = GATE.replace("'", "’")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            f"{GATE} [뉴시스]\n\n{TYPESET} [뉴시스]", f"{TYPESET} [뉴시스]", id="two equal ones"
        ),
        pytest.param(
            f"{GATE}  [뉴시스]\n\n{GATE} [뉴시스]\n", f"{GATE} [뉴시스]\n", id="spaces differ"
        ),
        pytest.param(
            f"{GATE}\n\n{TYPESET} [AP=연합뉴스]",
            f"{TYPESET} [AP=연합뉴스]",
            id="only one has a credit",
        ),
        pytest.param(
            f"{BEGINNING}\n\n{TYPESET} [뉴스1]",
            f"{TYPESET} [뉴스1]",
            id="only the beginning of the second",
        ),
        pytest.param(
            f"{TYPESET} [뉴스1]\n\n{BEGINNING}\n\nx",
            f"{TYPESET} [뉴스1]\n\nx",
            id="the first is longer",
        ),
        pytest.param(
            f"{GATE} [뉴시스]\r\n\r\n{TYPESET} [뉴시스]\r\n", f"{TYPESET} [뉴시스]\r\n", id="CRLF"
        ),
        pytest.param(
            f"x\n\n{GATE}\n\n{GATE} [email\N{NO-BREAK SPACE}protected]\n\ny",
            f"x\n\n{GATE} [email\N{NO-BREAK SPACE}protected]\n\ny",
            id="a placeholder is a sign too",
        ),
        pytest.param(
            f"{GATE * 2} [뉴시스]\n{TYPESET * 2} [뉴시스]",
            f"{TYPESET * 2} [뉴시스]",
            id="lines without a blank one",
        ),
        pytest.param(
            f"{GATE} ``so.'' [뉴시스]\n\n{TYPESET} “so.” [뉴시스]",
            f"{TYPESET} “so.” [뉴시스]",
            id="TeX quotes",
        ),
        pytest.param(
            f"{GATE}\n\n{TYPESET}\n\n[뉴시스]",
            f"{TYPESET}\n\n[뉴시스]",
            id="typesetting alone differs",
        ),
    ],
)
def test_captions(before: str, after: str) -> None:
    assert CAPTIONS.clean(before).text == after
    assert CAPTIONS.clean(after).text == after


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{GATE}\n\n{GATE}", id="a refrain in a document without a sign"),
        pytest.param(
            f"{GATE}\n\n{GATE}\n\nKorean: 뉴시스", id="the same to the letter, without a credit"
        ),
        pytest.param("Mode [뉴시스]\n\nMode bit [뉴시스]", id="too short"),
        pytest.param("[중국 이야기]\n\n[중국 이야기] begins", id="nothing but a bracket"),
        pytest.param(f"{GATE} [뉴시스]\n\nIn between.\n\n{TYPESET} [뉴시스]", id="not neighbours"),
        pytest.param(
            f"{BEGINNING}\n\n{GATE} And more.\n\n[뉴시스]", id="the beginning of a paragraph"
        ),
        pytest.param(
            "Act on the Protection of Personal Data in Banks (개인정보)\n\n"
            "Act on the Protection of Personal Data in Banks and Courts (신용)",
            id="glosses",
        ),
        pytest.param(
            "The National Assembly Building in Yeouido, Seoul [국회의사당]\n\n"
            "The National Assembly Building in Yeouido, Seoul [여의도 국회]",
            id="different credits",
        ),
        pytest.param(
            f"{GATE[:-1]}\n\n{GATE[:-1]}glory of it [뉴시스]", id="a prefix that ends inside a word"
        ),
        pytest.param(
            f"{GATE} https://x.org [뉴시스]\n\n{TYPESET} https://x.org [뉴시스]",
            id="a protected span",
        ),
    ],
)
def test_what_is_no_doubled_caption(text: str) -> None:
    assert CAPTIONS.clean(text).text == text

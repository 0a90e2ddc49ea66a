"""Mentions: which forms of a text may be garbled names, and which cannot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.formats import plain
from cleaner.names.mentions import Mention, find_mentions
from cleaner.text.edits import Span

MENTIONS = [
    pytest.param("Marwin fell.", ["Marwin"], id="one word"),
    pytest.param("Today Ma Win fell.", ["Ma Win"], id="two ordinary words"),
    pytest.param("The mayor fell. But Win fell.", [], id="ordinary words alone"),
    pytest.param("They met Sun Tian-chi.", ["Sun Tian-chi", "Tian-chi"], id="with a hyphen"),
    pytest.param("Chairman Jang Pan spoke.", ["Jang", "Jang Pan"], id="a title before it"),
    pytest.param("On Monday Jangfan spoke in March.", ["Jangfan"], id="days and months"),
    pytest.param("Marwin’s and Jangfan's firms", ["Marwin", "Jangfan"], id="possessives"),
    pytest.param("the Zhangfan-led firm", ["Zhangfan"], id="a participle after it"),
    pytest.param(
        "called’Zhangfan’ and the’Marwin rule’", ["Zhangfan", "Marwin"], id="glued quotation marks"
    ),
    pytest.param("O’Dowd of Xi’anmen", ["O'Dowd", "Xi'anmen"], id="apostrophes of names"),
    pytest.param("I’ve said They’re Don’t", [], id="contractions"),
    pytest.param("JANGFAN SPOKE", ["Jangfan"], id="in capitals"),
    pytest.param("IPO, WSJ and GDP of the EU", [], id="abbreviations"),
    pytest.param(
        "Jang\nfan and Sun\n\nTian-chi", ["Jang", "Tian-chi"], id="across lines, not across blocks"
    ),
    pytest.param(
        "Sun\nTian-chi said it would be a long line that somebody wrapped",
        ["Sun Tian-chi", "Tian-chi"],
        id="over a line end",
    ),
    pytest.param(
        "He (Jangfan) and “Marwin”, too", ["Jangfan", "Marwin"], id="brackets and quotation marks"
    ),
    pytest.param(
        "Kang So-young (江疏影)",
        ["Kang", "Kang So-young:江疏影", "So-young:江疏影"],
        id="Hanzi in brackets",
    ),
    pytest.param("see www.jangfan.com, @Jangfan and Jangfan.txt", [], id="addresses"),
    pytest.param("Taobao Marwin", ["Marwin"], id="next to a right name"),
    pytest.param(
        "Kim Min-soo and Jangfan",
        ["Kim Min-soo", "Min-soo", "Jangfan"],
        id="a Korean, whom the matcher weighs",
    ),
    pytest.param("", [], id="nothing"),
]


@pytest.mark.parametrize(("text", "wanted"), MENTIONS)
def test_forms_that_may_be_names(text: str, wanted: list[str]) -> None:
    found = find_mentions(plain.read(text), known={"Taobao"}.__contains__)
    assert [_described(mention) for mention in found] == wanted
    for mention in found:
        for span in mention.spans:
            written = span.of(text).replace("\n", " ").replace("’", "'")
            assert written.casefold() == mention.form.casefold()


def _described(mention: Mention) -> str:
    return f"{mention.form}:{mention.hanzi}" if mention.hanzi else mention.form


WHOLES = [
    pytest.param("Dua Lipa sang.", ["Dua Lipa"], id="parts of a name"),
    pytest.param("Dua Lipa sang. Lipa left.", ["Dua Lipa", "Lipa"], id="a part alone elsewhere"),
    pytest.param("Taobao Marwin left.", ["Marwin"], id="beside a right name"),
    pytest.param("Chairman Marwin left.", ["Marwin"], id="beside a title"),
    pytest.param("Did Marwin Win?", ["Marwin", "Marwin Win"], id="beside an ordinary word"),
]


@pytest.mark.parametrize(("text", "whole"), WHOLES)
def test_forms_that_stand_alone_somewhere(text: str, whole: list[str]) -> None:
    found = find_mentions(plain.read(text), known={"Taobao"}.__contains__)
    assert [mention.form for mention in found if mention.whole] == whole


PIECES = ["Marwin", "Ma", "Win", " ", "\n", "’s", "'", "-", "(二選一)", "the", "Kim", ". ", "JANG"]


@given(st.lists(st.sampled_from(PIECES)))
def test_spans_of_mentions_are_in_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    for mention in find_mentions(plain.read(text)):
        assert mention.spans == tuple(sorted(set(mention.spans)))
        for span in mention.spans:
            assert span.of(text).split()
            assert 0 <= span.start < span.end <= len(text)


def test_a_mention_outside_of_settled_spans() -> None:
    text = "Lee Sun-il (二選一) was forced, and Lee Sun-il came."
    mentions = find_mentions(plain.read(text))
    (bracketed,) = (one for one in mentions if one.form == "Lee Sun-il" and one.hanzi)
    (alone,) = (one for one in mentions if one.form == "Lee Sun-il" and not one.hanzi)
    phrase = Span(0, len("Lee Sun-il (二選一)"))
    assert bracketed.outside([phrase]) is None
    assert alone.outside([phrase]) == alone
    assert bracketed.outside([]) == bracketed

"""Plain text: where blocks are, what they are, and which spans are protected."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.formats import for_name, plain
from cleaner.text.edits import Span

LONG = "This line is long enough that nobody could have wrapped it by hand, so it has to be a paragraph all by itself. "


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        pytest.param("", [], id="empty"),
        pytest.param(" \n\t\n", [], id="only white space"),
        pytest.param("one\n\ntwo", ["one", "two"], id="blank line"),
        pytest.param("one\n \t\ntwo", ["one", "two"], id="line of white space"),
        pytest.param("one\r\n\r\ntwo\r\n", ["one", "two"], id="CRLF"),
        pytest.param("one\r\rtwo\r", ["one", "two"], id="CR only"),
        pytest.param(
            "wrapped\nby hand\nhere", ["wrapped\nby hand\nhere"], id="short lines are one block"
        ),
        pytest.param("by hand\r\nhere\r\n", ["by hand\r\nhere"], id="short lines, CRLF"),
        pytest.param(f"{LONG}\n{LONG}", [LONG, LONG], id="long lines are a block each"),
        pytest.param(
            f"Heading\n{LONG}\nTail", ["Heading", LONG, "Tail"], id="short lines beside a long one"
        ),
        pytest.param("x\n" * 300, ["x"] * 300, id="a list of hundreds of lines is no paragraph"),
    ],
)
def test_blocks(text: str, blocks: list[str]) -> None:
    found = list(plain.document(text).blocks())
    assert [block.span.of(text) for block in found] == blocks
    for block in found:
        for at in range(*block.span):
            assert plain.document(text).block(at) == block.span


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("Alibaba under fire", "headline", id="headline"),
        pytest.param("It was a hard week.", "paragraph", id="paragraph"),
        pytest.param(LONG * 3, "paragraph", id="long paragraph"),
        pytest.param("A gate in Hangzhou. [AP=연합뉴스]", "caption", id="caption"),
        pytest.param(LONG * 3 + "[AP=연합뉴스]", "caption", id="long caption"),
        pytest.param("The year in numbers. Graphic = Yoon Seo-ah", "caption", id="graphic"),
        pytest.param("[뉴시스]", "credit", id="credit"),
        pytest.param("Beijing = correspondent Lim Do-hyun", "byline", id="byline"),
        pytest.param("\N{COPYRIGHT SIGN} Some Paper. All rights reserved", "notice", id="notice"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert next(plain.document(text).blocks()).kind == kind


@pytest.mark.parametrize(
    ("text", "protected"),
    [
        pytest.param("see https://a.org/x?y=z, and", "https://a.org/x?y=z,", id="URL"),
        pytest.param("see www.a.org/x now", "www.a.org/x", id="URL without a scheme"),
        pytest.param("to a.b+c@d-e.org now", "a.b+c@d-e.org", id="address"),
        pytest.param("by @ma_win-2 now", "@ma_win-2", id="handle"),
        pytest.param("the #AntGroup tag", "#AntGroup", id="hashtag"),
        pytest.param("on Hankyung.com now", "Hankyung.com", id="site"),
        pytest.param("in notes.final.txt now", "notes.final.txt", id="file"),
        pytest.param("in /home/x/y.z now", "/home/x/y.z", id="path"),
        pytest.param("in ~/x or so", "~/x", id="path from home"),
        pytest.param("in C:\\a\\b now", "C:\\a\\b", id="Windows path"),
        pytest.param("run `rm x` now", "`rm x`", id="code"),
        pytest.param("so ``weak-dam,'' he said", "", id="TeX quotes are no code"),
        pytest.param("he said.The and/or U.S. 3/4", "", id="prose"),
    ],
)
def test_protected_spans(text: str, protected: str) -> None:
    document = plain.document(text)
    marked = "".join(
        char for at, char in enumerate(text) if document.is_protected(Span(at, at + 1))
    )
    assert marked == protected


PIECES = ["a", " ", "\n", "\r\n", "\r", "\n\n", LONG, "x@y.org", "`c`"]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_blocks_hold_every_character_that_is_no_white_space(text: str) -> None:
    blocks = [block.span for block in plain.document(text).blocks()]
    assert all(left.end <= right.start for left, right in pairwise(blocks))
    inside = {at for span in blocks for at in range(*span)}
    assert all(char.isspace() for at, char in enumerate(text) if at not in inside)


def test_formats_by_name() -> None:
    assert for_name("a.TXT") is plain.document
    assert for_name("a.unknown") is plain.document

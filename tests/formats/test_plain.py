"""Plain text: where blocks are, what they are, and which spans are protected."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.formats import plain
from cleaner.text.edits import Span
from cleaner.text.prose import verbatim_spans

LONG = (
    "This line is long enough that nobody could have wrapped it by hand, so it has to be a "
    "paragraph all by itself. "
)


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        pytest.param("", [], id="empty"),
        pytest.param(" \n\t\n", [], id="only white space"),
        pytest.param("one\n\ntwo", ["one", "two"], id="blank line"),
        pytest.param("one\n \t\ntwo", ["one", "two"], id="line of white space"),
        pytest.param("one\r\n\r\ntwo\r\n", ["one", "two"], id="CRLF"),
        pytest.param("one\r\rtwo\r", ["one", "two"], id="CR only"),
        pytest.param("by\nhand\nhere", ["by\nhand\nhere"], id="short lines are one block"),
        pytest.param("by hand\r\nhere\r\n", ["by hand\r\nhere"], id="short lines, CRLF"),
        pytest.param(f"{LONG}\n{LONG}", [LONG, LONG], id="long lines are a block each"),
        pytest.param(
            f"Heading\n{LONG}\nTail", ["Heading", LONG, "Tail"], id="short lines beside a long one"
        ),
        pytest.param("x\n" * 300, ["x"] * 300, id="hundreds of short lines are no paragraph"),
    ],
)
def test_blocks(text: str, blocks: list[str]) -> None:
    found = list(plain.read(text).blocks())
    assert [block.span.of(text) for block in found] == blocks
    for block in found:
        for at in range(*block.span):
            assert plain.read(text).block(at) == block.span


def test_blocks_have_kinds() -> None:
    text = "Alibaba under fire\n\nIt was a hard week.\n\nA gate in Hangzhou. [AP=연합뉴스]"
    kinds = [block.kind for block in plain.read(text).blocks()]
    assert kinds == ["headline", "paragraph", "caption"]


@pytest.mark.parametrize(
    ("text", "protected"),
    [
        pytest.param("see https://a.org/x?y=z, and", "https://a.org/x?y=z,", id="URL"),
        pytest.param("run `rm x` now", "`rm x`", id="code"),
        pytest.param("run `rm x` or\nsee a.txt or `b", "`rm x`a.txt", id="code and file"),
        pytest.param("so ``weak-dam,'' he said", "", id="TeX quotes are no code"),
        pytest.param("`a\nb` by @x", "@x", id="code ends with its line"),
        pytest.param("`a`\rb\r`c`\r", "`a``c`", id="CR only"),
    ],
)
def test_protected_characters(text: str, protected: str) -> None:
    document = plain.read(text)
    found = [text[at] for at in range(len(text)) if not document.is_prose(at)]
    assert "".join(found) == protected


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        pytest.param(Span(0, 4), False, id="before"),
        pytest.param(Span(0, 5), True, id="touches the first character"),
        pytest.param(Span(3, 3), False, id="insertion before"),
        pytest.param(Span(4, 4), True, id="insertion at the edge"),
        pytest.param(Span(5, 5), True, id="insertion inside"),
        pytest.param(Span(12, 13), True, id="the last character"),
        pytest.param(Span(13, 15), False, id="behind"),
        pytest.param(Span(0, 16), True, id="all around"),
    ],
)
def test_protected_spans(span: Span, expected: bool) -> None:
    document = plain.read("see a.b@c.org now")
    assert document.is_protected(span) is expected


PIECES = ["a", " ", "\n", "\r\n", "\r", "\n\n", LONG, "x@y.org", "`c`"]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_blocks_hold_every_character_that_is_no_white_space(text: str) -> None:
    blocks = [block.span for block in plain.read(text).blocks()]
    assert all(left.end <= right.start for left, right in pairwise(blocks))
    inside: set[int] = set()
    for block in blocks:
        inside.update(range(*block))
    assert all(char.isspace() for at, char in enumerate(text) if at not in inside)


WORDS = [
    "a",
    "(",
    ".",
    "\N{RIGHT SINGLE QUOTATION MARK}s",
    " ",
    "\n",
    "x@y.org",
    "www.y.org",
    "`c`",
]


@given(
    st.lists(st.sampled_from([*WORDS, "y" * 150, "$HOME"]), max_size=12).map("".join),
    st.lists(st.tuples(st.integers(0, 200), st.sampled_from([0, 1, 5, 40])), min_size=1),
)
def test_protected_is_what_is_verbatim_in_the_line(
    text: str, places: list[tuple[int, int]]
) -> None:
    document = plain.read(text)
    for start, size in places:
        start = min(start, len(text))
        line_end = text.find("\n", start)
        line = Span(text.rfind("\n", 0, start) + 1, line_end if line_end >= 0 else len(text))
        span = Span(start, min(start + size, line.end))
        verbatim = list(verbatim_spans(text, line))
        touched = any(span.overlaps(there) or there.covers(span) for there in verbatim)
        assert document.is_protected(span) is touched


@given(st.lists(st.sampled_from([*WORDS, "--so", "\n\n", "\r"]), max_size=12).map("".join))
def test_places_of_prose_are_the_same_one_by_one(text: str) -> None:
    document = plain.read(text)
    for block in document.spans():
        places = range(block.end - block.start)
        one_by_one = [at for at in places if document.is_prose(block.start + at)]
        assert document.prose_places(block, places) == one_by_one

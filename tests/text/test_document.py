"""A document asks its layout once for each block, and covers the whole text with blocks."""

from __future__ import annotations

import re

from cleaner.text.document import Document
from cleaner.text.edits import Span
from cleaner.text.layout import Block, BlockKind, Layout


class Words(Layout):
    """A layout in which each word is a block. It counts what it is asked."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.asked: list[int] = []

    def block(self, at: int) -> Span:
        self.asked.append(at)
        for word in re.finditer(r"\w+", self.text):
            if word.end() > at:
                start = word.start()
                return Span(*word.span()) if start <= at else Span(start, start)
        return Span(len(self.text), len(self.text))

    def kind(self, block: Span) -> BlockKind:
        return "headline" if block.start == 0 else "paragraph"

    def is_protected(self, span: Span) -> bool:
        return "x" in span.of(self.text)


TEXT = "one two  six"
BLOCKS = [Span(0, 3), Span(4, 7), Span(9, 12)]


def test_blocks_come_in_order_with_their_kinds() -> None:
    document = Document(TEXT, Words(TEXT))
    assert list(document.spans()) == BLOCKS
    kinds: list[BlockKind] = ["headline", "paragraph", "paragraph"]
    assert list(document.blocks()) == [
        Block(span, kind) for span, kind in zip(BLOCKS, kinds, strict=True)
    ]


def test_the_layout_is_asked_once_for_each_block() -> None:
    layout = Words(TEXT)
    document = Document(TEXT, layout)
    for at in (10, 0, 5, 11, 9, 2, 1, 6, 4):
        block = document.block(at)
        assert block.start <= at < block.end
    assert layout.asked == [10, 0, 5]


def test_white_space_between_blocks_is_in_none() -> None:
    document = Document(TEXT, Words(TEXT))
    block = document.block(7)
    assert not block.start <= 7 < block.end


def test_what_is_not_protected_is_prose() -> None:
    document = Document(TEXT, Words(TEXT))
    assert [document.is_prose(at) for at in (0, 11)] == [True, False]
    assert document.is_protected(Span(8, 12))
    assert not document.is_protected(Span(0, 8))


def test_directives_may_be_left_out() -> None:
    assert list(Document(TEXT, Words(TEXT)).directives()) == []

"""A text, and what a format knows of it: where its blocks are, and which spans nobody may touch.

Both are asked for only where something was found, so a clean text costs nothing and one long line stays linear.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from cleaner.text import Span

BlockKind = Literal["headline", "paragraph", "caption", "credit", "byline", "notice"]


class Block(NamedTuple):
    """A headline, a paragraph, a caption ...: a span of the text without the line end behind it."""

    span: Span
    kind: BlockKind


class Document:
    """A text with its blocks and protected spans, both worked out by a format (see `cleaner.formats`).

    `divide(text, at)` gives the block around a position, `protect(text, block)` the spans inside a block that are
    code, URLs, addresses and the like.
    """

    __slots__ = ("_block", "_divide", "_protect", "_protected", "text")

    def __init__(
        self, text: str, divide: Callable[[str, int], Block], protect: Callable[[str, Span], Sequence[Span]]
    ) -> None:
        self.text = text
        self._divide, self._protect = divide, protect
        self._block = Block(Span(-1, -1), "paragraph")
        self._protected: tuple[Span, Sequence[Span]] = (self._block.span, ())

    def block(self, at: int) -> Block:
        """The block that holds the code point `at`."""
        start, end = self._block.span
        if not start <= at < end:
            self._block = self._divide(self.text, at)
        return self._block

    def blocks(self) -> Iterator[Block]:
        """Every block, in the order of the text; nothing but white space stands between two of them."""
        at, size = 0, len(self.text)
        while at < size:
            if self.text[at].isspace():
                at += 1
            else:
                block = self.block(at)
                yield block
                at = max(block.span.end, at + 1)

    def is_protected(self, span: Span) -> bool:
        """Whether `span` touches something that must stay as it is: code, a URL, an address, a file name."""
        block = self.block(span.start).span
        if self._protected[0] != block:
            self._protected = (block, self._protect(self.text, block))
        return any(span.overlaps(held) or held.covers(span) for held in self._protected[1])

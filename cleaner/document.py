"""A text, and what a format knows of it: where its blocks are, and which spans nobody may touch.

Both are asked for only where something was found, so a clean text costs nothing and one long line stays linear.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from cleaner.text import Span

BlockKind = Literal["headline", "paragraph", "caption", "credit", "byline", "notice"]


class Block(NamedTuple):
    """A headline, a paragraph, a caption ...: a span of the text without the line end behind it."""

    span: Span
    kind: BlockKind


class Document:
    """A text with its blocks and protected spans, both worked out by a format (see `cleaner.formats`).

    `divide(at)` gives the block around a position, `classify(block)` its kind; `protects(span)` says whether a span
    touches something that must stay as it is: code, a URL, an address, a file name.
    """

    __slots__ = ("_block", "_classify", "_divide", "is_protected", "text")

    def __init__(
        self,
        text: str,
        divide: Callable[[int], Span],
        classify: Callable[[Span], BlockKind],
        protects: Callable[[Span], bool],
    ) -> None:
        self.text = text
        self.is_protected = protects
        self._divide, self._classify = divide, classify
        self._block = Span(-1, -1)

    def block(self, at: int) -> Span:
        """The block that holds the code point `at`."""
        start, end = self._block
        if not start <= at < end:
            self._block = self._divide(at)
        return self._block

    def blocks(self) -> Iterator[Block]:
        """Every block, in the order of the text; nothing but white space stands between two of them."""
        at, size = 0, len(self.text)
        while at < size:
            if self.text[at].isspace():
                at += 1
            else:
                span = self.block(at)
                yield Block(span, self._classify(span))
                at = max(span.end, at + 1)

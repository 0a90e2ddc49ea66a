"""A text, and what a format knows of it: where its blocks are, and which spans nobody may touch.

Both are asked for only where something was found, so a clean text costs nothing and one long line
stays linear.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from cleaner.text.edits import Span

BlockKind = Literal["headline", "paragraph", "caption", "credit", "byline", "notice"]


class Block(NamedTuple):
    """A headline, a paragraph, a caption ...: a span of the text without the line end behind it."""

    span: Span
    kind: BlockKind


class Directive(NamedTuple):
    """What an author told the tool in the text itself: `<!-- cleaner: ignore names/people/ma-yun
    -->`.

    `span` is the comment; `rules` are globs of rule ids, none of them meaning all rules; `reach` is
    the part of the text that it is about: the next block for "ignore", all up to the next "on" for
    "off", nothing for "on".
    """

    span: Span
    action: Literal["ignore", "off", "on"]
    rules: tuple[str, ...]
    reach: Span


_INK = re.compile(r"\S")


class Document:
    """A text with its blocks and protected spans, both worked out by a format (see
    `cleaner.formats`).

    `divide(at)` gives the block around a position, `classify(block)` its kind; `protects(span)`
    says whether a span touches something that must stay as it is: code, a URL, an address, a file
    name. `directives()` gives what the author told the tool, for formats that have comments.
    """

    __slots__ = ("_block", "_blocks", "_classify", "_divide", "directives", "is_protected", "text")

    def __init__(
        self,
        text: str,
        divide: Callable[[int], Span],
        classify: Callable[[Span], BlockKind],
        protects: Callable[[Span], bool],
        directives: Callable[[], Iterable[Directive]] = tuple,
    ) -> None:
        self.text = text
        self.is_protected = protects
        self.directives = directives
        self._divide, self._classify = divide, classify
        self._block = Span(-1, -1)
        # those asked for so far, in order: every rule asks for the same ones
        self._blocks: list[Span] = []

    def block(self, at: int) -> Span:
        """The block that holds the code point `at`."""
        start, end = self._block
        if not start <= at < end:
            before = bisect_right(self._blocks, (at, len(self.text) + 1))
            if not (before and at < self._blocks[before - 1].end):
                block = self._divide(at)
                if not block.start <= at < block.end:  # between two blocks
                    return block
                self._blocks.insert(before, block)
                before += 1
            self._block = self._blocks[before - 1]
        return self._block

    def is_prose(self, at: int) -> bool:
        """Whether the code point `at` is not protected."""
        return not self.is_protected(Span(at, at + 1))

    def spans(self) -> Iterator[Span]:
        """Every block, in the order of the text; nothing but white space stands between two of
        them.

        What is no prose at all (code, the marker of a list) is a block of its own, wholly
        protected.
        """
        at = 0
        while found := _INK.search(self.text, at):
            span = self.block(found.start())
            yield span
            at = max(span.end, found.end())

    def blocks(self) -> Iterator[Block]:
        """The same with their kinds."""
        for span in self.spans():
            yield Block(span, self._classify(span))

"""A text together with what its format knows about it: its blocks and its protected spans.

The format is asked only about places where something was found. So a clean text costs nothing, and
a text of one very long line is still read in linear time.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from cleaner.text.edits import Span
from cleaner.text.language import is_english, signs_of_code
from cleaner.text.stopwatch import Stopwatch

BlockKind = Literal["headline", "paragraph", "caption", "credit", "byline", "notice"]

_NO_SPAN = Span(-1, -1)
_NOT_WHITE_SPACE = re.compile(r"\S")


class Block(NamedTuple):
    """A headline, a paragraph, a caption ... of a text, and its span.

    The span does not include the line end behind the block.
    """

    span: Span
    kind: BlockKind


class Directive(NamedTuple):
    """A comment in a text that tells the tool where rules must not act.

    For example `<!-- cleaner: ignore names/people/ma-yun -->`.

    Attributes:
        span: the comment itself.
        action: "ignore" for one block, "off" for everything up to the next "on".
        rules: globs of rule ids. None means all rules.
        reach: the part of the text that the comment is about: the next block for "ignore", the
            text up to the next "on" (or to the end) for "off", an empty span for "on".
    """

    span: Span
    action: Literal["ignore", "off", "on"]
    rules: tuple[str, ...]
    reach: Span


class Layout(ABC):
    """What a format knows about one text. Each format defines a subclass, which keeps the text.

    A `Document` asks it about places in the text. All positions are counted in code points.
    """

    @abstractmethod
    def block(self, at: int) -> Span:
        """Return the span of the block around the code point `at`. Required.

        The span must be the same for every code point in it. Where `at` is white space between two
        blocks, any span that does not include `at` will do.
        """

    @abstractmethod
    def kind(self, block: Span) -> BlockKind:
        """Return the kind of a block, given a span that the method `block` returned. Required."""

    @abstractmethod
    def is_protected(self, span: Span) -> bool:
        """Return whether the span must not be edited. Required.

        An edit must not touch code, a URL, an address, a file name or markup. An empty span is an
        insertion, which must be neither inside of these nor at their edges.
        """

    def directives(self) -> Iterable[Directive]:
        """Return the directives in the comments of the text, in order.

        May be left out: a format without comments has none.
        """
        return ()


class Document:
    """A text with its blocks, its protected spans and its directives.

    Attributes:
        text: the whole text.
        searching: how long the patterns of rules have searched it so far.
    """

    __slots__ = ("_english", "_known", "_latest", "_layout", "searching", "text")

    def __init__(self, text: str, layout: Layout) -> None:
        self.text = text
        self.searching = Stopwatch()
        self._layout = layout
        # Every rule asks for the same blocks, mostly for one several times in a row.
        self._known: list[Span] = []  # the blocks that were asked for, in the order of the text
        self._latest = _NO_SPAN  # the block that was asked for last
        self._english: dict[Span, bool] = {}  # whether blocks, or the whole text, are English

    def block(self, at: int) -> Span:
        """Return the span of the block that contains the code point `at`.

        For white space between two blocks it is some span that does not contain `at`.
        """
        latest = self._latest
        if latest.start <= at < latest.end:
            return latest
        number = bisect_right(self._known, (at, len(self.text) + 1))
        if number and at < self._known[number - 1].end:
            self._latest = self._known[number - 1]
            return self._latest
        block = self._layout.block(at)
        if block.start <= at < block.end:
            self._known.insert(number, block)
            self._latest = block
        return block

    def is_protected(self, span: Span) -> bool:
        """Return whether an edit of the span would touch something that must stay as it is."""
        return self._layout.is_protected(span)

    def is_prose(self, at: int) -> bool:
        """Return whether the code point `at` may be edited, since nothing protects it."""
        return not self._layout.is_protected(Span(at, at + 1))

    def is_english(self) -> bool:
        """Return whether the text as a whole is English, or at least may be."""
        whole = Span(0, len(self.text))
        if whole not in self._english:
            self._english[whole] = is_english(self.text) is not False
        return self._english[whole]

    def is_english_prose(self, block: Span) -> bool:
        """Return whether a block is English, and not code that its format does not know about.

        A block that does not tell its language is like the whole text.
        """
        known = self._english.get(block)
        if known is None:
            language = is_english(block.of(self.text))
            known = self.is_english() if language is None else language
            known = known and not self._shows_code(block)
            self._english[block] = known
        return known

    def _shows_code(self, block: Span) -> bool:
        """Return whether a block shows signs of code outside protected spans."""
        return any(self.is_prose(at) for at in signs_of_code(self.text, block))

    def directives(self) -> Iterable[Directive]:
        """Return what the author told the tool in comments, in order."""
        return self._layout.directives()

    def spans(self) -> Iterator[Span]:
        """Yield the span of each block in order. Between two blocks is nothing but white space.

        What is not prose at all (code, the marker of a list) is a block too, all of it protected.
        """
        found = _NOT_WHITE_SPACE.search(self.text)
        while found:
            span = self.block(found.start())
            yield span
            found = _NOT_WHITE_SPACE.search(self.text, max(span.end, found.end()))

    def blocks(self) -> Iterator[Block]:
        """Yield each block with its kind, in order."""
        for span in self.spans():
            yield Block(span, self._layout.kind(span))

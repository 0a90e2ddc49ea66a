"""What a format says about a text: its blocks, what is protected, and how it stands in the source.

A format defines a subclass of `Layout`, and of `WayBack` if the text is not the source itself.
`Document` is what all others ask.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from cleaner.text.directives import Directive
from cleaner.text.edits import Edit, Span
from cleaner.text.sourcemap import SourceEdit

BlockKind = Literal[
    "headline",
    "paragraph",
    "caption",
    "credit",
    "byline",
    "notice",
    "title",  # of a page or a book; a heading in its navigation
    "attribute",  # the text of an attribute, such as the alternative text of a picture
    "cue",  # of a subtitle
    "voice",  # the name of somebody who speaks
    "message",  # a translated text of a program
    "cell",  # of a table, or a field of a row
]
# The kinds that make up the running text. Only such blocks are compared with their neighbours.
RUNNING = frozenset({"headline", "paragraph", "caption", "credit", "byline", "notice"})


class Block(NamedTuple):
    """A headline, a paragraph, a caption ... of a text, and its span.

    The span does not include the line end behind the block.
    """

    span: Span
    kind: BlockKind


class Location(NamedTuple):
    """A place as a person finds it. Line and column count from 1, the column in code points.

    Attributes:
        member: the name of the member of a container (a chapter of a book), else "".
        line: the line of the source; in formats whose lines nobody sees, the number of the block.
        column: the column in that line or block.
        label: says the place in other words, “cue 4”; "" if there is nothing to add.
    """

    member: str
    line: int
    column: int
    label: str = ""

    def __str__(self) -> str:
        """The place as reports write it behind the name of a file.

        >>> str(Location("chapter3.xhtml", 12, 5)), str(Location("", 12, 5))
        ('chapter3.xhtml:12:5', '12:5')
        """
        member = f"{self.member}:" if self.member else ""
        return f"{member}{self.line}:{self.column}"


class Layout(ABC):
    """What a format knows about one text. Each format defines a subclass, which keeps the text.

    A `Document` asks it about places in the text. All positions are counted in code points.

    Attributes:
        IS_RUNNING: whether every block is a part of the running text, whatever its kind.
    """

    IS_RUNNING = False

    @abstractmethod
    def block(self, at: int) -> Span:
        """Return the span of the block around the code point `at`. Required.

        The span must be the same for every code point in it. Where `at` is white space between two
        blocks, any span that does not include `at` will do.
        """

    def may_begin_block(self, _at: int) -> bool:
        """Return whether a block may begin at a place.

        May be left out: by default it may. An answer costs less than to look for the block.
        """
        return True

    @abstractmethod
    def kind(self, block: Span) -> BlockKind:
        """Return the kind of a block, given a span that the method `block` returned. Required."""

    @abstractmethod
    def is_protected(self, span: Span) -> bool:
        """Return whether the span must not be edited. Required.

        An edit must not touch code, a URL, an address, a file name or markup. An empty span is an
        insertion, which must be neither inside of these nor at their edges.
        """

    def prose_places(self, block: Span, places: Iterable[int]) -> Sequence[int]:
        """Return those of some places of a block, counted from its beginning, that are prose.

        May be left out: by default `is_protected` is asked about each of them.
        """
        start = block.start
        return [at for at in places if not self.is_protected(Span(start + at, start + at + 1))]

    def language(self, _block: Span) -> str:
        """Return the language that a block is declared to be in, as in `lang="pt-BR"`, or "".

        May be left out: by default nothing is declared.
        """
        return ""

    def directives(self) -> Iterable[Directive]:
        """Return the directives in the comments of the source, in order.

        May be left out: a format without comments has none.
        """
        return ()

    def way_back(self) -> WayBack | None:
        """Return how edits of the text are written into the source.

        May be left out: None means that the text is the source.
        """
        return None


class WayBack(ABC):
    """How the text of a document stands in its source (see `cleaner.text.built`)."""

    source: str

    @abstractmethod
    def fit(self, edit: Edit) -> Edit | None:
        """Return an edit as it can be written, or None if it cannot.

        An edit that would leave nothing of a block becomes one that deletes the block.
        """

    @abstractmethod
    def together(self, edits: Sequence[Edit]) -> list[Edit]:
        """Return those of some edits, each of which fits, that can be made at the same time.

        Of several that would leave nothing of a block among others, the last one is left out.
        """

    @abstractmethod
    def edits(self, edits: Iterable[Edit]) -> Sequence[SourceEdit]:
        """Return the edits of the source, sorted, that make these edits of the text.

        Raises:
            UnwritableError: one of them cannot be written.
        """

    @abstractmethod
    def structure(self, edits: Iterable[Edit]) -> str:
        """Return what is left of the source without its text and what these edits delete."""

    @abstractmethod
    def source_span(self, span: Span) -> Span:
        """Return the span of the source from the first to the last character of a span."""

    @abstractmethod
    def location(self, at: int) -> Location:
        """Return where the code point `at` of the text is."""

    @abstractmethod
    def location_in_source(self, at: int) -> Location:
        """Return where the code point `at` of the source is."""

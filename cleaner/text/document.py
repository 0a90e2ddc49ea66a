"""A text as a reader sees it, with what its format knows about it: blocks, protected spans, and how
to write edits of the text into the source of the file.

The format is asked only about places where something was found. So a clean text costs nothing, and
a text of one very long line is still read in linear time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import count
from typing import NamedTuple, TypeAlias

from cleaner.text.directives import Directive
from cleaner.text.edits import Edit, Lines, Span
from cleaner.text.edits import apply as apply_edits
from cleaner.text.language import is_code_of_english, is_english, signs_of_code
from cleaner.text.layout import RUNNING, Block, BlockKind, Layout, Location
from cleaner.text.members import MEMBER, member_around
from cleaner.text.packed import Packed
from cleaner.text.sourcemap import SourceEdit, apply_to_source
from cleaner.text.stopwatch import Stopwatch

_NO_SPAN = Span(-1, -1)
_NOT_WHITE_SPACE = re.compile(r"\S")


class Unit(NamedTuple):
    """A part of a document whose texts have nothing to do with the others, such as a row.

    Evidence and damage are a matter of one unit.

    Attributes:
        source: its span in the source.
        text: its span in the text.
        read: reads the source of this unit alone.
    """

    source: Span
    text: Span
    read: ReadDocument


class Document:
    """A text with its blocks, its protected spans and its directives.

    Attributes:
        units: the units of the text, if it has several.
        left_out: why nothing of the source is text, for example its language; "" if it is.
        searching: how long the patterns of rules have searched it so far.
    """

    def __init__(
        self, text: str, layout: Layout, *, units: Sequence[Unit] = (), left_out: str = ""
    ) -> None:
        self.units = units
        self.left_out = left_out
        self.searching = Stopwatch()
        self._text: str | None = text  # None while it is put away
        self._its_layout: Layout | None = layout  # the same
        self._way_back = layout.way_back()
        self._packed: tuple[Packed, ReadDocument] | None = None
        # Every rule asks for the same blocks, mostly for one several times in a row.
        self._known: list[Span] = []  # the blocks that were asked for, in the order of the text
        self._starts: list[int] = []  # where they begin
        self._latest = _NO_SPAN  # the block that was asked for last
        self._first: list[Span] = []  # the first blocks of the text, as far as they were wanted
        self._searched = 0  # where the search for the one behind them begins
        self._english: dict[Span, bool] = {}  # whether blocks are English prose

    @property
    def text(self) -> str:
        """The whole text, as a reader sees it."""
        return self._read_again().text if self._text is None else self._text

    @property
    def sliced(self) -> str | Packed:
        """The text to read parts of; a text that was put away stays where it is."""
        return self._packed[0] if self._text is None and self._packed else self.text

    def keep(self, packed: Packed, read: ReadDocument) -> None:
        """Keep the source as UTF-8 too, and what reads it, so that the text can be put away.

        That is done only where the text is the source.
        """
        if self.is_identity:
            self._packed = packed, read

    @property
    def can_be_put_away(self) -> bool:
        """Whether `put_away` does anything: whether the source is kept as UTF-8 (see `keep`)."""
        return bool(self._packed)

    def put_away(self) -> None:
        """Forget the text, and what was found out about it, until somebody asks for it again."""
        if self._packed:
            self._text = self._its_layout = None
            self._known, self._starts, self._first = [], [], []
            self._latest = _NO_SPAN
            self._searched = 0
            self._english = {}

    @property
    def _layout(self) -> Layout:
        return self._its_layout or self._read_again()._layout

    def _read_again(self) -> Document:
        """Get the text back that was put away; return it as it is read now."""
        assert self._packed
        packed, read = self._packed
        document = read(str(packed))
        self._text, self._its_layout = document._text, document._its_layout
        return document

    def block(self, at: int) -> Span:
        """Return the span of the block that contains the code point `at`.

        For white space between two blocks it is some span that does not contain `at`.
        """
        latest = self._latest
        if latest.start <= at < latest.end:
            return latest
        number = bisect_right(self._starts, at)
        if number and at < self._known[number - 1].end:
            self._latest = self._known[number - 1]
            return self._latest
        block = self._layout.block(at)
        if block.start <= at < block.end:
            self._known.insert(number, block)
            self._starts.insert(number, block.start)
            self._latest = block
        return block

    def begins_block(self, at: int) -> bool:
        """Return whether a block begins at the code point `at`."""
        return self._layout.may_begin_block(at) and self.block(at).start == at

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Document):
            return NotImplemented
        return (self.text, self.source) == (other.text, other.source)

    def __hash__(self) -> int:
        return hash((self.text, self.source))

    @property
    def is_identity(self) -> bool:
        """Whether the text is the source itself."""
        return self._way_back is None

    @property
    def source(self) -> str:
        """The source of the file; the text itself if it has no markup."""
        return self._way_back.source if self._way_back else self.text

    def fit(self, edit: Edit) -> Edit | None:
        """Return an edit as it can be applied, or None if something must stay as it is there."""
        if self._way_back:
            return self._way_back.fit(edit)
        return None if self._layout.is_protected(edit.span) else edit

    def together(self, edits: list[Edit]) -> list[Edit]:
        """Return those of some edits, each of which fits, that can be made at the same time.

        The others may fit when these are made.
        """
        return self._way_back.together(edits) if self._way_back else edits

    def source_edits(self, edits: Iterable[Edit]) -> Sequence[SourceEdit]:
        """Return the edits of the source that make these edits of the text.

        Raises:
            UnwritableError: one of them cannot be written.
        """
        if self._way_back:
            return self._way_back.edits(edits)
        return [SourceEdit(edit.span, edit.replacement) for edit in edits]

    def rewritten(self, edits: Sequence[Edit]) -> str:
        """Return the source with these edits of the text.

        Raises:
            UnwritableError: one of them cannot be written.
        """
        if self._way_back:
            return apply_to_source(self.source, self._way_back.edits(edits))
        return apply_edits(self.text, edits)

    def structure(self, edits: Iterable[Edit] = ()) -> str:
        """Return what is left of the source without its text and what these edits delete."""
        return self._way_back.structure(edits) if self._way_back else ""

    def source_span(self, span: Span) -> Span:
        """Return the span of the source from the first to the last character of a span."""
        return self._way_back.source_span(span) if self._way_back else span

    @property
    def is_container(self) -> bool:
        """Whether the source is made of the members of a container; the file has no lines then."""
        return self.source.startswith(MEMBER)

    def member(self, at: int) -> tuple[str, int]:
        """Return the name of the member of a container around a place of the source, and where it
        begins; ("", 0) in other formats.
        """
        return member_around(self.source, at)[:2]

    def location(self, at: int) -> Location:
        """Return where the code point `at` of the text is, as a person finds it."""
        if self._way_back:
            return self._way_back.location(at)
        return Location("", *self._lines.place(at))

    def location_in_source(self, at: int) -> Location:
        """Return where the code point `at` of the source is, as a person finds it."""
        if self._way_back:
            return self._way_back.location_in_source(at)
        return Location("", *self._lines.place(at))

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.sliced)

    def is_protected(self, span: Span) -> bool:
        """Return whether an edit of the span would touch something that must stay as it is."""
        return self._layout.is_protected(span)

    def is_prose(self, at: int) -> bool:
        """Return whether the code point `at` may be edited, since nothing protects it."""
        return not self._layout.is_protected(Span(at, at + 1))

    def prose_places(self, block: Span, places: Iterable[int]) -> Sequence[int]:
        """Return those of some places of a block, counted from its beginning, that may be edited.

        This costs less than to ask `is_prose` about each of them.
        """
        return self._layout.prose_places(block, places)

    def is_english(self) -> bool:
        """Return whether the text as a whole is English, or at least may be."""
        return self._is_english

    @cached_property
    def _is_english(self) -> bool:
        return is_english(self.text) is not False

    def is_english_prose(self, block: Span) -> bool:
        """Return whether a block is English, and not code that its format does not know about.

        A block that does not tell its language is like the whole text.
        """
        known = self._english.get(block)
        declared = self._layout.language(block) if known is None else ""
        if declared and not is_code_of_english(declared):
            known = self._english[block] = False
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

    def kind(self, block: Span) -> BlockKind:
        """Return the kind of a block, given its span."""
        return self._layout.kind(block)

    def spans(self) -> Iterator[Span]:
        """Yield the span of each block in order. Between two blocks is nothing but white space.

        What is not prose at all (code, the marker of a list) is a block too, all of it protected.
        """
        for number in count():
            if number == len(self._first) and not self._find_next():
                return
            yield self._first[number]

    def _find_next(self) -> bool:
        """Find the block behind the first ones; return whether there is one."""
        found = _NOT_WHITE_SPACE.search(self.text, self._searched)
        if found is None:
            return False
        span = self.block(found.start())
        self._first.append(span)
        self._searched = max(span.end, found.end())
        return True

    def running(self) -> Iterator[Span]:
        """Return the span of each block of the running text, in order: no titles, no cells."""
        if self._layout.IS_RUNNING:
            return self.spans()
        return (block.span for block in self.blocks() if block.kind in RUNNING)

    def blocks(self) -> Iterator[Block]:
        """Yield each block with its kind, in order."""
        for span in self.spans():
            yield Block(span, self._layout.kind(span))


# A function that reads a source.
ReadDocument: TypeAlias = Callable[[str], Document]

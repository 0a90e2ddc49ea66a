"""Making a document of a source: what a format's reader calls while it reads.

A reader opens a passage for each block of text and adds its pieces, each with its span in the
source. What it adds to no passage is structure. At the end the passages are put together: first
the running text in the order of the source, then what stands beside it (alternative texts, titles).
Between two blocks the text has a blank line that stands in no source.

    builder = Builder(source)
    passage = builder.open()
    passage.verbatim(source, Span(3, 9))
    document = builder.document()
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

from cleaner.text.built import GAP, BuiltLayout, Comment, Placed
from cleaner.text.directives import Action
from cleaner.text.document import Document, ReadDocument, Unit
from cleaner.text.edits import Span, merge_spans
from cleaner.text.layout import RUNNING, BlockKind
from cleaner.text.passage import Part, Passage, as_it_is
from cleaner.text.sourcemap import Frame, Piece, SourceMap, Spell


class Builder:
    """Collects passages, comments and frames while a reader goes through a source."""

    def __init__(self, source: str, spell: Spell = as_it_is) -> None:
        self.source = source
        self._spell = spell
        self._running: list[Passage] = []
        self._beside: list[Passage] = []
        self._frames: list[Frame] = []
        self._comments: list[Comment] = []
        self._units: list[tuple[Span, ReadDocument, int]] = []
        self._why_empty = ""

    def open(
        self,
        kind: BlockKind | None = None,
        *,
        enclosure: Span | None = None,
        label: str = "",
        number: int = 0,
        spell: Spell | None = None,
    ) -> Passage:
        """Begin a block and return its passage. One that stays without text is left out.

        A block of a kind that is not running text (an attribute, a title, a cell; see
        `cleaner.text.layout.RUNNING`) is placed behind the running text of its member. It is
        never compared with its neighbours.

        Args:
            kind, enclosure, label, number: see `Passage`.
            spell: see `Passage`; that of the builder by default.
        """
        passage = Passage(kind, enclosure, label, number, spell or self._spell)
        (self._running if kind is None or kind in RUNNING else self._beside).append(passage)
        return passage

    def frame(self, span: Span, respell: Callable[[str], str]) -> None:
        """Say that a part of the source is respelled as a whole when the text in it changes.

        Args:
            span: the part, for example the value of an attribute with its quotation marks.
            respell: is given the part after the edits; returns it as it has to be, for example with
                quotation marks that a new space makes necessary.
        """
        self._frames.append(Frame(span, respell))

    def comment(
        self,
        span: Span,
        action: Action,
        rules: tuple[str, ...],
        following: Span | None = None,
    ) -> None:
        """Add a comment that is addressed to the tool.

        Args:
            span: the comment in the source.
            action: see `Directive`.
            rules: globs of rule ids.
            following: for `ignore`, what the comment is about, in the source; None means the block
                that it is in, or the next one.
        """
        self._comments.append(Comment(span, action, rules, following))

    def unit(self, span: Span, read: ReadDocument) -> None:
        """Say that the passages added since the last unit stand in a unit of their own (a row).

        Args:
            span: the unit in the source.
            read: reads the source of this unit alone.
        """
        self._units.append((span, read, len(self._running) + len(self._beside)))

    def member(self) -> None:
        """Begin the next member of a container: what stands beside the text so far comes here."""
        self._running += self._beside
        self._beside = []

    def leave_out(self, why: str) -> None:
        """Say why nothing of the source is text, for example because it is in another language."""
        self._why_empty = why

    def document(self) -> Document:
        """Put the document together."""
        self.member()
        return _Assembly(self._running, self.source).document(
            sorted(self._frames), self._comments, self._units, self._why_empty
        )


class _Assembly:
    """The text of passages, and where everything in it is."""

    def __init__(self, passages: Iterable[Passage], source: str) -> None:
        self._source = source
        self._texts: list[str] = []
        self._pieces: list[Piece] = []
        self._locked: list[Span] = []
        self._blocks: list[Placed] = []
        self._ends: list[int] = []  # of the text after each passage, also of those left out
        at = 0
        for passage in passages:
            parts = passage.take() if passage.is_visible else ()
            if parts:
                at = self._place(passage, parts, at)
            self._ends.append(at)

    def _place(self, passage: Passage, parts: Sequence[Part], at: int) -> int:
        """Add a block behind the text so far; return where the text ends now."""
        if self._blocks:
            self._texts.append(GAP)
            at += len(GAP)
        start = at
        last: Part | None = None
        for part in parts:
            span = Span(at, at + len(part.text))
            self._texts.append(part.text)
            if last and part.continues(last):
                self._pieces[-1] = _joined(self._pieces[-1], span, part.source)
            else:
                self._pieces.append(Piece(span, part.source, part.way, part.spell))
            if part.locked:
                self._locked.append(span)
            at, last = span.end, part
        source_start = min(part.source.start for part in parts)
        source_end = max(part.source.end for part in parts)
        self._blocks.append(Placed(Span(start, at), Span(source_start, source_end), passage))
        return at

    def document(
        self,
        frames: Sequence[Frame],
        comments: Sequence[Comment],
        units: Sequence[tuple[Span, ReadDocument, int]],
        why_empty: str,
    ) -> Document:
        text = "".join(self._texts)
        pieces = SourceMap(text, self._source, self._pieces, frames)
        layout = BuiltLayout(text, pieces, self._blocks, merge_spans(self._locked), comments)
        return Document(text, layout, units=self._placed_units(units), left_out=why_empty)

    def _placed_units(self, units: Sequence[tuple[Span, ReadDocument, int]]) -> list[Unit]:
        placed: list[Unit] = []
        starts = [block.span.start for block in self._blocks]
        before = 0
        for source, read, passages in units:
            end = self._ends[passages - 1] if passages else 0
            if end > before:  # it has text
                first = bisect_left(starts, before)
                placed.append(Unit(source, Span(self._blocks[first].span.start, end), read))
                before = end
        return placed


def _joined(piece: Piece, text: Span, source: Span) -> Piece:
    """Return a piece with what stands right behind it."""
    return piece._replace(
        text=Span(piece.text.start, text.end), source=Span(piece.source.start, source.end)
    )

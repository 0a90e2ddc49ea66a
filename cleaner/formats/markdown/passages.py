"""What a reader sees of a block of Markdown, and where each character of it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

from cleaner.formats.markdown.blocks import Block, Html
from cleaner.formats.markdown.inlines import NO_MARKS, Labels, Mark, Marks, read_marks
from cleaner.formats.markdown.writing import Seen, Settling, Speller, as_entity
from cleaner.text import directives, prose
from cleaner.text.builder import Builder
from cleaner.text.edits import Span
from cleaner.text.layout import BlockKind
from cleaner.text.passage import OBJECT, Passage, as_it_is

_KINDS: dict[str, BlockKind] = {"heading_open": "headline", "td_open": "cell"}
_PICTURE = re.compile(r"\[?!\[[^\r\n]*\)\s*(?=[\r\n]|\Z)")  # an image alone in the first line
_WHITE_SPACE_BEHIND = re.compile(r"\s*[\r\n]")  # up to the next line with text
_MAY_HOLD_MARKS = re.compile(r"[\\`*_~<&\[\]{$\r\n]")
_BLANK = " \t"
_WHITE_SPACE = frozenset({"", " ", "\t", "\n"})


def add_block(builder: Builder, block: Block, labels: Labels) -> None:
    """Add a block of prose to a document."""
    raw = _without_markers(builder.source, block)
    passage = builder.open(_KINDS.get(block.type))
    passage.spell = Speller(builder.source, raw, block)
    is_delicate = bool(labels.references) and "[" in raw
    passage.settle = Settling(raw, block, partial(_seen, labels), is_delicate=is_delicate)
    if _MAY_HOLD_MARKS.search(raw):
        found = read_marks(raw, labels)
        text = _Filling(passage, builder.source, block.span.start, raw, found).fill()
        for mark in found.marks:
            if mark.is_tag:
                _add_comment(builder, mark.span.moved(block.span.start), block.span)
    else:
        found, text = NO_MARKS, raw
        passage.verbatim(builder.source, block.span)
    if block.enclosure and found.is_simple:
        passage.enclosure = block.enclosure
        gap = _WHITE_SPACE_BEHIND.match(builder.source, block.span.end)
        if gap and gap.end() < len(builder.source):
            passage.gap = Span(*gap.span())
    if passage.kind is None:
        passage.kind = _kind(raw, text)


def _seen(labels: Labels, raw: str) -> Seen:
    """Return what a reader sees of the source of a block without the markers around it."""
    found = read_marks(raw, labels)
    passage = Passage(None, None, "", 0, as_it_is)
    _Filling(passage, raw, 0, raw, found).fill()
    return Seen(found.marks, found.locked, passage.take())


def _kind(raw: str, text: str) -> BlockKind:
    if _PICTURE.match(raw):
        return "caption"
    kind = prose.block_kind(text)
    return "paragraph" if kind == "headline" else kind


def _without_markers(source: str, block: Block) -> str:
    """Return the source of a block with spaces for markers between its lines, so that offsets
    stay.
    """
    if len(block.lines) == 1:
        return block.span.of(source)
    pieces: list[str] = []
    at = block.span.start
    for line in block.lines:
        pieces += (" " * (line.start - at), line.of(source))
        at = line.end
    return "".join(pieces)


def add_comments(builder: Builder, blocks: Iterable[Html]) -> None:
    """Add the comments in blocks of HTML that are addressed to the tool."""
    for html in blocks:
        for span in directives.candidates(html.span.of(builder.source)):
            _add_comment(builder, span.moved(html.span.start), html.following)


def _add_comment(builder: Builder, span: Span, about: Span) -> None:
    wish = directives.parse(span.of(builder.source))
    if wish:
        builder.comment(span, wish.action, wish.rules, about)


class _Filling:
    """Fills a passage with what a reader sees of a block.

    White space and line breaks wait until something visible follows: a reader sees none beside
    others, at the beginning of a block or at its end.
    """

    def __init__(self, passage: Passage, source: str, start: int, raw: str, found: Marks) -> None:
        self._passage, self._source, self._start = passage, source, start
        self._raw, self._found = raw, found
        self._waiting: Mark | None = None
        self._seam: Mark | None = None  # the edge of a picture, if nothing was added behind it
        self._seen: list[str] = []  # the text so far
        self._last = ""  # its last character
        self._lock = 0  # the number of the first locked span that is not behind us
        self._begins = {span.start for span in found.pictures}  # where pictures begin
        self._ends = {span.end for span in found.pictures}

    def fill(self) -> str:
        """Fill the passage; return its text."""
        at = 0
        for mark in self._found.marks:
            if at < mark.span.start:
                self._add_text(Span(at, mark.span.start))
            self._add_mark(mark)
            at = mark.span.end
        if at < len(self._raw):
            self._add_text(Span(at, len(self._raw)))
        return "".join(self._seen)

    def _add_text(self, span: Span) -> None:
        """Add what stands between two marks."""
        text = span.of(self._raw)
        inner = text.strip(_BLANK)
        if inner and not self._is_behind_space():
            inner = text.rstrip(_BLANK)
            if text[0] in _BLANK:
                self._seam = None
        if inner:
            start = span.start + text.index(inner)
            self._show()
            self._add_verbatim(Span(start, start + len(inner)))
            span = Span(start + len(inner), span.end)
        if span.start < span.end:
            self._wait(Mark(span, " "))

    def _is_behind_space(self) -> bool:
        """Return whether a reader sees no more white space here, since there is some already."""
        if self._waiting:
            return self._waiting.text != OBJECT
        return self._last in _WHITE_SPACE

    def _add_mark(self, mark: Mark) -> None:
        """Add what a reader sees instead of a mark."""
        start, end = mark.span
        if mark.text == "\n":
            self._wait(mark)
        elif mark.text:
            self._show()
            self._add_spelled(mark)
        elif start in self._begins and end in self._ends:  # a tag
            if self._last:
                self._wait(Mark(mark.span, OBJECT))
        elif (start in self._begins or end in self._ends) and not self._is_behind_space():
            self._seam = self._seam or mark

    def _wait(self, mark: Mark) -> None:
        """Let white space, or what stands for a picture, wait for something visible."""
        waiting = self._waiting
        self._seam = None
        if waiting and waiting.text == OBJECT:
            self._show()
        elif mark.text == OBJECT:  # white space before a picture is a part of it
            pass
        elif waiting and not (waiting.text == " " and mark.text == "\n"):
            return
        if mark.text == OBJECT or self._last not in _WHITE_SPACE:
            self._waiting = mark

    def _show(self) -> None:
        """Add what waits; between the text of a picture and other text, what stands for it."""
        waiting = self._waiting or (self._seam and Mark(self._seam.span, OBJECT))
        self._waiting = self._seam = None
        if waiting is None:
            return
        if waiting.text == OBJECT or waiting.is_tag:
            self._lock_at(waiting.span.start)
            self._passage.fixed(waiting.span.moved(self._start), waiting.text)
            self._note(waiting.text)
        elif waiting.text == "\n":
            self._add_spelled(waiting)
        else:
            self._add_verbatim(waiting.span)

    def _add_spelled(self, mark: Mark) -> None:
        self._lock_at(mark.span.start)
        passage = self._passage
        usual = passage.spell
        if mark.span.of(self._raw).startswith("&"):
            passage.spell = as_entity(mark.span.of(self._raw), usual)
        passage.spelled(mark.span.moved(self._start), mark.text)
        passage.spell = usual
        self._note(mark.text)

    def _add_verbatim(self, span: Span) -> None:
        """Add text that stands as it is, some parts of which may be locked."""
        at = span.start
        while at < span.end:
            end = min(self._lock_at(at), span.end)
            self._passage.verbatim(self._source, Span(at, end).moved(self._start))
            at = end
        self._note(span.of(self._raw))

    def _note(self, text: str) -> None:
        self._seen.append(text)
        self._last = text[-1]

    def _lock_at(self, at: int) -> int:
        """Lock the passage if a place is locked; return how far that goes."""
        locked = self._found.locked
        if not locked:
            return len(self._raw)
        while self._lock < len(locked) and locked[self._lock].end <= at:
            self._lock += 1
        if self._lock == len(locked):
            self._passage.locked = False
            return len(self._raw)
        start, end = locked[self._lock]
        self._passage.locked = start <= at
        return end if start <= at else start

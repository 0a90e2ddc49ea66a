"""What changes in the blocks of a document, and which marks are only pointed at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cleaner.fixers.quotes.decision import (
    Habit,
    doubts,
    habit,
    is_broken,
    is_certain,
    is_settled,
    may_be_certain,
    repairs,
    turned_apostrophes,
)
from cleaner.fixers.quotes.marks import (
    CLOSING_DOUBLE,
    CLOSING_SINGLE,
    OPENING_DOUBLE,
    Kind,
    find_marks,
)
from cleaner.fixers.quotes.reading import Pair, Paragraph, Reading
from cleaner.fixers.quotes.surroundings import Habits
from cleaner.text.document import Document
from cleaner.text.edits import Span
from cleaner.text.style import is_style

# How much the paragraphs hold that are remembered, in code points; a mark takes as much memory as
# so many of them.
_MOST_KNOWN = 2_000_000
_SIZE_OF_MARK = 50
_LONGEST_SPEECH = 5_000  # code points before a block in which a quotation may begin that it ends
# A block that also begins with a mark goes on with the speech of the one before it.
_NEXT_SPEECH = re.compile(r"\s+[\"\N{LEFT DOUBLE QUOTATION MARK}]")


class Readings:
    """The readings of the blocks of a document; each block is read once."""

    def __init__(self, document: Document, habits: Habits) -> None:
        self.text = document.text
        self.habits = habits
        self._document = document
        self._known: dict[Span, Paragraph] = {}

    def of(self, block: Span, *, damaged: bool) -> Reading:
        """Return the reading of a block, in a document that is damaged or not known to be."""
        return self._paragraph(block).reading(damaged=damaged)

    def is_english_prose(self, block: Span) -> bool:
        """Return whether a block is English prose; the marks of others stay as they are.

        This is asked last, since it costs most.
        """
        return self._document.is_english_prose(block)

    def certain(self, block: Span) -> list[Pair]:
        """Return the quotations of a block that are certainly broken, whatever the document is.

        Only English prose has any.
        """
        paragraph = self._paragraph(block)
        if not any(map(may_be_certain, paragraph.marks(damaged=False))):
            return []
        if not self.is_english_prose(block):
            return []
        pairs = paragraph.reading(damaged=False).pairs
        return [pair for pair in pairs if is_certain(pair, paragraph.text, self.habits)]

    def _paragraph(self, block: Span) -> Paragraph:
        """Return a block as a paragraph, read before if the same one was met before."""
        known = self._known.get(block)
        if known is None:
            known = self._known[block] = self._read(block)
        return known

    def _read(self, block: Span) -> Paragraph:
        text = block.of(self.text)
        marks = dict(find_marks(text))
        in_prose = self._document.prose_places(block, marks)
        return _LATEST.paragraph(text, tuple((at, marks[at]) for at in in_prose), self.habits)


class _Latest:
    """The paragraphs that were read last: every pass and every kind of rule asks for the same.

    It forgets them all when they hold too many marks.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, tuple[tuple[int, str], ...], Habits], Paragraph] = {}
        self._size = 0

    def paragraph(
        self, text: str, places: tuple[tuple[int, str], ...], habits: Habits
    ) -> Paragraph:
        """Return a paragraph with marks at these places; the same one if it is still known."""
        key = text, places, habits
        known = self._known.get(key)
        if known is None:
            known = Paragraph(text, places, habits)
            size = len(text) + _SIZE_OF_MARK * len(places)
            if self._size + size > _MOST_KNOWN:
                self._known.clear()
                self._size = 0
            if size <= _MOST_KNOWN:
                self._known[key] = known
                self._size += size
        return known


_LATEST = _Latest()


class _Found(NamedTuple):
    """A quotation in a block."""

    block: Span
    text: str  # of the block
    pair: Pair

    def repairs(self) -> Iterator[tuple[Span, str]]:
        """Yield what changes, in spans of the document."""
        for span, written in repairs(self.pair, self.text):
            yield span.moved(self.block.start), written


def certain_repairs(
    readings: Readings, blocks: Iterable[Span], kind: Kind
) -> Iterator[tuple[Span, str]]:
    """Yield the repairs of one kind of marks that are certain in themselves."""
    for block in blocks:
        text = block.of(readings.text)
        for pair in readings.certain(block):
            if pair.kind == kind:
                yield from _Found(block, text, pair).repairs()


def settled_repairs(readings: Readings, blocks: Iterable[Span]) -> Iterator[tuple[Span, str]]:
    """Yield the repairs that are certain only because the document is damaged.

    What is certain in itself is left out, and what the document does all the time is its style.
    """
    broken: dict[Habit, list[_Found]] = {"": [], "turned": [], "spaced": [], "grave": []}
    right: list[tuple[Span, int]] = []  # how many quotations of each block are right
    for block in blocks:
        text = block.of(readings.text)
        reading = readings.of(block, damaged=True)
        pairs = [pair for pair in reading.pairs if is_broken(pair, text)]
        right.append((block, len(reading.pairs) - len(pairs)))
        apostrophes = list(turned_apostrophes(reading, text))
        if not (pairs or apostrophes) or not readings.is_english_prose(block):
            continue
        taken = _marks_of(readings.certain(block))
        for pair in pairs:
            if taken.isdisjoint(_marks_of([pair])) and is_settled(pair, text, readings.habits):
                broken[habit(pair, text)].append(_Found(block, text, pair))
        for at in apostrophes:
            yield Span(at, at + 1).moved(block.start), CLOSING_SINGLE
    for kind, found in broken.items():
        if kind and is_style(len(found), lambda: _right_in_english(readings, right)):
            continue
        for one in found:
            yield from one.repairs()


def _right_in_english(readings: Readings, right: Iterable[tuple[Span, int]]) -> Iterator[int]:
    """Yield a number for each quotation that is right, given how many each block has."""
    for block, count in right:
        if readings.is_english_prose(block):
            yield from range(count)


def _marks_of(pairs: Sequence[Pair]) -> set[int]:
    """Return where the marks of some quotations are."""
    return {mark.at for pair in pairs for mark in (pair.opener, pair.closer)}


def doubtful_marks(readings: Readings, blocks: Iterable[Span]) -> Iterator[tuple[Span, str]]:
    """Yield, for each block, the first mark that has no certain reading; it stays as it is."""
    for block in blocks:
        text = block.of(readings.text)
        marks = list(doubts(readings.of(block, damaged=True), text, readings.habits))
        if not marks or not readings.is_english_prose(block):
            continue
        if _NEXT_SPEECH.match(readings.text, block.end):
            marks = [mark for mark in marks if mark.kind == "single" or mark.glued_left]
        if marks and _is_speech_open(readings.text, block.start):
            marks = [mark for mark in marks if mark.written != CLOSING_DOUBLE]
        if marks:
            first = min(marks)
            yield Span(first.at, first.end).moved(block.start), first.written


def _is_speech_open(text: str, at: int) -> bool:
    """Return whether the last double curly mark before a block opens a quotation."""
    start = max(0, at - _LONGEST_SPEECH)
    return text.rfind(OPENING_DOUBLE, start, at) > text.rfind(CLOSING_DOUBLE, start, at)

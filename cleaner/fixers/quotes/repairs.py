"""What changes in the blocks of a document, and which marks are only pointed at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleaner.fixers.quotes.decision import (
    Habit,
    doubts,
    habit,
    is_broken,
    is_certain,
    is_settled,
    repairs,
    turned_apostrophes,
)
from cleaner.fixers.quotes.marks import CLOSING_DOUBLE, CLOSING_SINGLE, OPENING_DOUBLE, Kind
from cleaner.fixers.quotes.reading import Pair, Reading, read
from cleaner.fixers.quotes.surroundings import Habits
from cleaner.text.document import Document
from cleaner.text.edits import Span
from cleaner.text.style import is_style

_LONGEST_SPEECH = 5_000  # code points before a block in which a quotation may begin that it ends
# A block that also begins with a mark goes on with the speech of the one before it.
_NEXT_SPEECH = re.compile(r"\s+[\"\N{LEFT DOUBLE QUOTATION MARK}]")


class Readings:
    """The readings of the blocks of a document; each block is read once."""

    def __init__(self, document: Document, habits: Habits) -> None:
        self.text = document.text
        self.habits = habits
        self._document = document
        self._known: dict[tuple[Span, bool], Reading] = {}

    def of(self, block: Span, *, damaged: bool) -> Reading:
        """Return the reading of a block, in a document that is damaged or not known to be."""
        key = block, damaged
        if key not in self._known:

            def is_prose(at: int) -> bool:
                return self._document.is_prose(block.start + at)

            text = block.of(self.text)
            self._known[key] = read(text, self.habits, damaged=damaged, counts=is_prose)
        return self._known[key]

    def certain(self, block: Span) -> list[Pair]:
        """Return the quotations of a block that are certainly broken, whatever the document is."""
        text = block.of(self.text)
        pairs = self.of(block, damaged=False).pairs
        return [pair for pair in pairs if is_certain(pair, text, self.habits)]


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
    readings: Readings, blocks: Sequence[Span], kind: Kind
) -> Iterator[tuple[Span, str]]:
    """Yield the repairs of one kind of marks that are certain in themselves."""
    for block in blocks:
        for pair in readings.certain(block):
            if pair.kind == kind:
                yield from _Found(block, block.of(readings.text), pair).repairs()


def settled_repairs(readings: Readings, blocks: Sequence[Span]) -> Iterator[tuple[Span, str]]:
    """Yield the repairs that are certain only because the document is damaged.

    What is certain in itself is left out, and what the document does all the time is its style.
    """
    broken: dict[Habit, list[_Found]] = {"": [], "turned": [], "spaced": [], "grave": []}
    right = 0
    for block in blocks:
        text = block.of(readings.text)
        taken = _marks_of(readings.certain(block))
        reading = readings.of(block, damaged=True)
        for pair in reading.pairs:
            if not is_broken(pair, text):
                right += 1
            elif taken.isdisjoint(_marks_of([pair])) and is_settled(pair, text, readings.habits):
                broken[habit(pair, text)].append(_Found(block, text, pair))
        for at in turned_apostrophes(reading, text):
            yield Span(at, at + 1).moved(block.start), CLOSING_SINGLE
    for kind, found in broken.items():
        if kind and is_style(len(found), lambda: range(right)):
            continue
        for one in found:
            yield from one.repairs()


def _marks_of(pairs: Sequence[Pair]) -> set[int]:
    """Return where the marks of some quotations are."""
    return {mark.at for pair in pairs for mark in (pair.opener, pair.closer)}


def doubtful_marks(readings: Readings, blocks: Sequence[Span]) -> Iterator[tuple[Span, str]]:
    """Yield, for each block, the first mark that has no certain reading; it stays as it is."""
    for block in blocks:
        text = block.of(readings.text)
        marks = list(doubts(readings.of(block, damaged=True), text, readings.habits))
        if _NEXT_SPEECH.match(readings.text, block.end):
            marks = [mark for mark in marks if mark.kind == "single" or mark.glued_left]
        if _is_speech_open(readings.text, block.start):
            marks = [mark for mark in marks if mark.written != CLOSING_DOUBLE]
        if marks:
            first = min(marks)
            yield Span(first.at, first.end).moved(block.start), first.written


def _is_speech_open(text: str, at: int) -> bool:
    """Return whether the last double curly mark before a block opens a quotation."""
    before = text[max(0, at - _LONGEST_SPEECH) : at]
    return before.rfind(OPENING_DOUBLE) > before.rfind(CLOSING_DOUBLE)

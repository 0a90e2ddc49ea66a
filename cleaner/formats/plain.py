"""Plain text, as blogs and news agencies exchange it.

Blank lines separate blocks. Between two blank lines, one long line shows that nobody wrapped the
text, so each line is a block. If all lines are short, they are one paragraph wrapped by hand, or a
stack of headings, which may as well be treated as one block.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Final

from cleaner.text import prose
from cleaner.text.characters import LINE_END
from cleaner.text.document import Document
from cleaner.text.edits import Span
from cleaner.text.layout import BlockKind, Layout
from cleaner.text.memo import Memo

NAME = "text"
SUFFIXES = (".txt", ".text")

_MOST_WRAPPED = 200  # lines; more short lines in a row are a list or a log, not a paragraph
_NUMBER: Final = "q"  # how a place is kept where there are many: a fifth of the memory of a list
_LONGEST_WORD = 200  # code points of the words beside a span that are looked at
# By the mark that ends lines: the blank lines at the beginning of a text, and what is between two
# runs of lines: the end of the first one and the blank lines behind it.
_BLANK_AT_TOP = {mark: re.compile(rf"(?:[^\S{mark}]*+{mark})*+") for mark in "\n\r"}
_BETWEEN_RUNS = {mark: re.compile(rf"{mark}(?:[^\S{mark}]*+(?:{mark}|\Z))++") for mark in "\n\r"}


def read(source: str) -> Document:
    r"""Return plain text as a document.

    >>> text = "Alibaba under fire\n\nIt was a hard week for the company."
    >>> [block.kind for block in read(text).blocks()]
    ['headline', 'paragraph']
    """
    return Document(source, PlainLayout(source))


class PlainLayout(Layout):
    """The blocks and protected spans of a plain text.

    It keeps what it looked at: rule after rule asks about the same places.
    """

    IS_RUNNING = True

    def __init__(self, text: str) -> None:
        self._text = text
        self._line_mark = "\n" if "\n" in text else "\r"
        self._has_code = "`" in text
        self._is_wrapped: dict[int, bool] = {}  # by the number of a run that was looked at
        self._kinds: dict[Span, BlockKind] = {}  # of the blocks that were asked about
        self._line = _Line(text, Span(-1, -1))  # the one that was asked for last
        self._verbatim: dict[Span, Sequence[Span]] = {}  # what is protected in words

    def block(self, at: int) -> Span:
        starts, ends = self._runs
        number = bisect_right(starts, at) - 1
        if number < 0 or at > ends[number]:
            return self._line_around(at)
        run = Span(starts[number], ends[number])
        if self._text.find(self._line_mark, *run) < 0:
            return run  # one line
        is_wrapped = self._is_wrapped.get(number)
        if is_wrapped is None:
            is_wrapped = self._is_wrapped[number] = _is_wrapped(run.of(self._text))
        return run if is_wrapped else self._line_around(at)

    def may_begin_block(self, at: int) -> bool:
        return not at or self._text[at - 1] == self._line_mark

    @cached_property
    def _runs(self) -> tuple[Sequence[int], Sequence[int]]:
        """Where the lines between two blank lines begin, and where they end."""
        text, mark = self._text, self._line_mark
        top = _BLANK_AT_TOP[mark].match(text)
        starts = array(_NUMBER, [top.end() if top else 0])
        ends = array(_NUMBER)
        for between in _BETWEEN_RUNS[mark].finditer(text, starts[0]):
            ends.append(between.start())
            starts.append(between.end())
        ends.append(len(text))
        for number, end in enumerate(ends):
            if end > starts[number] and text[end - 1] == "\r":
                ends[number] = end - 1
        return starts, ends

    def kind(self, block: Span) -> BlockKind:
        kind = self._kinds.get(block)
        if kind is None:
            kind = self._kinds[block] = prose.block_kind(block.of(self._text))
        return kind

    def is_protected(self, span: Span) -> bool:
        # Two cheap checks come first. Everything protected except code lies within one word, so a
        # look at the words of the span is enough; and code needs backticks in the same line.
        words = self._whole_words(span)
        has_signs = prose.may_hold_verbatim(words.of(self._text))
        if not has_signs and not self._has_code:
            return False
        line = self._line_of(span.start)
        if not has_signs and not line.has_code:
            return False
        if has_signs and not line.has_code and not _is_cut(words, span):
            return _protects(self._verbatim_in(words, line.span), span)
        return line.protects(span)

    def prose_places(self, block: Span, places: Iterable[int]) -> Sequence[int]:
        protected = _remembered(block.of(self._text))
        if not protected:
            return list(places)
        return [at for at in places if not _protects(protected, Span(at, at + 1))]

    def _whole_words(self, span: Span) -> Span:
        """Return the span with the rest of the words that it cuts, if they are not too long."""
        text = self._text
        start, end = span
        if start and not text[start - 1].isspace():
            before = text[max(0, start - _LONGEST_WORD) : start]
            start -= len(before.rsplit(None, 1)[-1])
        if end < len(text) and not text[end].isspace():
            end += len(text[end : end + _LONGEST_WORD].split(None, 1)[0])
        return Span(start, end)

    def _verbatim_in(self, words: Span, line: Span) -> Sequence[Span]:
        """Return the protected spans in those words that are in the line."""
        known = self._verbatim.get(words)
        if known is None:
            inside = Span(max(words.start, line.start), min(words.end, line.end))
            known = self._verbatim[words] = list(prose.verbatim_spans(self._text, inside))
        return known

    def _line_of(self, at: int) -> _Line:
        """Return the line around a place, which is mostly the one that was asked for last."""
        if not self._line.span.start <= at <= self._line.span.end:
            self._line = _Line(self._text, self._line_around(at))
        return self._line

    def _line_around(self, at: int) -> Span:
        """Return the line that contains the code point `at`, without its line end."""
        text, mark = self._text, self._line_mark
        start = text.rfind(mark, 0, at) + 1
        end = text.find(mark, at)
        if end < 0:
            end = len(text)
        if end > start and text[end - 1] == "\r":
            end -= 1
        return Span(start, end)


class _Line:
    """One line of a text, and the protected spans in it."""

    def __init__(self, text: str, span: Span) -> None:
        self._text = text
        self.span = span
        self.has_code = text.find("`", *span) >= 0

    @cached_property
    def _protected(self) -> list[Span]:
        """The protected spans in order. They do not overlap."""
        return list(prose.verbatim_spans(self._text, self.span))

    def protects(self, span: Span) -> bool:
        """Return whether the span overlaps a protected one, or is an insertion that touches one."""
        return _protects(self._protected, span)


def _is_cut(words: Span, span: Span) -> bool:
    """Return whether some whole words around a span may go on: only so much was looked at."""
    return max(span.start - words.start, words.end - span.end) >= _LONGEST_WORD


def _protects(protected: Sequence[Span], span: Span) -> bool:
    """Return whether a span overlaps one of some spans in order, or is an insertion at one."""
    number = bisect_right(protected, span.end, key=attrgetter("start"))
    while number and protected[number - 1].end >= span.start:
        number -= 1
        there = protected[number]
        if span.overlaps(there) or there.covers(span):
            return True
    return False


def _protected_in(block: str) -> Sequence[Span]:
    """Return the protected spans of a block, in order."""
    if prose.may_hold_verbatim(block) or "`" in block:
        return list(prose.verbatim_spans(block, Span(0, len(block))))
    return ()


_remembered = Memo(_protected_in)


def _is_wrapped(run: str) -> bool:
    """Return whether lines without a blank one between them are a paragraph wrapped by hand."""
    lines = LINE_END.split(run) if "\r" in run else run.split("\n")  # which is much quicker
    return len(lines) <= _MOST_WRAPPED and max(map(len, lines)) <= prose.SHORT

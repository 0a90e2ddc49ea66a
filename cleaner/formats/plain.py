"""Plain text, as blogs and news agencies exchange it.

Blank lines separate blocks. Between two blank lines, one long line shows that nobody wrapped the
text, so each line is a block. If all lines are short, they are one paragraph wrapped by hand, or a
stack of headings, which may as well be treated as one block.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from cleaner.text import prose
from cleaner.text.characters import LINE_END
from cleaner.text.document import BlockKind, Document, Layout
from cleaner.text.edits import Span

NAME = "text"
SUFFIXES = (".txt", ".text")

_MOST_WRAPPED = 200  # lines; more short lines in a row are a list or a log, not a paragraph
_LONGEST_WORD = 200  # code points of the words beside a span that are looked at
_FIRST_PIECE = 1_000  # code points before a line that are searched first for a blank line
# By the mark that ends lines: a blank line with its end, the end of a line before a blank line, and
# the same at the end of the text, where a blank line needs no mark.
_BLANK_LINE = {mark: re.compile(rf"[^\S{mark}]*+{mark}") for mark in "\n\r"}
_BEFORE_BLANK = {mark: re.compile(rf"{mark}(?=[^\S{mark}]*+{mark})") for mark in "\n\r"}
_LAST_OF_RUN = {mark: re.compile(rf"{mark}(?=[^\S{mark}]*+(?:{mark}|\Z))") for mark in "\n\r"}


def read(source: str) -> Document:
    r"""Return plain text as a document.

    >>> text = "Alibaba under fire\n\nIt was a hard week for the company."
    >>> [block.kind for block in read(text).blocks()]
    ['headline', 'paragraph']
    """
    return Document(source, PlainLayout(source))


class _Run(NamedTuple):
    """Lines between two blank lines, and whether they are one paragraph, wrapped by hand."""

    span: Span
    is_wrapped: bool


def _start(run: _Run) -> int:
    return run.span.start


class PlainLayout(Layout):
    """The blocks and protected spans of a plain text.

    It keeps what it looked at: rule after rule asks about the same places.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._line_mark = "\n" if "\n" in text else "\r"
        self._has_code = "`" in text
        self._runs: list[_Run] = []  # those that were looked at, in the order of the text
        self._kinds: dict[Span, BlockKind] = {}  # of the blocks that were asked about
        self._line = _Line(text, Span(-1, -1))

    def block(self, at: int) -> Span:
        run = self._run_at(at)
        if run is None:
            span = self._run_around(self._line_around(at))
            run = _Run(span, _is_wrapped(span.of(self._text)))
            insort(self._runs, run)
        return run.span if run.is_wrapped else self._line_around(at)

    def _run_at(self, at: int) -> _Run | None:
        """Return the run that contains the code point `at`, if it was looked at before."""
        number = bisect_right(self._runs, at, key=_start)
        if number and at <= self._runs[number - 1].span.end:
            return self._runs[number - 1]
        return None

    def kind(self, block: Span) -> BlockKind:
        kind = self._kinds.get(block)
        if kind is None:
            kind = self._kinds[block] = prose.block_kind(block.of(self._text))
        return kind

    def is_protected(self, span: Span) -> bool:
        # Two cheap checks come first. Everything protected except code lies within one word, so a
        # look at the words of the span is enough; and code needs backticks in the same line.
        has_signs = prose.may_hold_verbatim(self._whole_words(span))
        if not has_signs and not self._has_code:
            return False
        if not self._line.span.start <= span.start <= self._line.span.end:
            self._line = _Line(self._text, self._line_around(span.start))
        if not has_signs and not self._line.has_code:
            return False
        return self._line.protects(span)

    def _whole_words(self, span: Span) -> str:
        """Return the text of the span with the rest of the words that it cuts."""
        text = self._text
        before = text[max(0, span.start - _LONGEST_WORD) : span.start]
        after = text[span.end : span.end + _LONGEST_WORD]
        head = before.split()[-1] if before[-1:].strip() else ""
        tail = after.split()[0] if after[:1].strip() else ""
        return head + span.of(text) + tail

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

    def _run_around(self, line: Span) -> Span:
        """Return the lines around `line` up to the next blank lines; a blank line is alone."""
        if _is_blank(self._text, line):
            return line
        return Span(self._start_of_run(line.start), self._end_of_run(line.end))

    def _start_of_run(self, line: int) -> int:
        """Return where the lines begin that no blank line parts from the one that starts at `line`.

        Ever longer pieces of the text before it are searched, so that the cost is that of the run.
        """
        text, mark = self._text, self._line_mark
        length = _FIRST_PIECE
        while True:
            start = max(0, line - length)
            last = -1
            for found in _BEFORE_BLANK[mark].finditer(text, start, line):
                last = found.start()
            if last >= 0:
                return text.index(mark, last + 1) + 1
            if not start:
                above = _BLANK_LINE[mark].match(text, 0, line)
                return above.end() if above else 0
            length *= 4

    def _end_of_run(self, line: int) -> int:
        """Return where the lines end that no blank line parts from the one that ends at `line`."""
        text = self._text
        found = _LAST_OF_RUN[self._line_mark].search(text, line)
        end = found.start() if found else len(text.removesuffix(self._line_mark))
        return end - 1 if end > line and text[end - 1] == "\r" else end


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
        number = bisect_right(self._protected, span.end, key=attrgetter("start"))
        while number and self._protected[number - 1].end >= span.start:
            number -= 1
            protected = self._protected[number]
            if span.overlaps(protected) or protected.covers(span):
                return True
        return False


def _is_blank(text: str, line: Span) -> bool:
    return not line.of(text).strip()


def _is_wrapped(run: str) -> bool:
    """Return whether lines without a blank one between them are a paragraph wrapped by hand."""
    lines = LINE_END.split(run)
    return len(lines) <= _MOST_WRAPPED and max(map(len, lines)) <= prose.SHORT

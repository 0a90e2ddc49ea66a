"""Plain text, as blogs and news agencies exchange it.

Blank lines separate blocks. Between two blank lines, one long line shows that nobody wrapped the
text, so each line is a block. If all lines are short, they are one paragraph wrapped by hand, or a
stack of headings, which may as well be treated as one block.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from operator import attrgetter

from cleaner.text import prose
from cleaner.text.characters import LINE_END
from cleaner.text.document import BlockKind, Document, Layout
from cleaner.text.edits import Span

NAME = "text"
SUFFIXES = (".txt", ".text")

_MOST_WRAPPED = 200  # lines; more short lines in a row are a list or a log, not a paragraph
_LONGEST_WORD = 200  # code points of the words beside a span that are looked at


def read(source: str) -> Document:
    r"""Return plain text as a document.

    >>> text = "Alibaba under fire\n\nIt was a hard week for the company."
    >>> [block.kind for block in read(text).blocks()]
    ['headline', 'paragraph']
    """
    return Document(source, PlainLayout(source))


class PlainLayout(Layout):
    """The blocks and protected spans of a plain text.

    It keeps the lines that it looked at last, because it is asked in the order of the text.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._line_mark = "\n" if "\n" in text else "\r"
        self._has_code = "`" in text
        self._run = Span(-1, -1)  # lines between two blank lines
        self._run_is_wrapped = False
        self._line = _Line(text, Span(-1, -1))

    def block(self, at: int) -> Span:
        if not self._run.start <= at <= self._run.end:
            self._run = self._run_around(self._line_around(at))
            self._run_is_wrapped = _is_wrapped(self._run.of(self._text))
        return self._run if self._run_is_wrapped else self._line_around(at)

    def kind(self, block: Span) -> BlockKind:
        return prose.block_kind(block.of(self._text))

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
        text = self._text
        if _is_blank(text, line):
            return line
        start, end = line
        while start:
            above = self._line_around(start - 1)
            if _is_blank(text, above):
                break
            start = above.start
        while True:
            below = end + (2 if text[end : end + 2] == "\r\n" else 1)
            if below >= len(text):
                break
            following = self._line_around(below)
            if _is_blank(text, following):
                break
            end = following.end
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

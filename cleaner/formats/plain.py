"""Plain text, as blogs and news agencies hand it around.

Blocks stand between blank lines. Where lines are long, nobody wrapped the text and each line is a
block of its own; where all lines of a run are short, they are one hard-wrapped paragraph (or a
stack of headings, which does no harm).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import attrgetter

from cleaner.text import prose
from cleaner.text.document import BlockKind, Document
from cleaner.text.edits import Span

SUFFIXES = (".txt", ".text")

_LONGEST_RUN = 200  # lines: more of them are a list or a log, not a paragraph
_LINE_END = re.compile(r"\r\n|\r|\n")
_LONGEST_WORD = 200  # code points


def document(text: str) -> Document:
    """The text as blocks between blank lines.

    >>> [block.kind for block in document("Alibaba under fire\\n\\nIt was a hard week for the company.").blocks()]
    ['headline', 'paragraph']
    """
    layout = _Layout(text)
    return Document(text, layout.block, layout.kind, layout.protects)


class _Layout:
    """Finds blocks, and remembers the run of lines it looked at last: hits come in the order of the
    text.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._run = Span(-1, -1)
        self._wrapped = False
        self._code = "`" in text
        self._protected: tuple[Span, list[Span]] = (self._run, [])

    def block(self, at: int) -> Span:
        text = self._text
        if not self._run.start <= at <= self._run.end:
            self._run = Span(*_run(text, *_line(text, at)))
            lines = _LINE_END.split(self._run.of(text))
            self._wrapped = len(lines) <= _LONGEST_RUN and max(map(len, lines)) <= prose.SHORT
        return self._run if self._wrapped else Span(*_line(text, at))

    def kind(self, block: Span) -> BlockKind:
        return prose.kind(block.of(self._text))

    def protects(self, span: Span) -> bool:
        text = self._text
        # All but code in backticks is one word: look at the words that the span touches before
        # looking closer.
        before, after = (
            text[max(0, span.start - _LONGEST_WORD) : span.start],
            text[span.end : span.end + _LONGEST_WORD],
        )
        head = before.split()[-1] if before[-1:].strip() else ""
        tail = after.split()[0] if after[:1].strip() else ""
        signs = prose.may_hold_verbatim(head + span.of(text) + tail)
        if not (signs or self._code):
            return False
        line = Span(*_line(text, span.start))
        if not signs and text.find("`", *line) < 0:
            return False
        if self._protected[0] != line:
            self._protected = (line, [*prose.verbatim(text, *line)])
        spans = self._protected[1]  # in order and apart
        at = bisect_right(spans, span.end, key=attrgetter("start"))
        while at and spans[at - 1].end >= span.start:
            at -= 1
            if span.overlaps(spans[at]) or spans[at].covers(span):
                return True
        return False


def _line(text: str, at: int) -> tuple[int, int]:
    mark = "\n" if "\n" in text else "\r"
    start = text.rfind(mark, 0, at) + 1
    end = text.find(mark, at)
    end = len(text) if end < 0 else end
    return start, max(start, end - 1) if text[end - 1 : end] == "\r" else end


def _run(text: str, start: int, end: int) -> tuple[int, int]:
    """The lines around the line `start:end` up to the next blank ones, or that line alone if it is
    blank.
    """
    if not text[start:end].strip():
        return start, end
    low, high = start, end
    while low:
        above, last = _line(text, low - 1)
        if not text[above:last].strip():
            break
        low = above
    while (below := high + (2 if text[high : high + 2] == "\r\n" else 1)) < len(text):
        first, last = _line(text, below)
        if not text[first:last].strip():
            break
        high = last
    return low, high

"""What changes in a text, passage by passage: each before and after, with the words that differ.

A passage is a paragraph, or any other block, or several of them where an edit reaches from one into
the next. The blocks between two passages, in which nothing was found, are a stretch.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import attrgetter
from typing import Literal, NamedTuple, TypeAlias

from cleaner.engine.findings import Finding
from cleaner.reports.changes import is_readable
from cleaner.text.characters import LINE_END
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span, merge_spans
from cleaner.text.layout import Block, BlockKind

_LONG = 1500  # code points of a block from which it is shown in parts
_SHORT = 600  # code points of a stretch up to which it is shown as it is
_WORD = 30  # code points that are marked on each side of a change, at most
_LETTERS = re.compile(r"\w*")
_LETTERS_BEFORE = re.compile(r"\w*\Z")
_NO_SPACE = re.compile(r"\S*")
_NO_SPACE_BEFORE = re.compile(r"\S*\Z")
_LAST_SPACE = re.compile(r".*\s", re.DOTALL)

State: TypeAlias = Literal["same", "old", "new"]
Open: TypeAlias = Literal["", "suggest", "report"]


class Run(NamedTuple):
    """Some text that is shown in one way.

    Attributes:
        text: the text.
        state: whether it is the same before and after, or only before (old), or only after (new).
        is_marked: whether it belongs to words that change.
        open: the level of a finding here that changes nothing; "" if there is none.
    """

    text: str
    state: State = "same"
    is_marked: bool = False
    open: Open = ""


class Paragraph(NamedTuple):
    """A block as it is shown."""

    kind: BlockKind
    runs: Sequence[Run]


class Passage(NamedTuple):
    """A part of a text in which something was found.

    Attributes:
        start: where the first thing that was found in it begins, if that is before its blocks.
        at: where its blocks begin in the text before.
        before: its paragraphs.
        after: its paragraphs after the edits; None if nothing changes in it.
    """

    start: int
    at: int
    before: Sequence[Paragraph]
    after: Sequence[Paragraph] | None


class Stretch(NamedTuple):
    """Blocks of a text in which nothing was found."""

    blocks: Sequence[Block]

    @property
    def size(self) -> int:
        """How many code points it has."""
        return sum(block.span.end - block.span.start for block in self.blocks)

    @property
    def is_short(self) -> bool:
        """Whether it is shown as it is."""
        return self.size <= _SHORT


class _Mark(NamedTuple):
    """A place that is to be seen though it stays as it is."""

    span: Span
    level: Open


def passages(
    document: Document, edits: Sequence[Edit], findings: Iterable[Finding]
) -> Iterator[Passage | Stretch]:
    """Yield a text in parts, in order.

    Args:
        document: the text before.
        edits: what changes in it, sorted and separate.
        findings: those that change nothing and are to be seen in the text.
    """
    blocks = list(_parts(document, edits))
    marks = []
    for finding in findings:
        if not finding.comment:
            level: Open = "suggest" if finding.level == "suggest" else "report"
            marks.append(_Mark(finding.span, level))
    done = 0
    for touched in _touched(blocks, edits, marks):
        if touched.first > done:
            yield Stretch(blocks[done : touched.first])
        yield _passage(document.text, blocks[touched.first : touched.last], touched)
        done = touched.last
    if done < len(blocks):
        yield Stretch(blocks[done:])


def _parts(document: Document, edits: Sequence[Edit]) -> Iterator[Block]:
    """Yield the blocks of a document; a long one in parts, none of which begins in an edit."""
    starts = [edit.span.start for edit in edits]
    for span, kind in document.blocks():
        start = span.start
        while span.end - start > _LONG:
            cut = _cut(document.text, Span(start + _LONG // 2, start + _LONG))
            number = bisect_left(starts, cut)
            if number:
                cut = max(cut, edits[number - 1].span.end)
            if cut >= span.end:
                break
            yield Block(Span(start, cut), kind)
            start = cut
        yield Block(Span(start, span.end), kind)


def _cut(text: str, where: Span) -> int:
    """Return where a long text is cut: behind the last space in a span, or at its end."""
    found = _LAST_SPACE.match(text, *where)
    return found.end() if found else where.end


class _Touched(NamedTuple):
    """Some blocks, by their numbers, with what was found in them."""

    first: int
    last: int  # the one behind them
    edits: list[Edit]
    marks: list[_Mark]


def _touched(
    blocks: Sequence[Block], edits: Sequence[Edit], marks: Sequence[_Mark]
) -> Iterator[_Touched]:
    """Yield the blocks in which something was found; those that one edit touches together."""
    if not blocks:
        return
    starts = [block.span.start for block in blocks]
    ends = [block.span.end for block in blocks]
    found: list[_Touched] = []
    for edit in edits:
        first, last = _range(starts, ends, edit.span)
        found.append(_Touched(first, last, [edit], []))
    for mark in marks:
        first, _ = _range(starts, ends, mark.span)
        found.append(_Touched(first, first + 1, [], [mark]))
    found.sort(key=lambda one: one.first)
    latest = found[0] if found else None
    for one in found[1:]:
        assert latest
        if one.first < latest.last:
            latest.edits.extend(one.edits)
            latest.marks.extend(one.marks)
            latest = latest._replace(last=max(latest.last, one.last))
        else:
            yield latest
            latest = one
    if latest:
        yield latest


def _range(starts: Sequence[int], ends: Sequence[int], span: Span) -> tuple[int, int]:
    """Return the first block that a span touches, and the one behind the last.

    One between two blocks touches both. An insertion touches the blocks that it stands beside.
    """
    if span.start == span.end:
        first, last = bisect_left(ends, span.start), bisect_right(starts, span.start)
    else:
        first, last = bisect_right(ends, span.start), bisect_left(starts, span.end)
    if first >= last:
        return max(last - 1, 0), min(first + 1, len(starts))
    return first, last


def _passage(text: str, blocks: Sequence[Block], touched: _Touched) -> Passage:
    before, after = _Side("old"), _Side("new")
    for run, block in _runs(text, blocks, touched):
        before.add(run, block)
        after.add(run, block)
    paragraphs = after.paragraphs() if touched.edits else None
    at = blocks[0].span.start
    starts = [edit.span.start for edit in touched.edits]
    starts += [mark.span.start for mark in touched.marks]
    return Passage(min(at, *starts), at, before.paragraphs(), paragraphs)


class _Side:
    """The paragraphs of a passage, before or after; it drops the runs of the other side."""

    def __init__(self, own: State) -> None:
        self._shown = {"same", own}
        self._done: list[Paragraph] = []
        self._kind: BlockKind = "paragraph"
        self._runs: list[Run] = []

    def add(self, run: Run, block: Block | None) -> None:
        """Add a run to the present paragraph; what is between two blocks begins another one."""
        if run.state not in self._shown:
            return
        if block:
            self._add(run, block.kind)
        elif run.state == "old":
            if self._runs and self._runs[-1].state != "old":
                self._add(run, self._kind)  # only the space between the two is taken out
            self._finish()
        else:
            self._add_between(run)

    def _add_between(self, run: Run) -> None:
        first, *others = LINE_END.split(run.text)
        self._add(run._replace(text=first), self._kind)
        for other in others:
            self._finish()
            self._add(run._replace(text=other), self._kind)

    def _add(self, run: Run, kind: BlockKind) -> None:
        if not self._runs:
            self._kind = kind
        if run.text:
            self._runs.append(run)

    def _finish(self) -> None:
        if any(run.text.strip() for run in self._runs):
            self._done.append(Paragraph(self._kind, tuple(self._runs)))
        self._runs = []

    def paragraphs(self) -> Sequence[Paragraph]:
        """Return the paragraphs, once all runs are added."""
        self._finish()
        return tuple(self._done)


def _runs(
    text: str, blocks: Sequence[Block], touched: _Touched
) -> Iterator[tuple[Run, Block | None]]:
    """Yield the runs of some blocks, each with its block; None is between two blocks."""
    spans = [block.span for block in blocks]
    olds = [edit.span for edit in touched.edits]
    words = merge_spans(_word(text, edit) for edit in touched.edits)
    reports = merge_spans(mark.span for mark in touched.marks if mark.level == "report")
    suggestions = merge_spans(mark.span for mark in touched.marks if mark.level == "suggest")
    begin = min(span.start for span in (*spans, *olds))
    end = max(span.end for span in (*spans, *olds))
    news = deque(touched.edits)
    points = {point for span in chain(spans, olds, words, reports, suggestions) for point in span}
    points_in_order = sorted(point for point in points if begin <= point <= end)
    for point, following in zip(points_in_order, [*points_in_order[1:], end], strict=True):
        number = _number(spans, point)
        block = None if number is None else blocks[number]
        while news and news[0].span.start == point:
            edit = news.popleft()
            where = _beside(blocks, point) if block is None and _continues(edit) else block
            yield Run(edit.replacement, "new", is_marked=True), where
        is_old = _number(olds, point) is not None
        level: Open = ""
        if _number(reports, point) is not None:
            level = "report"
        elif _number(suggestions, point) is not None:
            level = "suggest"
        run = Run(
            text[point:following],
            "old" if is_old else "same",
            is_marked=is_old or _number(words, point) is not None,
            open=level,
        )
        yield run, block


def _number(spans: Sequence[Span], at: int) -> int | None:
    """Return the number of the span around a place; the spans are sorted and separate."""
    number = bisect_right(spans, at, key=attrgetter("start")) - 1
    return number if number >= 0 and at < spans[number].end else None


def _continues(edit: Edit) -> bool:
    """Return whether an edit adds to a line."""
    return edit.span.start == edit.span.end and not LINE_END.search(edit.replacement)


def _beside(blocks: Sequence[Block], at: int) -> Block | None:
    """Return the block that ends at a place."""
    number = bisect_left(blocks, at, key=lambda block: block.span.end)
    ends_there = number < len(blocks) and blocks[number].span.end == at
    return blocks[number] if ends_there else None


def _word(text: str, edit: Edit) -> Span:
    """Return the span of the words that an edit changes.

    A change of words is marked with the letters that go on with them, one of marks and spaces with
    all that stands beside it.

    >>> _word("broke out,, which", Edit(Span(10, 11), "", ("r",)))
    Span(start=6, end=11)
    """
    start, end = edit.span
    before, behind = _NO_SPACE_BEFORE, _NO_SPACE
    changed = edit.span.of(text) or edit.replacement
    has_words = is_readable(edit.span.of(text), edit.replacement)
    if has_words:
        before, behind = _LETTERS_BEFORE, _LETTERS
    if not (has_words and changed[0].isspace()):
        start -= len(_matched(before.search(text[max(0, start - _WORD) : start])))
    if not (has_words and changed[-1].isspace()):
        end += len(_matched(behind.match(text, end, end + _WORD)))
    return Span(start, end)


def _matched(found: re.Match[str] | None) -> str:
    return found.group() if found else ""

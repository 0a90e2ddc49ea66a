"""What is known of a text that was made of passages, and how its edits get back into the source."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from cleaner.text import prose
from cleaner.text.directives import Action, Directive
from cleaner.text.edits import Edit, Lines, Span, merge_spans
from cleaner.text.edits import apply as apply_edits
from cleaner.text.layout import BlockKind, Layout, Location, WayBack
from cleaner.text.members import member_around
from cleaner.text.passage import Passage
from cleaner.text.sourcemap import SourceEdit, SourceMap, UnwritableError, apply_to_source

GAP = "\n\n"  # between two blocks
_SPACE = re.compile(r"\s")
# Code points of a frame that is not respelled to try each single edit, but once for all of them.
_LONG_FRAME = 10_000


class Comment(NamedTuple):
    """A comment that is addressed to the tool; see `Builder.comment`."""

    span: Span
    action: Action
    rules: tuple[str, ...]
    following: Span | None


class Placed(NamedTuple):
    """A block of the text, and what is known of it."""

    span: Span
    source: Span  # from its first to its last piece in the source
    passage: Passage


class _Writing(NamedTuple):
    """An edit of the text and what it means for the source."""

    edit: Edit
    source_edits: Sequence[SourceEdit]


class BuiltLayout(Layout, WayBack):
    """What is known of a text that was made of passages, and its way back."""

    def __init__(
        self,
        text: str,
        pieces: SourceMap,
        blocks: Sequence[Placed],
        locked: Sequence[Span],
        comments: Sequence[Comment],
    ) -> None:
        self.source = pieces.source
        self._text, self._pieces = text, pieces
        self._blocks, self._locked, self._comments = blocks, locked, comments
        self._verbatim: dict[Span, Sequence[Span]] = {}  # by block
        self._inner: dict[Span, Layout] = {}  # by block
        self._lines: dict[str, Lines] = {}  # by member
        # What is written for an edit, by its span and replacement. An edit that fits is asked for
        # again when it is made, and once more for the report.
        self._known: dict[tuple[Span, str], Sequence[SourceEdit]] = {}

    def way_back(self) -> WayBack:
        return self

    def block(self, at: int) -> Span:
        number = self._number(at)
        if number == len(self._blocks):
            return Span(at, at)
        span = self._blocks[number].span
        inner = self._inner_of(self._blocks[number])
        if inner and span.start <= at:
            return inner.block(at - span.start).moved(span.start)
        return span

    def _inner_of(self, block: Placed) -> Layout | None:
        """Return the layout of the text in a block, if that has blocks of its own."""
        if block.passage.inner is None:
            return None
        if block.span not in self._inner:
            self._inner[block.span] = block.passage.inner(block.span.of(self._text))
        return self._inner[block.span]

    def _number(self, at: int) -> int:
        """Return the number of the first block that ends behind `at`."""
        return bisect_right(self._blocks, at, key=lambda block: block.span.end)

    def kind(self, block: Span) -> BlockKind:
        number = self._number(block.start)
        kind = self._blocks[number].passage.kind if number < len(self._blocks) else None
        return kind or prose.block_kind(block.of(self._text))

    def language(self, block: Span) -> str:
        number = self._number(block.start)
        return self._blocks[number].passage.language if number < len(self._blocks) else ""

    def is_protected(self, span: Span) -> bool:
        block = self._placed_around(span)
        if block is None:
            return not self._deleted(span)
        if _touches(self._locked, span):
            return True
        inner = self._inner_of(block)
        if inner:
            return inner.is_protected(span.moved(-block.span.start))
        return _touches(self._verbatim_in(block.span), span)

    def _around(self, span: Span) -> Span | None:
        """Return the span of the block that a span is inside, if there is one.

        An insertion at the end of a block is inside it.
        """
        block = self._placed_around(span)
        return block.span if block else None

    def _placed_around(self, span: Span) -> Placed | None:
        number = self._number_around(span)
        block = self._blocks[number] if number < len(self._blocks) else None
        return block if block and block.span.covers(span) else None

    def _number_around(self, span: Span) -> int:
        """Return the number of the only block that a span may be inside."""
        return bisect_left(self._blocks, span.end, key=lambda block: block.span.end)

    def _verbatim_in(self, block: Span) -> Sequence[Span]:
        known = self._verbatim.get(block)
        if known is None:
            known = list(prose.verbatim_spans(self._text, block))
            self._verbatim[block] = known
        return known

    def _deleted(self, span: Span) -> Sequence[Placed]:
        """Return the blocks that are deleted with a span that is more than a part of a block.

        There are none if it must not be deleted: it has to cover blocks wholly, each of them with
        an enclosure, and as many blank lines.
        """
        first = self._number(span.start)
        last = bisect_left(self._blocks, span.end, key=lambda block: block.span.start)
        deleted = self._blocks[first:last]
        is_all = len(deleted) == len(self._blocks)
        gaps = len(deleted) - is_all
        length = sum(block.span.end - block.span.start for block in deleted)
        is_whole = all(span.covers(block.span) for block in deleted)
        if not is_whole or span.end - span.start != length + gaps * len(GAP):
            return ()
        if any(block.passage.enclosure is None for block in deleted):
            return ()
        return deleted

    def fit(self, edit: Edit) -> Edit | None:
        edit = self._whole_block(edit)
        if self.is_protected(edit.span) or (edit.replacement and not self._around(edit.span)):
            return None
        if self._bares_an_edge(edit):
            return None
        is_all = edit.span == Span(0, len(self._text))
        if is_all and not edit.replacement and not self._deleted(edit.span):
            return None
        for attempt in (edit, self._with_tabs(edit)):
            if self._is_writable(attempt):
                return attempt
        return None

    def _bares_an_edge(self, edit: Edit) -> bool:
        """Return whether something comes to stand at an edge of a block where it is not read."""
        block = self._placed_around(edit.span)
        if block is None or not block.passage.trimmed or edit.replacement:
            return False
        (start, end), text = edit.span, self._text
        neighbour = ""
        if start == block.span.start:
            neighbour += text[end : min(end + 2, block.span.end)].lstrip(" ")[:1]
        if end == block.span.end:
            neighbour += text[max(start - 2, block.span.start) : start].rstrip(" ")[-1:]
        return any(character in block.passage.trimmed for character in neighbour)

    def _is_writable(self, edit: Edit) -> bool:
        try:
            self._pieces.framed(self._written([edit]), most=_LONG_FRAME)
        except UnwritableError:
            return False
        return True

    def _with_tabs(self, edit: Edit) -> Edit:
        """Return an edit that keeps tabs where it would write spaces: a tab may be an element."""
        old = edit.span.of(self._text)
        spaces = _SPACE.findall(old)
        words = _SPACE.split(edit.replacement)
        if "\t" not in spaces or len(words) != len(spaces) + 1:
            return edit
        kept = words[0] + "".join(map("".join, zip(spaces, words[1:], strict=True)))
        return edit if kept == old else edit._replace(replacement=kept)

    def _whole_block(self, edit: Edit) -> Edit:
        """Return an edit; if it leaves nothing of a block, one that deletes the block."""
        block = self._around(edit.span)
        if block is None or edit.replacement.strip():
            return edit
        rest = self._text[block.start : edit.span.start] + self._text[edit.span.end : block.end]
        if rest.strip():
            return edit
        if block.end < len(self._text):
            span = Span(block.start, block.end + len(GAP))
        else:
            span = Span(max(block.start - len(GAP), 0), block.end)
        return edit._replace(span=span, replacement="")

    def together(self, edits: Sequence[Edit]) -> list[Edit]:
        chosen: list[Edit] = []
        for number, group in groupby(edits, key=lambda edit: self._number(edit.span.start)):
            in_block = list(group)
            is_among_others = len(self._blocks) > 1
            if len(in_block) > 1 and is_among_others and self._empty(number, in_block):
                in_block.pop()
            chosen += in_block
        return chosen

    def _empty(self, number: int, edits: Iterable[Edit]) -> bool:
        """Return whether edits leave nothing of the block with this number."""
        block = self._blocks[number].span
        at = block.start
        for (start, end), replacement, _ in edits:
            if replacement.strip() or self._text[at:start].strip():
                return False
            at = end
        return not self._text[at : block.end].strip()

    def edits(self, edits: Iterable[Edit]) -> Sequence[SourceEdit]:
        return self._pieces.framed(self._written(edits))

    def _written(self, edits: Iterable[Edit]) -> list[SourceEdit]:
        """Return the edits of the source that make these edits of the text, without frames."""
        written: list[SourceEdit] = []
        deleted: list[Placed] = []
        kept: list[_Writing] = []
        for edit in self._joined(edits):
            blocks = self._deleted_by(edit)
            deleted += blocks
            if not blocks:
                kept.append(_Writing(edit, self._settled(edit)))
                written += kept[-1].source_edits
        self._check(kept)
        written += (SourceEdit(span, "") for span in self._enclosures(deleted))
        return written

    def _joined(self, edits: Iterable[Edit]) -> Iterator[Edit]:
        """Yield edits; deletions that together delete a block, or everything, become one.

        The lines of a block may be deleted one by one, in several passes.
        """
        for run in _runs_of_deletions(edits):
            groups: Iterable[Sequence[Edit]] = [run]
            if len(run) > 1 and _hull(run) != Span(0, len(self._text)):
                by_block = groupby(run, key=lambda edit: self._number(edit.span.start))
                groups = [list(group) for _, group in by_block]
            for group in groups:
                if len(group) > 1 and self._deleted(_hull(group)):
                    yield group[0]._replace(span=_hull(group))
                else:
                    yield from group

    def _check(self, kept: Iterable[_Writing]) -> None:
        """Let each block that has a check look at what would be written into it."""
        for number, group in groupby(kept, key=lambda each: self._number_around(each.edit.span)):
            block = self._blocks[number]
            if block.passage.check is None:
                continue
            edits: list[Edit] = []
            source_edits: list[SourceEdit] = []
            for edit, parts in group:
                edits.append(edit._replace(span=edit.span.moved(-block.span.start)))
                for part in parts:
                    there = part.span.moved(-block.source.start)
                    source_edits.append(part._replace(span=there))
            before = block.source.of(self.source)
            after = apply_to_source(before, sorted(source_edits))
            block.passage.check(before, after, apply_edits(block.span.of(self._text), edits))

    def _enclosures(self, blocks: Iterable[Placed]) -> Sequence[Span]:
        """Return what is deleted with blocks, which must be in order."""
        spans: list[Span] = []
        top = 0  # up to here nothing is left
        for block in blocks:
            span = _enclosure(block)
            gap = block.passage.gap
            if gap and top >= 0 and not self.source[top : span.start].strip():
                span = Span(span.start, gap.end)
                top = gap.end
            else:
                top = -1
            spans.append(span)
        return merge_spans(spans)

    def _settled(self, edit: Edit) -> Sequence[SourceEdit]:
        """Return the edits of the source for an edit inside a block."""
        key = edit.span, edit.replacement
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._settled_anew(edit)
        return known

    def _settled_anew(self, edit: Edit) -> Sequence[SourceEdit]:
        number = bisect_left(self._blocks, edit.span.end, key=lambda block: block.span.end)
        settle = self._blocks[number].passage.settle if number < len(self._blocks) else None
        if settle is None:
            return list(self._pieces.edits([edit]))
        error = UnwritableError("there is no text")
        for way in self._pieces.ways(edit):
            try:
                return settle(way) if way else way
            except UnwritableError as again:
                error = again
        raise error

    def _deleted_by(self, edit: Edit) -> Sequence[Placed]:
        """Return the blocks that an edit deletes with what encloses them."""
        is_part = self._around(edit.span) and edit.span != Span(0, len(self._text))
        return () if edit.replacement or is_part else self._deleted(edit.span)

    def structure(self, edits: Iterable[Edit]) -> str:
        deleted: list[Placed] = []
        for edit in self._joined(edits):
            deleted += self._deleted_by(edit)
        return self._pieces.structure(self._enclosures(deleted))

    def source_span(self, span: Span) -> Span:
        start = self._pieces.origin(span.start)
        if span.start == span.end:
            return Span(start, start)
        return Span(start, max(start, self._pieces.end(span.end)))

    def location(self, at: int) -> Location:
        number = min(self._number(at), len(self._blocks) - 1)
        if number < 0:
            return Location("", 1, 1)
        block = self._blocks[number]
        place = self.location_in_source(self._pieces.origin(max(at, block.span.start)))
        if block.passage.number:
            column = max(at - block.span.start, 0) + 1
            place = place._replace(line=block.passage.number, column=column)
        return place._replace(label=block.passage.label)

    def location_in_source(self, at: int) -> Location:
        member, start, end = member_around(self.source, at)
        if member not in self._lines:
            self._lines[member] = Lines(self.source[start:end])
        return Location(member, *self._lines[member].place(at - start))

    def directives(self) -> Iterable[Directive]:
        starts_of_on = [one.span.start for one in self._comments if one.action == "on"]
        for comment in self._comments:
            end = comment.span.end
            reach = Span(end, end)
            if comment.action == "ignore":
                reach = comment.following or self._following(comment.span)
            elif comment.action == "off":
                stop = member_around(self.source, comment.span.start)[2]
                number = bisect_left(starts_of_on, end)
                reach = Span(end, min([stop, *starts_of_on[number : number + 1]]))
            reaches = self._pieces.within(reach) if reach.start < reach.end else ()
            yield Directive(comment.span, comment.action, comment.rules, tuple(reaches))

    def _following(self, comment: Span) -> Span:
        """Return the block that a comment is in, or the next one in the source."""
        around: list[Span] = []
        behind: list[Span] = []
        for block in self._blocks:
            whole = block.passage.enclosure or block.source
            if whole.covers(comment):
                around.append(whole)
            elif whole.start >= comment.end:
                behind.append(whole)
        if around:
            return min(around, key=lambda span: span.end - span.start)
        return min(behind, default=Span(comment.end, comment.end))


def _runs_of_deletions(edits: Iterable[Edit]) -> Iterator[Sequence[Edit]]:
    """Yield edits in order; deletions right behind one another come together."""
    run: list[Edit] = []
    for edit in edits:
        goes_on = run and run[-1].span.end == edit.span.start
        if run and (not goes_on or edit.replacement or run[-1].replacement):
            yield run
            run = []
        run.append(edit)
    if run:
        yield run


def _hull(edits: Sequence[Edit]) -> Span:
    """Return the span from the beginning of the first edit to the end of the last one."""
    return Span(edits[0].span.start, edits[-1].span.end)


def _enclosure(block: Placed) -> Span:
    enclosure = block.passage.enclosure
    assert enclosure is not None
    return enclosure


def _touches(spans: Sequence[Span], span: Span) -> bool:
    """Return whether a span touches one of these; an insertion does so at their edges too."""
    number = bisect_left(spans, span.start, key=attrgetter("end"))
    near = spans[number : number + 2]
    return any(span.overlaps(there) or there.covers(span) for there in near)

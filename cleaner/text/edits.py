"""Spans and edits, and what happens when edits meet. Every position counts code points.

A fixer never changes a text. It yields edits; the functions here choose between edits that
overlap, apply them, and follow them through several passes back to the text that a person knows.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

from cleaner.text.characters import LINE_END
from cleaner.text.packed import Packed

_TOGETHER = 10_000  # code points of a text that are copied at once
_COMPARED_TOGETHER = 100_000  # code points that are compared at once
JOINER = " + "  # between the ids of several rules, wherever they are shown as one text


class Span(NamedTuple):
    """The code points from `start` up to, but not including, `end`."""

    start: int
    end: int

    def of(self, text: str | Packed) -> str:
        """Return the part of `text` that the span covers.

        >>> Span(0, 6).of("Marwin fell")
        'Marwin'
        """
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Return whether the two share a code point, or are insertions at the same point.

        >>> Span(0, 6).overlaps(Span(5, 9)), Span(0, 6).overlaps(Span(6, 9))
        (True, False)
        """
        return (self.start < other.end and other.start < self.end) or self == other

    def moved(self, by: int) -> Span:
        """Return the span so many code points further on.

        >>> Span(0, 6).moved(4)
        Span(start=4, end=10)
        """
        return Span(self.start + by, self.end + by)

    def covers(self, other: Span) -> bool:
        """Return whether `other` lies entirely inside this span.

        >>> Span(0, 11).covers(Span(0, 6)), Span(0, 6).covers(Span(0, 11))
        (True, False)
        """
        return self.start <= other.start and other.end <= self.end


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    """Sort spans and merge those that overlap. Spans that only touch stay separate.

    >>> merge_spans([Span(5, 9), Span(0, 3), Span(2, 5)])
    [Span(start=0, end=5), Span(start=5, end=9)]
    """
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged


class Edit(NamedTuple):
    """Replace `span` by `replacement`. `rules` are the ids of the rules that asked for it.

    A fixer yields edits with one rule. An edit has several rules where edits of different passes
    were combined.
    """

    span: Span
    replacement: str
    rules: tuple[str, ...]

    @property
    def rule(self) -> str:
        """The first rule that asked for it: the only one, unless passes were combined."""
        return self.rules[0]

    @property
    def label(self) -> str:
        """All its rules as one text, as reports show them.

        >>> Edit(Span(0, 6), "Ma Yun", ("names/ma-yun", "quotes/single")).label
        'names/ma-yun + quotes/single'
        """
        return JOINER.join(self.rules)

    def cut_down(self, text: str) -> Edit:
        """Return the edit of `text` without the beginning and the end that stay the same.

        It does not meet an edit of a name beside what it changes.

        >>> Edit(Span(3, 8), "t, w", ("punctuation/doubled-comma",)).cut_down("In t,, w")
        Edit(span=Span(start=5, end=6), replacement='', rules=('punctuation/doubled-comma',))
        """
        head, tail = same_ends(self.span.of(text), self.replacement)
        span = Span(self.span.start + head, self.span.end - tail)
        return Edit(span, self.replacement[head : len(self.replacement) - tail], self.rules)


def same_ends(old: str, new: str) -> tuple[int, int]:
    """Return how many code points two texts have in common at the beginning and at the end.

    >>> same_ends("t,, w", "t, w")
    (2, 2)
    """
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    most -= head
    tail = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
    return head, tail


def resolve(*ranks: Iterable[Edit]) -> tuple[list[Edit], list[Edit]]:
    """Choose edits that do not overlap.

    An edit of an earlier rank wins. Inside a rank, the edit that starts first wins, then the
    longer one, then the one whose rule id sorts first. The order in which edits arrive never
    matters.

    Returns:
        The edits that were kept, in the order of the text, and the edits that were dropped.

    >>> win, dog = Edit(Span(0, 6), "Ma Yun", ("b",)), Edit(Span(3, 10), "Windy", ("a",))
    >>> resolve([dog, win]) == ([win], [dog])
    True
    """
    kept: list[Edit] = []
    dropped: list[Edit] = []
    for rank in ranks:
        settled = list(kept)
        last = Span(-1, -1)  # the span kept last from this rank
        widest = Span(-1, -1)  # the span kept from this rank that ends last
        for edit in sorted(set(rank), key=_precedence):
            span = edit.span
            may_meet = span.start <= widest.end
            meets_own_rank = may_meet and (span.overlaps(widest) or span.overlaps(last))
            if meets_own_rank or (settled and _overlaps_any(span, settled)):
                dropped.append(edit)
                continue
            kept.append(edit)
            last = span
            if span.end > widest.end:
                widest = span
        kept.sort()
    return kept, dropped


def outermost(edits: Sequence[Edit]) -> Sequence[Edit]:
    """Drop edits that lie inside a longer one: “Ma Win” inside “Ma Win Do” is another name.

    >>> short, long = Edit(Span(0, 6), "Ma Yun", ("a",)), Edit(Span(0, 9), "Ma Yuntao", ("b",))
    >>> outermost([short, long]) == [long]
    True
    """
    chosen: list[Edit] = []
    widest = Span(-1, -1)
    for edit in sorted(edits, key=lambda edit: (edit.span.start, -edit.span.end)):
        if edit.span.end > widest.end:
            widest = edit.span
        if edit.span == widest:
            chosen.append(edit)
    return chosen


def _overlaps_any(span: Span, settled: Sequence[Edit]) -> bool:
    at = bisect_left(settled, span, key=attrgetter("span"))
    return any(span.overlaps(rival.span) for rival in settled[max(at - 1, 0) : at + 1])


def _precedence(edit: Edit) -> tuple[int, int, tuple[str, ...], str]:
    return edit.span.start, -edit.span.end, edit.rules, edit.replacement


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return the text after `edits`, which must be sorted and must not overlap.

    >>> apply("Marwin fell", [Edit(Span(0, 6), "Ma Yun", ("names/people/ma-yun",))])
    'Ma Yun fell'
    """
    return "".join(applied(text, edits))


def applied(text: str | Packed, edits: Iterable[Edit]) -> Iterator[str]:
    """Yield the text after `edits` in parts (see `apply`)."""
    end = 0
    for (start, stop), replacement, _ in edits:
        yield from parts(text, Span(end, start))
        yield replacement
        end = stop
    yield from parts(text, Span(end, len(text)))


def parts(text: str | Packed, span: Span) -> Iterator[str]:
    """Yield what stands at a span, in several parts if it is long.

    Short parts take less memory together: where a part is all ASCII, a code point takes one byte,
    and four in a text with an emoji in it.
    """
    for start in range(*span, _TOGETHER):
        yield text[start : min(start + _TOGETHER, span.end)]


def gives(text: str | Packed, edits: Iterable[Edit], result: str) -> bool:
    """Return whether `apply(text, edits)` is `result`, without making another copy of the text.

    >>> gives("Marwin fell", [Edit(Span(0, 6), "Ma Yun", ("r",))], "Ma Yun fell")
    True
    """
    at = 0  # what is compared of the result
    for part in _joined(applied(text, edits)):
        if not result.startswith(part, at):
            return False
        at += len(part)
    return at == len(result)


def _joined(pieces: Iterable[str]) -> Iterator[str]:
    """Yield pieces joined to parts of about `_COMPARED_TOGETHER` code points."""
    waiting: list[str] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size > _COMPARED_TOGETHER:
            yield "".join(waiting)
            waiting.clear()
            size = 0
    yield "".join(waiting)


class _Moved(NamedTuple):
    """An edit of one of two passes, placed in the text between the passes."""

    span: Span
    second: bool  # whether it belongs to the second pass
    edit: Edit
    shift: int  # how far the first pass has moved the text after this edit


def compose(between: str, first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """Combine two passes of edits into one list of edits of the text before both.

    `first` leaves the text `between`, of which `second` are edits. Where an edit of the second pass
    meets one of the first, the two become one edit that names the rules of both.

    >>> compose("x b c", [Edit(Span(0, 1), "x", ("p",))], [Edit(Span(0, 3), "y", ("q",))])
    [Edit(span=Span(start=0, end=3), replacement='y', rules=('p', 'q'))]
    """
    if not first or not second:
        return list(first or second)
    composed: list[Edit] = []
    shift = 0
    for group in _clusters(_between(first, second)):
        start = group[0].span.start
        end = max(moved.span.end for moved in group)
        original_start = start - shift
        for moved in group:
            if not moved.second:
                shift = moved.shift
        if len(group) == 1 and not group[0].second:
            composed.append(group[0].edit)
            continue
        later = [_shifted(moved.edit, -start) for moved in group if moved.second]
        in_order = sorted(group, key=lambda moved: moved.second)
        rules = dict.fromkeys(rule for moved in in_order for rule in moved.edit.rules)
        replacement = apply(between[start:end], later)
        composed.append(Edit(Span(original_start, end - shift), replacement, tuple(rules)))
    return composed


def _between(first: Sequence[Edit], second: Sequence[Edit]) -> list[_Moved]:
    """Place the edits of both passes in the text between them, sorted; the first pass first."""
    shifts = _shifts(first)
    moved = [_Moved(edit.span, second=True, edit=edit, shift=0) for edit in second]
    for edit, before, after in zip(first, shifts, shifts[1:], strict=False):
        start = edit.span.start + before
        span = Span(start, start + len(edit.replacement))
        moved.append(_Moved(span, second=False, edit=edit, shift=after))
    return sorted(moved, key=lambda one: (one.span, one.second))


def _clusters(moved: Sequence[_Moved]) -> Iterator[Sequence[_Moved]]:
    """Split sorted edits into groups whose spans overlap."""
    at = 0
    while at < len(moved):
        end = moved[at].span.end
        stop = at + 1
        while stop < len(moved) and moved[stop].span.start < end:
            end = max(end, moved[stop].span.end)
            stop += 1
        yield moved[at:stop]
        at = stop


def _shifted(edit: Edit, by: int) -> Edit:
    return edit._replace(span=edit.span.moved(by))


def _shifts(edits: Sequence[Edit]) -> list[int]:
    """Return how far the text has moved before each edit, and after the last one."""
    growth = (len(edit.replacement) - (edit.span.end - edit.span.start) for edit in edits)
    return list(accumulate(growth, initial=0))


class Lines:
    """Where lines begin, for saying `line:column`. Only CR LF, LF and CR end a line.

    >>> Lines("one\\r\\ntwo").place(6)
    (2, 2)
    """

    def __init__(self, text: str | Packed) -> None:
        self._starts = array("q", [0])
        at = 0
        for part in parts(text, Span(0, len(text))):
            if _is_between(text, at):
                self._starts.pop()
            self._starts.extend(at + found.end() for found in LINE_END.finditer(part))
            at += len(part)

    def place(self, at: int) -> tuple[int, int]:
        """Return the line and the column of the code point `at`, both counted from 1."""
        line = bisect_right(self._starts, at)
        return line, at - self._starts[line - 1] + 1


def _is_between(text: str | Packed, at: int) -> bool:
    """Return whether a place is between the CR and the LF that end one line.

    >>> _is_between("one\\r\\ntwo", 4)
    True
    """
    return text[max(0, at - 1) : at + 1] == "\r\n"


class Origins:
    """Where the spans of an edited text were before the edits.

    >>> Origins([Edit(Span(0, 6), "Ma Yun of Hangzhou", ("r",))]).origin(Span(19, 23))
    Span(start=7, end=11)
    """

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = edits
        self._shifts = _shifts(edits)
        self._starts = [e.span.start + s for e, s in zip(edits, self._shifts, strict=False)]
        self._ends = [
            start + len(e.replacement) for start, e in zip(self._starts, edits, strict=True)
        ]

    def applied(self) -> Iterator[tuple[int, Edit]]:
        """Yield each edit with where it begins in the edited text."""
        return zip(self._starts, self._edits, strict=True)

    def origin(self, span: Span) -> Span:
        """Return the span before the edits; one that reaches into a replacement grows to include
        the whole edit."""
        before = bisect_right(self._ends, span.start)
        start = span.start - self._shifts[before]
        if before < len(self._edits) and self._starts[before] < span.start:
            start = self._edits[before].span.start
        after = bisect_left(self._starts, span.end)
        end = span.end - self._shifts[after]
        if after and self._ends[after - 1] > span.end:
            end = self._edits[after - 1].span.end
        return Span(start, max(start, end))

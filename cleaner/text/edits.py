"""Plain text arithmetic: spans, edits, and what happens when edits meet.

A fixer never changes text. It yields an `Edit`; here edits are chosen between, applied, and
followed through several passes back to the text a person knows. Every position is a half-open range
of code points.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

_LINE_END = re.compile(r"\r\n|\r|\n")


class Span(NamedTuple):
    """The code points from `start` up to, not including, `end`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the part of `text` that the span covers.

        >>> Span(0, 6).of("Marwin fell")
        'Marwin'
        """
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a code point, or are insertions at one point.

        >>> Span(0, 6).overlaps(Span(5, 9)), Span(0, 6).overlaps(Span(6, 9))
        (True, False)
        """
        return (self.start < other.end and other.start < self.end) or self == other

    def covers(self, other: Span) -> bool:
        """Whether `other` stands wholly inside.

        >>> Span(0, 11).covers(Span(0, 6)), Span(0, 6).covers(Span(0, 11))
        (True, False)
        """
        return self.start <= other.start and other.end <= self.end


def apart(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, with those that overlap made one; two of the outcome may touch.

    >>> apart([Span(5, 9), Span(0, 3), Span(2, 5)])
    [Span(start=0, end=5), Span(start=5, end=9)]
    """
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start < out[-1].end:
            out[-1] = Span(out[-1].start, max(span.end, out[-1].end))
        else:
            out.append(span)
    return out


class Edit(NamedTuple):
    """Replace `span` by `replacement`, because `rule` (a full rule id) says so."""

    span: Span
    replacement: str
    rule: str


def resolve(*ranks: Iterable[Edit]) -> tuple[list[Edit], list[Edit]]:
    """Choose edits that do not overlap: earlier ranks first, then earliest, longest, smallest rule
    id.

    Returns the kept edits in the order of the text, and those that gave way. The order in which
    edits arrive inside a rank never matters.

    >>> win, dog = Edit(Span(0, 6), "Ma Yun", "b"), Edit(Span(3, 10), "Windy", "a")
    >>> resolve([dog, win])
    ([Edit(span=Span(start=0, end=6), replacement='Ma Yun', rule='b')], [Edit(span=Span(start=3, end=10), \
replacement='Windy', rule='a')])
    """
    kept: list[Edit] = []
    lost: list[Edit] = []
    for rank in ranks:
        settled = list(kept)
        # of the edits kept from this rank: the one that ends last, the one kept last
        reach = last = Span(-1, -1)
        for edit in sorted(set(rank), key=_precedence):
            span = edit.span
            if span.overlaps(reach) or span.overlaps(last) or (settled and _meets(span, settled)):
                lost.append(edit)
            else:
                kept.append(edit)
                last = span
                if span.end > reach.end:
                    reach = span
        kept.sort()
    return kept, lost


def _meets(span: Span, settled: Sequence[Edit]) -> bool:
    at = bisect_left(settled, span, key=attrgetter("span"))
    return any(span.overlaps(rival.span) for rival in settled[max(at - 1, 0) : at + 1])


def _precedence(edit: Edit) -> tuple[int, int, str, str]:
    return edit.span.start, -edit.span.end, edit.rule, edit.replacement


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text after `edits`, which must be in order and not overlap.

    >>> apply("Marwin fell", [Edit(Span(0, 6), "Ma Yun", "names/people/ma-yun")])
    'Ma Yun fell'
    """
    pieces: list[str] = []
    end = 0
    for (start, stop), replacement, _ in edits:
        pieces += (text[end:start], replacement)
        end = stop
    return "".join((*pieces, text[end:]))


def compose(text: str, first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """One list of edits on `text` that does what `first` and then `second` (edits of the text in
    between) would do.

    Where a later edit meets an earlier one they become one edit that names both rules.

    >>> compose("a b c", [Edit(Span(0, 1), "x", "one")], [Edit(Span(0, 3), "y", "two")])
    [Edit(span=Span(start=0, end=3), replacement='y', rule='one + two')]
    """
    if not first or not second:
        return list(first or second)
    between = apply(text, first)
    shifts = _shifts(first)
    # Everything in coordinates of the text in between; of two at one point the earlier pass stands
    # first.
    moved = [
        (
            edit.span.start + before,
            edit.span.start + before + len(edit.replacement),
            0,
            edit,
            before,
            after,
        )
        for edit, before, after in zip(first, shifts, shifts[1:], strict=False)
    ]
    items = sorted(
        [*moved, *((edit.span.start, edit.span.end, 1, edit, 0, 0) for edit in second)],
        key=lambda item: item[:3],
    )
    out: list[Edit] = []
    shift = 0
    at = 0
    while at < len(items):
        low, high = items[at][:2]
        stop = at + 1
        while stop < len(items) and items[stop][0] < high:
            high = max(high, items[stop][1])
            stop += 1
        group = items[at:stop]
        start = low - shift
        for *_, after in (item for item in group if item[2] == 0):
            shift = after
        if len(group) == 1 and group[0][2] == 0:
            out.append(group[0][3])
        else:
            later = [
                Edit(Span(e.span.start - low, e.span.end - low), e.replacement, e.rule)
                for _, _, pass_, e, _, _ in group
                if pass_ == 1
            ]
            rules = " + ".join(
                edit.rule for *_, edit, _, _ in sorted(group, key=lambda item: item[2])
            )
            named = " + ".join(dict.fromkeys(rules.split(" + ")))
            out.append(Edit(Span(start, high - shift), apply(between[low:high], later), named))
        at = stop
    return out


def _shifts(edits: Sequence[Edit]) -> list[int]:
    """How far text has moved before each edit, and after the last one."""
    return list(
        accumulate((len(e.replacement) - (e.span.end - e.span.start) for e in edits), initial=0)
    )


class Lines:
    """Where lines begin, to say `line:column` of a position. CR LF, LF and CR end a line, and
    nothing else does.

    >>> Lines("one\\r\\ntwo").place(6)
    (2, 2)
    """

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(text))]

    def place(self, at: int) -> tuple[int, int]:
        """Line and column of the code point `at`, both counted from 1."""
        line = bisect_right(self._starts, at)
        return line, at - self._starts[line - 1] + 1


class Trace:
    """Where spans of an edited text stood before the edits.

    >>> Trace([Edit(Span(0, 6), "Ma Yun of Hangzhou", "r")]).origin(Span(19, 23))
    Span(start=7, end=11)
    """

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = edits
        self._shifts = _shifts(edits)
        self._starts = [e.span.start + s for e, s in zip(edits, self._shifts, strict=False)]
        self._ends = [
            start + len(e.replacement) for start, e in zip(self._starts, edits, strict=True)
        ]

    def origin(self, span: Span) -> Span:
        """The span in the text before the edits; one that reaches into a replacement takes in the
        whole edit.
        """
        before = bisect_right(self._ends, span.start)
        start = span.start - self._shifts[before]
        if before < len(self._edits) and self._starts[before] < span.start:
            start = self._edits[before].span.start
        after = bisect_left(self._starts, span.end)
        end = span.end - self._shifts[after]
        if after and self._ends[after - 1] > span.end:
            end = self._edits[after - 1].span.end
        return Span(start, max(start, end))

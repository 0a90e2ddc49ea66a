"""The edits that lead from one text to another.

A golden differs from a cleaned text in a few words of a few lines. So lines are paired first, and
words are compared only inside each pair: the edits stay as small as a person would make them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from math import ceil, inf
from typing import NamedTuple

from cleaner.text.edits import Edit, Span
from cleaner.text.matching import Matcher

_TOKEN = re.compile(r"\w+|\s|.")
_UNPAIRED = 1.0  # cost of a line that has no partner in the other text
_NOTHING_IN_COMMON = 2.0  # distance of two lines without a common word: as much as both unpaired
_NEVER_EQUAL = 0.001  # added to other distances: lines of the same words still differ in spaces
_MOST_CELLS = 1_000_000  # cells of a table of costs: some seconds' work
_FEW_TOKENS = 1_000_000  # pairs of words of two lines that are compared at once ...
_FEW_AT_ONCE = 10_000  # ... and between two words that both lines have once, if there are more
_WIDENING = 4  # how many times as wide each band is as the one before


class _Pair(NamedTuple):
    """The index of a line in each text. None: the line of the other text has no partner."""

    old: int | None
    new: int | None


class _Line(NamedTuple):
    """A line, and how often each word occurs in it."""

    text: str
    words: Counter[str]


def differences(text: str, wanted: str) -> Iterator[Edit]:
    """Yield the edits that turn `text` into `wanted`, in order. They name no rule.

    Neighbouring lines that have no partner in the other text form one edit.

    >>> [(edit.span, edit.replacement) for edit in differences("a’rat", "a ‘rat")]
    [(Span(start=1, end=2), ' ‘')]
    >>> [(edit.span, edit.replacement) for edit in differences("one\\n\\nOne\\n", "One\\n")]
    [(Span(start=0, end=5), '')]
    """
    old = text.splitlines(keepends=True)
    new = wanted.splitlines(keepends=True)
    starts = list(accumulate(map(len, old), initial=0))
    passed = 0  # how many lines of the old text were passed
    unpaired: Edit | None = None
    for pair in _pair_lines(old, new):
        if pair.old is not None and pair.new is not None:
            if unpaired:
                yield unpaired
                unpaired = None
            if old[pair.old] != new[pair.new]:
                yield from _inside_line(old[pair.old], new[pair.new], starts[pair.old])
            passed = pair.old + 1
            continue
        start = unpaired.span.start if unpaired else starts[passed]
        replacement = unpaired.replacement if unpaired else ""
        if pair.old is not None:
            passed = pair.old + 1
        if pair.new is not None:
            replacement += new[pair.new]
        unpaired = Edit(Span(start, starts[passed]), replacement, ())
    if unpaired:
        yield unpaired


def _inside_line(old: str, new: str, start: int) -> Iterator[Edit]:
    """Yield the edits that turn one line into another. `start` is where the old line begins.

    Two changes with only white space between them are one edit: they belong to one expression.
    """
    old_tokens = _TOKEN.findall(old)
    new_tokens = _TOKEN.findall(new)
    starts = list(accumulate(map(len, old_tokens), initial=start))
    changes: list[tuple[int, int, int, int]] = []
    for tag, old_start, old_end, new_start, new_end in _token_changes(old_tokens, new_tokens):
        if tag == "equal":
            continue
        if changes:
            last_start, last_end, last_new_start, _ = changes[-1]
            between = "".join(old_tokens[last_end:old_start])
            if not between.strip():
                changes[-1] = (last_start, old_end, last_new_start, new_end)
                continue
        changes.append((old_start, old_end, new_start, new_end))
    for old_start, old_end, new_start, new_end in changes:
        span = Span(starts[old_start], starts[old_end])
        yield Edit(span, "".join(new_tokens[new_start:new_end]), ())


def _token_changes(
    old: Sequence[str], new: Sequence[str]
) -> Iterable[tuple[str, int, int, int, int]]:
    """Return how the words of a line change, as difflib does."""
    if len(old) * len(new) <= _FEW_TOKENS:
        return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return Matcher(old, new, few=_FEW_AT_ONCE).get_opcodes()


def _pair_lines(old: Sequence[str], new: Sequence[str]) -> list[_Pair]:
    """Pair lines so that the sum of their distances is least; a line without a partner costs 1.

    Where several pairings cost the same, the later lines are paired: of two copies, the first
    goes.

    The table of costs has a cell for each line of one text and each line of the other. A pairing
    that leaves the diagonal must leave lines unpaired, so a pairing of low cost stays near it.
    Only a band around the diagonal is filled in, and it is widened until no better pairing can lie
    outside. So the work grows with the number of lines times the number of differences. Where that
    is too much, lines are paired by what the texts have in common.
    """
    old_lines = [_Line(text, Counter(text.split())) for text in old]
    new_lines = [_Line(text, Counter(text.split())) for text in new]
    surplus = abs(len(old) - len(new))  # so many lines have no partner in any pairing
    margin = 0
    while len(old) * (surplus + 2 * margin) <= _MOST_CELLS:
        band = _Band(old_lines, new_lines, margin)
        # Outside the band, `surplus + 2 * (margin + 1)` lines have no partner.
        if band.total <= surplus + 2 * margin + 1:
            return band.pairs()
        enough = ceil((band.total - surplus) / 2)
        margin = min(_WIDENING * (margin + 1), enough)
    return list(_pairs_in_common(old, new))


def _pairs_in_common(old: Sequence[str], new: Sequence[str]) -> Iterator[_Pair]:
    """Pair lines that are the same, and lines between those if there are as many in both texts."""
    for _, old_start, old_end, new_start, new_end in Matcher(old, new).get_opcodes():
        if old_end - old_start == new_end - new_start:
            yield from map(_Pair, range(old_start, old_end), range(new_start, new_end))
        else:
            for at in range(old_start, old_end):
                yield _Pair(at, None)
            for at in range(new_start, new_end):
                yield _Pair(None, at)


class _Band:
    """Costs of pairing the first lines of two texts, near the diagonal of their table.

    Cell (i, j) holds the cost of pairing the first i lines of one text with the first j lines of
    the other. A cell outside the band counts as infinite.
    """

    def __init__(self, old: Sequence[_Line], new: Sequence[_Line], margin: int) -> None:
        """Fill in the cells that are at most `margin` diagonals outside of both corners'."""
        surplus = len(old) - len(new)
        self._old = old
        self._new = new
        self._lowest = min(0, surplus) - margin  # the least value of i - j inside the band
        self._highest = max(0, surplus) + margin
        self._rows: list[list[float]] = []
        for i in range(len(old) + 1):
            self._rows.append([])
            for j in range(self._first(i), self._last(i) + 1):
                self._rows[i].append(self._cheapest(i, j))

    @property
    def total(self) -> float:
        """The cost of pairing all lines."""
        return self._cost(len(self._old), len(self._new))

    def pairs(self) -> list[_Pair]:
        """Return the pairing of that cost, from the first line to the last."""
        found: list[_Pair] = []
        i, j = len(self._old), len(self._new)
        while i or j:
            cost = self._cost(i, j)
            if i and j and cost == self._cost_of_pair(i, j):
                i, j = i - 1, j - 1
                found.append(_Pair(i, j))
            elif i and cost == self._cost(i - 1, j) + _UNPAIRED:
                i -= 1
                found.append(_Pair(i, None))
            else:
                j -= 1
                found.append(_Pair(None, j))
        return found[::-1]

    def _first(self, i: int) -> int:
        """Return the first column of row `i` inside the band."""
        return max(0, i - self._highest)

    def _last(self, i: int) -> int:
        """Return the last column of row `i` inside the band."""
        return min(len(self._new), i - self._lowest)

    def _cost(self, i: int, j: int) -> float:
        """Return the cost in a cell that is filled in, infinity elsewhere."""
        at = j - self._first(i)
        return self._rows[i][at] if 0 <= at < len(self._rows[i]) else inf

    def _cost_of_pair(self, i: int, j: int) -> float:
        """Return the cost of cell (i, j) if it pairs the i-th line with the j-th."""
        before = self._cost(i - 1, j - 1)
        old, new = self._old[i - 1], self._new[j - 1]
        return before if old.text == new.text else before + _distance(old.words, new.words)

    def _cheapest(self, i: int, j: int) -> float:
        """Return the least cost that leads to cell (i, j)."""
        if not i and not j:
            return 0.0
        costs: list[float] = []
        if i and j:
            costs.append(self._cost_of_pair(i, j))
        if i:
            costs.append(self._cost(i - 1, j) + _UNPAIRED)
        if j:
            costs.append(self._cost(i, j - 1) + _UNPAIRED)
        return min(costs)


def _distance(old: Counter[str], new: Counter[str]) -> float:
    """Return how different the words of two lines are, from just above 0 (the same words) to 2.

    >>> _distance(Counter(["Ma", "Yun"]), Counter(["Ma", "Yuan"]))
    1.001
    """
    if not old or not new:
        return _NOTHING_IN_COMMON
    common = (old & new).total()
    share = 2 * common / (old.total() + new.total())
    return min(_NOTHING_IN_COMMON, 2 - 2 * share + _NEVER_EQUAL)

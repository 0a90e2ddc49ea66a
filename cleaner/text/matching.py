"""What two long rows of texts, lines or words, have in common.

difflib finds it, but takes time with the square of their length. So it compares up to a thousand
lines at once, and longer rows are first divided at what both have exactly once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import Match, SequenceMatcher

from cleaner.text.edits import Span

FEW = 1_000_000  # pairs of lines that difflib may compare


class Matcher(SequenceMatcher[str]):
    """difflib's matcher, but in linear time.

    Args:
        old: the lines of one text.
        new: the lines of the other.
        few: how many pairs of lines difflib may compare; with more, the lines are divided.
        autojunk: whether lines that make up more than a hundredth of a text count for little.
    """

    def __init__(
        self, old: Sequence[str], new: Sequence[str], *, few: int = FEW, autojunk: bool = True
    ) -> None:
        super().__init__(None, old, new, autojunk)
        self._old, self._new, self._few = old, new, few

    def get_matching_blocks(self) -> list[Match]:
        """Return the runs of lines that are the same, and an empty one at the end."""
        if len(self._old) * len(self._new) <= self._few:
            return super().get_matching_blocks()
        runs: list[Match] = []
        for run in _runs(self._old, self._new, self._few):
            last = runs[-1] if runs else Match(0, 0, 0)
            if (last.a + last.size, last.b + last.size) == (run.a, run.b) and runs:
                runs[-1] = last._replace(size=last.size + run.size)
            else:
                runs.append(run)
        return [*runs, Match(len(self._old), len(self._new), 0)]


def _runs(old: Sequence[str], new: Sequence[str], few: int) -> Iterator[Match]:
    """Yield runs of lines that are the same in two long texts, in order."""
    old_start = new_start = 0
    for old_end, new_end in [*_anchors(old, new), (len(old), len(new))]:
        yield from _between(old, new, Span(old_start, old_end), Span(new_start, new_end), few)
        if old_end < len(old):
            yield Match(old_end, new_end, 1)
        old_start, new_start = old_end + 1, new_end + 1


def _between(
    old: Sequence[str], new: Sequence[str], there: Span, here: Span, few: int
) -> Iterator[Match]:
    """Yield runs of lines that are the same between two anchors."""
    ours, theirs = old[slice(*there)], new[slice(*here)]
    if len(ours) * len(theirs) <= few:
        runs = SequenceMatcher(None, ours, theirs).get_matching_blocks()
    elif len(ours) == len(theirs):  # lines were changed, and none came or went
        pairs = enumerate(zip(ours, theirs, strict=True))
        runs = [Match(at, at, 1) for at, (one, other) in pairs if one == other]
    else:
        runs = _same_ends(ours, theirs)
    for run in runs:
        if run.size:
            yield Match(there.start + run.a, here.start + run.b, run.size)


def _same_ends(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """Return the lines that are the same at the beginning and at the end."""
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    most -= head
    tail = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
    return [Match(0, 0, head), Match(len(old) - tail, len(new) - tail, tail)]


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return where the lines are that both texts have exactly once, as many as are in order.

    >>> _anchors(["a", "b", "b", "c"], ["b", "c", "a", "d"])
    [(3, 1)]
    """
    places = _unique(new)
    pairs = [(at, places[line]) for line, at in _unique(old).items() if line in places]
    # The longest increasing row: for each length the row that ends first, as a chain backwards.
    ends: list[int] = []
    chains: list[tuple[tuple[int, int], int | None]] = []
    rows: list[int] = []  # the last link of the row of each length
    for pair in pairs:
        length = bisect_left(ends, pair[1])
        chains.append((pair, rows[length - 1] if length else None))
        ends[length : length + 1] = [pair[1]]
        rows[length : length + 1] = [len(chains) - 1]
    in_order: list[tuple[int, int]] = []
    link = rows[-1] if rows else None
    while link is not None:
        pair, link = chains[link]
        in_order.append(pair)
    return in_order[::-1]


def _unique(lines: Sequence[str]) -> dict[str, int]:
    """Return the lines that occur once, in order, with their places."""
    times = Counter(lines)
    return {line: at for at, line in enumerate(lines) if times[line] == 1}

"""The small edits that lead from one text to another: lines are paired first, then words inside
each pair.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

from cleaner.text.edits import Edit, Span

_TOKEN = re.compile(r"\w+|\s|.")


def differences(text: str, wanted: str) -> Iterator[Edit]:
    """Edits from `text` to `wanted`, in order; neighbouring lines that go are one edit. Their rule
    is empty.

    >>> [(edit.span, edit.replacement) for edit in differences("a’rat", "a ‘rat")]
    [(Span(start=1, end=2), ' ‘')]
    >>> [(edit.span, edit.replacement) for edit in differences("one\\n\\nOne\\n", "One\\n")]
    [(Span(start=0, end=5), '')]
    """
    old, new = text.splitlines(keepends=True), wanted.splitlines(keepends=True)
    starts = list(accumulate(map(len, old), initial=0))
    at = 0
    pending: Edit | None = None
    for i, j in _paired(old, new):
        if i is not None and j is not None:
            if pending:
                yield pending
            pending = None
            yield from _inside(old[i], new[j], starts[i])
        else:
            before = pending or Edit(Span(starts[at], starts[at]), "", ())
            end = starts[at if i is None else i + 1]
            pending = Edit(
                Span(before.span.start, end),
                before.replacement + (new[j] if j is not None else ""),
                (),
            )
        at = at if i is None else i + 1
    if pending:
        yield pending


def _inside(old: str, new: str, start: int) -> Iterator[Edit]:
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    at = list(accumulate(map(len, a), initial=start))
    changes: list[tuple[int, int, int, int]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            if changes and not "".join(a[changes[-1][1] : i1]).strip():
                # only a space between the two: one expression, one edit
                i1, _, j1, _ = changes.pop()
            changes.append((i1, i2, j1, j2))
    for i1, i2, j1, j2 in changes:
        yield Edit(Span(at[i1], at[i2]), "".join(b[j1:j2]), ())


def _paired(old: Sequence[str], new: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Lines side by side, by the least distance (a line alone costs 1); of two that fit alike the
    later one stays.
    """
    left, right = ([(line, Counter(line.split())) for line in lines] for lines in (old, new))
    apart = [
        [0.0 if a == b else _distance(words, others) for b, others in right] for a, words in left
    ]
    cost = [[float(i + j) for j in range(len(new) + 1)] for i in range(len(old) + 1)]
    for i in range(1, len(old) + 1):
        for j in range(1, len(new) + 1):
            beside = cost[i - 1][j - 1] + apart[i - 1][j - 1]
            cost[i][j] = min(beside, cost[i - 1][j] + 1, cost[i][j - 1] + 1)
    pairs: list[tuple[int | None, int | None]] = []
    i, j = len(old), len(new)
    while i or j:
        if i and j and cost[i][j] == cost[i - 1][j - 1] + apart[i - 1][j - 1]:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif i and cost[i][j] == cost[i - 1][j] + 1:
            i -= 1
            pairs.append((i, None))
        else:
            j -= 1
            pairs.append((None, j))
    return pairs[::-1]


def _distance(a: Counter[str], b: Counter[str]) -> float:
    """From just above 0 (the same words) to 2 (none in common, or a blank line against words)."""
    total = a.total() + b.total()
    return min(2.0, 2 - 4 * (a & b).total() / total + 0.001) if a and b else 2.0

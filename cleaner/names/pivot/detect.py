"""Which pivot a document came by: told by what is left of it, by its credits and by the names of
its reporters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.names.pivot.background import Background
from cleaner.names.pivot.script import units
from cleaner.names.pivot.tables import load, pivots

ENOUGH = 1.0
_MOST = 4  # that one mark counts: a hundred names are no better than four
_NAME = re.compile(
    r"\b[A-Z][a-z]+ [A-Z][a-z]+-[A-Za-z][a-z]+\b|\b[A-Z][a-z]+-[A-Za-z][a-z]+ [A-Z][a-z]+\b"
)


def pivot_of(text: str) -> str:
    """The pivot that a document shows traces of, or `none`.

    >>> pivot_of("Marwin fell silent. [AP=연합뉴스]"), pivot_of("Marwin scored twice before half-time.")
    ('ko', 'none')
    """
    traces = {pivot: sum(_traces(text, pivot)) for pivot in pivots()}
    best = max(traces, key=lambda pivot: traces[pivot], default="none")
    return best if traces.get(best, 0.0) >= ENOUGH else "none"


def _traces(text: str, pivot: str) -> Iterator[float]:
    tables = load(pivot)
    marks = dict(tables.marks)
    script, name = marks.pop("script", 0.0), marks.pop("name", 0.0)
    for mark, weight in marks.items():
        if re.search(
            rf"(?<!\w){re.escape(mark)}(?!\w)"
            if mark[0].isalnum()
            else rf"{re.escape(mark)}(?!\w)",
            text,
        ):
            yield weight
    yield script * min(
        _MOST, sum(1 for char in set(text) if set(units(char)) & set(tables.spelling))
    )
    people = Background(tables)
    yield name * min(_MOST, sum(1 for found in set(_NAME.findall(text)) if people.is_korean(found)))

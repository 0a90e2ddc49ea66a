"""Which pivot a document came through, told by what the pivot left in it.

Such traces are characters of the pivot's script, the credits of its newspapers, the names of its
people, and quotation marks that lost the space before them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from cleaner.names.pivot.background import Background
from cleaner.names.pivot.script import units
from cleaner.names.pivot.tables import NO_PIVOT, Tables, load, pivots
from cleaner.text.characters import APOSTROPHES

ENOUGH = 1.0  # the weight of all traces together from which on a pivot is believed
MAX_COUNT = 4  # how often one trace counts: a hundred names prove no more than four
# Kim Min-soo, Min-soo Kim
_HYPHENATED_NAME = re.compile(
    r"\b[A-Z][a-z]+ [A-Z][a-z]+-[A-Za-z][a-z]+\b|\b[A-Z][a-z]+-[A-Za-z][a-z]+ [A-Z][a-z]+\b"
)
# the’living: a mark between a word and another one that is no ending such as ’ll
_MARKS = f"{APOSTROPHES}\N{LEFT SINGLE QUOTATION MARK}"
_GLUED_MARK = re.compile(rf"\b[a-z]{{2,}}[{_MARKS}](?:[A-Z][a-z]+|[a-z]{{3,}})\b")
# Keys of the table `marks` that are not text: what each character of the script, each name of a
# person of the pivot's language, and each glued quotation mark weighs.
_SCRIPT, _NAME, _GLUED = "script", "name", "glued"


def pivot_of(text: str) -> str:
    """Return the pivot that a document shows traces of, or `none`.

    >>> pivot_of("Marwin fell silent. [AP=연합뉴스]")
    'ko'
    >>> pivot_of("Marwin scored twice before half-time.")
    'none'
    """
    best, best_weight = NO_PIVOT, 0.0
    for pivot in pivots():
        weight = _weight_of_traces(text, load(pivot))
        if weight > best_weight:
            best, best_weight = pivot, weight
    return best if best_weight >= ENOUGH else NO_PIVOT


def _weight_of_traces(text: str, tables: Tables) -> float:
    marks = tables.marks
    names = _count_names(text, tables)
    characters = _count_characters(text, tables)
    return (
        _weight_of_marks(text, marks)
        + marks.get(_SCRIPT, 0.0) * min(MAX_COUNT, characters)
        + marks.get(_NAME, 0.0) * min(MAX_COUNT, names)
        + marks.get(_GLUED, 0.0) * min(MAX_COUNT, len(set(_GLUED_MARK.findall(text))))
    )


def _weight_of_marks(text: str, marks: Mapping[str, float]) -> float:
    """Return the weight of the texts of a pivot that appear as whole words."""
    total = 0.0
    for mark, weight in marks.items():
        if mark in (_SCRIPT, _NAME, _GLUED) or mark not in text:
            continue
        before = r"(?<!\w)" if mark[0].isalnum() else ""
        if re.search(rf"{before}{re.escape(mark)}(?!\w)", text):
            total += weight
    return total


def _count_characters(text: str, tables: Tables) -> int:
    """Return how many different characters of the pivot's script a text has."""
    known = set(tables.spelling)
    return sum(1 for char in set(text) if not known.isdisjoint(units(char)))


def _count_names(text: str, tables: Tables) -> int:
    """Return how many different names of people of the pivot's language a text has."""
    people = Background(tables)
    names = set(_HYPHENATED_NAME.findall(text))
    return sum(1 for name in names if people.is_korean(name))

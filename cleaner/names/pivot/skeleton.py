"""What is left of a spelling when habit is taken away, for finding names worth a closer look."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import product

from cleaner.names.pivot.channel import Channel
from cleaner.names.pivot.readings import Form


@dataclass
class Skeletons:
    """Makes skeletons by the classes of a pivot's table.

    >>> make = Skeletons({"m": "m", "a": "a", "i": "i wi", "n": "n", "l": "r l"}).of
    >>> make("marwin"), make("mawin")
    ('malin', 'main')
    """

    classes: Mapping[str, str]
    _class_of: dict[str, str] = field(init=False)
    _piece: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        self._class_of = {chunk: one for one, chunks in self.classes.items() for chunk in chunks.split()}
        longest = sorted(self._class_of, key=lambda chunk: (-len(chunk), chunk))
        self._piece = re.compile("|".join(longest) or "(?!)")

    def of(self, letters: str) -> str:
        """The skeleton of plain letters."""
        return "".join(self._class_of[match.group()] for match in self._piece.finditer(letters))


def likeliest(form: Form, channel: Channel, limit: int) -> Iterator[str]:
    """The likeliest spellings of a form, one for each of its likeliest rows of readings."""
    cheapest = {unit: min(row, key=lambda chunk: row[chunk]) for unit, row in channel.reader.tables.spelling.items()}
    cheapest |= {unit: unit.removesuffix(".") for unit in channel.reader.tables.graphemes}
    options = [nsmallest(4, channel.rows(symbol), key=lambda row: row[1]) for symbol in form.symbols]
    paths: list[tuple[float, str]] = [(0.0, "")]
    for rows in options:
        spelled = [(cost, "".join(cheapest[unit] for unit in units)) for units, cost in rows]
        there = ((before + cost, text + more) for (before, text), (cost, more) in product(paths, spelled))
        paths = nsmallest(limit, there)
    return (text for _, text in paths)

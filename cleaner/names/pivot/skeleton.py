"""What is left of a spelling when habit is taken away, for finding names worth a closer look."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cleaner.names.pivot.channel import Channel
from cleaner.names.pivot.readings import Form

READINGS = 4  # of a symbol that are followed


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
        self._class_of = {
            chunk: one for one, chunks in self.classes.items() for chunk in chunks.split()
        }
        longest = sorted(self._class_of, key=lambda chunk: (-len(chunk), chunk))
        self._piece = re.compile("|".join(longest) or "(?!)")

    def of(self, letters: str) -> str:
        """The skeleton of plain letters."""
        return "".join(self._class_of[match.group()] for match in self._piece.finditer(letters))


@dataclass
class Spellings:
    """The likeliest spellings of forms: one for each of their likeliest rows of readings."""

    channel: Channel
    _options: dict[str, list[tuple[float, str]]] = field(default_factory=dict)

    @cached_property
    def _cheapest(self) -> dict[str, str]:
        tables = self.channel.reader.tables
        return {
            unit: min(row, key=lambda chunk: row[chunk])
            for unit, row in (tables.graphemes | tables.spelling).items()
        }

    def of(self, form: Form, limit: int) -> list[str]:
        """At most `limit` spellings of a form, the likeliest first."""
        paths = [(0.0, "")]
        for symbol in form.symbols:
            rows = self._options.get(symbol)
            if rows is None:
                rows = self._options[symbol] = self._spelled(symbol)
            if len(rows) == 1:
                more = rows[0][1]
                paths = [(cost, text + more) for cost, text in paths]
            else:
                there = [
                    (before + cost, text + more) for before, text in paths for cost, more in rows
                ]
                there.sort()
                paths = there[:limit]
        return [text for _, text in paths]

    def _spelled(self, symbol: str) -> list[tuple[float, str]]:
        rows = sorted(self.channel.rows(symbol), key=lambda row: row[1])[:READINGS]
        return [(cost, "".join(self._cheapest[unit] for unit in units)) for units, cost in rows]

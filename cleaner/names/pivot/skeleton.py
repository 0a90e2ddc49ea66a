"""Skeletons: what is left of a spelling without the habits of those who romanise.

Comparing skeletons is quick. It finds the names that deserve a full alignment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cleaner.names.pivot.channel import Channel
from cleaner.names.pivot.renderings import Rendering

MAX_READINGS = 4  # of a symbol that are followed, the cheapest first


@dataclass
class Skeletons:
    """Makes skeletons by a table of classes: class -> the letters that belong to it.

    >>> make = Skeletons({"m": "m", "a": "a", "i": "i wi", "n": "n", "l": "r l"}).of
    >>> make("marwin"), make("mawin")
    ('malin', 'main')
    """

    classes: Mapping[str, str]
    _class_of: dict[str, str] = field(init=False)
    _chunk: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        self._class_of = {}
        for name, chunks in self.classes.items():
            for chunk in chunks.split():
                self._class_of[chunk] = name
        longest_first = sorted(self._class_of, key=lambda chunk: (-len(chunk), chunk))
        matches_nothing = "(?!)"
        self._chunk = re.compile("|".join(longest_first) or matches_nothing)

    def of(self, letters: str) -> str:
        """Return the skeleton of plain letters. Letters without a class are left out."""
        return "".join(map(self._class_of.__getitem__, self._chunk.findall(letters)))


@dataclass
class Spellings:
    """Makes the likeliest spellings of renderings: one for each likely sequence of readings."""

    channel: Channel
    _options: dict[str, list[tuple[float, str]]] = field(default_factory=dict)

    @cached_property
    def _cheapest_chunks(self) -> dict[str, str]:
        """For each unit and grapheme the letters that spell it at the lowest cost."""
        tables = self.channel.readings.tables
        cheapest = {}
        for unit, costs in (tables.graphemes | tables.spelling).items():
            cheapest[unit] = min(costs, key=costs.__getitem__)
        return cheapest

    def of(self, rendering: Rendering, limit: int) -> list[str]:
        """Return at most `limit` spellings of a rendering in plain letters, the likeliest first."""
        paths = [(0.0, "")]  # cost in nats, letters so far
        certain = (
            ""  # the letters after them of symbols with one option, whose cost decides nothing
        )
        for symbol in rendering.symbols:
            options = self._options.get(symbol) or self._spellings_of_symbol(symbol)
            if len(options) == 1:
                certain += options[0][1]
                continue
            extended = []
            for cost_so_far, text in paths:
                for cost, chunk in options:
                    extended.append((cost_so_far + cost, text + certain + chunk))
            paths = sorted(extended)[:limit]
            certain = ""
        return [text + certain for _, text in paths]

    def _spellings_of_symbol(self, symbol: str) -> list[tuple[float, str]]:
        sequences = sorted(self.channel.unit_sequences(symbol), key=lambda pair: pair[1])
        options = []
        for units, cost in sequences[:MAX_READINGS]:
            options.append((cost, "".join(self._cheapest_chunks[unit] for unit in units)))
        self._options[symbol] = options
        return options

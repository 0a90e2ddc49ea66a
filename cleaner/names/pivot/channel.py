"""The noisy channel: what it costs to spell a form of a name with the letters of a mention.

Every unit of the pivot's script has costs of being spelled by so many letters (`-log p(letters |
unit)`, learned); a reading is a row of units, a symbol has several readings, a form is a row of
symbols. The cheapest way through all of them is found by dynamic programming over the letters. It
is done for many forms at once, on matrices: entry (i, j) of a reading's matrix is the cost of
spelling it with the letters from i up to j.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cleaner.names.pivot.readings import Form, Reader
from cleaner.names.pivot.script import units

Matrix = NDArray[np.float32]
Numbers = NDArray[np.int32]

NEVER = np.float32(1e6)
MOST_READINGS = 8  # of a symbol: the cheapest
MAX_CHUNK = 4  # letters that spell one unit
REMEMBERED = 50_000  # chunks whose costs are kept: 40 MB
MAX_LETTERS = 40  # of a mention; a longer one is cut: no name is as long


@dataclass
class Channel:
    """Spelling costs of all symbols that the names of one matcher are made of."""

    reader: Reader
    _symbols: dict[str, int] = field(default_factory=dict)
    _nodes: dict[tuple[str, ...], int] = field(default_factory=lambda: {(): 0})
    _parents: list[int] = field(default_factory=lambda: [0])
    _units: list[int] = field(default_factory=lambda: [0])
    _depths: list[int] = field(default_factory=lambda: [0])
    _readings: list[list[tuple[int, float]]] = field(default_factory=list)
    _vectors: dict[str, Matrix] = field(default_factory=dict)

    @cached_property
    def _inventory(self) -> dict[str, int]:
        tables = self.reader.tables
        return {unit: number for number, unit in enumerate([*tables.spelling, *tables.graphemes])}

    @cached_property
    def _chunks(self) -> dict[str, list[tuple[int, float]]]:
        tables = self.reader.tables
        found: dict[str, list[tuple[int, float]]] = {}
        for unit, spellings in [*tables.spelling.items(), *tables.graphemes.items()]:
            for chunk, cost in spellings.items():
                found.setdefault(chunk, []).append((self._inventory[unit], cost))
        return found

    def encode(self, form: Form) -> list[int]:
        """The numbers of a form's symbols; symbols that are new are taken into the inventory."""
        return [self._symbol(symbol) for symbol in form.symbols]

    def _symbol(self, symbol: str) -> int:
        number = self._symbols.get(symbol)
        if number is None:
            number = self._symbols[symbol] = len(self._readings)
            self._readings.append([(self._node(row), cost) for row, cost in self.rows(symbol)])
            self.__dict__.pop("_arrays", None)
        return number

    def rows(self, symbol: str) -> list[tuple[tuple[str, ...], float]]:
        """The readings of a symbol as rows of units that the tables know, with their costs."""
        if symbol.startswith("latin:"):
            grapheme = symbol.removeprefix("latin:")
            known = self.reader.tables.graphemes
            pieces = [grapheme] if grapheme in known else [c for c in grapheme if c in known]
            return [(tuple(pieces), 0.0)]
        spelling = self.reader.tables.spelling
        return [
            (tuple(unit for unit in units(text) if unit in spelling), cost)
            for text, cost in self.reader.readings(symbol)[:MOST_READINGS]
        ]

    def _node(self, row: tuple[str, ...]) -> int:
        number = self._nodes.get(row)
        if number is None:
            parent = self._node(row[:-1])
            number = self._nodes[row] = len(self._parents)
            self._parents.append(parent)
            self._units.append(self._inventory[row[-1]])
            self._depths.append(len(row))
        return number

    @cached_property
    def _arrays(self) -> tuple[Numbers, Numbers, Numbers, Numbers, Numbers, Matrix]:
        counts = [len(readings) for readings in self._readings]
        starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
        flat = [reading for readings in self._readings for reading in readings]
        return (
            np.array(self._parents, np.int32),
            np.array(self._units, np.int32),
            np.array(self._depths, np.int32),
            starts,
            np.array([node for node, _ in flat], np.int32),
            np.array([cost for _, cost in flat], np.float32),
        )

    def costs(self, mention: str, forms: Numbers) -> Matrix:
        """What it costs to spell each form (a row of symbols' numbers, filled up with -1) with all
        of the letters.
        """
        size = len(mention)
        symbols, places = np.unique(forms[forms >= 0], return_inverse=True)
        matrices = self._matrices(mention, symbols)
        local = np.full(forms.shape, -1, np.int32)
        local[forms >= 0] = places
        reached = np.full((len(forms), size + 1), NEVER, np.float32)
        reached[:, 0] = 0
        for step in range(forms.shape[1]):
            live = np.flatnonzero(local[:, step] >= 0)
            if not len(live):
                break
            reached[live] = (reached[live][:, :, None] + matrices[local[live, step]]).min(axis=1)
        return reached[:, size]

    def _matrices(self, mention: str, symbols: Numbers) -> Matrix:
        """For every symbol the matrix of its cheapest reading."""
        parents, unit_of, depths, starts, nodes, priors = self._arrays
        counts = starts[symbols + 1] - starts[symbols]
        heads = np.concatenate(([0], np.cumsum(counts)[:-1]))
        picked = np.repeat(starts[symbols] - heads, counts) + np.arange(counts.sum())
        wanted = np.zeros(len(parents), bool)
        level = np.unique(nodes[picked])
        while len(level):
            wanted[level] = True
            level = np.unique(parents[level])
            level = level[~wanted[level]]
        wanted[0] = True
        order = np.flatnonzero(wanted)
        place = np.zeros(len(parents), np.int32)
        place[order] = np.arange(len(order))
        size = len(mention)
        spelled = self._spelled(mention)
        found = np.full((len(order), size + 1, size + 1), NEVER, np.float32)
        found[place[0]] = np.where(np.eye(size + 1, dtype=bool), np.float32(0), NEVER)
        depth_of = depths[order]
        for depth in range(1, int(depth_of.max(initial=0)) + 1):
            rows = np.flatnonzero(depth_of == depth)
            before = found[place[parents[order[rows]]]]
            costs = spelled[unit_of[order[rows]]]
            best = before + costs[:, None, :, 0]
            for length in range(1, min(MAX_CHUNK, size) + 1):
                there = before[:, :, :-length] + costs[:, None, : size + 1 - length, length]
                np.minimum(best[:, :, length:], there, out=best[:, :, length:])
            found[rows] = best
        cells = found[place[nodes[picked]]] + priors[picked][:, None, None]
        return np.minimum.reduceat(cells, heads, axis=0) if len(heads) else cells

    def _spelled(self, mention: str) -> Matrix:
        """Costs of every unit with the letters from each place on, for chunks of 0 to MAX_CHUNK
        letters.
        """
        if len(self._vectors) > REMEMBERED:
            self._vectors.clear()
        size = len(mention)
        table = np.full((len(self._inventory), size + 1, MAX_CHUNK + 1), NEVER, np.float32)
        for start in range(size + 1):
            for length in range(min(MAX_CHUNK, size - start) + 1):
                table[:, start, length] = self.vector(mention[start : start + length])
        return table

    def vector(self, chunk: str) -> Matrix:
        """The cost of spelling each unit with these letters: as learned, or with stray letters in
        it.
        """
        known = self._vectors.get(chunk)
        if known is None:
            habits = self.reader.tables.habits
            if chunk:
                fewer = np.minimum(self.vector(chunk[:-1]), self.vector(chunk[1:]))
                known = fewer + np.float32(habits.get("stray", 5.0))
            else:
                known = np.full(len(self._inventory), habits.get("lost", 6.0), np.float32)
            for unit, cost in self._chunks.get(chunk, ()):
                known[unit] = min(known[unit], cost)
            self._vectors[chunk] = known
        return known

    def unit_cost(self, unit: str, chunk: str) -> float:
        """The cost of spelling one unit with these letters."""
        return float(self.vector(chunk)[self._inventory[unit]])


def padded(rows: Sequence[Iterable[int]]) -> Numbers:
    """Rows of different lengths as one array, filled up with -1."""
    lists = [list(row) for row in rows]
    array = np.full((len(lists), max(map(len, lists), default=0)), -1, np.int32)
    for number, row in enumerate(lists):
        array[number, : len(row)] = row
    return array

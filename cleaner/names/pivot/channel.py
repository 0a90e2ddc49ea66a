"""The noisy channel: what it costs to spell a rendering of a name with the letters of a mention.

Every unit of the pivot's script has a cost for each group of letters ("chunk") that may spell it:
`-log p(letters | unit)`, learned. A reading is a sequence of units, a symbol has several readings,
and a rendering is a sequence of symbols. Dynamic programming over the letters finds the cheapest
way through all of them.

Many renderings are aligned at once, with one matrix for each symbol: entry (i, j) is the cost of
spelling the symbol with the letters from i up to, but not including, j.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from cleaner.names.pivot.arrays import Floats, Indices, Integers, joined_ranges
from cleaner.names.pivot.readings import Readings
from cleaner.names.pivot.renderings import Rendering
from cleaner.names.pivot.script import units

UnitSequence = tuple[str, ...]

NEVER = np.float32(1e6)  # the cost, in nats, of what cannot be
MAX_READINGS = 8  # of a symbol that are tried, the cheapest first
MAX_CHUNK = 4  # letters that spell one unit
MAX_REMEMBERED = 50_000  # chunks whose costs are kept: about 40 MB
MAX_LETTERS = 40  # of a mention; a longer one is cut, because no name is as long
# Costs in nats, where the tables of a pivot do not give them.
_STRAY_LETTER = 5.0
_LOST_UNIT = 6.0


@dataclass
class _Trie:
    """Sequences of units, numbered so that a sequence is its parent and one more unit.

    Node 0 is the empty sequence. Sequences that begin alike share their beginning, so that it is
    aligned only once.
    """

    nodes: dict[UnitSequence, int] = field(default_factory=lambda: {(): 0})
    parents: list[int] = field(default_factory=lambda: [0])
    units: list[int] = field(default_factory=lambda: [0])  # the number of the last unit
    depths: list[int] = field(default_factory=lambda: [0])  # how many units

    def add(self, sequence: UnitSequence, unit_numbers: dict[str, int]) -> int:
        """Return the node of a sequence, and make it if it is new."""
        node = self.nodes.get(sequence)
        if node is None:
            parent = self.add(sequence[:-1], unit_numbers)
            node = len(self.parents)
            self.nodes[sequence] = node
            self.parents.append(parent)
            self.units.append(unit_numbers[sequence[-1]])
            self.depths.append(len(sequence))
        return node


@dataclass(frozen=True)
class _Arrays:
    """The trie, and the readings of all symbols, as arrays.

    The readings of symbol s are entries `first_reading[s]` up to `first_reading[s + 1]` of
    `reading_nodes` and `reading_costs`.
    """

    parents: Integers
    units: Integers
    depths: Integers
    first_reading: Integers
    reading_nodes: Integers
    reading_costs: Floats


@dataclass
class Channel:
    """Spelling costs of all symbols that the names of one matcher are made of."""

    readings: Readings
    _trie: _Trie = field(default_factory=_Trie)
    _symbols: dict[str, int] = field(default_factory=dict)
    # For each symbol its readings: the node of the sequence of units, and the cost in nats.
    _readings: list[list[tuple[int, float]]] = field(default_factory=list)
    _costs_by_chunk: dict[str, Floats] = field(default_factory=dict)
    _arrays: _Arrays | None = None

    @cached_property
    def _unit_numbers(self) -> dict[str, int]:
        """The units and graphemes of the tables, numbered."""
        tables = self.readings.tables
        return {unit: number for number, unit in enumerate([*tables.spelling, *tables.graphemes])}

    @cached_property
    def _units_by_chunk(self) -> dict[str, list[tuple[int, float]]]:
        """For each chunk the units that it may spell, and the cost of each."""
        tables = self.readings.tables
        found: dict[str, list[tuple[int, float]]] = {}
        for unit, spellings in [*tables.spelling.items(), *tables.graphemes.items()]:
            for chunk, cost in spellings.items():
                found.setdefault(chunk, []).append((self._unit_numbers[unit], cost))
        return found

    def encode(self, rendering: Rendering) -> list[int]:
        """Return the numbers of the symbols of a rendering. A new symbol gets the next number."""
        return [self._symbol_number(symbol) for symbol in rendering.symbols]

    def _symbol_number(self, symbol: str) -> int:
        number = self._symbols.get(symbol)
        if number is None:
            number = len(self._readings)
            self._symbols[symbol] = number
            self._readings.append(
                [
                    (self._trie.add(sequence, self._unit_numbers), cost)
                    for sequence, cost in self.unit_sequences(symbol)
                ]
            )
            self._arrays = None
        return number

    def unit_sequences(self, symbol: str) -> list[tuple[UnitSequence, float]]:
        """Return the readings of a symbol as sequences of units, with their costs.

        Units that the tables do not know are left out.
        """
        kind, _, key = symbol.partition(":")
        tables = self.readings.tables
        if kind == "latin":
            return [(_known_graphemes(key, tables.graphemes), 0.0)]
        sequences = []
        for text, cost in self.readings.of(symbol)[:MAX_READINGS]:
            known = tuple(unit for unit in units(text) if unit in tables.spelling)
            sequences.append((known, cost))
        return sequences

    def costs(self, mention: str, renderings: Integers) -> Floats:
        """Return what it costs to spell each rendering with all letters of a mention.

        Args:
            mention: plain letters, at most `MAX_LETTERS`.
            renderings: a row of symbol numbers for each rendering, filled up with -1.
        """
        size = len(mention)
        is_symbol = renderings >= 0
        symbols, places = np.unique(renderings[is_symbol], return_inverse=True)
        matrices = self._symbol_matrices(mention, symbols)
        matrix_numbers = np.full(renderings.shape, -1, np.int32)
        matrix_numbers[is_symbol] = places
        # cheapest[r, end]: what the symbols of rendering r so far cost with the letters up to
        # `end`
        cheapest = np.full((len(renderings), size + 1), NEVER, np.float32)
        cheapest[:, 0] = 0
        for step in range(renderings.shape[1]):
            live = np.flatnonzero(matrix_numbers[:, step] >= 0)
            if not len(live):
                break
            before = cheapest[live][:, :, None]
            with_symbol = before + matrices[matrix_numbers[live, step]]
            cheapest[live] = with_symbol.min(axis=1)
        return cheapest[:, size]

    def _symbol_matrices(self, mention: str, symbols: Integers) -> Floats:
        """Return for each symbol the matrix of its cheapest reading, entry by entry."""
        arrays = self._as_arrays()
        first = arrays.first_reading[symbols]
        counts = arrays.first_reading[symbols + 1] - first
        chosen, heads = joined_ranges(first, counts)
        nodes = arrays.reading_nodes[chosen]
        costs = arrays.reading_costs[chosen]
        matrices, place_of_node = self._node_matrices(mention, nodes, arrays)
        with_reading_costs: Floats = matrices[place_of_node[nodes]] + costs[:, None, None]
        if not len(heads):
            return with_reading_costs
        cheapest = np.minimum.reduceat(with_reading_costs, heads, axis=0)
        return np.asarray(cheapest, np.float32)

    def _as_arrays(self) -> _Arrays:
        if self._arrays is None:
            counts = [len(readings) for readings in self._readings]
            nodes: list[int] = []
            costs: list[float] = []
            for readings in self._readings:
                for node, cost in readings:
                    nodes.append(node)
                    costs.append(cost)
            self._arrays = _Arrays(
                parents=np.array(self._trie.parents, np.int32),
                units=np.array(self._trie.units, np.int32),
                depths=np.array(self._trie.depths, np.int32),
                first_reading=np.concatenate(([0], np.cumsum(counts))).astype(np.int32),
                reading_nodes=np.array(nodes, np.int32),
                reading_costs=np.array(costs, np.float32),
            )
        return self._arrays

    def _node_matrices(
        self, mention: str, nodes: Integers, arrays: _Arrays
    ) -> tuple[Floats, Integers]:
        """Return the matrices of nodes and of all their ancestors, and where each node's matrix
        is.

        The matrix of a node is made from that of its parent: the last unit is spelled with 0 to
        MAX_CHUNK letters, and the cheapest way counts.
        """
        needed = _with_ancestors(nodes, arrays.parents)
        place_of_node = np.zeros(len(arrays.parents), np.int32)
        place_of_node[needed] = np.arange(len(needed))
        size = len(mention)
        unit_costs = self._unit_costs(mention)
        matrices = np.full((len(needed), size + 1, size + 1), NEVER, np.float32)
        # the empty sequence is spelled with no letter, for nothing
        matrices[place_of_node[0]] = np.where(np.eye(size + 1, dtype=bool), np.float32(0), NEVER)
        depths = arrays.depths[needed]
        for depth in range(1, int(depths.max(initial=0)) + 1):
            places = np.flatnonzero(depths == depth)
            parents = matrices[place_of_node[arrays.parents[needed[places]]]]
            last_units = unit_costs[arrays.units[needed[places]]]
            matrices[places] = _with_one_more_unit(parents, last_units)
        return matrices, place_of_node

    def _unit_costs(self, mention: str) -> Floats:
        """Return the cost of spelling each unit with each chunk of a mention.

        Entry [unit, start, length] is for the chunk of `length` letters (0 to MAX_CHUNK) at
        `start`.
        """
        if len(self._costs_by_chunk) > MAX_REMEMBERED:
            self._costs_by_chunk.clear()
        size = len(mention)
        costs = np.full((len(self._unit_numbers), size + 1, MAX_CHUNK + 1), NEVER, np.float32)
        for start in range(size + 1):
            for length in range(min(MAX_CHUNK, size - start) + 1):
                chunk = mention[start : start + length]
                costs[:, start, length] = self._chunk_costs(chunk)
        return costs

    def _chunk_costs(self, chunk: str) -> Floats:
        """Return the cost of spelling each unit with a chunk: as learned, or with a stray letter.

        A stray letter at either end of a chunk has its own cost, which is added to that of the
        rest of the chunk.
        """
        costs = self._costs_by_chunk.get(chunk)
        if costs is not None:
            return costs
        habits = self.readings.tables.habits
        if chunk:
            without_last = self._chunk_costs(chunk[:-1])
            without_first = self._chunk_costs(chunk[1:])
            stray = np.float32(habits.get("stray", _STRAY_LETTER))
            costs = np.minimum(without_last, without_first) + stray
        else:
            lost = habits.get("lost", _LOST_UNIT)
            costs = np.full(len(self._unit_numbers), lost, np.float32)
        for unit, cost in self._units_by_chunk.get(chunk, ()):
            costs[unit] = min(costs[unit], cost)
        self._costs_by_chunk[chunk] = costs
        return costs

    def unit_cost(self, unit: str, chunk: str) -> float:
        """Return the cost of spelling one unit with a chunk of letters."""
        return float(self._chunk_costs(chunk)[self._unit_numbers[unit]])


def _known_graphemes(grapheme: str, known: dict[str, dict[str, float]]) -> UnitSequence:
    """Return a grapheme if the tables know it, otherwise those of its letters that they know."""
    if grapheme in known:
        return (grapheme,)
    return tuple(letter for letter in grapheme if letter in known)


def _with_ancestors(nodes: Integers, parents: Integers) -> Indices:
    """Return the numbers of nodes and of all their ancestors, in ascending order."""
    is_needed = np.zeros(len(parents), bool)
    is_needed[0] = True
    level = np.unique(nodes)
    while len(level):
        is_needed[level] = True
        level = np.unique(parents[level])
        level = level[~is_needed[level]]
    return np.flatnonzero(is_needed)


def _with_one_more_unit(matrices: Floats, unit_costs: Floats) -> Floats:
    """Return matrices of sequences after one more unit each.

    Args:
        matrices: [sequence, i, j], the cost of the sequence with the letters from i up to j.
        unit_costs: [sequence, j, length], the cost of its next unit with `length` letters from j.
    """
    positions = matrices.shape[2]
    extended = matrices + unit_costs[:, None, :, 0]
    for length in range(1, min(MAX_CHUNK, positions - 1) + 1):
        last_start = positions - length
        before = matrices[:, :, :last_start]
        costs = before + unit_costs[:, None, :last_start, length]
        np.minimum(extended[:, :, length:], costs, out=extended[:, :, length:])
    return extended

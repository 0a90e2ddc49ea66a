"""The noisy channel: what it costs to spell a rendering of a name with the letters of a mention.

Every unit of the pivot's script has a cost for each group of letters ("chunk") that may spell it:
`-log p(letters | unit)`, learned. A reading is a sequence of units, a symbol has several readings,
and a rendering is a sequence of symbols. Dynamic programming over the letters finds the cheapest
way through all of them.

Many renderings are aligned at once, with one matrix for each symbol: entry (i, j) is the cost of
spelling the symbol with the letters from i up to, but not including, j. The number of the matrix is
the last axis of the arrays, because numpy is quick with long rows: there are hundreds of matrices,
and ten letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise

import numpy as np

from cleaner.names.pivot.arrays import FILLER, Floats, Indices, Integers, joined_ranges
from cleaner.names.pivot.readings import Readings
from cleaner.names.pivot.renderings import Rendering
from cleaner.names.pivot.script import units

UnitSequence = tuple[str, ...]

NEVER = np.float32(1e6)  # the cost, in nats, of what cannot be
MAX_READINGS = 8  # of a symbol that are tried, the cheapest first
MAX_CHUNK = 4  # letters that spell one unit
MAX_REMEMBERED = 50_000  # chunks whose costs are kept: about 40 MB
MAX_LETTERS = 40  # of a mention; a longer one is cut, because no name is as long
_NO_CHUNK = 0  # the row of the costs of a chunk that would be longer than its mention
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
class ChannelArrays:
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

    @property
    def symbols(self) -> int:
        """How many symbols there are."""
        return len(self.first_reading) - 1


class CostsByUnit(dict[str, list[list[float]]]):
    """The costs of spelling each unit with the chunks of one mention.

    Entry [unit][start][length] is for the chunk of `length` letters (0 to MAX_CHUNK) at `start`.
    """

    def __init__(self, costs: Floats, numbers: dict[str, int]) -> None:
        super().__init__()
        self._costs = costs
        self._numbers = numbers

    def __missing__(self, unit: str) -> list[list[float]]:
        rows: list[list[float]] = self._costs[:, :, self._numbers[unit]].tolist()
        self[unit] = rows
        return rows


@dataclass
class Channel:
    """Spelling costs of all symbols that the names of one matcher are made of.

    Attributes:
        readings: the readings of symbols.
        stored: the arrays, if they were stored. Then all symbols are known already.
    """

    readings: Readings
    stored: ChannelArrays | None = None
    _trie: _Trie = field(default_factory=_Trie)
    _symbols: dict[str, int] = field(default_factory=dict)
    # For each symbol its readings: the node of the sequence of units, and the cost in nats.
    _readings: list[list[tuple[int, float]]] = field(default_factory=list)
    # For each known chunk the row of `_costs_of_chunks` that has what it costs to spell each unit.
    _rows_of_chunks: dict[str, int] = field(default_factory=dict)
    # For each symbol what it costs, in nats, to spell it in its likeliest way.
    lowest_costs: list[float] = field(default_factory=list)
    _arrays: ChannelArrays | None = None

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
        for symbol in rendering.symbols:
            if symbol not in self._symbols:
                self._add_symbol(symbol)
        return list(map(self._symbols.__getitem__, rendering.symbols))

    def _add_symbol(self, symbol: str) -> None:
        sequences = self.unit_sequences(symbol)
        readings = []
        for sequence, cost in sequences:
            readings.append((self._trie.add(sequence, self._unit_numbers), cost))
        self._symbols[symbol] = len(self._readings)
        self._readings.append(readings)
        self.lowest_costs.append(self._lowest_cost(sequences))
        self._arrays = None

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

    def _lowest_cost(self, sequences: Iterable[tuple[UnitSequence, float]]) -> float:
        """Return the cost of the cheapest reading that is spelled in its likeliest way."""
        units = self._lowest_costs_of_units
        costs = (cost + sum(map(units.__getitem__, row)) for row, cost in sequences)
        return min(costs, default=float(NEVER))

    @cached_property
    def _lowest_costs_of_units(self) -> dict[str, float]:
        tables = self.readings.tables
        spelled = {**tables.graphemes, **tables.spelling}
        return {unit: min(costs.values(), default=float(NEVER)) for unit, costs in spelled.items()}

    def costs(self, mentions: Sequence[str], owners: Indices, renderings: Integers) -> Floats:
        """Return what it costs to spell each rendering with all letters of a mention.

        Args:
            mentions: plain letters, at most `MAX_LETTERS`. It is quickest if all have nearly the
                same length.
            owners: for each rendering the number of the mention that it is aligned with.
            renderings: a row of symbol numbers for each rendering, filled up with -1.
        """
        matrices, numbers = self._symbol_matrices(mentions, owners, renderings)
        sizes = np.array(list(map(len, mentions)))
        # the longest renderings first, so that those that have a next symbol are a beginning
        lengths = (renderings >= 0).sum(axis=1)
        order = np.argsort(-lengths, kind="stable")
        numbers = numbers[order]
        live = np.searchsorted(-lengths[order], -np.arange(renderings.shape[1])).tolist()
        # cheapest[end, r]: what the symbols of rendering r so far cost with the letters up to
        # `end`
        size = int(sizes.max())
        cheapest = np.full((size + 1, len(renderings)), NEVER, np.float32)
        cheapest[0] = 0
        starts, _, heads = _pieces(size)
        for step, count in enumerate(live):
            own = numbers[:count, step]
            if step == 0:
                cheapest[:, :count] = matrices[starts == 0].take(own, axis=1)
            elif count:
                with_symbol = cheapest[starts, :count]
                with_symbol += matrices.take(own, axis=1)
                np.minimum.reduceat(with_symbol, heads, axis=0, out=cheapest[:, :count])
        costs = np.empty(len(renderings), np.float32)
        costs[order] = cheapest[sizes[owners[order]], np.arange(len(renderings))]
        return costs

    def _symbol_matrices(
        self, mentions: Sequence[str], owners: Indices, renderings: Integers
    ) -> tuple[Floats, Integers]:
        """Return the matrices of the symbols of renderings, each by its cheapest reading.

        A symbol has one matrix for each mention. Entry [p, n] is that of matrix n for piece p of
        the letters (see `_pieces`). Also return for each symbol of each rendering the number of
        its matrix.

        Args:
            mentions: plain letters.
            owners: for each rendering the number of its mention.
            renderings: a row of symbol numbers for each rendering, filled up with -1.
        """
        arrays = self.arrays
        is_symbol = renderings >= 0
        keys = (owners[:, None] * arrays.symbols + renderings)[is_symbol]
        pairs, places = _numbered(keys, len(mentions) * arrays.symbols)
        numbers = np.full(renderings.shape, FILLER, np.int32)
        numbers[is_symbol] = places[keys]
        own, symbols = np.divmod(pairs, arrays.symbols)
        first = arrays.first_reading[symbols]
        counts = arrays.first_reading[symbols + 1] - first
        chosen, heads = joined_ranges(first, counts)
        trie = np.repeat(own * len(arrays.parents), counts)
        nodes = (trie + arrays.reading_nodes[chosen]).astype(np.intp)
        matrices, place_of_node = self._node_matrices(mentions, nodes, arrays)
        starts, ends, _ = _pieces(max(map(len, mentions)))
        matrices = matrices[starts, ends]
        costs = arrays.reading_costs[chosen]
        matrix = place_of_node[nodes]
        # a symbol without a reading cannot be spelled
        heads = np.minimum(heads, len(matrix) - 1)
        cheapest = matrices.take(matrix[heads], axis=1)
        cheapest += np.where(counts > 0, costs[heads], np.inf).astype(np.float32)
        for rank in range(1, int(counts.max(initial=0))):
            having = np.flatnonzero(counts > rank)
            reading = heads[having] + rank
            other = matrices.take(matrix[reading], axis=1) + costs[reading]
            cheapest[:, having] = np.minimum(cheapest[:, having], other)
        return cheapest, numbers

    @property
    def symbols(self) -> list[str]:
        """The symbols that were encoded, by their numbers."""
        return list(self._symbols)

    @property
    def arrays(self) -> ChannelArrays:
        """The trie and the readings of all symbols so far."""
        if self.stored is not None:
            return self.stored
        if self._arrays is None:
            counts = [len(readings) for readings in self._readings]
            nodes: list[int] = []
            costs: list[float] = []
            for readings in self._readings:
                for node, cost in readings:
                    nodes.append(node)
                    costs.append(cost)
            self._arrays = ChannelArrays(
                parents=np.array(self._trie.parents, np.int32),
                units=np.array(self._trie.units, np.int32),
                depths=np.array(self._trie.depths, np.int32),
                first_reading=np.concatenate(([0], np.cumsum(counts))).astype(np.int32),
                reading_nodes=np.array(nodes, np.int32),
                reading_costs=np.array(costs, np.float32),
            )
        return self._arrays

    def _node_matrices(
        self, mentions: Sequence[str], pairs: Indices, arrays: ChannelArrays
    ) -> tuple[Floats, Integers]:
        """Return the matrices of nodes and of all their ancestors, and where each node's matrix
        is.

        The matrix of a node is made from that of its parent: the last unit is spelled with 0 to
        MAX_CHUNK letters, and the cheapest way counts.

        Args:
            mentions: plain letters.
            pairs: the number of the mention, times the number of all nodes, and the node.
            arrays: the trie.
        """
        number = len(arrays.parents)
        # the trie once for each mention: a forest in which each root is its own parent
        needed = _with_ancestors(pairs, arrays.parents, len(mentions))
        depths = arrays.depths[needed % number]
        by_depth = np.argsort(depths, kind="stable")
        needed = needed[by_depth]
        starts = np.searchsorted(depths[by_depth], np.arange(int(depths.max(initial=0)) + 2))
        place_of_node = np.zeros(len(mentions) * number, np.int32)
        place_of_node[needed] = np.arange(len(needed))
        size = max(map(len, mentions))
        unit_costs = self._unit_costs(mentions)
        owners, nodes = np.divmod(needed, number)
        units = owners * len(self._unit_numbers) + arrays.units[nodes]
        parents = place_of_node[owners * number + arrays.parents[nodes]]
        matrices = np.empty((size + 1, size + 1, len(needed)), np.float32)
        # the empty sequence is spelled with no letter, for nothing
        nothing = np.where(np.eye(size + 1, dtype=bool), np.float32(0), NEVER)
        matrices[:, :, : starts[1]] = nothing[:, :, None]
        for start, end in pairwise(starts[1:].tolist()):
            before = matrices.take(parents[start:end], axis=2)
            next_unit = unit_costs.take(units[start:end], axis=2)
            _add_unit(before, next_unit, matrices[:, :, start:end])
        return matrices, place_of_node

    def _unit_costs(self, mentions: Sequence[str]) -> Floats:
        """Return for each mention the cost of spelling each unit with each of its chunks.

        Entry [start, length, unit] is for the chunk of `length` letters (0 to MAX_CHUNK) at
        `start`. The units of the second mention follow those of the first.

        Args:
            mentions: plain letters. A chunk that is not inside a mention costs NEVER.
        """
        if len(self._rows_of_chunks) > MAX_REMEMBERED:
            self._forget_chunks()
        size = max(map(len, mentions))
        rows = np.full((len(mentions), (size + 1) * (MAX_CHUNK + 1)), _NO_CHUNK, np.intp)
        for number, mention in enumerate(mentions):
            spans = _spans_of_chunks(len(mention))
            places = [start * (MAX_CHUNK + 1) + end - start for start, end in spans]
            chunks = [mention[start:end] for start, end in spans]
            rows[number, places] = [self._row_of_chunk(chunk) for chunk in chunks]
        by_chunk = np.concatenate([self._costs_of_chunks[row] for row in rows], axis=1)
        return by_chunk.reshape(size + 1, MAX_CHUNK + 1, -1)

    @cached_property
    def _costs_of_chunks(self) -> Floats:
        """What it costs to spell each unit (columns) with each chunk; the first row is none."""
        return np.full((1024, len(self._unit_numbers)), NEVER, np.float32)

    def _forget_chunks(self) -> None:
        self._rows_of_chunks.clear()
        del self._costs_of_chunks

    def _row_of_chunk(self, chunk: str) -> int:
        row = self._rows_of_chunks.get(chunk)
        if row is None:
            costs = self._costs_of_chunk(chunk)
            row = _NO_CHUNK + 1 + len(self._rows_of_chunks)
            if row == len(self._costs_of_chunks):
                more = np.full_like(self._costs_of_chunks, NEVER)
                self._costs_of_chunks = np.concatenate([self._costs_of_chunks, more])
            self._costs_of_chunks[row] = costs
            self._rows_of_chunks[chunk] = row
        return row

    def _costs_of_chunk(self, chunk: str) -> Floats:
        """Return the cost of spelling each unit with a chunk: as learned, or with a stray letter.

        A stray letter at either end of a chunk has its own cost, which is added to that of the
        rest of the chunk.
        """
        habits = self.readings.tables.habits
        if chunk:
            shorter = [self._row_of_chunk(chunk[:-1]), self._row_of_chunk(chunk[1:])]
            stray = np.float32(habits.get("stray", _STRAY_LETTER))
            costs = self._costs_of_chunks[shorter].min(axis=0) + stray
        else:
            lost = habits.get("lost", _LOST_UNIT)
            costs = np.full(len(self._unit_numbers), lost, np.float32)
        for unit, cost in self._units_by_chunk.get(chunk, ()):
            costs[unit] = min(costs[unit], cost)
        return np.asarray(costs, np.float32)

    def costs_by_unit(self, mention: str) -> CostsByUnit:
        """Return the costs of spelling units with the chunks of a mention."""
        return CostsByUnit(self._unit_costs([mention]), self._unit_numbers)


@cache
def _spans_of_chunks(size: int) -> list[tuple[int, int]]:
    """Return where all chunks of a mention of `size` letters begin and end."""
    return [
        (start, start + length)
        for start in range(size + 1)
        for length in range(min(MAX_CHUNK, size - start) + 1)
    ]


@cache
def _pieces(size: int) -> tuple[Indices, Indices, Indices]:
    """Return where all pieces of a mention of `size` letters begin and end, sorted by their ends.

    Also return where the pieces with each end begin.

    >>> [array.tolist() for array in _pieces(1)]
    [[0, 0, 1], [0, 1, 1], [0, 1]]
    """
    ends, starts = np.tril_indices(size + 1)
    return starts, ends, np.flatnonzero(starts == 0)


def _known_graphemes(grapheme: str, known: dict[str, dict[str, float]]) -> UnitSequence:
    """Return a grapheme if the tables know it, otherwise those of its letters that they know."""
    if grapheme in known:
        return (grapheme,)
    return tuple(letter for letter in grapheme if letter in known)


def _with_ancestors(nodes: Indices, parents: Integers, times: int) -> Indices:
    """Return the numbers of nodes and of all their ancestors, in ascending order.

    Args:
        nodes: the nodes.
        parents: the parent of each node of a trie.
        times: how many tries like this stand one behind the other.
    """
    is_needed = np.zeros(times * len(parents), bool)
    level = nodes
    while len(level):
        is_needed[level] = True
        in_trie = level % len(parents)
        level = level - in_trie + parents[in_trie]
        level = level[~is_needed[level]]
    return np.flatnonzero(is_needed)


def _numbered(keys: Indices, limit: int) -> tuple[Indices, Indices]:
    """Return the different keys in ascending order, and for each key below the limit its place.

    The place of what is not among the keys is undefined.

    >>> different, places = _numbered(np.array([7, 2, 7]), 9)
    >>> different.tolist(), places[[7, 2, 7]].tolist()
    ([2, 7], [1, 0, 1])
    """
    is_key = np.zeros(limit, bool)
    is_key[keys] = True
    different = np.flatnonzero(is_key)
    places = np.empty(limit, np.intp)
    places[different] = np.arange(len(different))
    return different, places


def _add_unit(matrices: Floats, unit_costs: Floats, out: Floats) -> None:
    """Make the matrices of sequences after one more unit each.

    Args:
        matrices: [i, j, sequence], the cost of the sequence with the letters from i up to j.
        unit_costs: [j, length, sequence], the cost of its next unit with `length` letters from j.
        out: where to write them.
    """
    positions = matrices.shape[1]
    np.add(matrices, unit_costs[:, 0], out=out)
    for length in range(1, min(MAX_CHUNK, positions - 1) + 1):
        last_start = positions - length
        costs = matrices[:, :last_start] + unit_costs[:last_start, length]
        np.minimum(out[:, length:], costs, out=out[:, length:])

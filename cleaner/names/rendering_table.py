"""The renderings of many names as rows of one table, looked up a thousand at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cleaner.names.pivot.arrays import FILLER, Bools, Floats, Indices, Integers, joined_ranges
from cleaner.names.pivot.renderings import WAYS, Rendering

FLIPPED = 8  # what is added to the number of a way


@dataclass(frozen=True)
class RenderingTable:
    """The renderings of all names of a matcher.

    Attributes:
        first: the rows of name n are `first[n]` up to `first[n + 1]`; one entry more than names.
        ways: the way of each row (see `WAYS`); if its words are flipped, FLIPPED more.
        ends: the symbols of row r are entries `ends[r]` up to `ends[r + 1]` of `symbols`.
        symbols: the numbers of the symbols of all rows.
        word_ends: the words of row r are entries `word_ends[r]` up to `word_ends[r + 1]` of
            `words`.
        words: how many symbols each word has.
        spelled: the symbols themselves, by their numbers.
        lowest: what it costs, in nats, to spell each symbol in its likeliest way.
    """

    first: Integers
    ways: Integers
    ends: Integers
    symbols: Integers
    word_ends: Integers
    words: Integers
    spelled: Sequence[str]
    lowest: NDArray[np.float64]

    def rows(self, names: Indices) -> tuple[Indices, Indices, Indices]:
        """Return the rows of several names one after the other.

        Also return where those of each name begin there, and how many each name has.
        """
        first = self.first[names]
        counts = self.first[names + 1] - first
        rows, heads = joined_ranges(first, counts)
        return rows, heads, counts.astype(np.intp)

    def symbols_of(self, rows: Indices) -> Integers:
        """Return the symbols of some rows, one row each, filled up with -1."""
        start = self.ends[rows]
        size = self.ends[rows + 1] - start
        steps = np.arange(size.max(initial=0))
        is_symbol = steps < size[:, None]
        padded = np.full(is_symbol.shape, FILLER, np.int32)
        padded[is_symbol] = self.symbols[(start[:, None] + steps)[is_symbol]]
        return padded

    def lowest_costs(self, rows: Indices) -> Floats:
        """Return what some rows cost, in nats, if they are spelled in their likeliest way."""
        of_symbols = np.append(self.lowest, 0.0)  # the last one is that of FILLER
        costs = of_symbols[self.symbols_of(rows)].sum(axis=1)
        return np.asarray(costs, np.float32)

    def has_hangul(self, names: Indices) -> Bools:
        """Return for each name whether it is known how Korean texts write it.

        Each such form has a rendering.
        """
        until = self._hangul_until
        return np.asarray(until[self.first[names + 1]] > until[self.first[names]])

    @cached_property
    def _hangul_until(self) -> Indices:
        """How many of the rows before each row, and before the end, are known Hangul."""
        is_hangul = self.ways % FLIPPED == WAYS.index("pivot")
        return np.concatenate(([0], np.cumsum(is_hangul)))

    def rendering(self, row: int) -> Rendering:
        """Return a row as a rendering."""
        flipped, way = divmod(int(self.ways[row]), FLIPPED)
        symbols = self.symbols[self.ends[row] : self.ends[row + 1]].tolist()
        words = self.words[self.word_ends[row] : self.word_ends[row + 1]].tolist()
        spelled = tuple(self.spelled[symbol] for symbol in symbols)
        return Rendering(WAYS[way], spelled, tuple(words), bool(flipped))


def way_code(rendering: Rendering) -> int:
    """Return the number of the way of a rendering; if its words are flipped, FLIPPED more."""
    return WAYS.index(rendering.way) + FLIPPED * rendering.flipped

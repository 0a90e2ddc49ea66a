"""Alignment: what it costs to spell each name of a shortlist with the letters of a form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.names.pivot.arrays import Floats, Indices, joined_ranges, row_minima
from cleaner.names.pivot.channel import NEVER, Channel
from cleaner.names.rendering_table import RenderingTable
from cleaner.names.score import Query

FLIPPED_COST = 1.0  # nats for taking the words of a form in another order
# How much less similar (from 0 to 1) a name may be in one order of the form's words than in the
# other for both orders to be aligned.
ORDER_TOLERANCE = 0.1
TOGETHER = 8  # spellings that are aligned at once
MAX_LONGER = 1  # letters by which one of them may be longer than another


@dataclass(frozen=True, slots=True)
class Alignment:
    """The cheapest rendering of each name of a shortlist. All have one entry for each name.

    Attributes:
        costs: what it costs to spell the rendering with the letters of the form, in nats.
        renderings: the rows of the renderings.
        orders: the number of the order of the form's words that was taken.
    """

    costs: Floats
    renderings: Indices
    orders: Indices


@dataclass(frozen=True, slots=True)
class Task:
    """A form, and the names to align it with.

    Attributes:
        query: the form.
        names: the numbers of the names, each with at least one rendering.
        likeness: how similar the skeletons are, from 0 to 1; one row for each order of the form's
            words, one column for each name.
    """

    query: Query
    names: Indices
    likeness: Floats


def align_all(
    tasks: Sequence[Task], renderings: RenderingTable, channel: Channel
) -> list[Alignment]:
    """Return for each task the cheapest rendering of each name.

    Spellings of nearly the same length are aligned together, because numpy is quick with many. A
    name is not aligned with an order of the form's words in which it is much less similar to the
    form than in the other.
    """
    searches = [_Search(task, renderings) for task in tasks]
    orders: list[_Order] = []
    for search in searches:
        orders += search.orders()
    orders.sort(key=lambda order: len(order.letters))
    for together in _of_nearly_one_length(orders):
        _align_together(together, renderings, channel)
    return [search.result() for search in searches]


def _of_nearly_one_length(orders: Iterable[_Order]) -> Iterator[list[_Order]]:
    """Yield spellings of nearly the same length together; they are sorted by length."""
    together: list[_Order] = []
    for order in orders:
        if together:
            longer = len(order.letters) - len(together[0].letters)
            if longer > MAX_LONGER or len(together) == TOGETHER:
                yield together
                together = []
        together.append(order)
    if together:
        yield together


def _align_together(orders: Sequence[_Order], renderings: RenderingTable, channel: Channel) -> None:
    """Align spellings of the same length, and keep what is cheaper than what was found before."""
    counts = [len(order.rows) for order in orders]
    costs = channel.costs(
        [order.letters for order in orders],
        np.repeat(np.arange(len(orders)), counts),
        renderings.symbols_of(np.concatenate([order.rows for order in orders])),
    )
    ends = np.cumsum(counts)
    for order, own in zip(orders, np.split(costs, ends[:-1]), strict=True):
        order.search.keep_cheaper(order, own)


@dataclass(frozen=True, slots=True)
class _Order:
    """The letters of a form in one order of its words, and the renderings to align them with."""

    search: _Search
    number: int
    letters: str
    aligned: Indices  # the places of the names in the task
    rows: Indices  # the renderings of these names
    heads: Indices  # where those of each name begin


class _Search:
    """The cheapest rendering found so far of each name of a task."""

    def __init__(self, task: Task, renderings: RenderingTable) -> None:
        self._task = task
        self._table_rows, self._first, self._counts = renderings.rows(task.names)
        self._costs = np.full(len(task.names), NEVER, np.float32)
        self._rows = self._table_rows[self._first]
        self._orders = np.zeros(len(task.names), np.intp)

    def orders(self) -> Iterator[_Order]:
        """Yield the orders of the form's words that are worth aligning."""
        likeness = self._task.likeness
        enough_likeness = likeness.max(axis=0) - ORDER_TOLERANCE
        for number, letters in enumerate(self._task.query.orders):
            aligned = np.flatnonzero(likeness[number] >= enough_likeness)
            if len(aligned):
                places, heads = joined_ranges(self._first[aligned], self._counts[aligned])
                yield _Order(self, number, letters, aligned, self._table_rows[places], heads)

    def keep_cheaper(self, order: _Order, costs: Floats) -> None:
        """Keep the renderings that are cheaper in an order than in those before."""
        if order.number > 0:
            costs = costs + np.float32(FLIPPED_COST)
        cheapest, places = row_minima(costs, order.heads, self._counts[order.aligned])
        is_better = cheapest < self._costs[order.aligned]
        better = order.aligned[is_better]
        self._costs[better] = cheapest[is_better]
        self._rows[better] = order.rows[places[is_better]]
        self._orders[better] = order.number

    def result(self) -> Alignment:
        """Return what was found."""
        return Alignment(self._costs, self._rows, self._orders)

"""Alignment: what it costs to spell each name of a shortlist with the letters of a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.names.pivot.arrays import Bools, Floats, Indices, joined_ranges, padded, row_minima
from cleaner.names.pivot.channel import NEVER, Channel
from cleaner.names.pivot.renderings import Rendering
from cleaner.names.score import Query
from cleaner.names.shortlist import Shortlist

FLIPPED_COST = 1.0  # nats for taking the words of a form in the other order
# How much less similar (from 0 to 1) a name may be in one order of the form's words than in the
# other for both orders to be aligned.
ORDER_TOLERANCE = 0.1


@dataclass(frozen=True, slots=True)
class Alignment:
    """The cheapest rendering of each name of a shortlist. Arrays have one entry for each name.

    Attributes:
        costs: what it costs to spell the rendering with the letters of the form, in nats.
        renderings: the numbers of the renderings.
        flipped: whether the words of the form were taken in the other order.
    """

    costs: Floats
    renderings: Indices
    flipped: Bools


class Aligner:
    """Aligns forms with the renderings of names.

    Args:
        renderings: the renderings of all names, name by name.
        owners: for each rendering the number of its name.
        names: how many names there are.
        channel: the costs.
    """

    def __init__(
        self, renderings: Sequence[Rendering], owners: Sequence[int], names: int, channel: Channel
    ) -> None:
        self._channel = channel
        # a row of symbol numbers for each rendering
        self._encoded = padded([channel.encode(rendering) for rendering in renderings])
        # where the renderings of each name begin, and after the last name where they end
        self._first = np.searchsorted(np.array(owners, np.intp), np.arange(names + 1))

    def align(self, query: Query, shortlist: Shortlist) -> Alignment:
        """Return the cheapest rendering of each name of a shortlist.

        A name is not aligned with an order of the form's words in which it is much less similar to
        the form than in the other.
        """
        count = len(shortlist.names)
        first = self._first[shortlist.names]
        counts = self._first[shortlist.names + 1] - first
        best = Alignment(
            costs=np.full(count, NEVER, np.float32),
            renderings=first.copy(),
            flipped=np.zeros(count, bool),
        )
        enough_likeness = shortlist.likeness.max(axis=0) - ORDER_TOLERANCE
        for number, order in enumerate(query.orders):
            is_flipped = number == 1
            aligned = np.flatnonzero(shortlist.likeness[number] >= enough_likeness)
            if not len(aligned):
                continue
            renderings, heads = joined_ranges(first[aligned], counts[aligned])
            costs = self._channel.costs(order, self._encoded[renderings])
            if is_flipped:
                costs = costs + np.float32(FLIPPED_COST)
            cheapest, places = row_minima(costs, heads, counts[aligned])
            is_better = cheapest < best.costs[aligned]
            better = aligned[is_better]
            best.costs[better] = cheapest[is_better]
            best.renderings[better] = renderings[places[is_better]]
            best.flipped[better] = is_flipped
        return best

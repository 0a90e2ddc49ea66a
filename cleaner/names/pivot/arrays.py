"""Arithmetic on rows of different lengths that are stored one after the other in numpy arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]
Indices = NDArray[np.intp]
Bools = NDArray[np.bool_]
Scalar = TypeVar("Scalar", bound=np.generic)

FILLER = -1  # fills up the end of a short row


def padded(rows: Sequence[Iterable[int]]) -> Integers:
    """Return rows of different lengths as one array, filled up with -1.

    >>> padded([[3, 4], [5]]).tolist()
    [[3, 4], [5, -1]]
    """
    lists = [list(row) for row in rows]
    longest = max(map(len, lists), default=0)
    array = np.full((len(lists), longest), FILLER, np.int32)
    for number, row in enumerate(lists):
        array[number, : len(row)] = row
    return array


def joined_ranges(starts: NDArray[Any], counts: NDArray[Any]) -> tuple[Indices, Indices]:
    """Return the numbers of several ranges one after the other, and where each range begins there.

    Range n has `counts[n]` numbers from `starts[n]` on.

    >>> numbers, heads = joined_ranges(np.array([10, 50]), np.array([2, 3]))
    >>> numbers.tolist(), heads.tolist()
    ([10, 11, 50, 51, 52], [0, 2])
    """
    heads = np.concatenate(([0], np.cumsum(counts)))[:-1]
    numbers = np.repeat(starts - heads, counts) + np.arange(counts.sum())
    return numbers.astype(np.intp), heads.astype(np.intp)


def row_minima(
    values: NDArray[Scalar], heads: Indices, counts: NDArray[Any]
) -> tuple[NDArray[Scalar], Indices]:
    """Return the smallest value of each row, and the index of the first value equal to it.

    The rows lie one after the other in `values`; row n begins at `heads[n]` and has `counts[n]`
    values, at least one.

    >>> minima, indices = row_minima(np.array([4, 2, 2, 9]), np.array([0, 3]), np.array([3, 1]))
    >>> minima.tolist(), indices.tolist()
    ([2, 9], [1, 3])
    """
    minima = np.minimum.reduceat(values, heads)
    is_minimum = values == np.repeat(minima, counts)
    past_the_end = len(values)
    candidates = np.where(is_minimum, np.arange(len(values)), past_the_end)
    return minima, np.minimum.reduceat(candidates, heads)

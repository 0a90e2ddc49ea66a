"""Shortlists: the few names that are similar enough to a form for a full alignment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from cleaner.names.name import Name
from cleaner.names.pivot.arrays import Floats, Indices
from cleaner.names.pivot.script import letters
from cleaner.names.pivot.skeleton import Skeletons
from cleaner.names.pivot.subsequences import MIN_POINTS, Points, Subsequences
from cleaner.names.score import Query

# Points of likeness, from 0 to 100 (rapidfuzz's ratio of two skeletons).
MIN_LIKENESS = MIN_POINTS  # a name that is less similar is not on the shortlist
MAX_DISTANCE = 30  # nor is one that is so much less similar than the best name is


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The names that may be meant by a form.

    Attributes:
        names: their numbers, the most similar first.
        likeness: how similar the skeletons are, from 0 to 1; one row for each order of the form's
            words.
    """

    names: Indices
    likeness: Floats


@dataclass(frozen=True)
class SkeletonIndex:
    """Skeletons of names, by which names that are similar to a form are found.

    Making the skeletons of 60,000 names takes seconds. An index may be stored, and made again from
    the two sequences.

    Attributes:
        skeletons: every skeleton of the first name, then those of the second, and so on. A name
            without a skeleton is never found.
        owners: for each skeleton the number of its name.
        by_length: the same skeletons as they are compared quickly, if there are many.

    >>> index = SkeletonIndex.of([("main", 0), ("sulin", 1)])
    >>> index.skeletons, index.owners.tolist()
    (['main', 'sulin'], [0, 1])
    """

    skeletons: Sequence[str]
    owners: Indices
    by_length: SkeletonsByLength | None = None

    @classmethod
    def of(cls, entries: Iterable[tuple[str, int]]) -> SkeletonIndex:
        """Return the index of skeletons with the numbers of their names."""
        pairs = list(entries)
        owners = np.array([owner for _, owner in pairs], np.intp)
        return cls([skeleton for skeleton, _ in pairs], owners)

    def nearest(self, queries: Sequence[Sequence[str]], size: int) -> list[Shortlist]:
        """Return for each form the names whose skeletons are most similar to its own.

        Many forms at once take a tenth of the time that they take one by one.

        Args:
            queries: the skeletons of each form: one for each order of its words.
            size: how many names a shortlist may have.
        """
        if self.by_length is not None:
            return [self._among_many(query, self.by_length, size) for query in queries]
        if not self.skeletons:
            return [_nobody(len(query)) for query in queries]
        likeness = process.cdist(
            list(chain.from_iterable(queries)),
            self.skeletons,
            scorer=fuzz.ratio,
            dtype=np.uint8,
            score_cutoff=MIN_LIKENESS,
        )
        shortlists = []
        first = 0
        for query in queries:
            last = first + len(query)
            own = likeness[first:last]
            entries = _similar(own)
            shortlists.append(self._most_similar(entries, own[:, entries], size))
            first = last
        return shortlists

    def _among_many(
        self, query: Sequence[str], by_length: SkeletonsByLength, size: int
    ) -> Shortlist:
        places, likeness = by_length.subsequences.similar(query, MAX_DISTANCE)
        entries = by_length.order[places]
        in_order = np.argsort(entries)
        return self._most_similar(entries[in_order], likeness[:, in_order], size)

    def _most_similar(self, entries: Indices, likeness: Points, size: int) -> Shortlist:
        """Return the names with the highest likeness.

        Args:
            entries: the numbers of some skeletons, in order.
            likeness: one row for each order of the form's words, one column for each of them.
            size: how many names the shortlist may have.
        """
        if not len(entries):
            return _nobody(len(likeness))
        names, heads = np.unique(self.owners[entries], return_index=True)
        by_name = np.maximum.reduceat(likeness, heads, axis=1)
        chosen = top_places(by_name.max(axis=0), size)
        return Shortlist(names[chosen], by_name[:, chosen].astype(np.float32) / np.float32(100))


class SkeletonsByLength(NamedTuple):
    """Skeletons as many of them are compared at once.

    Attributes:
        order: their numbers, the shortest skeletons first.
        subsequences: compares a skeleton with all of them, in this order.
    """

    order: Indices
    subsequences: Subsequences


def _similar(likeness: Points) -> Indices:
    """Return the places of the skeletons that are nearly as similar as the most similar one.

    Args:
        likeness: one row for each order of the form's words, one column for each skeleton.
    """
    best_order = likeness.max(axis=0)
    limit = max(1, int(best_order.max()) - MAX_DISTANCE)
    return np.flatnonzero(best_order >= limit)


def _nobody(orders: int) -> Shortlist:
    """Return the shortlist of a form that is like no name."""
    return Shortlist(np.zeros(0, np.intp), np.zeros((orders, 0), np.float32))


class LetterIndex:
    """The letters of all right forms, for comparing forms without a pivot."""

    def __init__(self, names: Sequence[Name], skeletons: Skeletons) -> None:
        self._make_skeleton = skeletons.of
        self._letters: list[str] = []
        owners: list[int] = []
        for number, name in enumerate(names):
            for form in name.right:
                self._letters.append(letters(form))
                owners.append(number)
        self._skeletons = [self._make_skeleton(form) for form in self._letters]
        # where the forms of each name begin
        self._heads = np.searchsorted(np.array(owners), np.arange(len(names)))

    def scores(self, queries: Sequence[Query]) -> Iterator[Floats]:
        """Yield for each form and name the mean of how similar letters and skeletons are."""
        orders = [order for query in queries for order in query.orders]
        likeness = _ratios(orders, self._letters)
        likeness += _ratios([self._make_skeleton(order) for order in orders], self._skeletons)
        first = 0
        for query in queries:
            last = first + len(query.orders)
            by_form = likeness[first:last].max(axis=0) / 200
            first = last
            yield np.maximum.reduceat(by_form, self._heads)


def _ratios(queries: Sequence[str], choices: Sequence[str]) -> Floats:
    """Return how similar each query and each choice are, from 0 to 100."""
    ratios = process.cdist(queries, choices, scorer=fuzz.ratio, dtype=np.float32)
    return np.asarray(ratios, np.float32)


def top_places(values: NDArray[np.uint8], number: int) -> Indices:
    """Return the places of the highest values above 0, the highest first.

    >>> top_places(np.array([0, 7, 9, 8], np.uint8), 2).tolist()
    [2, 3]
    """
    negative = -values.astype(np.int16)
    if len(values) > number:
        places = np.argpartition(negative, number)[:number]
    else:
        places = np.arange(len(values))
    places = places[values[places] > 0]
    order = np.argsort(negative[places], kind="stable")
    return np.asarray(places[order], np.intp)

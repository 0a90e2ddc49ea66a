"""Shortlists: the few names that are similar enough to a form for a full alignment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from cleaner.names.name import Name
from cleaner.names.pivot.arrays import Floats, Indices
from cleaner.names.pivot.script import letters
from cleaner.names.pivot.skeleton import Skeletons
from cleaner.names.score import Query

SIZE = 120  # names of a shortlist, at most
# Points of likeness, from 0 to 100 (rapidfuzz's ratio of two skeletons).
MIN_LIKENESS = 40  # a name that is less similar is not on the shortlist
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


class SkeletonIndex:
    """Skeletons of names, by which names that are similar to a form are found.

    Args:
        entries: skeletons with the number of the name that each belongs to. Those of one name
            follow one another, and every name that can be found has at least one.
    """

    def __init__(self, entries: Iterable[tuple[str, int]], skeletons: Skeletons) -> None:
        self._make_skeleton = skeletons.of
        self._skeletons: list[str] = []
        owners: list[int] = []
        for skeleton, owner in entries:
            self._skeletons.append(skeleton)
            owners.append(owner)
        # names that have a skeleton, and where the skeletons of each begin
        self._names, self._heads = np.unique(np.array(owners, np.intp), return_index=True)

    def nearest(self, query: Query) -> Shortlist:
        """Return the names whose skeletons are most similar to that of a form."""
        if not self._skeletons:
            return Shortlist(np.zeros(0, np.intp), np.zeros((len(query.orders), 0), np.float32))
        likeness = process.cdist(
            [self._make_skeleton(order) for order in query.orders],
            self._skeletons,
            scorer=fuzz.ratio,
            dtype=np.uint8,
            score_cutoff=MIN_LIKENESS,
        )
        by_name = np.maximum.reduceat(likeness, self._heads, axis=1)
        best_order = by_name.max(axis=0)
        chosen = top_places(best_order, SIZE)
        limit = int(best_order.max()) - MAX_DISTANCE
        chosen = chosen[best_order[chosen] >= limit]
        likeness_of_chosen = by_name[:, chosen].astype(np.float32) / np.float32(100)
        return Shortlist(self._names[chosen], likeness_of_chosen)


class LetterIndex:
    """The letters of all right forms, for comparing forms without a pivot."""

    def __init__(self, names: Sequence[Name], skeletons: Skeletons) -> None:
        self._make_skeleton = skeletons.of
        self._count = len(names)
        self._letters: list[str] = []
        owners: list[int] = []
        for number, name in enumerate(names):
            for form in name.right:
                self._letters.append(letters(form))
                owners.append(number)
        self._skeletons = [self._make_skeleton(form) for form in self._letters]
        self._owners = np.array(owners, np.intp)

    def scores(self, query: Query) -> Floats:
        """Return for each name the mean of how similar letters and skeletons are."""
        skeletons = [self._make_skeleton(order) for order in query.orders]
        by_form = _best_ratios(query.orders, self._letters)
        by_form += _best_ratios(skeletons, self._skeletons)
        scores = np.zeros(self._count, np.float32)
        np.maximum.at(scores, self._owners, by_form / 200)
        return scores


def _best_ratios(queries: Sequence[str], choices: Sequence[str]) -> Floats:
    """Return for each choice how similar the most similar query is, from 0 to 100."""
    ratios = process.cdist(queries, choices, scorer=fuzz.ratio, dtype=np.float32)
    return np.asarray(ratios.max(axis=0), np.float32)


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

"""Which name is meant by a form that may be garbled.

A shortlist of names comes from comparing skeletons (rapidfuzz); the channel says what each of them would cost; a
logistic score over few features says how likely it is that this name is meant and nothing else is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from cleaner.names.explain import Derivation, derive
from cleaner.names.gazetteer import Name
from cleaner.names.pivot import tables as pivots
from cleaner.names.pivot.background import Background
from cleaner.names.pivot.channel import MAX_LETTERS, NEVER, Channel, Matrix, padded
from cleaner.names.pivot.readings import Form, Reader
from cleaner.names.pivot.script import letters
from cleaner.names.pivot.skeleton import Skeletons, likeliest
from cleaner.names.score import FEATURES, Evidence, Scorer

Pivot = Literal["ko", "none", "auto"]
T = TypeVar("T")
SHORTLIST = 60  # names worth a closer look
BY_LETTERS = 15  # names taken beside them because they are spelled alike
SINO_SPELLINGS = 8
Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that may be meant: how likely (0 to 1), whether beyond doubt, and how it became what was written.

    `strong` asks for a high score and a distance from the next best name: homophones are never strong.
    """

    canonical: str
    score: float
    strong: bool
    why: str
    name: Name


class Matcher:
    """Links forms to the names of one gazetteer. Make it once: the names are prepared for the pivot then.

    Args:
        names: the right names; `gazetteer.load` reads them from a file.
        pivot: the language between: a folder of rules/pivots, or `none` (letters only); `auto` stands for `ko` here:
            deciding needs a document, see `pivot_of`.
    """

    def __init__(self, names: Iterable[Name], *, pivot: Pivot | str = "auto") -> None:
        self.names = tuple(names)
        self.pivot = "ko" if pivot == "auto" else pivot
        self._tables = pivots.load("ko" if self.pivot == "none" else self.pivot)
        reader = Reader(self._tables)
        self._channel = Channel(reader)
        self._skeletons = Skeletons(self._tables.skeleton)
        self._background = Background(self._tables)
        self._scorer = Scorer(self._tables, names=len(self.names))
        right: dict[str, list[int]] = {}
        forms: list[Form] = []
        owners: list[int] = []
        for number, name in enumerate(self.names):
            for form in name.right:
                right.setdefault(letters(form), []).append(number)
            for made in reader.forms(name):
                forms.append(made)
                owners.append(number)
        self._known = frozenset(form for name in self.names for form in name.right)
        self._forms, self._owners = forms, np.array(owners, np.int32)
        self._spelled = list(right)
        self._spelled_owner = list(right.values())

    @cached_property
    def _encoded(self) -> NDArray[np.int32]:
        return padded([self._channel.encode(form) for form in self._forms])

    @cached_property
    def _index(self) -> tuple[list[str], NDArray[np.int32], NDArray[np.int32]]:
        """Skeletons, the names they belong to, and where the forms of each name begin."""
        rows: dict[tuple[str, int], None] = {}
        for form, owner in zip(self._forms, self._owners.tolist(), strict=True):
            for spelled in likeliest(form, self._channel, SINO_SPELLINGS if form.way == "sino" else 2):
                rows[self._skeletons.of(spelled), owner] = None
            if form.way == "latin":
                plain = "".join(symbol.removeprefix("latin:").removesuffix(".") for symbol in form.symbols)
                rows[self._skeletons.of(plain), owner] = None
        starts = np.searchsorted(self._owners, np.arange(len(self.names) + 1)).astype(np.int32)
        return [skeleton for skeleton, _ in rows], np.array([owner for _, owner in rows], np.int32), starts

    def link(self, form: str, *, limit: int = 5, score_cutoff: float | None = None) -> list[Candidate]:
        """The names that may be meant by a form, the likeliest first; none if it is a right name or nothing fits.

        Args:
            limit: how many candidates at most.
            score_cutoff: candidates below this score are left out; as the tables say unless given.

        >>> matcher = Matcher([Name("Ma Yun"), Name("Xu Lin"), Name("Sun Tianqi")], pivot="ko")
        >>> [candidate.canonical for candidate in matcher.link("Marwin")]
        ['Ma Yun']
        >>> matcher.link("Kim Min-soo")
        []
        """
        found = self.weigh(form)
        if found is None:
            return []
        scores = self._scorer.scores(found)
        best = np.argsort(-scores, kind="stable")[:limit]
        cutoffs = self._scorer.cutoffs(found, scores)
        lowest = cutoffs.propose if score_cutoff is None else score_cutoff
        out = []
        for place in best:
            score = float(scores[place])
            if cutoffs.listed and score >= lowest or score_cutoff is not None and score >= lowest:
                name = self.names[found.names[place]]
                strong = bool(place == best[0] and cutoffs.strong)
                out.append(Candidate(name.canonical, round(score, 4), strong, self._why(found, int(place)).text, name))
        return out

    def weigh(self, form: str) -> Evidence | None:
        """The shortlist for a form with the features of every candidate; None if nothing is to be weighed."""
        mention = letters(form)[:MAX_LETTERS]
        if len(mention) < 2 or form in self._known or not self.names:
            return None
        parts = form.split()
        orders = [mention]
        if len(parts) == 2:
            orders.append((letters(parts[1]) + letters(parts[0]))[:MAX_LETTERS])
        chosen, likeness = self._shortlist(orders)
        if not len(chosen):
            return None
        _, _, starts = self._index
        forms = np.concatenate([np.arange(starts[n], starts[n + 1]) for n in chosen])
        counts = (starts[chosen + 1] - starts[chosen]).astype(np.intp)
        heads = np.concatenate(([0], np.cumsum(counts)[:-1]))
        best = np.full(len(chosen), NEVER, np.float32)
        which = np.zeros(len(chosen), np.intp)
        flipped = np.zeros(len(chosen), bool)
        for turn, order in enumerate(orders):
            costs = self._channel.costs(order, self._encoded[forms]) + 1.0 * turn
            lowest = np.minimum.reduceat(costs, heads)
            hit = costs == np.repeat(lowest, counts)
            first = np.maximum.reduceat(np.where(hit, len(costs) - np.arange(len(costs)), 0), heads)
            better = lowest < best
            best = np.where(better, lowest, best)
            which = np.where(better, forms[len(costs) - first], which)
            flipped = np.where(better, turn == 1, flipped)
        ratio = self._ratios(orders, chosen)
        return self._scorer.evidence(
            form=form, mention=mention, orders=orders, names=chosen, cost=best,
            ways=[self._forms[number] for number in which], flipped=flipped, likeness=likeness, ratio=ratio,
            ordinary=self._background.ordinary(form), korean=self._background.korean(form),
        )  # fmt: skip

    def _shortlist(self, orders: Sequence[str]) -> tuple[Rows, NDArray[np.float32]]:
        skeletons, owners, _ = self._index
        queries = [self._skeletons.of(order) for order in orders]
        alike = process.cdist(queries, skeletons, scorer=fuzz.ratio, dtype=np.uint8).max(axis=0)
        best = np.zeros(len(self.names), np.uint8)
        np.maximum.at(best, owners, alike)
        chosen = _top(best, SHORTLIST)
        return chosen, best[chosen].astype(np.float32) / 100

    def _ratios(self, orders: Sequence[str], chosen: Rows) -> NDArray[np.float32]:
        forms = [[letters(form) for form in self.names[n].right] for n in chosen]
        return np.array(
            [max(fuzz.ratio(order, form) for order in orders for form in right) / 100 for right in forms], np.float32
        )

    def _why(self, found: Evidence, place: int) -> Derivation:
        order = found.orders[int(found.flipped[place])]
        return derive(found.form, order, self.names[found.names[place]], found.ways[place], self._channel)


def _top(values: NDArray[np.uint8], number: int) -> Rows:
    """The places of the highest values above nought, the highest first."""
    if len(values) > number:
        places = np.argpartition(-values.astype(np.int16), number)[:number]
    else:
        places = np.arange(len(values))
    places = places[values[places] > 0]
    return places[np.argsort(-values[places].astype(np.int16), kind="stable")]


__all__ = ["FEATURES", "Candidate", "Iterator", "Matcher", "Matrix"]

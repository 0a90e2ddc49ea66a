"""Which name is meant by a form that may be garbled.

A shortlist of names comes from comparing skeletons (rapidfuzz); the channel says what each of them
would cost; a logistic score over few features says how likely it is that this name is meant and
nothing else is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from cleaner.names.explain import Derivation, derive
from cleaner.names.gazetteer import MAX_LENGTH, Name
from cleaner.names.pivot import tables as pivots
from cleaner.names.pivot.background import Background
from cleaner.names.pivot.channel import MAX_LETTERS, NEVER, Channel, padded
from cleaner.names.pivot.readings import Form, Reader
from cleaner.names.pivot.script import letters, words
from cleaner.names.pivot.skeleton import Skeletons, Spellings
from cleaner.names.score import Evidence, Scorer
from cleaner.text.words import is_ordinary

SAME_LETTERS = 0.99  # the score of a name that only spaces and hyphens keep from its right form
USUAL_PIVOT, NO_PIVOT = "ko", "none"
SHORTLIST = 120  # names worth a closer look
UNLIKE = 40  # points of likeness, of 100, below which a name is not worth one
# how much less alike, of 1, a name may be in the other order of words to be tried in it
TURNED = 0.1
FAR = 30  # points of likeness behind the best from which on a name is not
SINO_SPELLINGS = 8
Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that may be meant: how likely (0 to 1), whether beyond doubt, and how it became what
    was written.

    `strong` asks for a high score and a distance from the next best name: homophones are never
    strong.
    """

    canonical: str
    score: float
    strong: bool
    why: str
    name: Name


class Matcher:
    """Links forms to the names of one gazetteer. Make it once: the names are prepared for the pivot
    then.

    Args:
        names: the right names; `load_names` reads them from a file.
        pivot: the language between: a folder of rules/pivots, or `none` (letters only); `auto`
            stands for `ko` here: deciding needs a document, see `pivot_of`.
        guarded: whether names of Koreans and ordinary words have no candidates; without, something
            else must say so.
    """

    def __init__(
        self,
        names: Iterable[Name],
        *,
        pivot: str = "auto",
        guarded: bool = True,
        tables: pivots.Tables | None = None,
    ) -> None:
        self.names = tuple(names)
        self._guarded = guarded
        self.pivot = USUAL_PIVOT if pivot == "auto" else pivot
        self._tables = tables or pivots.load(USUAL_PIVOT if self.pivot == NO_PIVOT else self.pivot)
        reader = Reader(self._tables)
        self._channel = Channel(reader)
        self._skeletons = Skeletons(self._tables.skeleton)
        self._background = Background(self._tables)
        self.scorer = Scorer(self._tables, names=len(self.names))
        forms: list[Form] = []
        owners: list[int] = []
        for number, name in enumerate(self.names):
            for made in reader.forms(name):
                forms.append(made)
                owners.append(number)
        self._known = frozenset(form for name in self.names for form in name.right)
        self._forms, self._owners = forms, np.array(owners, np.int32)

    @cached_property
    def _plain(self) -> tuple[list[str], list[str], Rows]:
        """The letters of every right form, their skeletons, and the names they belong to."""
        rows = [
            (letters(form), number) for number, name in enumerate(self.names) for form in name.right
        ]
        spelled = [form for form, _ in rows]
        return (
            spelled,
            [self._skeletons.of(form) for form in spelled],
            np.array([owner for _, owner in rows]),
        )

    @cached_property
    def _encoded(self) -> NDArray[np.int32]:
        return padded([self._channel.encode(form) for form in self._forms])

    @cached_property
    def _index(self) -> tuple[list[str], Rows, NDArray[np.int32]]:
        """Skeletons name by name, where those of each name begin, and where its forms begin."""
        rows: dict[tuple[str, int], None] = {}
        spellings = Spellings(self._channel)
        for form, owner in zip(self._forms, self._owners.tolist(), strict=True):
            for spelled in spellings.of(form, SINO_SPELLINGS if form.way == "sino" else 2):
                rows[self._skeletons.of(spelled), owner] = None
            if form.way == "latin":
                plain = "".join(
                    symbol.removeprefix("latin:").removesuffix(".") for symbol in form.symbols
                )
                rows[self._skeletons.of(plain), owner] = None
        starts = np.searchsorted(self._owners, np.arange(len(self.names) + 1)).astype(np.int32)
        owners = np.array([owner for _, owner in rows], np.int32)
        return (
            [skeleton for skeleton, _ in rows],
            np.searchsorted(owners, np.arange(len(self.names))),
            starts,
        )

    def link(
        self, form: str, *, limit: int = 5, score_cutoff: float | None = None
    ) -> list[Candidate]:
        """The names that may be meant by a form, the likeliest first; none if it is a right name or
        nothing fits.

        Args:
            limit: how many candidates at most.
            score_cutoff: the score, from 0 to 1, from which on candidates are given. Unless it is
                given, the tables decide: none at all if it is doubtful that any of them is meant
                (homophones share what is certain), else those that have some part in it.

        >>> matcher = Matcher([Name("Ma Yun"), Name("Xu Lin"), Name("Sun Tianqi")], pivot="ko")
        >>> [(candidate.canonical, candidate.why) for candidate in matcher.link("Marwin")]
        [('Ma Yun', 'Marwin <- 마윈 <- Ma Yun [ㅁ=m ㅏ=a +r ㅟ=wi ㄴ=n]')]
        >>> matcher.link("Kim Min-soo")
        []
        """
        if self.pivot == NO_PIVOT:
            return self._alike(form, limit, score_cutoff)
        found = self.weigh(form)
        if found is None:
            return []
        scores = self.scorer.scores(found)
        if len(same := np.flatnonzero(found.same)) and self.scorer.is_alone(scores, int(same[0])):
            scores[same[0]] = max(scores[same[0]], SAME_LETTERS)
        best = np.argsort(-scores, kind="stable")[:limit]
        limits = self._tables.thresholds
        cutoff = limits["also"] if score_cutoff is None else score_cutoff
        if score_cutoff is None and scores[best].sum() < limits["propose"]:
            return []
        strong = self.scorer.is_strong(found, scores)
        return [
            Candidate(
                canonical=(name := self.names[found.names[place]]).canonical,
                score=round(float(scores[place]), 4),
                strong=strong and rank == 0,
                why=self._why(found, int(place)).text,
                name=name,
            )
            for rank, place in enumerate(best)
            if scores[place] >= cutoff
        ]

    def _alike(self, form: str, limit: int, score_cutoff: float | None) -> list[Candidate]:
        """Without a pivot: the mean of how alike letters and skeletons are."""
        mention = letters(form[: MAX_LENGTH + 1])[:MAX_LETTERS]
        if not self._is_open(form, mention):
            return []
        orders = _orders(form, mention)
        spelled, skeletons, owners = self._plain
        alike = process.cdist(orders, spelled, scorer=fuzz.ratio, dtype=np.float32).max(axis=0)
        alike += process.cdist(
            [*map(self._skeletons.of, orders)], skeletons, scorer=fuzz.ratio, dtype=np.float32
        ).max(axis=0)
        scores = np.zeros(len(self.names), np.float32)
        np.maximum.at(scores, owners, alike / 200)
        limits = self._tables.thresholds
        cutoff = limits["alike"] if score_cutoff is None else score_cutoff
        best = _top((scores * 200).astype(np.uint8), limit)
        return [
            Candidate(
                canonical=(name := self.names[place]).canonical,
                score=round(float(scores[place]), 4),
                strong=False,
                why=f"{form} is spelled like {name.canonical}",
                name=name,
            )
            for place in best
            if scores[place] >= cutoff
        ]

    def weigh(self, form: str) -> Evidence | None:
        """The shortlist for a form with the features of every candidate; None if nothing is to be
        weighed.
        """
        mention = letters(form[: MAX_LENGTH + 1])[:MAX_LETTERS]
        if not self._is_open(form, mention):
            return None
        orders = _orders(form, mention)
        chosen, likeness = self._shortlist(orders)
        if not len(chosen):
            return None
        best, which, flipped = self._aligned(orders, chosen, likeness)
        ratio = self._ratios(orders, chosen)
        return self.scorer.evidence(
            form=form,
            mention=mention,
            orders=orders,
            names=chosen,
            cost=best,
            ways=[self._forms[number] for number in which],
            flipped=flipped,
            likeness=likeness.max(axis=0),
            ratio=ratio,
            ordinary=self._background.ordinary(form),
            korean=self._background.korean(form),
        )

    def _aligned(
        self, orders: Sequence[str], chosen: Rows, likeness: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], Rows, NDArray[np.bool_]]:
        """For every name the cost of its cheapest form, which form that is, and whether the words
        were turned round.

        An order in which a name is much less like the mention than in the other is not tried.
        """
        _, _, starts = self._index
        best = np.full(len(chosen), NEVER, np.float32)
        which = starts[chosen].astype(np.intp)
        flipped = np.zeros(len(chosen), bool)
        for turn, order in enumerate(orders):
            tried = np.flatnonzero(likeness[turn] >= likeness.max(axis=0) - TURNED)
            if not len(tried):
                continue
            counts = (starts[chosen[tried] + 1] - starts[chosen[tried]]).astype(np.intp)
            heads = np.concatenate(([0], np.cumsum(counts)[:-1]))
            forms = np.repeat(starts[chosen[tried]] - heads, counts) + np.arange(counts.sum())
            costs = self._channel.costs(order, self._encoded[forms]) + turn
            lowest = np.minimum.reduceat(costs, heads)
            places = np.where(
                costs == np.repeat(lowest, counts), len(costs) - np.arange(len(costs)), 0
            )
            first = len(costs) - np.maximum.reduceat(places, heads)
            better = lowest < best[tried]
            best[tried] = np.where(better, lowest, best[tried])
            which[tried] = np.where(better, forms[first], which[tried])
            flipped[tried] = np.where(better, turn == 1, flipped[tried])
        return best, which, flipped

    def _is_open(self, form: str, mention: str) -> bool:
        """Whether a form may be a garble at all: no right name, no Korean's name, no ordinary word."""
        if len(mention) < 2 or len(form) > MAX_LENGTH or form in self._known or not self.names:
            return False
        if not self._guarded:
            return True
        if self._background.is_korean(form):
            return False
        return not (words(form) == [mention] and len(mention) > 3 and is_ordinary(mention))

    def _shortlist(self, orders: Sequence[str]) -> tuple[Rows, NDArray[np.float32]]:
        skeletons, heads, _ = self._index
        queries = [self._skeletons.of(order) for order in orders]
        alike = process.cdist(
            queries, skeletons, scorer=fuzz.ratio, dtype=np.uint8, score_cutoff=UNLIKE
        )
        best = np.maximum.reduceat(alike, heads, axis=1)
        most = best.max(axis=0)
        chosen = _top(most, SHORTLIST)
        chosen = chosen[most[chosen] >= int(most.max(initial=0)) - FAR]
        return chosen, best[:, chosen].astype(np.float32) / np.float32(100)

    def _ratios(self, orders: Sequence[str], chosen: Rows) -> NDArray[np.float32]:
        forms = [[letters(form) for form in self.names[n].right] for n in chosen]
        return np.array(
            [
                max(fuzz.ratio(order, form) for order in orders for form in right) / 100
                for right in forms
            ],
            np.float32,
        )

    def _why(self, found: Evidence, place: int) -> Derivation:
        order = found.orders[int(found.flipped[place])]
        return derive(
            found.form, order, self.names[found.names[place]], found.ways[place], self._channel
        )


def _orders(form: str, mention: str) -> list[str]:
    """The letters of a mention; of one with two words, also the other way round."""
    parts = [letters(part) for part in form.split()[:3]]
    return (
        [mention, (parts[1] + parts[0])[:MAX_LETTERS]]
        if len(parts) == 2 and all(parts)
        else [mention]
    )


def _top(values: NDArray[np.uint8], number: int) -> Rows:
    """The places of the highest values above nought, the highest first."""
    if len(values) > number:
        places = np.argpartition(-values.astype(np.int16), number)[:number]
    else:
        places = np.arange(len(values))
    places = places[values[places] > 0]
    return places[np.argsort(-values[places].astype(np.int16), kind="stable")]

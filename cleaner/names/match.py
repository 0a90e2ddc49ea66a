"""The matcher: which name is meant by a form that may be garbled.

It works in three steps. Comparing skeletons makes a shortlist (`shortlist`). The noisy channel
says what it costs to spell each name of the shortlist with the letters of the form (`alignment`).
A logistic score over a few features says how likely it is that this name, and nothing else, is
meant (`score`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from rapidfuzz import fuzz

from cleaner.names.alignment import Aligner
from cleaner.names.explain import derive
from cleaner.names.name import MAX_LENGTH, Name
from cleaner.names.pivot import tables as pivots
from cleaner.names.pivot.arrays import Floats, Indices
from cleaner.names.pivot.background import Background, is_ordinary_word
from cleaner.names.pivot.channel import MAX_LETTERS, Channel
from cleaner.names.pivot.renderings import Rendering, Renderings
from cleaner.names.pivot.script import letters
from cleaner.names.pivot.skeleton import Skeletons, Spellings
from cleaner.names.pivot.tables import NO_PIVOT, USUAL_PIVOT
from cleaner.names.score import Comparison, Measures, Query, Scorer
from cleaner.names.shortlist import LetterIndex, SkeletonIndex, top_places

SAME_LETTERS = 0.99  # score of a name that differs from the form in spaces and hyphens only
MIN_LETTERS = 2  # of a form that may be a garbled name
# Spellings of a rendering whose skeletons are put into the index. Sino-Korean renderings need
# more, because a syllable may be one of many characters with different readings.
SINO_SPELLINGS = 8
OTHER_SPELLINGS = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that may be meant by a form.

    Attributes:
        canonical: the canonical form of the name.
        score: how likely it is meant, from 0 to 1.
        strong: whether it is meant beyond doubt: the score is high and far from that of the next
            best name. So homophones are never strong.
        why: how the name became the form, for a person to read.
        name: the name itself.
    """

    canonical: str
    score: float
    strong: bool
    why: str
    name: Name


class Matcher:
    """Links forms to names. Making a matcher takes time, because it prepares all names.

    Args:
        names: the right names; `load_names` reads them from a file.
        pivot: the language in between: a folder of rules/pivots, or `none` to compare letters
            only. `auto` means `ko` here, because finding out takes a document (see `pivot_of`).
        guarded: whether names of Koreans and ordinary words have no candidates. Without this guard
            something else must make sure that a form is a garbled name.
        tables: the tables to use instead of those of the pivot.
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
        self.pivot = USUAL_PIVOT if pivot == "auto" else pivot
        self._guarded = guarded
        self._tables = tables or pivots.load_or_usual(self.pivot)
        self.scorer = Scorer(self._tables, names=len(self.names))
        self._background = Background(self._tables)
        self._skeletons = Skeletons(self._tables.skeleton)
        renderings = Renderings(self._tables)
        self._channel = Channel(renderings.readings)
        self._renderings: list[Rendering] = []
        self._owners: list[int] = []  # for each rendering the number of its name
        self._right: set[str] = set()
        for number, name in enumerate(self.names):
            self._right.update(name.right)
            for rendering in renderings.of(name):
                self._renderings.append(rendering)
                self._owners.append(number)

    def link(
        self, form: str, *, limit: int = 5, score_cutoff: float | None = None
    ) -> list[Candidate]:
        """Return the names that may be meant by a form, the likeliest first.

        There are none if the form is a right name, or if no name fits.

        Args:
            form: what was written.
            limit: how many candidates to return at most.
            score_cutoff: the lowest score, from 0 to 1, of a candidate. If it is not given, the
                limits of the pivot's tables decide (`propose`, `also`).

        >>> matcher = Matcher([Name("Ma Yun"), Name("Xu Lin"), Name("Sun Tianqi")], pivot="ko")
        >>> [(candidate.canonical, candidate.why) for candidate in matcher.link("Marwin")]
        [('Ma Yun', 'Marwin <- 마윈 <- Ma Yun [ㅁ=m ㅏ=a +r ㅟ=wi ㄴ=n]')]
        >>> matcher.link("Kim Min-soo")
        []
        """
        if self.pivot == NO_PIVOT:
            return self._link_by_letters(form, limit, score_cutoff)
        comparison = self.compare(form)
        if comparison is None:
            return []
        scores = self._scores(comparison)
        best_first = np.argsort(-scores, kind="stable")[:limit]
        if score_cutoff is None:
            # Homophones share a score between them, so their sum counts.
            if scores[best_first].sum() < self._tables.thresholds["propose"]:
                return []
            score_cutoff = self._tables.thresholds["also"]
        return [
            self._candidate(comparison, place, scores)
            for place in best_first.tolist()
            if scores[place] >= score_cutoff
        ]

    def compare(self, form: str) -> Comparison | None:
        """Return the shortlist for a form, with the features of every name on it.

        Return None if the form cannot be a garbled name, or if no name is like it.
        """
        query = self._query(form)
        if query is None:
            return None
        shortlist = self._skeleton_index.nearest(query)
        if not len(shortlist.names):
            return None
        alignment = self._aligner.align(query, shortlist)
        measures = Measures(
            names=shortlist.names,
            renderings=[self._renderings[number] for number in alignment.renderings],
            costs=alignment.costs,
            flipped=alignment.flipped,
            likeness=shortlist.likeness.max(axis=0),
            ratios=self._ratios(query, shortlist.names),
        )
        return self.scorer.compare(query, measures)

    def _scores(self, comparison: Comparison) -> Floats:
        """Return how likely each name of a shortlist is meant.

        A name that differs from the form in spaces and hyphens only is all but certain, unless
        another name is likely too.
        """
        scores = self.scorer.scores(comparison)
        same = np.flatnonzero(comparison.same_letters)
        if len(same) and self.scorer.is_alone(scores, int(same[0])):
            scores[same[0]] = max(scores[same[0]], SAME_LETTERS)
        return scores

    def _candidate(self, comparison: Comparison, place: int, scores: Floats) -> Candidate:
        """Return the name at a place of the shortlist as a candidate."""
        name = self.names[comparison.names[place]]
        is_best = place == int(np.argmax(scores))
        is_strong = is_best and self.scorer.is_strong(comparison, scores)
        query = comparison.query
        order = query.orders[1] if comparison.flipped[place] else query.orders[0]
        why = derive(query.form, order, name, comparison.renderings[place], self._channel)
        score = round(float(scores[place]), 4)
        return Candidate(name.canonical, score, is_strong, why.text, name)

    # What may be a garbled name

    def _query(self, form: str) -> Query | None:
        """Return a form as a query, or None if it cannot be a garbled name."""
        plain = letters(form[: MAX_LENGTH + 1])[:MAX_LETTERS]
        if not self.names or len(plain) < MIN_LETTERS or len(form) > MAX_LENGTH:
            return None
        if form in self._right:
            return None
        if self._guarded and (self._background.is_korean(form) or is_ordinary_word(form)):
            return None
        return Query(form, plain, _orders(form, plain))

    # With a pivot

    @cached_property
    def _skeleton_index(self) -> SkeletonIndex:
        entries = dict.fromkeys(self._index_entries())
        return SkeletonIndex(entries, self._skeletons)

    def _index_entries(self) -> Iterator[tuple[str, int]]:
        """Yield the skeletons of the likeliest spellings of every rendering, with its name."""
        spellings = Spellings(self._channel)
        for rendering, owner in zip(self._renderings, self._owners, strict=True):
            limit = SINO_SPELLINGS if rendering.way == "sino" else OTHER_SPELLINGS
            for spelled in spellings.of(rendering, limit):
                yield self._skeletons.of(spelled), owner
            if rendering.way == "latin":
                yield self._skeletons.of(_unchanged_letters(rendering)), owner

    @cached_property
    def _aligner(self) -> Aligner:
        return Aligner(self._renderings, self._owners, len(self.names), self._channel)

    def _ratios(self, query: Query, names: Indices) -> Floats:
        """Return how like the letters of a form those of each name are, from 0 to 1."""
        ratios = []
        for number in names:
            best = 0.0
            for form in self.names[number].right:
                plain = letters(form)
                best = max(best, *(fuzz.ratio(order, plain) for order in query.orders))
            ratios.append(best / 100)
        return np.array(ratios, np.float32)

    # Without a pivot

    @cached_property
    def _letter_index(self) -> LetterIndex:
        return LetterIndex(self.names, self._skeletons)

    def _link_by_letters(
        self, form: str, limit: int, score_cutoff: float | None
    ) -> list[Candidate]:
        """Return the names that are spelled most like a form. None of them is strong."""
        query = self._query(form)
        if query is None:
            return []
        scores = self._letter_index.scores(query)
        if score_cutoff is None:
            score_cutoff = self._tables.thresholds["alike"]
        candidates = []
        for number in top_places((scores * 200).astype(np.uint8), limit).tolist():
            if scores[number] >= score_cutoff:
                name = self.names[number]
                why = f"{form} is spelled like {name.canonical}"
                score = round(float(scores[number]), 4)
                candidates.append(
                    Candidate(name.canonical, score, strong=False, why=why, name=name)
                )
        return candidates


def _orders(form: str, plain: str) -> tuple[str, ...]:
    """Return the letters of a form; for a form of two words also those in the other order."""
    parts = [letters(part) for part in form.split()]
    if len(parts) == 2 and all(parts):
        first, second = parts
        return plain, (second + first)[:MAX_LETTERS]
    return (plain,)


def _unchanged_letters(rendering: Rendering) -> str:
    """Return the letters of a name that is taken letter by letter."""
    graphemes = (symbol.removeprefix("latin:") for symbol in rendering.symbols)
    return "".join(grapheme.removesuffix(".") for grapheme in graphemes)

"""The matcher: which name is meant by a form that may be garbled.

It works in three steps. Comparing skeletons makes a shortlist (`shortlist`). The noisy channel
says what it costs to spell each name of the shortlist with the letters of the form (`alignment`).
A logistic score over a few features says how likely it is that this name, and nothing else, is
meant (`score`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice

import numpy as np
from rapidfuzz import fuzz, process

from cleaner.names import stored_index
from cleaner.names.alignment import Alignment, Task, align_all
from cleaner.names.explain import derive
from cleaner.names.name import MAX_LENGTH, Name
from cleaner.names.name_list import NameList, spelling_of
from cleaner.names.pivot import tables as pivots
from cleaner.names.pivot.arrays import Floats, Indices
from cleaner.names.pivot.channel import MAX_LETTERS, Channel
from cleaner.names.pivot.renderings import Renderings
from cleaner.names.pivot.script import letters, word_key, words
from cleaner.names.pivot.skeleton import Skeletons
from cleaner.names.pivot.tables import NO_PIVOT, USUAL_PIVOT
from cleaner.names.prepared import Letters, made_index
from cleaner.names.rendering_table import RenderingTable
from cleaner.names.right import may_be_flipped
from cleaner.names.score import RANK, Comparison, Measures, Query, Scorer
from cleaner.names.shortlist import LetterIndex, Shortlist, SkeletonIndex, top_places
from cleaner.names.stored_index import StoredIndex

SAME_LETTERS = 0.99  # score of a name that differs from the form in spaces and hyphens only
MIN_LETTERS = 2  # of a form that may be a garbled name
MIN_SEEN = 0.01  # from 0 to 1; an unlikelier name is not worth an explanation
BATCH = 64  # forms whose skeletons are compared at once
# Names of a shortlist, at most, and those of them that are aligned: those whose skeletons and
# letters are most similar, where the letters count so much.
SHORTLIST, CLOSE = 300, 40
# The same in a list of MANY_NAMES or more, where more names are similar.
SHORTLIST_OF_MANY, CLOSE_OF_MANY = 1_000, 160
MANY_NAMES = 10_000
MAX_GAP = 0.25  # a name that is so much less similar than the best is not aligned
RATIO_WEIGHT = 0.4
ROUNDING = 0.1  # nats by which the same cost may differ after two ways of computing it
MAX_REMEMBERED = 5_000  # forms for which the candidates are kept
MAX_ALIKE = 20  # names that are ranked without a pivot


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


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the matcher found for one form, whether or not it proposes anything.

    Attributes:
        form: what was written.
        right: the names that have it as a right form, in any case and order of words. Then there
            is nothing to propose.
        candidates: the names that are most like it, the likeliest first.
        proposed: how many of them are proposed.
        limit: how likely they must be, all together, for any to be proposed.
        against: what lowered the scores, in words that follow “it is”, the weightiest first.
    """

    form: str
    right: tuple[Name, ...]
    candidates: tuple[Candidate, ...]
    proposed: int
    limit: float
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Ranked:
    """The names for a form, the likeliest first.

    Attributes:
        form: what was written.
        right: the numbers of the names of which it is a right form.
        names: the numbers of the names.
        scores: how likely each is meant.
        comparison: the features of the names; None without a pivot.
        places: where each name is in the comparison.
    """

    form: str
    right: tuple[int, ...] = ()
    names: Indices = field(default_factory=lambda: np.zeros(0, np.intp))
    scores: Floats = field(default_factory=lambda: np.zeros(0, np.float32))
    comparison: Comparison | None = None
    places: Indices = field(default_factory=lambda: np.zeros(0, np.intp))


@dataclass(frozen=True, slots=True)
class _CloseLook:
    """The names that are aligned with a form.

    Attributes:
        task: the form and the names.
        ratios: how similar the letters are, from 0 to 1.
    """

    task: Task
    ratios: Floats


class Matcher:
    """Links forms to names. Making a matcher takes time, because it indexes all names.

    Args:
        names: the right names; `load_names` reads them from a file.
        pivot: the language in between: a folder of rules/pivots, or `none` to compare letters
            only. `auto` means `ko` here, because finding out takes a document (see `pivot_of`).
        guarded: whether the scores of forms that look like names of Koreans, like words and like
            right names of other languages are lower. Without this, something else must make sure
            that a form is a garbled name.
        tables: the tables to use instead of those of the pivot.
        index: the index of the same names by the same tables, if it is known (see `index`).
        stored: the renderings of the same names, if they are stored.
    """

    def __init__(
        self,
        names: Iterable[Name],
        *,
        pivot: str = "auto",
        guarded: bool = True,
        tables: pivots.Tables | None = None,
        index: SkeletonIndex | None = None,
        stored: StoredIndex | None = None,
    ) -> None:
        self.names = NameList.of(names)
        self.pivot = USUAL_PIVOT if pivot == "auto" else pivot
        self._tables = tables or pivots.load_or_usual(self.pivot)
        self.scorer = Scorer(self._tables, self.names, weigh_form=guarded)
        self._skeletons, self._renderings, self._channel = _tools(self._tables)
        if stored is not None:
            self._channel = Channel(self._renderings.readings, stored.channel)
        self._stored = stored
        self._index = index
        # what was found for forms, by form, limit and lowest score
        self._linked: dict[tuple[str, int, float | None], tuple[Candidate, ...]] = {}

    def link(
        self, form: str, *, limit: int = 5, score_cutoff: float | None = None
    ) -> list[Candidate]:
        """Return the names that may be meant by a form, the likeliest first.

        There are none if the form is a right name, or if no name is likely enough.

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
        return next(self.link_all([form], limit=limit, score_cutoff=score_cutoff))

    def link_all(
        self, forms: Iterable[str], *, limit: int = 5, score_cutoff: float | None = None
    ) -> Iterator[list[Candidate]]:
        """Yield for each form what `link` returns. Many forms at once take a fifth of the time.

        >>> matcher = Matcher([Name("Ma Yun"), Name("Xu Lin"), Name("Sun Tianqi")], pivot="ko")
        >>> [found[0].canonical for found in matcher.link_all(["Marwin", "Shirin"])]
        ['Ma Yun', 'Xu Lin']
        """
        for batch in _batches(forms):
            known = {form: self._linked.get((form, limit, score_cutoff)) for form in batch}
            new = [form for form, found in known.items() if found is None]
            for ranked in self._rank_all(new):
                shown = self._number_shown(ranked, limit, score_cutoff)
                found = tuple(self._candidate(ranked, place) for place in range(shown))
                known[ranked.form] = self._linked[ranked.form, limit, score_cutoff] = found
            if len(self._linked) > MAX_REMEMBERED:
                self._linked.clear()
            for form in batch:
                yield list(known[form] or ())

    def weigh(self, form: str, *, limit: int = 5) -> Weighing:
        """Return the names that are most like a form, and what speaks against them.

        >>> matcher = Matcher([Name("Jin Minxiu"), Name("Ma Yun")], pivot="ko")
        >>> weighing = matcher.weigh("Margin")
        >>> [one.canonical for one in weighing.candidates], weighing.proposed, weighing.against
        (['Ma Yun'], 0, ('an ordinary word of English',))
        """
        (ranked,) = self._rank_all([form])
        seen = self._number_shown(ranked, limit, MIN_SEEN)
        comparison = ranked.comparison
        return Weighing(
            form=form,
            right=tuple(self.names[number] for number in ranked.right),
            candidates=tuple(self._candidate(ranked, place) for place in range(seen)),
            proposed=self._number_shown(ranked, limit, None),
            limit=self._propose_limit,
            against=() if comparison is None else self.scorer.against(comparison),
        )

    @property
    def index(self) -> SkeletonIndex:
        """The skeletons of all names. Making it takes most of the time that a matcher needs."""
        return self._index or self._indexed[0]

    @property
    def _table(self) -> RenderingTable:
        return self._indexed[1]

    @cached_property
    def _indexed(self) -> tuple[SkeletonIndex, RenderingTable]:
        if self._stored is not None:
            return self._stored.skeletons, self._stored.renderings
        return made_index(self.names, self._renderings, self._channel, self._skeletons)

    @cached_property
    def _letters(self) -> Letters:
        return Letters(self.names)

    def dump(self) -> bytes:
        """Return the index as bytes, for `StoredIndex`."""
        return stored_index.dump(self.index, self._table, self._channel)

    def compare_all(self, forms: Iterable[str]) -> Iterator[Comparison | None]:
        """Yield for each form the features of every name that is worth a close look.

        Yield None for a form that cannot be a garbled name, and for one that no name is like.
        """
        for batch in _batches(forms):
            queries = [self._query(form) for form in batch]
            compared = iter(self._compare_batch([query for query in queries if query]))
            for query in queries:
                yield next(compared) if query else None

    # What is found, and what of it is shown

    def _rank_all(self, forms: Iterable[str]) -> Iterator[_Ranked]:
        rank = self._rank_by_letters if self.pivot == NO_PIVOT else self._rank_by_pivot
        for batch in _batches(forms):
            yield from rank(batch)

    def _number_shown(self, ranked: _Ranked, limit: int, score_cutoff: float | None) -> int:
        """Return how many of the ranked names are shown."""
        if ranked.right:
            return 0
        scores = ranked.scores[:limit]
        if score_cutoff is not None:
            return int((scores >= score_cutoff).sum())
        if self.pivot == NO_PIVOT:
            return int((scores >= self._propose_limit).sum())
        # Homophones share a score between them, so their sum counts.
        if scores.sum() < self._propose_limit:
            return 0
        return int((scores >= self._tables.thresholds["also"]).sum())

    @property
    def _propose_limit(self) -> float:
        if self.pivot == NO_PIVOT:
            return self._tables.thresholds["alike"]
        return self.scorer.propose_limit

    def _candidate(self, ranked: _Ranked, place: int) -> Candidate:
        """Return the ranked name at a place as a candidate."""
        name = self.names[ranked.names[place]]
        score = round(float(ranked.scores[place]), 4)
        comparison = ranked.comparison
        if comparison is None:
            why = f"{ranked.form} is spelled like {name.canonical}"
            return Candidate(name.canonical, score, strong=False, why=why, name=name)
        at = int(ranked.places[place])
        is_strong = place == 0 and self.scorer.is_strong(comparison, ranked.scores)
        rendering = self._table.rendering(int(comparison.renderings[at]))
        order = comparison.query.orders[comparison.orders[at]]
        cost = float(comparison.costs[at]) + ROUNDING
        derivation = derive(ranked.form, order, name, rendering, self._channel, max_cost=cost)
        return Candidate(name.canonical, score, is_strong, derivation.text, name)

    # What may be a garbled name

    def _owners_of_right_form(self, form: str) -> tuple[int, ...]:
        """Return the numbers of the names that have a right form."""
        same_spelling = self.names.spelled(spelling_of(form))
        return tuple(number for right, number in same_spelling if right == form)

    def _query(self, form: str) -> Query | None:
        """Return a form as a query, or None if it cannot be a garbled name."""
        plain = letters(form[: MAX_LENGTH + 1])[:MAX_LETTERS]
        if not self.names or len(plain) < MIN_LETTERS or len(form) > MAX_LENGTH:
            return None
        return Query(form, plain, _orders(form, plain))

    def _owners(self, form: str, similar: Indices) -> tuple[int, ...]:
        """Return the numbers of the names of which a form is a right form.

        Args:
            form: what was written.
            similar: the numbers of all names whose skeletons are like that of the form.
        """
        owners = self._owners_of_right_form(form)
        if owners:
            return owners
        numbers = similar.tolist()
        return tuple(number for number in numbers if _is_written(form, self.names[number]))

    # With a pivot

    def _rank_by_pivot(self, forms: Sequence[str]) -> Iterator[_Ranked]:
        compared = list(self.compare_all(forms))
        all_scores = iter(self._scores([comparison for comparison in compared if comparison]))
        for form, comparison in zip(forms, compared, strict=True):
            if comparison is None:
                yield _Ranked(form, self._owners_of_right_form(form))
                continue
            is_same = comparison.rank[:, RANK.index("likeness")] >= 1
            right = self._owners(form, comparison.numbers[is_same])
            scores = next(all_scores)
            best_first = np.lexsort((-self.scorer.ranks(comparison), -scores))
            yield _Ranked(
                form=form,
                right=right,
                names=comparison.numbers[best_first],
                scores=scores[best_first],
                comparison=comparison,
                places=best_first,
            )

    def _shortlists(self, queries: Sequence[Query]) -> list[Shortlist]:
        if not queries:
            return []
        make = self._skeletons.of
        skeletons = [[make(order) for order in query.orders] for query in queries]
        return self.index.nearest(skeletons, SHORTLIST_OF_MANY if self._has_many else SHORTLIST)

    @property
    def _has_many(self) -> bool:
        return len(self.names) >= MANY_NAMES

    def _compare_batch(self, queries: Sequence[Query]) -> list[Comparison | None]:
        """Return for each form the features of the names that are worth a close look."""
        shortlists = zip(queries, self._shortlists(queries), strict=True)
        looks = [self._close_look(query, shortlist) for query, shortlist in shortlists]
        seen = [look for look in looks if look]
        alignments = align_all([look.task for look in seen], self._table, self._channel)
        measured = list(map(self._measures, seen, alignments))
        compared = iter(self.scorer.compare(measured, self._table))
        return [next(compared) if look else None for look in looks]

    def _close_look(self, query: Query, shortlist: Shortlist) -> _CloseLook | None:
        """Return the names of a shortlist whose skeletons and letters are most similar."""
        if not len(shortlist.names):
            return None
        ratios = self._ratios(query, shortlist.names)
        similarity = shortlist.likeness.max(axis=0) + RATIO_WEIGHT * ratios
        number = CLOSE_OF_MANY if self._has_many else CLOSE
        close = top_places((similarity * 100).astype(np.uint8), number)
        close = close[similarity[close] >= similarity.max() - MAX_GAP]
        numbers = shortlist.names[close]
        task = Task(query, numbers, shortlist.likeness[:, close])
        return _CloseLook(task, ratios[close])

    def _measures(self, look: _CloseLook, alignment: Alignment) -> Measures:
        """Return how the names that were aligned with a form compare with it."""
        query, numbers = look.task.query, look.task.names
        longer = self.names.longer(word_key(query.form))
        return Measures(
            query=query,
            numbers=numbers,
            renderings=alignment.renderings,
            costs=alignment.costs,
            orders=alignment.orders,
            likeness=look.task.likeness.max(axis=0),
            ratios=look.ratios,
            part=not longer.isdisjoint(numbers.tolist()),
        )

    def _ratios(self, query: Query, names: Indices) -> Floats:
        """Return how like the letters of a form those of each name are, from 0 to 1."""
        choices, heads = self._letters.of(names)
        ratios = process.cdist(query.orders, choices, scorer=fuzz.ratio, dtype=np.float32)
        best_order = ratios.max(axis=0) / np.float32(100)
        return np.asarray(np.maximum.reduceat(best_order, heads), np.float32)

    def _scores(self, comparisons: Sequence[Comparison]) -> list[Floats]:
        """Return how likely each name of each comparison is meant.

        A name that differs from the form in spaces and hyphens only is all but certain, unless
        another name is likely too.
        """
        all_scores = self.scorer.scores(comparisons)
        for comparison, scores in zip(comparisons, all_scores, strict=True):
            same = np.flatnonzero(comparison.same_letters)
            if len(same) and self.scorer.is_alone(scores, int(same[0])):
                scores[same[0]] = max(scores[same[0]], SAME_LETTERS)
        return all_scores

    # Without a pivot

    @cached_property
    def _letter_index(self) -> LetterIndex:
        return LetterIndex(self.names, self._skeletons)

    def _rank_by_letters(self, forms: Sequence[str]) -> Iterator[_Ranked]:
        """Rank the names by how like a form they are spelled. None of them is strong."""
        queries = [self._query(form) for form in forms]
        all_scores = self._letter_index.scores([query for query in queries if query])
        for form, query in zip(forms, queries, strict=True):
            if query is None:
                yield _Ranked(form, self._owners_of_right_form(form))
                continue
            scores = next(all_scores)
            best_first = top_places((scores * 200).astype(np.uint8), MAX_ALIKE)
            best_first = best_first[np.argsort(-scores[best_first], kind="stable")]
            right = self._owners(form, np.flatnonzero(scores >= 1))
            yield _Ranked(form, right, best_first, scores[best_first])


@lru_cache(maxsize=2)
def _tools(tables: pivots.Tables) -> tuple[Skeletons, Renderings, Channel]:
    """Return what all matchers with these tables share."""
    renderings = Renderings(tables)
    return Skeletons(tables.skeleton), renderings, Channel(renderings.readings)


def _is_written(form: str, name: Name) -> bool:
    """Return whether a form is a right form of a name, whatever accents, capitals and hyphens."""
    key = word_key(form)
    parts = words(form)
    for right in name.right:
        if word_key(right) == key and (words(right) == parts or may_be_flipped(right)):
            return True
    return False


def _batches(forms: Iterable[str]) -> Iterator[list[str]]:
    """Yield forms in lists of `BATCH`."""
    remaining = iter(forms)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def _orders(form: str, plain: str) -> tuple[str, ...]:
    """Return the letters of a form; of two or three words also with the last or first one moved.

    >>> _orders("Min Soo Kim", "minsookim")
    ('minsookim', 'kimminsoo', 'sookimmin')
    """
    parts = [letters(part) for part in form.split()]
    if len(parts) not in (2, 3) or not all(parts):
        return (plain,)
    rotations = [plain]
    for _ in parts[1:]:
        parts = [parts[-1], *parts[:-1]]
        rotations.append("".join(parts)[:MAX_LETTERS])
    return tuple(dict.fromkeys(rotations))

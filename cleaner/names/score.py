"""From measures to scores: how likely it is that a name is meant by a form.

Two sets of weights do it. Both are learned by tests/bench/names/train.py and kept in the YAML of
the pivot. The `rank` weights say which name of a shortlist is meant. The `score` weights say how
likely it is that a name is meant at all, and not an ordinary word, another name or a homophone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz

from cleaner.names.evidence import (
    FOREIGN_RIGHT,
    FORM,
    KOREAN,
    ORDINARY,
    Evidence,
    has_accents,
    is_one_syllable,
)
from cleaner.names.name_list import NameList
from cleaner.names.pivot.arrays import Bools, Floats, Indices
from cleaner.names.pivot.background import FOREIGN
from cleaner.names.pivot.renderings import WAYS
from cleaner.names.pivot.script import words
from cleaner.names.pivot.tables import Tables
from cleaner.names.rendering_table import FLIPPED, RenderingTable

# With fewer names than the weights were learned with, a score is no more certain.
MIN_NAMES = 200
# Lists with limits of their own: `propose few`, `propose` and `propose most`.
FEW_NAMES, MANY_NAMES, MOST_NAMES = 500, 5_000, 50_000
SCORED = 8  # names of a comparison that are scored: those with the highest ranks
MAX_LETTER_COST = 5.0  # nats a letter; from there on a higher cost makes no difference
# Limits of features, in nats (of costs or of rank). What lies outside is as good or bad as the
# limit.
_MAX_MARGIN = 8.0
_MAX_RANK_DISTANCE = 30.0
_GAIN_LIMITS = (-20.0, 30.0)
_KOREAN_GAIN_LIMITS = (-10.0, 20.0)
_LETTER_GAIN_LIMITS = (-3.0, 5.0)
_MAX_LOGIT = 30.0
_VERY_ALIKE = 0.85  # from 0 to 1
_FAR = 1.6  # nats a letter

_MIN_EFFECT = 0.5  # nats; what lowers a score by less is not worth mentioning

RANK = ("cost", "per letter", "likeness", "ratio", "flipped", "other hangul", *WAYS)
"""The features that say which name is meant:

- `cost`: what it costs to spell the name with the letters of the form, in nats;
- `per letter`: the same, divided by the letters of the form;
- `likeness`: how similar the skeletons are, from 0 to 1;
- `ratio`: how similar the letters are, from 0 to 1;
- `flipped`: whether the words are in another order;
- `other hangul`: whether the name is known to be written otherwise in Hangul;
- one feature for each way into the pivot's script: whether the name got there by this way.
"""
SCORE = (
    "rank",
    "margin",
    "crowd",
    "gain",
    "gain per letter",
    "cost per letter",
    "likeness",
    "ratio",
    "korean gain",
    "ordinary",
    "names",
    "flipped",
    "other hangul",
    "part",
    "fewer words",
    "sino person",
    "korean cost",
    "sino cost",
    "latin words",
    "latin gain",
    "latin person",
    "very alike",
    "far",
    "excess",
    "unlikest word",
    "longer",
    "korean margin",
    "names gain",
    *FORM,
    *WAYS,
)
"""The features that say how likely a name is meant at all:

- `rank`: the rank of the name, in nats (see `Scorer.ranks`);
- `margin`: how far its rank is from that of the best other name;
- `crowd`: how many names have a rank like it, as a logarithm;
- `gain`, `gain per letter`: how much cheaper the name is than ordinary English, in nats;
- `korean gain`: how much cheaper it is than the name of a Korean;
- `ordinary`: the cost as ordinary English for each letter, in nats;
- `names`: how many names there are, as a logarithm;
- `part`: whether the form is a word of a right name (Lipa of Dua Lipa);
- `fewer words`: whether the form has fewer words than the name;
- `sino person`: how much the form looks like the name of a Korean, where the characters of the
  name are read in Korean;
- `korean cost`: the same where the name is costly to spell with its letters;
- `sino cost`: the cost for each letter, where the characters of the name are read in Korean;
- `latin words`, `latin gain`, `latin person`: how much of the form is ordinary words, how much
  cheaper the name is than ordinary English for each letter, and how much the form looks like the
  name of a Korean, where the name is taken letter by letter;
- `very alike`, `far`: how much more similar than usual the skeletons are, and how much more costly
  than usual the letters are;
- `excess`: how much more the letters cost than the likeliest spelling of the name, for each letter;
- `unlikest word`: how similar to the name that word of the form is that is least like it;
- `longer`: how many letters the name has more than the form;
- `korean margin`, `names gain`: `korean` times `margin`, and `names` times `gain`;
- `cost per letter`, `likeness`, `ratio`, `flipped`, `other hangul` and the ways: as above;
- those of the form: see `evidence`.
"""

# What may lower a score, and the features that say so.
_AGAINST = {
    "written as Koreans write their names": (
        "korean",
        "person",
        "hyphenated person",
        "given name",
        "sino person",
        "latin person",
        "korean cost",
        "korean margin",
    ),
    "hyphenated as the names of Koreans are": ("hyphenated",),
    "an ordinary word of English": ("one word", "ordinary words", "latin words"),
    "made of ordinary words of English": ("all words",),
    "written with accents": ("accents",),
    "a right spelling of a Chinese name": ("pinyin",),
    "a right spelling of a Japanese name": ("romaji",),
    "a word of a right name": ("part",),
    "short": ("short",),
}


@dataclass(frozen=True, slots=True)
class Query:
    """A form that may be a garbled name.

    Attributes:
        form: as it was written.
        letters: its plain letters.
        orders: its plain letters; for a form of two or three words also those in other orders.
    """

    form: str
    letters: str
    orders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """How each name of a shortlist compares with a form. Arrays have one entry for each name.

    Attributes:
        query: the form.
        numbers: the numbers of the names.
        renderings: for each name the row of the rendering that is cheapest to spell with the
            form's letters.
        costs: what it costs to spell that rendering, in nats.
        orders: the number of the order of the form's words that was taken for that.
        likeness: how similar the skeletons are, from 0 to 1.
        ratios: how similar the letters are, from 0 to 1.
        part: whether the form is a word of one of the names.
    """

    query: Query
    numbers: Indices
    renderings: Indices
    costs: Floats
    orders: Indices
    likeness: Floats
    ratios: Floats
    part: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """A form, the names of its shortlist, and the features of both.

    Attributes:
        query: the form.
        numbers: the numbers of the names.
        renderings: the row of the cheapest rendering of each name.
        orders: the number of the order of the form's words that was taken for that rendering.
        costs: what it costs to spell that rendering, in nats.
        lowest_costs: what it costs to spell it in its likeliest way, in nats.
        same_letters: whether the letters of a name are those of the form.
        rank: the features of each name, one row a name, columns as in RANK.
        whole: the features of the form itself.
    """

    query: Query
    numbers: Indices
    renderings: Indices
    orders: Indices
    costs: Floats
    lowest_costs: Floats
    same_letters: Bools
    rank: Floats
    whole: Mapping[str, float]


class Chosen(NamedTuple):
    """The names of a comparison whose scores are wanted.

    Attributes:
        comparison: the comparison.
        ranks: the ranks of all its names.
        places: where the names are that are scored.
    """

    comparison: Comparison
    ranks: Floats
    places: Indices


@dataclass(frozen=True)
class Scorer:
    """Scores names by the weights in a pivot's tables.

    Attributes:
        tables: the tables.
        names: the names.
        weigh_form: whether what a form says against being a garbled name lowers the scores.
    """

    tables: Tables
    names: NameList
    weigh_form: bool = True

    @property
    def evidence(self) -> Evidence:
        """What forms say against being garbled names."""
        return _evidence(self.tables)

    def compare(self, measured: Sequence[Measures], renderings: RenderingTable) -> list[Comparison]:
        """Return the features of forms and of every name of their shortlists.

        Many forms at once take a fraction of the time, because numpy is quick with many rows.
        """
        if not measured:
            return []
        counts = [len(one.numbers) for one in measured]
        size = np.repeat([len(one.query.letters) for one in measured], counts)
        numbers = np.concatenate([one.numbers for one in measured])
        chosen = np.concatenate([one.renderings for one in measured])
        codes = renderings.ways[chosen]
        orders = np.concatenate([one.orders for one in measured])
        costs = np.concatenate([one.costs for one in measured])
        costs = np.minimum(costs, (MAX_LETTER_COST * size).astype(np.float32))
        ways = np.eye(len(WAYS))[codes % FLIPPED]
        is_other_hangul = renderings.has_hangul(numbers) & (ways[:, WAYS.index("pivot")] == 0)
        columns = [
            costs,
            costs / size.astype(np.float32),
            np.concatenate([one.likeness for one in measured]),
            np.concatenate([one.ratios for one in measured]),
            (orders > 0) | (codes >= FLIPPED),
            is_other_hangul,
            ways,
        ]
        rank = np.column_stack(columns).astype(np.float32)
        lowest = renderings.lowest_costs(chosen)
        ends = np.cumsum(counts)[:-1]
        parts = zip(measured, np.split(rank, ends), np.split(lowest, ends), strict=True)
        return [self._comparison(*part) for part in parts]

    def _comparison(self, measures: Measures, rank: Floats, lowest_costs: Floats) -> Comparison:
        return Comparison(
            query=measures.query,
            numbers=measures.numbers,
            renderings=measures.renderings,
            orders=measures.orders,
            costs=measures.costs,
            lowest_costs=lowest_costs,
            same_letters=measures.ratios >= 1,
            rank=rank,
            whole=self._form_features(measures.query, part=measures.part),
        )

    def _form_features(self, query: Query, *, part: bool) -> dict[str, float]:
        """Return the features that a form has whatever the name."""
        features = self.evidence.of(query.form)
        if not self.weigh_form:
            features |= dict.fromkeys((*KOREAN, *ORDINARY, *FOREIGN_RIGHT), 0.0)
        features["part"] = float(part)
        features["ordinary total"] = self.evidence.ordinary_cost(query.form)
        features["ordinary"] = features["ordinary total"] / len(query.letters)
        features["names"] = log(max(MIN_NAMES, len(self.names)))
        return features

    def ranks(self, comparison: Comparison) -> Floats:
        """Return how much speaks for each name, in nats. Only the differences mean anything."""
        weights = np.array([self.tables.rank.get(key, 0.0) for key in RANK], np.float32)
        return np.asarray(comparison.rank @ weights, np.float32)

    def features(self, chosen: Sequence[Chosen]) -> Floats:
        """Return the features of the score of the chosen names of several comparisons.

        There is one row for each name, those of the first comparison first, and the columns are as
        in SCORE.
        """
        rows = np.concatenate([one.comparison.rank[one.places] for one in chosen])
        rank = dict(zip(RANK, rows.T, strict=True))
        whole = _form_columns(chosen)
        size, person = whole["size"], whole["any person"]
        gain = whole["ordinary total"] - rank["cost"]
        korean_gain = whole["korean cost"] - rank["cost"]
        lowest = np.concatenate([one.comparison.lowest_costs[one.places] for one in chosen])
        features = {
            "rank": np.concatenate([one.ranks[one.places] for one in chosen]),
            "margin": np.concatenate([_margins(one.ranks)[one.places] for one in chosen]),
            "crowd": np.concatenate([_crowds(one.ranks, one.places) for one in chosen]),
            "gain": np.clip(gain, *_GAIN_LIMITS),
            "gain per letter": gain / size,
            "cost per letter": rank["per letter"],
            "likeness": rank["likeness"],
            "ratio": rank["ratio"],
            "korean gain": np.clip(korean_gain, *_KOREAN_GAIN_LIMITS),
            "flipped": rank["flipped"],
            "other hangul": rank["other hangul"],
            "sino person": rank["sino"] * person,
            "korean cost": whole["korean"] * rank["per letter"],
            "sino cost": rank["sino"] * rank["per letter"],
            "latin words": rank["latin"] * whole["ordinary words"],
            "latin gain": rank["latin"] * np.clip(gain / size, *_LETTER_GAIN_LIMITS),
            "latin person": rank["latin"] * person,
            "very alike": np.maximum(0, rank["likeness"] - _VERY_ALIKE),
            "far": np.maximum(0, rank["per letter"] - _FAR),
            "excess": (rank["cost"] - lowest) / size,
        }
        features |= _features_of_words(chosen, self.names)
        features["korean margin"] = whole["korean"] * features["margin"]
        features["names gain"] = whole["names"] * features["gain"]
        for way in WAYS:
            features[way] = rank[way]
        for key in (*FORM, "part", "ordinary", "names"):
            features[key] = whole[key]
        return np.column_stack([features[key] for key in SCORE]).astype(np.float32)

    def scores(self, comparisons: Sequence[Comparison]) -> list[Floats]:
        """Return how likely each name is meant, from 0 to 1: 0 for all but the best few.

        There is one array for each comparison.
        """
        if not comparisons:
            return []
        weights = np.array([self.tables.score.get(key, 0.0) for key in SCORE], np.float32)
        constant = self.tables.score.get("always", 0.0)
        chosen = list(map(self._chosen, comparisons))
        logits = self.features(chosen) @ weights + constant
        likely = 1 / (1 + np.exp(-np.clip(logits, -_MAX_LOGIT, _MAX_LOGIT)))
        ends = np.cumsum([len(one.places) for one in chosen])[:-1]
        scores = []
        for one, best in zip(chosen, np.split(likely, ends), strict=True):
            scores.append(np.zeros(len(one.ranks), np.float32))
            scores[-1][one.places] = best
        return scores

    def _chosen(self, comparison: Comparison) -> Chosen:
        """Return the names that are scored: those with the highest ranks."""
        ranks = self.ranks(comparison)
        return Chosen(comparison, ranks, np.argsort(-ranks, kind="stable")[:SCORED])

    def against(self, comparison: Comparison) -> tuple[str, ...]:
        """Return what lowers the score of the best name, in words that follow “it is”."""
        (scores,) = self.scores([comparison])
        best = np.array([np.argmax(scores)])
        (row,) = self.features([Chosen(comparison, self.ranks(comparison), best)])
        values = dict(zip(SCORE, row.tolist(), strict=True))
        effects = {}
        for text, keys in _AGAINST.items():
            effects[text] = sum(self.tables.score.get(key, 0.0) * values[key] for key in keys)
        heaviest_first = sorted(effects, key=effects.__getitem__)
        return tuple(text for text in heaviest_first if effects[text] <= -_MIN_EFFECT)

    @property
    def propose_limit(self) -> float:
        """How likely the names for a form must be, all together, for any to be proposed.

        Among few names a form that resembles one is rarely there by chance. Among more names than
        the weights were learned with, scores are lower than they should be. Between the lists that
        were measured the limit changes with the logarithm of the number of names.
        """
        limits = self.tables.thresholds
        measured = [limits[key] for key in ("propose few", "propose", "propose most")]
        sizes = np.log([FEW_NAMES, MANY_NAMES, MOST_NAMES])
        return float(np.interp(log(max(1, len(self.names))), sizes, measured))

    def is_alone(self, scores: Floats, place: int) -> bool:
        """Return whether no name but the one at `place` is likely to be meant."""
        others = np.delete(scores, place)
        return bool((others < self.tables.thresholds["margin"]).all())

    def is_strong(self, comparison: Comparison, scores: Floats) -> bool:
        """Return whether the name with the best score is beyond doubt.

        Its score is high and far from the next one, and the form has two syllables, is no part of
        a right name, and cannot be the name of a Korean or a right name of another language.
        """
        form, whole = comparison.query.form, comparison.whole
        if is_one_syllable(form) or whole["part"] or has_accents(form) or whole["pinyin"]:
            return False
        limits = self.tables.thresholds
        highest_first = np.sort(scores)[::-1]
        best = highest_first[0]
        second = highest_first[1] if len(highest_first) > 1 else 0.0
        if best < limits["strong"] or best - second < limits["margin"]:
            return False
        return not (self.evidence.may_be_korean(form) or self.evidence.may_be_chinese(form))


@lru_cache(maxsize=2)
def _evidence(tables: Tables) -> Evidence:
    return Evidence(tables)


def _form_columns(chosen: Sequence[Chosen]) -> dict[str, Floats]:
    """Return the features of forms as columns, with the value of its form in each row."""
    counts = [len(one.places) for one in chosen]

    def column(values: Iterable[float]) -> Floats:
        return np.repeat(np.array(list(values), np.float32), counts)

    wholes = [one.comparison.whole for one in chosen]
    columns = {key: column(whole[key] for whole in wholes) for key in wholes[0]}
    columns["size"] = column(len(one.comparison.query.letters) for one in chosen)
    columns["korean cost"] = column(FOREIGN - whole["korean"] for whole in wholes)
    people = (whole["person"] + whole["hyphenated person"] for whole in wholes)
    columns["any person"] = column(people)
    return columns


def _features_of_words(chosen: Sequence[Chosen], names: NameList) -> dict[str, Floats]:
    """Return those features of names that depend on their words."""
    fewer_words, unlikest, longer = [], [], []
    for comparison, _, places in chosen:
        query = comparison.query
        parts = words(query.form)
        for number in comparison.numbers[places].tolist():
            right = names.words(number)
            canonical = right[0]
            fewer_words.append(len(parts) < len(canonical))
            unlikest.append(max(_unlikest_word(parts, own) for own in right))
            longer.append(sum(map(len, canonical)) - len(query.letters))
    return {
        "fewer words": np.array(fewer_words, np.float32),
        "unlikest word": np.array(unlikest, np.float32),
        "longer": np.array(longer, np.float32),
    }


def _unlikest_word(parts: Sequence[str], own: Sequence[str]) -> float:
    """Return how similar to a name, from 0 to 1, that word of a form is that is least like it.

    Brian Holton shares a word with Brian Gordon, but the other one is not like it.

    Args:
        parts: the words of the form.
        own: the words of the name.
    """
    if not parts or not own:
        return 0.0
    return min(max(fuzz.ratio(part, word) for word in own) for part in parts) / 100


def _margins(ranks: Floats) -> Floats:
    """Return how far each rank is from the best other rank; the limit if there is no other."""
    if len(ranks) == 1:
        return np.full(1, _MAX_MARGIN, np.float32)
    second, first = np.partition(ranks, -2)[-2:]
    best_other = np.where(ranks == first, second, first)
    return np.asarray(np.clip(ranks - best_other, -_MAX_MARGIN, _MAX_MARGIN), np.float32)


def _crowds(ranks: Floats, places: Indices) -> Floats:
    """Return for the names at some places the logarithm of how many names there are.

    The names are weighed by their ranks.

    A name whose rank is one nat higher counts e times, one whose rank is as low counts 1/e times.
    """
    distances = ranks[None, :] - ranks[places, None]
    clipped = np.clip(distances, -_MAX_RANK_DISTANCE, _MAX_RANK_DISTANCE)
    return np.asarray(np.log(np.exp(clipped).sum(axis=1)), np.float32)

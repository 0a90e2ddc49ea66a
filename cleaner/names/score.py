"""From measures to scores: how likely it is that a name is meant by a form.

Two sets of weights do it. Both are learned by tests/bench/names/train.py and kept in the YAML of
the pivot. The `rank` weights say which name of a shortlist is meant. The `score` weights say how
likely it is that a name is meant at all, and not an ordinary word, another name or a homophone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from cleaner.names.pivot.arrays import Bools, Floats, Indices
from cleaner.names.pivot.background import FOREIGN, Background, is_newspaper_style
from cleaner.names.pivot.renderings import Rendering
from cleaner.names.pivot.script import words
from cleaner.names.pivot.tables import Tables
from cleaner.text.words import is_ordinary

# With fewer names than the weights were learned with, a score is no more certain.
MIN_NAMES = 200
MAX_LETTER_COST = 5.0  # nats a letter; from there on a higher cost makes no difference
# Limits of features, in nats (of costs or of rank). What lies outside is as good or bad as the
# limit.
_MAX_MARGIN = 8.0
_MAX_RANK_DISTANCE = 30.0
_GAIN_LIMITS = (-20.0, 30.0)
_KOREAN_GAIN_LIMITS = (-10.0, 20.0)
_MAX_LOGIT = 30.0

WAYS = ("latin", "sound", "sino", "romaji", "pivot")
RANK = ("cost", "per letter", "likeness", "ratio", "flipped", *WAYS)
"""The features that say which name is meant:

- `cost`: what it costs to spell the name with the letters of the form, in nats;
- `per letter`: the same, divided by the letters of the form;
- `likeness`: how similar the skeletons are, from 0 to 1;
- `ratio`: how similar the letters are, from 0 to 1;
- `flipped`: whether the words are in another order;
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
    "korean",
    "korean gain",
    "ordinary words",
    "ordinary",
    "letters",
    "names",
    "words",
    "flipped",
    *WAYS,
)
"""The features that say how likely a name is meant at all:

- `rank`: the rank of the name, in nats (see `Scorer.ranks`);
- `margin`: how far its rank is from that of the best other name;
- `crowd`: how many names have a rank like it, as a logarithm;
- `gain`, `gain per letter`: how much cheaper the name is than ordinary English, in nats;
- `korean`, `korean gain`: the cost as the name of a Korean, and how much cheaper this name is;
- `ordinary words`: the part of the letters that are in ordinary words, from 0 to 1;
- `ordinary`: the cost as ordinary English for each letter, in nats;
- `letters`, `names`: how many letters the form has and how many names there are, as logarithms;
- `words`: how many words the form has;
- `cost per letter`, `likeness`, `ratio`, `flipped` and the ways: as above.
"""


@dataclass(frozen=True, slots=True)
class Query:
    """A form that may be a garbled name.

    Attributes:
        form: as it was written.
        letters: its plain letters.
        orders: its plain letters; for a form of two words also those in the other order.
    """

    form: str
    letters: str
    orders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """How each name of a shortlist compares with a form. Arrays have one entry for each name.

    Attributes:
        names: the numbers of the names.
        renderings: the rendering of each name that is cheapest to spell with the form's letters.
        costs: what it costs to spell that rendering, in nats.
        flipped: whether the words of the form were taken in the other order for that.
        likeness: how similar the skeletons are, from 0 to 1.
        ratios: how similar the letters are, from 0 to 1.
    """

    names: Indices
    renderings: Sequence[Rendering]
    costs: Floats
    flipped: Bools
    likeness: Floats
    ratios: Floats


@dataclass(frozen=True, slots=True)
class Comparison:
    """A form, the names of its shortlist, and the features of both.

    Attributes:
        query: the form.
        names: the numbers of the names.
        renderings: the cheapest rendering of each name.
        flipped: whether the words of the form were taken in the other order for that rendering.
        same_letters: whether the letters of a name are those of the form.
        rank: the features of each name, one row a name, columns as in RANK.
        whole: the features of the form itself.
    """

    query: Query
    names: Indices
    renderings: Sequence[Rendering]
    flipped: Bools
    same_letters: Bools
    rank: Floats
    whole: Mapping[str, float]


@dataclass(frozen=True)
class Scorer:
    """Scores names by the weights in a pivot's tables; `names` is how many names there are."""

    tables: Tables
    names: int

    def compare(self, query: Query, measures: Measures) -> Comparison:
        """Return the features of a form and of every name of its shortlist."""
        size = len(query.letters)
        costs = np.minimum(measures.costs, MAX_LETTER_COST * size)
        is_flipped = measures.flipped | np.array([one.flipped for one in measures.renderings])
        ways = [_way_features(rendering) for rendering in measures.renderings]
        columns = [
            costs,
            costs / size,
            measures.likeness,
            measures.ratios,
            is_flipped,
            np.array(ways, np.float32),
        ]
        return Comparison(
            query=query,
            names=measures.names,
            renderings=measures.renderings,
            flipped=measures.flipped,
            same_letters=measures.ratios >= 1,
            rank=np.column_stack(columns).astype(np.float32),
            whole=self._form_features(query),
        )

    def _form_features(self, query: Query) -> dict[str, float]:
        """Return the features that a form has whatever the name."""
        background = Background(self.tables)
        size = len(query.letters)
        parts = words(query.form)
        in_ordinary_words = sum(len(part) for part in parts if len(part) > 1 and is_ordinary(part))
        ordinary_cost = background.ordinary_cost(query.form)
        return {
            "korean": min(background.korean_cost(query.form), FOREIGN),
            "ordinary": ordinary_cost / size,
            "ordinary total": ordinary_cost,
            "ordinary words": in_ordinary_words / size,
            "letters": log(size),
            "words": float(len(parts)),
            "names": log(max(MIN_NAMES, self.names)),
            "size": float(size),
        }

    def ranks(self, comparison: Comparison) -> Floats:
        """Return how much speaks for each name, in nats. Only the differences mean anything."""
        weights = np.array([self.tables.rank.get(key, 0.0) for key in RANK], np.float32)
        return np.asarray(comparison.rank @ weights, np.float32)

    def features(self, comparison: Comparison, ranks: Floats) -> Floats:
        """Return the features of the score, one row a name, columns as in SCORE."""
        column = dict(zip(RANK, comparison.rank.T, strict=True))
        whole = comparison.whole
        gain = whole["ordinary total"] - column["cost"]
        korean_gain = whole["korean"] - column["cost"]
        features = {
            "rank": ranks,
            "margin": _margins(ranks),
            "crowd": _crowds(ranks),
            "gain": np.clip(gain, *_GAIN_LIMITS),
            "gain per letter": gain / whole["size"],
            "cost per letter": column["per letter"],
            "likeness": column["likeness"],
            "ratio": column["ratio"],
            "korean gain": np.clip(korean_gain, *_KOREAN_GAIN_LIMITS),
            "flipped": column["flipped"],
        }
        for way in WAYS:
            features[way] = column[way]
        for key in ("korean", "ordinary words", "ordinary", "letters", "names", "words"):
            features[key] = np.full(len(ranks), whole[key], np.float32)
        return np.column_stack([features[key] for key in SCORE]).astype(np.float32)

    def scores(self, comparison: Comparison) -> Floats:
        """Return how likely each name is meant, from 0 to 1."""
        weights = np.array([self.tables.score.get(key, 0.0) for key in SCORE], np.float32)
        constant = self.tables.score.get("always", 0.0)
        features = self.features(comparison, self.ranks(comparison))
        logits = np.clip(features @ weights + constant, -_MAX_LOGIT, _MAX_LOGIT)
        return np.asarray(1 / (1 + np.exp(-logits)), np.float32)

    def is_alone(self, scores: Floats, place: int) -> bool:
        """Return whether no name but the one at `place` is likely to be meant."""
        others = np.delete(scores, place)
        return bool((others < self.tables.thresholds["margin"]).all())

    def is_strong(self, comparison: Comparison, scores: Floats) -> bool:
        """Return whether the name with the best score is beyond doubt.

        Its score is high and far from the next one, and the form cannot be the name of a Korean.
        """
        limits = self.tables.thresholds
        highest_first = np.sort(scores)[::-1]
        best = highest_first[0]
        second = highest_first[1] if len(highest_first) > 1 else 0.0
        hyphenated = is_newspaper_style(comparison.query.form)
        limit = limits["strong hyphenated" if hyphenated else "strong"]
        is_likely = best >= limit and best - second >= limits["margin"]
        return bool(is_likely and comparison.whole["korean"] >= limits["strong korean"])


def _way_features(rendering: Rendering) -> list[float]:
    return [float(rendering.way == way) for way in WAYS]


def _margins(ranks: Floats) -> Floats:
    """Return how far each rank is from the best other rank; the limit if there is no other."""
    if len(ranks) == 1:
        return np.full(1, _MAX_MARGIN, np.float32)
    second, first = np.partition(ranks, -2)[-2:]
    best_other = np.where(ranks == first, second, first)
    return np.asarray(np.clip(ranks - best_other, -_MAX_MARGIN, _MAX_MARGIN), np.float32)


def _crowds(ranks: Floats) -> Floats:
    """Return for each name the logarithm of how many names there are, weighed by their ranks.

    A name whose rank is one nat higher counts e times, one whose rank is as low counts 1/e times.
    """
    distances = ranks[None, :] - ranks[:, None]
    clipped = np.clip(distances, -_MAX_RANK_DISTANCE, _MAX_RANK_DISTANCE)
    return np.asarray(np.log(np.exp(clipped).sum(axis=1)), np.float32)

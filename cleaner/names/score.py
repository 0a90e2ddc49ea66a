"""From evidence to a score: two rows of weights, learned (tests/bench/names/train.py) and kept in
the pivot's YAML.

`rank` weights say which of the names is meant; `score` weights say how likely it is that the best
of them is meant at all, and not an ordinary word, another name or a homophone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from cleaner.names.pivot.background import FOREIGN, is_newspaper_style
from cleaner.names.pivot.readings import Form
from cleaner.names.pivot.script import words
from cleaner.names.pivot.tables import Tables
from cleaner.text.words import is_ordinary

Floats = NDArray[np.float32]
FEW = 200  # names: with fewer than the weights were learned with, no more is believed
DEAREST = 5.0  # cost of a letter from which on it makes no difference any more
WAYS = ("latin", "sound", "sino", "romaji", "pivot")
RANK = ("cost", "per letter", "likeness", "ratio", "flipped", *WAYS)
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


@dataclass(slots=True)
class Evidence:
    """What speaks for each name of a shortlist; arrays have an entry a name."""

    form: str
    orders: Sequence[str]  # the letters of the mention, and of its two words the other way round
    names: NDArray[np.intp]
    ways: Sequence[Form]
    flipped: NDArray[np.bool_]
    rank: Floats  # features of each name, columns as in RANK
    whole: dict[str, float]  # features of the mention itself
    same: NDArray[np.bool_]  # whether the letters are those of the right form


@dataclass(frozen=True)
class Scorer:
    """Weighs evidence by the weights of a pivot's tables."""

    tables: Tables
    names: int

    def evidence(
        self,
        *,
        form: str,
        mention: str,
        orders: Sequence[str],
        names: NDArray[np.intp],
        cost: Floats,
        ways: Sequence[Form],
        flipped: NDArray[np.bool_],
        likeness: Floats,
        ratio: Floats,
        ordinary: float,
        korean: float,
    ) -> Evidence:
        """The features of every name of a shortlist."""
        size = len(mention)
        cost = np.minimum(cost, DEAREST * size)
        way = np.array([[form.way == one for one in WAYS] for form in ways], np.float32)
        turned = flipped | np.array([form.flipped for form in ways])
        rank = np.column_stack([cost, cost / size, likeness, ratio, turned, way]).astype(np.float32)
        parts = words(form)
        common = sum(len(word) for word in parts if len(word) > 1 and is_ordinary(word))
        whole = {
            "korean": min(korean, FOREIGN),
            "ordinary": ordinary / size,
            "ordinary total": ordinary,
            "ordinary words": common / size,
            "letters": log(size),
            "words": float(len(parts)),
            "names": log(max(FEW, self.names)),
            "size": float(size),
        }
        return Evidence(form, orders, names, ways, flipped, rank, whole, ratio >= 1)

    def ranks(self, found: Evidence) -> Floats:
        """How much speaks for each name, in nats; only differences count."""
        return found.rank @ np.array([self.tables.rank.get(key, 0.0) for key in RANK], np.float32)

    def features(self, found: Evidence, ranks: Floats) -> Floats:
        """The features of the score, for every name; columns as in SCORE."""
        column = dict(zip(RANK, found.rank.T, strict=True))
        whole = found.whole
        count = len(ranks)
        best = np.full(count, ranks.max())
        if count > 1:
            first, second = np.partition(ranks, -2)[[-1, -2]]
            best[ranks == first] = second
        else:
            best[:] = ranks - 8
        margin = np.clip(ranks - best, -8, 8)
        crowd = np.log(np.exp(np.clip(ranks[None, :] - ranks[:, None], -30, 30)).sum(axis=1))
        gain = whole["ordinary total"] - column["cost"]
        even = np.ones(count, np.float32)
        rows = {
            "rank": ranks,
            "margin": margin,
            "crowd": crowd,
            "gain": np.clip(gain, -20, 30),
            "gain per letter": gain / whole["size"],
            "cost per letter": column["per letter"],
            "likeness": column["likeness"],
            "ratio": column["ratio"],
            "korean": whole["korean"] * even,
            "korean gain": np.clip(whole["korean"] - column["cost"], -10, 20),
            "ordinary words": whole["ordinary words"] * even,
            "ordinary": whole["ordinary"] * even,
            "letters": whole["letters"] * even,
            "names": whole["names"] * even,
            "words": whole["words"] * even,
            "flipped": column["flipped"],
            **{way: column[way] for way in WAYS},
        }
        return np.column_stack([rows[key] for key in SCORE]).astype(np.float32)

    def scores(self, found: Evidence) -> Floats:
        """How likely each name is meant, from 0 to 1."""
        weights = np.array([self.tables.score.get(key, 0.0) for key in SCORE], np.float32)
        total = self.features(found, self.ranks(found)) @ weights + self.tables.score.get(
            "always", 0.0
        )
        return np.asarray(1 / (1 + np.exp(-np.clip(total, -30, 30))), np.float32)

    def is_alone(self, scores: Floats, place: int) -> bool:
        """Whether no other name is likely to be meant."""
        return all(
            score < self.tables.thresholds["margin"] for n, score in enumerate(scores) if n != place
        )

    def is_strong(self, found: Evidence, scores: Floats) -> bool:
        """Whether the best score is beyond doubt: high, far from the next, and nothing a Korean may
        be called.
        """
        limits = self.tables.thresholds
        best, second = (*np.sort(scores)[::-1][:2], 0.0)[:2]
        likely = (
            best >= limits["strong hyphenated" if is_newspaper_style(found.form) else "strong"]
            and best - second >= limits["margin"]
        )
        return bool(likely and found.whole["korean"] >= limits["strong korean"])

"""Learns what ordinary English and Koreans' names look like: ordinary.yaml and korean.yaml (called
by train.py).
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from heapq import nsmallest
from math import exp, log
from pathlib import Path

from em import Costs

sys.path.insert(0, str(Path(__file__).parents[3]))
from cleaner.names.pivot.script import units, words

# of the people with a syllable, the part that is given to spellings by the learned costs
UNSEEN_SHARE = 0.3
SPELLINGS = 8  # of a syllable that are thought of
KEPT = 6.5  # costlier letters are left to the shorter history


def ordinary(forms: Iterable[tuple[str, float]]) -> dict[str, dict[str, float]]:
    """Costs of a letter after the one or two letters before it, from words and names with their
    weights.
    """
    pairs: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for form, weight in forms:
        for word in words(form):
            history = "^"
            for letter in f"{word}$":
                pairs[history[-2:]][letter] += weight
                if len(history) > 1:
                    pairs[history[-1:]][letter] += weight
                history += letter
    table = {}
    for history, counts in sorted(pairs.items()):
        total = sum(counts.values())
        if total >= 60 or len(history) == 1:
            row = {letter: -log((n + 0.3) / (total + 8)) for letter, n in counts.items()}
            table[history] = {
                a: round(c, 1)
                for a, c in sorted(row.items())
                if c < (KEPT if len(history) > 1 else 9)
            }
    return table


def korean(path: Path, spelling: Costs) -> tuple[dict[str, float], dict[str, float]]:
    """Costs of spellings of surnames, and of syllables of given names, by how often people have
    them.

    Nobody in the data may have spelled a syllable as somebody else will; so a part of each count
    goes to the spellings that the learned costs think likely.
    """
    surnames: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for syllable, spellings in json.loads(path.read_text(encoding="utf-8")).items():
        total = sum(spellings.values())
        counts = surnames if syllable.startswith("^") else given
        for spelled, count in spellings.items():
            if count >= 2 or count / total >= 0.2:  # the others are slips of the alignment
                counts[spelled] += count
        for spelled, p in likely(units(syllable.removeprefix("^")), spelling):
            if len(spelled) > 1 or (spelled and spelled in "iou"):
                counts[spelled] += UNSEEN_SHARE * total * p
    return _costs(surnames), _costs(given)


def likely(row: Iterable[str], spelling: Costs) -> Iterable[tuple[str, float]]:
    """The likeliest spellings of a syllable with their probabilities."""
    paths = [(0.0, "")]
    for unit in row:
        there = [
            (cost + more, text + chunk)
            for cost, text in paths
            for chunk, more in spelling.get(unit, {"": 0.0}).items()
        ]
        paths = nsmallest(SPELLINGS, there)
    return [(text, exp(-cost)) for cost, text in paths]


def _costs(counts: Counter[str]) -> dict[str, float]:
    total = sum(counts.values())
    return {
        spelled: round(-log(n / total), 2)
        for spelled, n in counts.most_common()
        if n / total > 4e-5
    }

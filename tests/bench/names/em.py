"""Expectation–maximisation for spelling costs: which letters spell which unit, learned from pairs
of units and letters.

Nothing says where the letters of a unit end and those of the next begin; so every way to cut the
letters up counts with its probability under the present costs, and the counts make the next costs.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import exp, log

Pair = tuple[Sequence[str], str, float]  # units, letters, weight
Costs = dict[str, dict[str, float]]

MAX_CHUNK = 4


def learn(
    pairs: Sequence[Pair],
    start: Mapping[str, Mapping[str, float]],
    *,
    rounds: int = 6,
    prior: float = 0.5,
    keep: float = 7.0,
    lost: float = 6.0,
    stray: float = 5.0,
) -> Costs:
    """Costs after some rounds, beginning with `start`; `prior` counts hold what was believed
    before.
    """
    costs: Costs = {unit: dict(chunks) for unit, chunks in start.items()}
    for _ in range(rounds):
        counts: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        for units, letters, weight in pairs:
            expect(units, letters, weight, costs, counts, lost=lost, stray=stray)
        costs = normalised(counts, start, prior, keep)
    return costs


def normalised(
    counts: Mapping[str, Mapping[str, float]],
    start: Mapping[str, Mapping[str, float]],
    prior: float,
    keep: float,
) -> Costs:
    costs: Costs = {}
    for unit in {*counts, *start}:
        seen = dict(counts.get(unit, {}))
        for chunk, cost in start.get(unit, {}).items():
            seen[chunk] = seen.get(chunk, 0.0) + prior * exp(-cost)
        total = sum(seen.values())
        row = {chunk: -log(count / total) for chunk, count in seen.items() if count > 0.02}
        costs[unit] = {chunk: round(cost, 2) for chunk, cost in row.items() if cost < keep} or {
            "": 1.0
        }
    return costs


def expect(
    units: Sequence[str],
    letters: str,
    weight: float,
    costs: Costs,
    counts: Mapping[str, defaultdict[str, float]],
    *,
    lost: float,
    stray: float,
) -> None:
    """Adds the expected counts of one pair."""
    n, m = len(units), len(letters)
    if not n or not m or m > 6 * n + 4:
        return
    arcs: list[list[tuple[int, int, float]]] = []
    for unit in units:
        row = costs.get(unit, {})
        found = []
        for i in range(m + 1):
            for k in range(min(MAX_CHUNK, m - i) + 1):
                cost = row.get(letters[i : i + k])
                if cost is None:
                    cost = lost + 0.5 + stray * 0.8 * k if k != 1 else lost + 1.5
                if cost < 16:
                    found.append((i, i + k, exp(-cost)))
        arcs.append(found)
    forward = [[0.0] * (m + 1) for _ in range(n + 1)]
    forward[0][0] = 1.0
    for u in range(n):
        now, then = forward[u], forward[u + 1]
        for i, j, p in arcs[u]:
            if now[i]:
                then[j] += now[i] * p
    total = forward[n][m]
    if total < 1e-60:
        return
    backward = [0.0] * (m + 1)
    backward[m] = 1.0
    for u in range(n - 1, -1, -1):
        before, now = [0.0] * (m + 1), forward[u]
        row_counts = counts[units[u]]
        for i, j, p in arcs[u]:
            if backward[j]:
                share = p * backward[j]
                before[i] += share
                if now[i]:
                    row_counts[letters[i:j]] += weight * now[i] * share / total
        backward = before


def best_cost(
    units: Sequence[str], letters: str, costs: Costs, lost: float = 6.0, stray: float = 5.0
) -> float:
    """The cost of the cheapest way."""
    m = len(letters)
    reached = {0: 0.0}
    for unit in units:
        row, then = costs.get(unit, {}), {}
        for i, before in reached.items():
            for k in range(min(MAX_CHUNK, m - i) + 1):
                cost = before + row.get(letters[i : i + k], lost + stray * k)
                if cost < then.get(i + k, 1e9):
                    then[i + k] = cost
        reached = then
    return reached.get(m, 12.0 * (m + len(units)))


def sampled(
    units: Iterable[str], costs: Costs, dice: random.Random, temperature: float = 1.0
) -> str:
    """Letters drawn for units by their costs."""
    out = []
    for unit in units:
        row = costs.get(unit)
        if row:
            out.append(
                dice.choices(list(row), [exp(-cost / temperature) for cost in row.values()])[0]
            )
    return "".join(out)

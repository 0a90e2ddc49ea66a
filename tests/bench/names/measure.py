"""Figures of a matcher: top-1, recall@5, best F1, recall at a precision, false proposals."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby

Answers = Sequence[tuple[Mapping[str, str], Sequence[tuple[str, float]]]]
PRECISIONS = (0.90, 0.95, 0.99)
RELIABILITY = (0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99)  # where the rows of the table begin


def figures(answers: Answers, *, missing: int = 0) -> dict[str, object]:
    """All figures of one run; an answer is a query and its candidates, best first."""
    hits: defaultdict[str, list[tuple[bool, bool]]] = defaultdict(list)
    points: list[tuple[float, bool]] = []
    false: list[tuple[float, str]] = []
    kinds: Counter[str] = Counter()
    for query, found in answers:
        wanted = query["canonical"]
        if wanted:
            hit = bool(found) and found[0][0] == wanted
            for kind in (query["origin"], "ALL"):
                hits[kind].append((hit, any(name == wanted for name, _ in found[:5])))
        else:
            hit = False
            kinds[query["origin"]] += 1
            if found:
                false.append((found[0][1], query["origin"]))
        if found:
            points.append((found[0][1], hit))
    points.sort(key=lambda point: -point[0])
    positives = len(hits["ALL"]) + missing
    best = (0.0, 0.0, 0.0, 1.0)
    recall = dict.fromkeys(PRECISIONS, 0.0)
    right = count = 0
    for score, same in groupby(points, key=lambda point: point[0]):
        outcomes = [hit for _, hit in same]
        right, count = right + sum(outcomes), count + len(outcomes)
        p, r = right / count, right / max(1, positives)
        best = max(best, (2 * p * r / (p + r) if p + r else 0.0, p, r, score))
        for limit in PRECISIONS:
            if p >= limit:
                recall[limit] = max(recall[limit], r)
    listed = {kind: sum(score >= best[3] and one == kind for score, one in false) for kind in kinds}
    ordered = sorted((score for score, _ in false), reverse=True)
    return {
        "by kind": {
            kind: (len(v), *(sum(column) / len(v) for column in zip(*v, strict=True)))
            for kind, v in sorted(hits.items())
        },
        "best": best,
        "recall": recall,
        "false": {kind: f"{listed[kind]}/{kinds[kind]}" for kind in kinds},
        "limits": {
            share: ordered[min(len(ordered) - 1, int(share * sum(kinds.values())))]
            if ordered
            else 0.0
            for share in (0.0, 0.005, 0.01, 0.02)
        },
    }


def show(title: str, found: Mapping[str, object]) -> None:
    """Prints figures as lines."""
    print(title)
    by_kind, best, recall = found["by kind"], found["best"], found["recall"]
    assert isinstance(by_kind, dict) and isinstance(best, tuple) and isinstance(recall, dict)
    for kind, (count, top, five) in by_kind.items():
        print(f"  {kind:6} n={count:5} top-1 {top:.3f} recall@5 {five:.3f}")
    print(f"  best F1 {best[0]:.3f} (P {best[1]:.3f}, R {best[2]:.3f}) from score {best[3]:.3f}")
    print(
        "  recall at precision "
        + ", ".join(f"{limit:.2f}: {value:.3f}" for limit, value in recall.items())
    )
    print(
        f"  false proposals there: {found['false']}; "
        f"scores of the highest negatives: {found['limits']}"
    )


def reliability(answers: Answers) -> str:
    """Of the forms whose best score is in a range: how many there are, the mean score, and how
    often the best name is right. Scores are honest where the two are equal.
    """
    cells = []
    for low, high in zip(RELIABILITY, (*RELIABILITY[1:], 1.01), strict=True):
        hits, scores = [], []
        for query, found in answers:
            if found and low <= found[0][1] < high:
                hits.append(found[0][0] == query["canonical"])
                scores.append(found[0][1])
        if hits:
            share, mean = sum(hits) / len(hits), sum(scores) / len(scores)
            cells.append(f"{low:.2f} n={len(hits)} score {mean:.2f} right {share:.2f}")
    return "; ".join(cells)

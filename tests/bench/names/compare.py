"""Compare the matcher with rapidfuzz ratio, WRatio, Jaro–Winkler and Double Metaphone.

    python tests/bench/names/compare.py --queries queries.jsonl --gazetteer gazetteer.jsonl \\
        [--ablation] [--out FOLDER]

- queries: JSON lines with id, query, canonical (null: nothing must be proposed) and origin;
- gazetteer: JSON lines with name and tier;
- --ablation: compare the matcher with itself, without one of its parts at a time;
- --out: keep the answers, one file for each contender, for a scorer of your own.

All contenders get the same queries and names (paired). Double Metaphone needs `pip install
metaphone` and is left out without it. A run on the queries that the weights were learned from gives
figures that are too good; targets.py gives those of a cross-validation.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from measure import figures
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

sys.path.insert(0, str(Path(__file__).parents[3]))
from cleaner.names.evidence import KOREAN
from cleaner.names.match import Matcher
from cleaner.names.name import Name
from cleaner.names.pivot.script import letters
from cleaner.names.pivot.tables import Tables, load

Found = list[tuple[str, float]]
Linker = Callable[[str], Found]
Query = dict[str, str]


def main() -> None:
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--queries", type=Path, required=True)
    ask.add_argument("--gazetteer", type=Path, required=True)
    ask.add_argument("--tiers", type=int, nargs="*", default=[200, 5000])
    ask.add_argument("--ablation", action="store_true")
    ask.add_argument("--out", type=Path)
    asked = ask.parse_args()
    queries, listed = rows(asked.queries), rows(asked.gazetteer)
    for tier in asked.tiers:
        names = [row["name"] for row in listed if int(row["tier"]) <= tier]
        chosen = list(fitting(queries, names))
        print(
            f"\n{len(names):,} names, {sum(bool(q['canonical']) for q in chosen):,} garbles, "
            f"{sum(not q['canonical'] for q in chosen):,} negatives"
        )
        columns = "top-1  rec@5     F1  R@.90  R@.95  R@.99  queries/s  false proposals at best F1"
        print(f"{'':34} {columns}")
        makers = ablations() if asked.ablation else contenders()
        for label, make in makers:
            report(label, make(names), chosen, tier, asked.out)


def rows(path: Path) -> list[Query]:
    return [
        json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]


def fitting(queries: Sequence[Query], names: Sequence[str]) -> Iterator[Query]:
    """Garbles of these names, and negatives that are none of them; what differs in spaces only is
    nobody's task.
    """
    right, known = set(names), {letters(name) for name in names}
    for query in queries:
        wanted, spelled = query["canonical"], letters(query["query"])
        if (wanted in right and spelled != letters(wanted)) or (
            not wanted and spelled not in known
        ):
            yield query


def report(
    label: str, linker: Linker, queries: Sequence[Query], tier: int, out: Path | None
) -> None:
    linker("Aaa Bbb")  # what is prepared once is not counted
    start = time.perf_counter()
    answers = [(query, linker(query["query"])) for query in queries]
    speed = len(queries) / (time.perf_counter() - start)
    found = figures(answers)
    _, top, five = found["by kind"]["ALL"]
    recall = "  ".join(f"{value:5.3f}" for value in found["recall"].values())
    quality = f"{top:5.3f}  {five:5.3f}  {found['best'][0]:5.3f}  {recall}"
    print(f"{label:34} {quality}  {speed:9,.0f}  {found['false']}", flush=True)
    if out:
        out.mkdir(parents=True, exist_ok=True)
        lines = [json.dumps({"id": query["id"], "candidates": names}) for query, names in answers]
        (out / f"{label.replace(' ', '-')}.{tier}.jsonl").write_text(
            "\n".join(lines) + "\n", encoding="utf-8"
        )


def contenders() -> Iterator[tuple[str, Callable[[Sequence[str]], Linker]]]:
    yield "ratio", lambda names: by_scorer(names, fuzz.ratio)
    yield "WRatio", lambda names: by_scorer(names, fuzz.WRatio)
    yield "Jaro–Winkler", lambda names: by_scorer(names, JaroWinkler.similarity)
    try:
        from metaphone import doublemetaphone
    except ImportError:
        print("Double Metaphone is left out: pip install metaphone")
    else:
        yield "Double Metaphone + ratio", lambda names: by_metaphone(names, doublemetaphone)
    yield "cleaner --pivot none", lambda names: by_matcher(names, pivot="none")
    yield "cleaner --pivot ko", lambda names: by_matcher(names)


def ablations() -> Iterator[tuple[str, Callable[[Sequence[str]], Linker]]]:
    """One part taken away at a time; the weights stay as they were learned with all of them."""
    full = load("ko")
    flat = {unit: dict.fromkeys(list(row)[:4], 1.5) for unit, row in full.spelling.items()}
    english = dict.fromkeys(("gain", "gain per letter", "ordinary"), 0.0)
    korean = dict.fromkeys((*KOREAN, "sino person", "korean cost", "korean gain"), 0.0)
    parts: list[tuple[str, Tables]] = [
        ("everything", full),
        ("without Sino-Korean readings", replace(full, sino={}, sino_inner={})),
        ("without pinyin at all", replace(full, sound={}, sino={}, sino_inner={})),
        ("without news variants", replace(full, variants={})),
        ("without romaji", replace(full, romaji={})),
        ("without learned costs", replace(full, spelling=flat)),
        (
            "without Western graphemes",
            replace(full, graphemes={a: {a: 0.5} for a in "abcdefghijklmnopqrstuvwxyz"}),
        ),
        ("without the model of English", replace(full, score=full.score | english)),
        ("without evidence of Koreans", replace(full, score=full.score | korean)),
        (
            "without margin and crowd",
            replace(full, score=full.score | {"margin": 0.0, "crowd": 0.0}),
        ),
    ]
    for label, tables in parts:
        yield label, partial(by_matcher, tables=tables)


def by_scorer(names: Sequence[str], scorer: Callable[..., float]) -> Linker:
    plain = [name.lower() for name in names]

    def link(query: str) -> Found:
        return [
            (names[n], float(score))
            for _, score, n in process.extract(query.lower(), plain, scorer=scorer, limit=5)
        ]

    return link


def by_metaphone(names: Sequence[str], metaphone: Callable[[str], tuple[str, str]]) -> Linker:
    """The mean of how alike the first Double Metaphone keys and the letters are."""
    keys, plain = [metaphone(letters(name))[0] for name in names], [name.lower() for name in names]

    def link(query: str) -> Found:
        sounds = process.cdist([metaphone(letters(query))[0]], keys, scorer=fuzz.ratio)[0]
        looks = process.cdist([query.lower()], plain, scorer=fuzz.ratio)[0]
        both = sounds / 2 + looks / 2
        return [(names[n], float(both[n])) for n in (-both).argsort()[:5]]

    return link


def by_matcher(names: Sequence[str], *, pivot: str = "ko", tables: Tables | None = None) -> Linker:
    matcher = Matcher([Name(name) for name in names], pivot=pivot, tables=tables)
    return lambda query: [(c.canonical, c.score) for c in matcher.link(query, score_cutoff=0.0)]


if __name__ == "__main__":
    main()

"""Learn costs and weights of the Korean pivot again, and judge them by cross-validation.

    python tests/bench/names/train.py --queries dev_queries.jsonl --gazetteer dev_gazetteer.jsonl \\
        --syllables korean_syllable_spellings.json --start jamo_spellings_cost.yaml \\
        --pairs pairs.tsv --words words.tsv --out rules/pivots/ko

- queries: JSON lines with query, canonical (or null), origin, style, pivot (the real Hangul);
- gazetteer: JSON lines with name and tier;
- syllables: {syllable: {spelling: people}}, surnames marked with ^;
- start: costs to begin with;
- pairs: lines of Latin name, Hangul and country, separated by tabs;
- words: lines of a word or name, a tab and its weight, for the model of ordinary English; without
  them ordinary.yaml stays as it is.

sources.py makes the pairs and the words. Folds are made by canonical name, so that no name is both
learned from and judged; costs and weights are learned without the fold they are judged on. What is
written in the end is learned from everything.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import yaml
from background import korean, ordinary
from em import Costs, learn
from measure import figures, show
from spelling import HABITS, as_rows, entropy, grapheme_pairs, jamo_pairs, learn_graphemes
from weights import logistic, ranking

sys.path.insert(0, str(Path(__file__).parents[3]))
from cleaner.names.gazetteer import Name
from cleaner.names.match import Matcher
from cleaner.names.pivot.script import letters
from cleaner.names.pivot.tables import Tables, read_folder
from cleaner.names.score import RANK, SCORE, Comparison

FOLDS = 5
TIERS = (200, 5000)
STRANGER = "stranger"  # a garble of a name that is not in the gazetteer: judged, not learned from
Query = dict[str, str]
Weighed = tuple[Query, int, Matcher, Comparison | None]  # None: a guard says no


def main() -> None:
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("--queries", "--gazetteer", "--syllables", "--start", "--pairs", "--out"):
        ask.add_argument(name, type=Path, required=True)
    ask.add_argument("--words", type=Path, nargs="*", default=[])
    ask.add_argument("--keep-costs", action="store_true", help="learn the weights only")
    ask.add_argument(
        "--dump", type=Path, help="write the answers of the cross-validation to this file"
    )
    asked = ask.parse_args()
    queries, names = rows(asked.queries), rows(asked.gazetteer)
    if not asked.keep_costs:
        learn_costs(asked, queries)
    tables = read_folder(asked.out)
    weighed = (
        out_of_fold(queries, names, tables, asked)
        if not asked.keep_costs
        else weigh(queries, names, tables)
    )
    held: dict[int, list[tuple[Query, list[tuple[str, float]]]]] = {tier: [] for tier in TIERS}
    for fold in range(FOLDS):
        rank, score = learn_weights([one for one in weighed if fold_of(one[0]) != fold])
        judge = replace(tables, rank=rank, score=score)
        for query, tier, matcher, comparison in weighed:
            if fold_of(query) == fold:
                held[tier].append((query, scored(judge, matcher, comparison)))
    for tier in TIERS:
        ours = [one for one in held[tier] if one[0]["origin"] != STRANGER]
        show(f"cross-validated, {FOLDS} folds by name, {tier} names", figures(ours))
        others = [
            found[0][1] for query, found in held[tier] if query["origin"] == STRANGER and found
        ]
        for limit in ("propose", "strong"):
            above = sum(score >= tables.thresholds[limit] for score in others)
            print(
                f"  garbles of names that are not there, from score {limit}: {above}/{len(others)}"
            )
    if asked.dump:
        dump(asked.dump, held)
    rank, score = learn_weights(weighed)
    write_weights(asked.out, rank, score, tables.thresholds)


def dump(path: Path, held: Mapping[int, Sequence[tuple[Query, list[tuple[str, float]]]]]) -> None:
    lines = [
        json.dumps({"tier": tier, **query, "found": found})
        for tier, answers in held.items()
        for query, found in answers
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def rows(path: Path) -> list[dict[str, str]]:
    return [
        json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]


def fold_of(query: Query) -> int:
    return zlib.crc32((query["canonical"] or query["query"]).encode()) % FOLDS


def first_costs(path: Path) -> Costs:
    """The costs to begin with: sections initial, medial and final, of which the last is marked with
    a hyphen.
    """
    loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return {
        ("-" if section == "final" else "") + unit: {
            chunk: float(cost) for chunk, cost in row.items()
        }
        for section, units in loaded.items()
        for unit, row in units.items()
        if unit
    }


def spelling_costs(queries: Iterable[Query], asked: argparse.Namespace, first: Costs) -> Costs:
    costs = learn(jamo_pairs(queries, asked.syllables, first), first, rounds=6)
    for unit, chunks in HABITS.items():
        for chunk, cost in chunks.items():
            costs[unit][chunk] = min(cost, costs[unit].get(chunk, cost))
    return costs


def learn_costs(asked: argparse.Namespace, queries: Sequence[Query]) -> None:
    first = first_costs(asked.start)
    spelling = spelling_costs(queries, asked, first)
    pairs = jamo_pairs(queries, asked.syllables, first)
    before, after = entropy(first, pairs), entropy(spelling, pairs)
    print(f"spelling: {before:.3f} nats a letter before, {after:.3f} after")
    write(
        asked.out / "spelling.yaml",
        "How a Hangul letter is spelled in Latin letters: -log p(letters | letter); "
        "-ㄴ closes a syllable.",
        "spellings of Korean people's names (Wikidata, CC0) and of garbled names with their Hangul",
        "learned by expectation-maximisation (tests/bench/names/train.py); "
        "habits of those who know pinyin by hand",
        ["habits: {stray: 4.5, lost: 6.0}", "spelling:", *as_rows(spelling)],
    )
    simulated = grapheme_pairs(asked.pairs, spelling, copies=2, seed=1)
    random.Random(1).shuffle(simulated)
    graphemes = learn_graphemes(simulated)
    print(f"graphemes: {entropy(graphemes, simulated[:2000]):.3f} nats a letter after")
    write(
        asked.out / "graphemes.yaml",
        "What becomes of the letters of a Western name by way of Hangul; "
        "a full stop: no vowel follows.",
        "names of cities in Latin letters and in Hangul (GeoNames, CC BY 4.0)",
        "the Hangul spelled by the costs of spelling.yaml, "
        "then learned by expectation-maximisation",
        ["graphemes:", *as_rows(graphemes)],
    )
    surnames, given = korean(asked.syllables, spelling)
    write(
        asked.out / "korean.yaml",
        "How Koreans spell their names: cost of a surname, and of a syllable of a given name.",
        "how 8,195 Korean people spell their names (Wikidata, CC0)",
        "counted",
        ["surnames:", *plain(surnames), "given:", *plain(given)],
    )
    if asked.words:
        listed = (
            line.split("\t")
            for path in asked.words
            for line in path.read_text(encoding="utf-8").splitlines()
        )
        table = ordinary((word, float(weight)) for word, weight in listed)
        write(
            asked.out / "ordinary.yaml",
            "Ordinary English words and names: cost of a letter after one or two; "
            "^ begins, $ ends a word.",
            "pyspellchecker's words (MIT), names of the US census (public domain), "
            "cities (GeoNames, CC BY 4.0)",
            "counted",
            ["ordinary:", *as_rows(table)],
        )


def plain(costs: Mapping[str, float]) -> list[str]:
    return [
        f'  "{key}": {cost:.2f}' if key in ("no", "on", "y", "n") else f"  {key}: {cost:.2f}"
        for key, cost in costs.items()
    ]


def out_of_fold(
    queries: Sequence[Query], names: Sequence[Query], tables: Tables, asked: argparse.Namespace
) -> list[Weighed]:
    """Every query weighed with spelling costs that were learned without its fold."""
    first = first_costs(asked.start)
    found = []
    for fold in range(FOLDS):
        others = [query for query in queries if fold_of(query) != fold]
        learned = replace(tables, spelling=spelling_costs(others, asked, first))
        found += weigh([query for query in queries if fold_of(query) == fold], names, learned)
    return found


def weigh(queries: Sequence[Query], names: Sequence[Query], tables: Tables) -> list[Weighed]:
    found = []
    for tier in TIERS:
        chosen = [name["name"] for name in names if int(name["tier"]) <= tier]
        known, right = {letters(name) for name in chosen}, set(chosen)
        matcher = Matcher([Name(name) for name in chosen], tables=tables)
        for query in queries:
            wanted = query["canonical"]
            if letters(query["query"]) not in known and letters(query["query"]) != letters(
                wanted or ""
            ):
                query = query if not wanted or wanted in right else {**query, "origin": STRANGER}
                comparison = matcher.compare(query["query"])
                found.append((query, tier, matcher, comparison))
    return found


def learn_weights(weighed: Sequence[Weighed]) -> tuple[dict[str, float], dict[str, float]]:
    groups = []
    for query, _, matcher, comparison in weighed:
        if comparison is None:
            continue
        right = place(query, matcher, comparison)
        if right is not None:
            groups.append((comparison.rank.astype(float), right))
    rank = dict(zip(RANK, map(float, ranking(groups)), strict=True))
    features, truth, weights = [], [], []
    for query, _, matcher, comparison in weighed:
        if comparison is None or query["origin"] == STRANGER:
            continue
        scorer = replace(matcher.scorer, tables=replace(matcher.scorer.tables, rank=rank))
        ranks = scorer.ranks(comparison)
        table = scorer.features(comparison, ranks)
        right = place(query, matcher, comparison)
        for number in np.argsort(-ranks)[:3]:
            features.append(table[number])
            truth.append(float(number == right))
            weights.append(1.0)
    learned = logistic(np.array(features, float), np.array(truth), np.array(weights))
    return rank, dict(zip((*SCORE, "always"), map(float, learned), strict=True))


def place(query: Query, matcher: Matcher, comparison: Comparison) -> int | None:
    found = [
        n
        for n, name in enumerate(comparison.names)
        if matcher.names[name].canonical == query["canonical"]
    ]
    return found[0] if found else None


def scored(
    tables: Tables, matcher: Matcher, comparison: Comparison | None
) -> list[tuple[str, float]]:
    if comparison is None:
        return []
    scores = replace(matcher.scorer, tables=tables).scores(comparison)
    best = np.argsort(-scores, kind="stable")[:5]
    return [(matcher.names[comparison.names[n]].canonical, float(scores[n])) for n in best]


def write_weights(
    out: Path, rank: Mapping[str, float], score: Mapping[str, float], limits: Mapping[str, float]
) -> None:
    write(
        out / "score.yaml",
        "Weights of the features that say which name is meant (rank), "
        "and how likely it is meant at all (score).",
        "garbled names and what must not be taken for one",
        "learned by regression (tests/bench/names/train.py); limits by hand",
        [
            "rank:",
            *(f"  {key}: {value:.4f}" for key, value in rank.items()),
            "score:",
            *(f"  {key}: {value:.4f}" for key, value in score.items()),
            "thresholds:",
            *(f"  {key}: {value}" for key, value in limits.items()),
        ],
    )


def write(path: Path, what: str, source: str, made: str, lines: Iterable[str]) -> None:
    head = f"# {what}\nkind: pivot\nsource: {source}\nmade: {made}\n"
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Learn costs and weights of the Korean pivot again.

    python tests/bench/names/train.py --queries dev_queries.jsonl --gazetteer dev_gazetteer.jsonl \\
        --wikidata wikidata_names.tsv --syllables korean_syllable_spellings.json \\
        --start jamo_spellings_cost.yaml [--words words.tsv]

- queries: JSON lines with query, canonical (or null), origin, style, pivot (the real Hangul);
- gazetteer: JSON lines with name and tier;
- wikidata: a table with the columns canonical and ko: names with their Hangul;
- syllables: {syllable: {spelling: people}}, surnames marked with ^;
- start: costs to begin with;
- words: lines of a word or name, a tab and its weight, for the model of ordinary English; without
  them ordinary.yaml stays as it is. sources.py makes them.

real_rows.jsonl is learned from too. Weights are learned from comparisons by spelling costs that do
not know the sample, or they would trust the costs too much. targets.py judges by cross-validation:
with --syllables and --start it learns without each fold in turn.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import yaml
from background import korean, ordinary
from em import Costs, learn
from samples import (
    FOLDS,
    MADE_KOREAN,
    REAL_ROWS,
    Sample,
    fitting_or_strange,
    hangul_of,
    koreans,
    made_names,
    made_samples,
    ordinary_words,
    real_names,
    real_samples,
    strangers,
    with_all_names,
    with_hangul,
)
from spelling import HABITS, as_rows, entropy, grapheme_pairs, jamo_pairs, learn_graphemes
from weights import logistic, ranking

sys.path.insert(0, str(Path(__file__).parents[3]))
from cleaner.names.match import Matcher
from cleaner.names.name import Name
from cleaner.names.pivot.tables import Tables, read_folder
from cleaner.names.score import RANK, SCORE, Chosen, Comparison, Scorer

PIVOT = Path(__file__).parents[3] / "rules" / "pivots" / "ko"
COMMAND = (
    "python tests/bench/names/train.py --queries dev_queries.jsonl "
    "--gazetteer dev_gazetteer.jsonl --wikidata wikidata_names.tsv "
    "--syllables korean_syllable_spellings.json --start jamo_spellings_cost.yaml"
)
TOP = 3  # names of each comparison that the score is learned from
# How much a sample counts.
REAL_WEIGHT = 3.0  # seen on a page
STRANGE_WEIGHT = 0.3  # a garble of a name that the list does not have
# In the list of 5,000 names, and in that whose names are known in Hangul, where it is compared
# the second time.
WEIGHTS_OF_LISTS = {"5000": 2.0, "known": 0.5}
KOREAN_WEIGHT = 0.25  # the name of a Korean that was made; there are as many as of anything else
LONG = "long"  # the list of all names, which takes so long that
LONG_SHARE = 3  # it is compared with one of so many forms that must be left alone


@dataclass(frozen=True)
class Compared:
    """A sample, and what the matcher over one of the lists makes of it."""

    list: str
    sample: Sample
    strange: bool
    names: tuple[str, ...]  # canonical forms, in the order of the comparison
    comparison: Comparison
    scorer: Scorer

    @property
    def right_place(self) -> int | None:
        """Where the name that is meant is in the comparison."""
        return self.names.index(self.sample.right) if self.sample.right in self.names else None

    @property
    def weight(self) -> float:
        """How much the sample counts."""
        weight = REAL_WEIGHT if self.sample.source == "real" else 1.0
        weight *= STRANGE_WEIGHT if self.strange else 1.0
        weight *= KOREAN_WEIGHT if self.sample.origin == MADE_KOREAN else 1.0
        return weight * WEIGHTS_OF_LISTS.get(self.list, 1.0)


def main() -> None:
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("--queries", "--gazetteer", "--wikidata", "--syllables", "--start"):
        ask.add_argument(name, type=Path, required=True)
    ask.add_argument("--out", type=Path, default=PIVOT)
    ask.add_argument("--real", type=Path, default=REAL_ROWS)
    ask.add_argument("--words", type=Path)
    ask.add_argument("--keep-costs", action="store_true", help="learn the weights only")
    asked = ask.parse_args()
    if not asked.keep_costs:
        learn_costs(asked, samples_of(asked))
    rank, score = learn_weights(list(compared_by_fold(asked)))
    write_weights(asked.out, rank, score, read_folder(asked.out).thresholds)


def samples_of(asked: argparse.Namespace) -> list[Sample]:
    """Return the garbles and negatives that are learned from."""
    return made_samples(asked.queries) + real_samples(asked.real)


def compared_by_fold(asked: argparse.Namespace) -> Iterator[Compared]:
    """Yield every sample with every list, by spelling costs learned without its fold."""
    lists = lists_of_names(asked)
    everybody = samples_of(asked) + strangers(hangul_of(asked.wikidata))
    everybody += ordinary_words() + koreans(read_folder(asked.out))
    for fold, tables in enumerate(spelling_of_folds(asked)):
        ours = [sample for sample in everybody if sample.fold == fold]
        yield from compare(ours, lists, tables)


def spelling_of_folds(asked: argparse.Namespace) -> Iterator[Tables]:
    """Yield for each fold the tables of the package with spelling costs learned without it."""
    samples, first = samples_of(asked), first_costs(asked.start)
    for fold in range(FOLDS):
        others = [sample for sample in samples if sample.fold != fold]
        spelling = spelling_costs(others, asked.syllables, first)
        yield replace(read_folder(asked.out), spelling=spelling)


def tables_of_folds(asked: argparse.Namespace) -> list[Tables]:
    """Return for each fold the tables with spelling costs and weights learned without it."""
    compared = list(compared_by_fold(asked))
    tables = []
    for fold, learned in enumerate(spelling_of_folds(asked)):
        rank, score = learn_weights([one for one in compared if one.sample.fold != fold])
        tables.append(replace(learned, rank=rank, score=score))
    return tables


def lists_of_names(asked: argparse.Namespace) -> dict[str, list[Name]]:
    """Return the lists that samples are compared with."""
    many = made_names(asked.gazetteer, 5000)
    hangul = hangul_of(asked.wikidata)
    known = with_hangul(many, hangul)
    listed = {name.canonical for name in known}
    known += [name for name in real_names(asked.real, known=True) if name.canonical not in listed]
    return {
        "200": made_names(asked.gazetteer, 200),
        "5000": many,
        "known": known,
        "real": real_names(asked.real),
        LONG: with_all_names(many, hangul),
    }


def compare(
    samples: Sequence[Sample], lists: Mapping[str, Sequence[Name]], tables: Tables
) -> Iterator[Compared]:
    """Yield every sample that came through Korean or must be left alone, with every list."""
    for label, names in lists.items():
        matcher = Matcher(names, pivot="ko", tables=tables)
        chosen = [
            (sample, strange)
            for sample, strange in fitting_or_strange(samples, names)
            if sample.pivot == "ko" or not sample.right
        ]
        if label == LONG:
            alone = [(sample, strange) for sample, strange in chosen if not sample.right]
            chosen = [pair for pair in chosen if pair[0].right and not pair[1]]
            chosen += alone[::LONG_SHARE]
        comparisons = matcher.compare_all(sample.form for sample, _ in chosen)
        for (sample, strange), comparison in zip(chosen, comparisons, strict=True):
            if comparison is not None:
                numbers = comparison.numbers.tolist()
                canonical = tuple(matcher.names[number].canonical for number in numbers)
                yield Compared(label, sample, strange, canonical, comparison, matcher.scorer)


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


def spelling_costs(samples: Iterable[Sample], syllables: Path, first: Costs) -> Costs:
    costs = learn(jamo_pairs(samples, syllables, first), first, rounds=6)
    for unit, chunks in HABITS.items():
        for chunk, cost in chunks.items():
            costs[unit][chunk] = min(cost, costs[unit].get(chunk, cost))
    return costs


def learn_costs(asked: argparse.Namespace, samples: Sequence[Sample]) -> None:
    first = first_costs(asked.start)
    spelling = spelling_costs(samples, asked.syllables, first)
    pairs = jamo_pairs(samples, asked.syllables, first)
    before, after = entropy(first, pairs), entropy(spelling, pairs)
    print(f"spelling: {before:.3f} nats a letter before, {after:.3f} after")
    write(
        asked.out / "spelling.yaml",
        "How a Hangul letter is spelled in Latin letters: -log p(letters | letter); "
        "-ㄴ closes a syllable.",
        "spellings of Korean people's names (Wikidata, CC0) and of garbled names with their Hangul",
        f"learned by expectation-maximisation ({COMMAND}); habits of those who know pinyin by hand",
        ["habits: {stray: 4.5, lost: 6.0}", "spelling:", *as_rows(spelling)],
    )
    simulated = grapheme_pairs(western_names(asked), spelling, seed=1)
    graphemes = learn_graphemes(simulated)
    print(f"graphemes: {entropy(graphemes, simulated[:2000]):.3f} nats a letter after")
    write(
        asked.out / "graphemes.yaml",
        "What becomes of the letters of a Western name by way of Hangul; "
        "a full stop: no vowel follows.",
        "Western names in Latin letters and in Hangul (Wikidata, CC0)",
        "the Hangul spelled by the costs of spelling.yaml, "
        f"then learned by expectation-maximisation ({COMMAND})",
        ["graphemes:", *as_rows(graphemes)],
    )
    surname_hanja = read_folder(asked.out).surname_hanja  # made by hand
    surnames, given = korean(asked.syllables, spelling)
    write(
        asked.out / "korean.yaml",
        "How Koreans spell their names: cost of a surname, and of a syllable of a given name.",
        "how 8,195 Korean people spell their names (Wikidata, CC0)",
        f"counted ({COMMAND})",
        [
            "surnames:",
            *plain(surnames),
            "given:",
            *plain(given),
            "surname_hanja:",
            *(f"  {surname}: {hanja}" for surname, hanja in surname_hanja.items()),
        ],
    )
    if asked.words:
        listed = (line.split("\t") for line in asked.words.read_text("utf-8").splitlines())
        table = ordinary((word, float(weight)) for word, weight in listed)
        write(
            asked.out / "ordinary.yaml",
            "Ordinary English words and names: cost of a letter after one or two; "
            "^ begins, $ ends a word.",
            "pyspellchecker's words (MIT), names of the US census (public domain), "
            "cities (GeoNames, CC BY 4.0)",
            f"counted ({COMMAND} --words words.tsv)",
            ["ordinary:", *as_rows(table)],
        )


def plain(costs: Mapping[str, float]) -> list[str]:
    return [
        f'  "{key}": {cost:.2f}' if key in ("no", "on", "y", "n") else f"  {key}: {cost:.2f}"
        for key, cost in costs.items()
    ]


def western_names(asked: argparse.Namespace) -> dict[str, str]:
    """Return Western names with their Hangul, without those that the matcher is judged with."""
    known = hangul_of(asked.wikidata)
    judged = {name.canonical for name in made_names(asked.gazetteer, 5000)}
    judged |= {name.canonical for name in real_names(asked.real)}
    return {name: hangul for name, hangul in known.items() if name not in judged}


def learn_weights(compared: Sequence[Compared]) -> tuple[dict[str, float], dict[str, float]]:
    groups = []
    for one in compared:
        if one.right_place is not None:
            groups.append((one.comparison.rank.astype(float), one.right_place))
    rank = dict(zip(RANK, map(float, ranking(groups)), strict=True))
    features, truth, weights = [], [], []
    for one in compared:
        scorer = with_weights(one.scorer, rank, {})
        ranks = scorer.ranks(one.comparison)
        best = np.argsort(-ranks, kind="stable")[:TOP]
        features += list(scorer.features([Chosen(one.comparison, ranks, best)]))
        truth += [float(place == one.right_place) for place in best]
        weights += [one.weight] * len(best)
    learned = logistic(np.array(features, float), np.array(truth), np.array(weights))
    return rank, dict(zip((*SCORE, "always"), map(float, learned), strict=True))


def with_weights(scorer: Scorer, rank: dict[str, float], score: dict[str, float]) -> Scorer:
    return replace(scorer, tables=replace(scorer.tables, rank=rank, score=score))


def write_weights(
    out: Path, rank: Mapping[str, float], score: Mapping[str, float], limits: Mapping[str, float]
) -> None:
    write(
        out / "score.yaml",
        "Weights of the features that say which name is meant (rank), "
        "and how likely it is meant at all (score).",
        "garbled names, made and seen on public pages, and what must not be taken for one",
        f"learned by regression ({COMMAND}); limits by hand, with tests/bench/names/targets.py",
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

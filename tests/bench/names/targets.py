"""Print the table of targets of the matcher: at least, aim, and now.

    python tests/bench/names/targets.py --queries dev_queries.jsonl \\
        --gazetteer dev_gazetteer.jsonl --wikidata wikidata_names.tsv \\
        [--syllables korean_syllable_spellings.json --start jamo_spellings_cost.yaml]

The files are those of train.py. With --syllables and --start, costs and weights are learned again
for each fold without its samples, and every figure is cross-validated: that is what new names and
pages will see. Without them, the tables of the package are measured with samples that they were
learned from, which flatters them.

Forms whose letters are those of a name, or whose words are those of a name in another order, need
no correction and are left out.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from measure import figures, reliability
from rapidfuzz import fuzz, process
from samples import (
    FOLDS,
    REAL_ROWS,
    Sample,
    fitting,
    hangul_of,
    made_names,
    made_samples,
    real_names,
    real_samples,
    strangers,
    with_all_names,
)
from train import PIVOT, tables_of_folds

from cleaner.names.match import Candidate, Matcher
from cleaner.names.name import Name
from cleaner.names.pivot.script import letters
from cleaner.names.pivot.tables import Tables, load

EVERYTHING = 0.0  # a score that every candidate has


@dataclass(frozen=True)
class Row:
    """A figure with what it should be."""

    what: str
    at_least: str
    aim: str
    now: str


@dataclass(frozen=True)
class Answer:
    """A sample, what the matcher proposes for it, and what it ranks highest."""

    sample: Sample
    shown: Sequence[Candidate]
    ranked: Sequence[Candidate]

    @property
    def hit(self) -> bool:
        """Whether the name that is meant is proposed first."""
        return bool(self.shown) and self.shown[0].canonical == self.sample.right

    @property
    def ranked_first(self) -> bool:
        """Whether the name that is meant is ranked first, whether or not it is proposed."""
        return bool(self.ranked) and self.ranked[0].canonical == self.sample.right

    @property
    def wrong_strong(self) -> bool:
        """Whether another name is called certain."""
        return bool(self.shown) and self.shown[0].strong and not self.hit


def main() -> None:
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("--queries", "--gazetteer", "--wikidata"):
        ask.add_argument(name, type=Path, required=True)
    for name in ("--syllables", "--start"):
        ask.add_argument(name, type=Path)
    ask.add_argument("--real", type=Path, default=REAL_ROWS)
    ask.add_argument("--out", type=Path, default=PIVOT, help="the folder of the pivot")
    asked = ask.parse_args()
    cross_validated = asked.syllables and asked.start
    folds = tables_of_folds(asked) if cross_validated else [load("ko")] * FOLDS
    for row in table(asked, folds):
        print(f"| {row.what} | {row.at_least} | {row.aim} | {row.now} |", flush=True)


def table(asked: argparse.Namespace, folds: Sequence[Tables]) -> Iterator[Row]:
    """Yield the rows of the table, and then those of the reliability of the scores."""
    made, real = made_samples(asked.queries), real_samples(asked.real)
    korean = [sample for sample in real if sample.pivot == "ko" and sample.right]
    traps = [sample for sample in real if not sample.right]
    hangul = hangul_of(asked.wikidata)
    plain, known = real_names(asked.real), real_names(asked.real, known=True)
    some, many = made_names(asked.gazetteer, 200), made_names(asked.gazetteer, 5000)
    all_names = with_all_names(many, hangul)
    yield Row("what", "at least", "aim", "now")
    yield Row("---", "---", "---", "---")
    answers = {}
    answers["200"] = link(made, some, folds)
    yield from made_rows("200 names", answers["200"], (".95", ".97"), ("", ""), (".93", ".95"))
    answers["5000"] = link(made, many, folds)
    yield from made_rows("5,000", answers["5000"], (".92", ".94"), (".93", ".95"), (".90", ".93"))
    yield Row("5,000: queries a second", "400", "1,000", f"{speed(made, many):,.0f}")
    answers["other right names"] = link(strangers(hangul), many, folds)
    yield Row(
        "5,000: right names that it lacks, proposed", "", "", proposed(answers["other right names"])
    )
    # one fold only: the list takes seconds to index
    judged = [sample for sample in made if sample.right and sample.fold == 0]
    answers["all"] = link(judged, all_names, folds)
    ranked = share(one.ranked_first for one in answers["all"])
    now = f"{share(one.hit for one in answers['all'])} (ranked {ranked})"
    yield Row(f"{len(all_names):,}: top-1", ".90", ".92", now)
    for label, names in (("real rows", plain), ("real rows, Hanzi and Hangul known", known)):
        answers[label] = link(korean, names, folds)
        shown = (one.hit for one in answers[label])
        ranked = (one.ranked_first for one in answers[label])
        yield Row(
            f"{label}, {len(names)} names: top-1",
            ".92",
            ".98",
            f"{share(shown)} (ranked {share(ranked)})",
        )
        yield Row(f"{label}: wrong strong", "0", "0", wrong_strong(answers[label]))
    answers["traps"] = link(traps, plain, folds)
    yield Row("traps of the same pages, proposed", "", "", proposed(answers["traps"]))
    yield Row("traps: wrong strong", "0", "0", wrong_strong(answers["traps"]))
    for pivot in ("zh", "ja", "ru", "unknown"):
        ours, ratio = without_pivot(
            [one for one in real if one.right and one.pivot == pivot], plain
        )
        yield Row(
            f"--pivot none on rows by way of {pivot}: top-1",
            f"{ratio:.3f} (ratio)",
            f"{ratio + 0.1:.3f}",
            f"{ours:.3f}",
        )
    for label in ("200", "5000", "real rows"):
        kept = answers[label] + (answers["traps"] if label == "real rows" else [])
        yield Row(f"reliability, {label}", "", "", reliability(as_found(kept, shown=False)))


def link(samples: Sequence[Sample], names: Sequence[Name], folds: Sequence[Tables]) -> list[Answer]:
    """Link every sample by the tables of its fold."""
    answers = []
    for tables in {id(tables): tables for tables in folds}.values():
        ours = [one for one in fitting(samples, names) if folds[one.fold] is tables]
        if not ours:
            continue
        matcher = Matcher(names, pivot="ko", tables=tables)
        forms = [one.form for one in ours]
        shown = matcher.link_all(forms)
        ranked = matcher.link_all(forms, limit=1, score_cutoff=EVERYTHING)
        answers += [Answer(*one) for one in zip(ours, shown, ranked, strict=True)]
    return answers


def made_rows(
    label: str,
    answers: Sequence[Answer],
    top: tuple[str, str],
    f1: tuple[str, str],
    recall: tuple[str, str],
) -> Iterator[Row]:
    """Yield the rows of a list with garbles that were made."""
    garbles = [one for one in answers if one.sample.right]
    negatives = [one for one in answers if not one.sample.right]
    found = figures(as_found(answers, shown=True))
    ranked = share(one.ranked_first for one in garbles)
    yield Row(f"{label}: top-1", *top, f"{share(one.hit for one in garbles)} (ranked {ranked})")
    yield Row(f"{label}: best F1", *f1, f"{found['best'][0]:.3f}")
    yield Row(f"{label}: recall at precision .95", *recall, f"{found['recall'][0.95]:.3f}")
    yield Row(f"{label}: negatives proposed", "1 %", ".5 %", proposed(negatives))
    yield Row(f"{label}: wrong strong", "0", "0", wrong_strong(answers))


def as_found(
    answers: Sequence[Answer], *, shown: bool
) -> list[tuple[dict[str, str], list[tuple[str, float]]]]:
    """Return answers as `measure` reads them: what is shown, or what is ranked."""
    found = []
    for one in answers:
        query = {"canonical": one.sample.right, "origin": one.sample.origin}
        candidates = one.shown if shown else one.ranked
        found.append((query, [(other.canonical, other.score) for other in candidates]))
    return found


def share(outcomes: Iterator[bool]) -> str:
    """Return the share of what is true."""
    listed = list(outcomes)
    return f"{sum(listed) / max(1, len(listed)):.3f}"


def proposed(answers: Sequence[Answer]) -> str:
    """Return the share of forms for which a name is proposed."""
    number = sum(bool(one.shown) for one in answers)
    return f"{100 * number / max(1, len(answers)):.1f} % ({number} of {len(answers)})"


def wrong_strong(answers: Sequence[Answer]) -> str:
    """Return how many names are wrongly called certain, and how many names are called certain."""
    strong = sum(bool(one.shown) and one.shown[0].strong for one in answers)
    wrong = [one for one in answers if one.wrong_strong]
    examples = ", ".join(f"{one.sample.form} = {one.shown[0].canonical}" for one in wrong[:5])
    return f"{len(wrong)} of {strong} {examples}".strip()


def speed(samples: Sequence[Sample], names: Sequence[Name]) -> float:
    """Return how many forms a matcher links in a second of CPU time, once it is warm."""
    matcher = Matcher(names, pivot="ko")
    forms = [sample.form for sample in samples]
    list(matcher.link_all(forms))
    start = time.process_time()
    list(matcher.link_all(forms))
    return len(forms) / (time.process_time() - start)


def without_pivot(samples: Sequence[Sample], names: Sequence[Name]) -> tuple[float, float]:
    """Return how often the right name is first: by the matcher without a pivot, by plain ratio."""
    matcher = Matcher(names, pivot="none")
    forms = [(letters(form), name.canonical) for name in names for form in name.right]
    spelled = [form for form, _ in forms]
    ours = ratio = 0
    chosen = list(fitting(samples, names))
    found = matcher.link_all((one.form for one in chosen), score_cutoff=EVERYTHING)
    for sample, candidates in zip(chosen, found, strict=True):
        ours += bool(candidates) and candidates[0].canonical == sample.right
        best = process.extractOne(letters(sample.form), spelled, scorer=fuzz.ratio)
        ratio += forms[best[2]][1] == sample.right
    return ours / max(1, len(chosen)), ratio / max(1, len(chosen))


if __name__ == "__main__":
    main()

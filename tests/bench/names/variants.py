"""Variants in a corpus: what is proposed, how much of a list of known pairs is found, and the cost.

    python tests/bench/names/variants.py FOLDER ... [--pairs LIST.tsv] [--show 50]

LIST.tsv has a line for each pair: the wrong form, a tab, the right form. A pair counts if the
documents have both. It is found if the wrong form is a member of the group of the right form, or
both are members of one group: where both are about as frequent, no program knows which is right.

Neither corpora nor lists belong to the project. A list is what a person once corrected, for
instance in a commit that mends the names of a translation; the corpus is the parent of that commit.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))
from cleaner import formats
from cleaner.names.runs import find_runs
from cleaner.names.suggestion import Group
from cleaner.names.variants import Sightings, find_variants
from cleaner.text.document import Document

SUFFIXES = {".txt", ".md", ".markdown", ".srt", ".vtt", ".ass", ".html", ".xhtml"}


def main() -> None:
    """Print the figures of the folders on the command line."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("folders", nargs="+", type=Path)
    options.add_argument("--pairs", type=Path, help="a list of known pairs")
    options.add_argument("--show", type=int, default=0, help="print so many proposals")
    wish = options.parse_args()
    sightings = Sightings()
    documents = code_points = 0
    reading = gathering = 0.0
    for path, document in _documents(wish.folders):
        documents += 1
        code_points += len(document.text)
        begun = time.process_time()
        runs = list(find_runs(document))
        middle = time.process_time()
        sightings.add(str(path), document, runs)
        reading += middle - begun
        gathering += time.process_time() - middle
    begun = time.process_time()
    groups = find_variants(sightings)
    finding = time.process_time() - begun
    members = sum(len(group.members) for group in groups)
    print(f"{documents:,} documents, {code_points:,} code points, {len(sightings.words):,} words")
    print(f"{members:,} variants of {len(groups):,} names")
    print(f"CPU seconds: runs {reading:.1f}, gather {gathering:.1f}, find {finding:.1f}")
    _show(groups, wish.show)
    if wish.pairs:
        _print_recall(groups, sightings, wish.pairs)


def _documents(folders: Iterable[Path]) -> Iterator[tuple[Path, Document]]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in SUFFIXES and path.is_file():
                text = path.read_text(encoding="utf-8", errors="replace")
                yield path, formats.for_name(path.name).read(text)


def _show(groups: Iterable[Group], limit: int) -> None:
    """Print the likeliest variants."""
    found = [(member, group) for group in groups for member in group.members]
    found.sort(key=lambda row: (-row[0].score, row[0].form))
    for member, group in found[:limit]:
        strong = "strong" if member.strong else ""
        counts = f"{member.count} against {group.canonical_count} times"
        print(f"{member.score:.2f} {strong:6} {member.why}; {counts}")


def _print_recall(groups: Sequence[Group], sightings: Sightings, pairs: Path) -> None:
    """Print how many of the known pairs are found, and those that are not."""
    names = {}
    for group in groups:
        for member in group.members:
            names[member.form.lower()] = group.canonical.lower()
    found = total = directed = 0
    for line in pairs.read_text(encoding="utf-8").splitlines():
        wrong, right = line.split("\t")[:2]
        if not (_has(sightings, wrong) and _has(sightings, right)):
            continue
        total += 1
        one, other = wrong.lower(), right.lower()
        root = names.get(one, one)
        directed += names.get(one) == other
        if root == names.get(other, other):
            found += 1
        else:
            print(f"not found: {wrong} -> {right}")
    print(f"found {found} of {total} pairs, {directed} of them with the right form as canonical")


def _has(sightings: Sightings, form: str) -> bool:
    return form in sightings.words or form in sightings.names


if __name__ == "__main__":
    main()

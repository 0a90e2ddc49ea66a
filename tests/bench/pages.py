"""What becomes of the damage that a person saw on pages, and what is found on good ones.

    python tests/bench/pages.py FOLDER            the table, and the pages without a finding
    python tests/bench/pages.py FOLDER --edits    every edit with its surroundings, to be judged
    python tests/bench/pages.py FOLDER --missed   every place that nothing points at
    python tests/bench/pages.py FOLDER --good     every finding: for pages where nothing is wrong

FOLDER holds pages (NN.txt: `# ADDRESS`, an empty line, the text) and, for each, a list of what a
reader saw to be damaged before the tool was run (NN.tsv): the line in the file, the kind of damage,
the damaged text, and what is wanted: `mend ...` where a careful editor would mend it without the
source, else `report`.

A place counts as mended if an edit touches it, as suggested or reported if a finding does. Whether
an edit is right has to be read: the judgments are in `judged/damage.tsv`.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner import Cleaner, Result, load_rules
from cleaner.text.edits import Span

OUTCOMES = ("mended", "suggested", "reported", "missed")
AROUND = 30  # code points shown beside an edit


class Place(NamedTuple):
    """A damaged place of a page, as a reader listed it; `span` is in code points of the text."""

    line: int
    kind: str
    damaged: str
    wanted: str
    span: Span


class Page(NamedTuple):
    """A page with what is known of it, and what cleaning it gave."""

    name: str
    text: str
    places: Sequence[Place]
    result: Result


def read_pages(folder: Path, cleaner: Cleaner) -> Iterator[Page]:
    """Read and clean the pages of a folder, in the order of their names."""
    for path in sorted(folder.glob("*.txt")):
        head, _, text = path.read_bytes().decode().partition("\n\n")
        listed = path.with_suffix(".tsv")
        places = list(read_places(listed, text, head.count("\n") + 2)) if listed.exists() else []
        yield Page(path.stem, text, places, cleaner.clean(text))


def read_places(path: Path, text: str, skipped: int) -> Iterator[Place]:
    """Yield the listed places of a page; `skipped` lines of the file stand above its text.

    A place whose text is not on its line is looked for in the whole page, and left out if it is
    not there either.
    """
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    with path.open(encoding="utf-8", newline="") as file:
        for cells in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if len(cells) < 4 or not cells[0].isdigit():
                continue
            number, kind, damaged, wanted = int(cells[0]), *cells[1:4]
            first = starts[min(max(0, number - 1 - skipped), len(starts) - 1)]
            at = text.find(damaged, first)
            at = at if at >= 0 else text.find(damaged)
            if at >= 0:
                yield Place(number, kind, damaged, wanted, Span(at, at + len(damaged)))


def outcome(page: Page, place: Place) -> str:
    """Return what became of a damaged place."""
    near = Span(max(0, place.span.start - 1), place.span.end + 1)
    if any(edit.span.overlaps(near) or near.covers(edit.span) for edit in page.result.edits):
        return "mended"
    levels = set()
    for finding in page.result.findings:
        is_counted = place.kind == "date" and "places in all" in finding.message
        if finding.span.overlaps(near) or is_counted:
            levels.add(finding.level)
    for level, name in (("suggest", "suggested"), ("report", "reported")):
        if level in levels:
            return name
    return "missed"


def print_table(pages: Sequence[Page]) -> None:
    """Print by kind how many places had which outcome, those to be mended apart."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for page in pages:
        for place in page.places:
            wanted = "mend" if place.wanted.startswith("mend") else "report"
            for kind in (place.kind, "all"):
                counts[kind][f"{wanted} {outcome(page, place)}"] += 1
    columns = [f"{wanted} {name}" for wanted in ("mend", "report") for name in OUTCOMES]
    print(f"{'kind':14}" + "".join(f"{column:>18}" for column in columns))
    for kind in sorted(counts, key=lambda kind: (kind == "all", kind)):
        print(f"{kind:14}" + "".join(f"{counts[kind][column]:18}" for column in columns))


def print_edits(page: Page) -> None:
    """Print every edit of a page, marked if the reader listed no damage there."""
    listed = [place.span for place in page.places]
    for edit in page.result.edits:
        before = page.text[max(0, edit.span.start - AROUND) : edit.span.start]
        behind = page.text[edit.span.end : edit.span.end + AROUND]
        near = Span(max(0, edit.span.start - 1), edit.span.end + 1)
        mark = "" if any(near.overlaps(span) for span in listed) else "  (not listed)"
        change = f"[{edit.span.of(page.text)!r} -> {edit.replacement!r}]"
        print(f"{page.name}:{edit.span.start} {edit.label}: {before!r}{change}{behind!r}{mark}")


def print_missed(page: Page) -> None:
    """Print every listed place of a page that nothing points at."""
    for place in page.places:
        if outcome(page, place) == "missed":
            print(f"{page.name}:{place.line} {place.kind}: {place.damaged} ({place.wanted})")


def print_findings(page: Page) -> None:
    """Print every finding of a page."""
    for finding in page.result.findings:
        there = page.text[max(0, finding.span.start - AROUND) : finding.span.end + AROUND]
        print(f"{page.name}:{finding.span.start} {finding.level} {finding.label}: {there!r}")


def main() -> None:
    """Read the command line, clean the pages, print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    for flag in ("--edits", "--missed", "--good"):
        parser.add_argument(flag, action="store_true")
    asked = parser.parse_args()
    pages = list(read_pages(asked.folder, Cleaner(load_rules())))
    for page in pages:
        if asked.edits:
            print_edits(page)
        if asked.missed:
            print_missed(page)
        if asked.good:
            print_findings(page)
    if any(page.places for page in pages):
        print_table(pages)
    silent = [page.name for page in pages if not page.result.findings]
    pointed = [p.name for p in pages if any(outcome(p, place) != "missed" for place in p.places)]
    edits = sum(len(page.result.edits) for page in pages)
    print(f"{len(pages)} pages, {edits} edits, {len(silent)} without a finding: {' '.join(silent)}")
    print(f"{len(pointed)} with a finding at listed damage")


if __name__ == "__main__":
    main()

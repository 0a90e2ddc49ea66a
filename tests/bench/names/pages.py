"""How good the suggestions are on pages that a person has read before.

    python tests/bench/names/pages.py FOLDER         the figures
    python tests/bench/names/pages.py FOLDER --list  every proposal and every miss, page by page

FOLDER holds pages (NN.txt) and expected.tsv: a row for each thing that an editor would want to be
told, with the columns page, address, form, offset, kind, right and note. Kinds are

- `garble`: the form is a garbled name, and `right` is its right form;
- `pair`: the form and `right` are spellings, or orders, of one name on that page;
- `case`: the two differ in capitals only;
- `trap`: a right form or a word that nothing must be proposed for;
- `clean`: nothing is wrong with any name of the page.

Every page is searched by itself, as if nobody had ever accepted a name. A proposal is right if it
mends the form of a row, or a part of it; of a pair either spelling may be proposed for the other.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[3]))
from cleaner.formats import for_name
from cleaner.names.gazetteer import right_names
from cleaner.names.pivot.script import letters
from cleaner.names.suggest import Finder
from cleaner.names.suggestion import Group, Member
from cleaner.rulebook import load_rules

WANTED = ("garble", "pair", "case")


class Row(NamedTuple):
    """One thing that was read on a page."""

    form: str
    kind: str
    right: str


class Proposal(NamedTuple):
    """What was proposed on a page, and the row that it agrees with, if any."""

    group: Group
    member: Member
    row: Row | None


def read_rows(path: Path) -> dict[str, list[Row]]:
    """Return the rows of expected.tsv by page."""
    rows = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for cells in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            rows[cells["page"]].append(Row(cells["form"], cells["kind"], cells["right"]))
    return dict(rows)


def agreeing(group: Group, member: Member, rows: list[Row]) -> Row | None:
    """Return the row that a proposed form agrees with, or None if there is none."""
    others = [one.form for one in group.members if one is not member]
    names = [group.canonical, *group.aliases, *others]
    for row in rows:
        if row.kind not in WANTED:
            continue
        for wrong, right in _pairs(row):
            if any(_is_said(member.form, name, wrong, right) for name in names):
                return row
    return None


def _pairs(row: Row) -> Iterator[tuple[str, str]]:
    """Yield what a row says is wrong and right; of a pair either spelling may be taken."""
    for right in row.right.split("|"):
        yield row.form, right
        if row.kind in ("pair", "case"):
            yield right, row.form


def _is_said(form: str, name: str, wrong: str, right: str) -> bool:
    """Return whether `form` -> `name` mends `wrong`: as a whole, a part of it, or more than it."""
    part = _replaced(wrong, form, name)
    more = _replaced(form, wrong, right)
    is_part = part != wrong and letters(part) == letters(right)
    return is_part or (more != form and letters(more) == letters(name))


def _replaced(text: str, word: str, other: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", lambda _: other, text)


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("folder", type=Path)
    options.add_argument("--pivot", default="auto")
    options.add_argument("--list", action="store_true")
    asked = options.parse_args()
    names, listed = right_names(load_rules())
    total: Counter[str] = Counter()
    for page, rows in sorted(read_rows(asked.folder / "expected.tsv").items()):
        path = asked.folder / f"{page}.txt"
        finder = Finder(names, listed)
        finder.add(path.name, for_name(path.name).read(path.read_text("utf-8")), asked.pivot)
        found = [
            Proposal(group, member, agreeing(group, member, rows))
            for group in finder.groups()
            for member in group.members
        ]
        total["pages"] += 1
        total["without pivot"] += finder.without_pivot
        hit = {proposal.row for proposal in found if proposal.row}
        for row in rows:
            if row.kind in WANTED:
                total[row.kind] += 1
                total[f"{row.kind} found"] += row in hit
        for proposal in found:
            right = proposal.row is not None
            relation = proposal.group.relation
            total[f"{relation} right"] += right
            total[f"{relation} wrong"] += not right
            if proposal.member.strong:
                total["strong right"] += right
                total["strong wrong"] += not right
        if asked.list:
            _print_page(page, rows, found, hit)
    _print_figures(total)


def _print_page(page: str, rows: list[Row], found: list[Proposal], hit: set[Row | None]) -> None:
    for group, member, row in found:
        mark = "  " if row else "!!"
        strong = " strong" if member.strong else ""
        relation = group.relation
        print(
            f"{page} {mark} {member.score:.2f}{strong} {relation}: {member.form} -> "
            f"{group.canonical}   ({member.why})"
        )
    for row in rows:
        if row.kind in WANTED and row not in hit:
            print(f"{page} -- missed {row.kind}: {row.form} -> {row.right}")


def _print_figures(total: Counter[str]) -> None:
    print(f"{total['pages']} pages, {total['without pivot']} without traces of a pivot")
    for kind in WANTED:
        if total[kind]:
            share = total[f"{kind} found"] / total[kind]
            print(f"{kind:8} {total[kind]:4} to be found, {share:.2f} found")
    right = sum(total[f"{relation} right"] for relation in ("garble", "spelling", "case"))
    wrong = sum(total[f"{relation} wrong"] for relation in ("garble", "spelling", "case"))
    for label, good, bad in (
        ("all", right, wrong),
        ("garble", total["garble right"], total["garble wrong"]),
        ("spelling", total["spelling right"], total["spelling wrong"]),
        ("strong", total["strong right"], total["strong wrong"]),
    ):
        if good + bad:
            print(f"proposed {label:8} {good + bad:4}, {good / (good + bad):.2f} right")


if __name__ == "__main__":
    main()

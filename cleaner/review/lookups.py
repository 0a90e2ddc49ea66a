"""`.cleaner/lookups.yaml`: what a person has to look up in the source, and what was looked up.

    kind: lookups
    lookups:
    - file: articles/alibaba.txt
      place: "3:42"                 # line and column before the fix
      rule: punctuation/doubled-comma
      text: shrank,, its
      message: something was lost between two commas, often a name; see the source
      date: "2026-11-29"            # of the fix; "" if none covered it up
      done: "2026-11-30"            # when it was looked up; left out before that

A cleaned text no longer shows that something was lost there, so this is the only record of it.
`cleaner fix --backup` and `cleaner review` add to the list. What the texts still show is added when
it is looked up, so that nobody is asked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from cleaner.engine.findings import Finding
from cleaner.errors import RefusedError, RuleError
from cleaner.project.corpus import Cleaned
from cleaner.project.files import seen_from
from cleaner.project.revision import Undo, revise
from cleaner.reading import exists, real_path
from cleaner.reports.changes import change, location
from cleaner.review.entries import entries, read_bytes, with_entries
from cleaner.rules.layers import display_path
from cleaner.rules.marks import entry_start, inserted, marked, under, without
from cleaner.rules.reader import Node
from cleaner.rules.shape import known_keys, mapping_of, text_of
from cleaner.rules.writer import quoted, scalar
from cleaner.text.document import Document
from cleaner.text.visible import visible

PATH = Path(".cleaner/lookups.yaml")  # relative to the folder of the configuration
_HEAD = """\
# What was lost in translation: look it up in the source, then delete the entry or write `done` and
# the day into it, as `cleaner review --web` does. `cleaner fix --backup` adds to this list.
kind: lookups
lookups:
"""


class Lookup(NamedTuple):
    """Something to look up in the source.

    Attributes:
        file: the file, as seen from the folder of the configuration.
        place: where it was before the fix, as in 3:42 or chapter3.xhtml:12:5.
        rule: the id of the rule that covered it up.
        text: the words there, before the fix.
        message: what was lost.
        date: the day of the fix, as in 2026-11-29; "" if the text still shows it.
        done: the day on which it was looked up; "" if it was not.
    """

    file: str
    place: str
    rule: str
    text: str
    message: str
    date: str
    done: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells it from others: the file, the place, the rule and the words."""
        return self.file, self.place, self.rule, self.text


def lookups_of(cleaned: Cleaned, folder: Path, *, date: str) -> Iterator[Lookup]:
    """Yield what a cleaned file makes necessary to look up. Its name is relative to `folder`."""
    name = visible(seen_from(real_path(cleaned.file.path), real_path(folder)))
    for finding in cleaned.result.lookups:
        yield of_finding(name, cleaned.result.document, finding, date)


def of_finding(name: str, document: Document, finding: Finding, date: str = "") -> Lookup:
    """Return a finding of a document of this name as something to look up."""
    place = visible(str(location(document, finding)))
    words = change(document.text, finding)
    return Lookup(name, place, finding.label, words, finding.message, date)


def read_lookups(path: Path) -> tuple[Lookup, ...]:
    """Read the entries of a file. There are none if there is no such file.

    Raises:
        RuleError: the file is not as the top of this module shows it.
        RefusedError: it cannot be read.
    """
    data = read_bytes(path)
    return () if data is None else _parsed(data, display_path(path))


def keep(path: Path, found: Iterable[Lookup]) -> Undo | None:
    """Add entries to a file, without those that it already has; return what undoes that.

    Raises:
        RuleError: the file is not as the top of this module shows it.
        RefusedError: it cannot be written; it is then unchanged.
    """
    file = display_path(path)

    def change(text: str) -> str:
        known = {one.key for one in _parsed(text.encode(), file)} if text.strip() else set()
        lines: list[str] = []
        for lookup in found:
            if lookup.key not in known:
                known.add(lookup.key)
                lines += _lines(lookup)
        if not lines:
            return text
        return with_entries(text, "lookups", lines, file) if text.strip() else _new(lines)

    return revise(path, change)


def tick(path: Path, lookup: Lookup, done: str) -> Undo | None:
    """Write into a file when something was looked up; return what undoes that, None for nothing.

    Args:
        path: the file.
        lookup: what was looked up. If it is not on the list, it is added.
        done: the day; "" if it was not looked up after all. What the text still shows is then taken
            off the list.

    Raises:
        RuleError: the file is not as the top of this module shows it.
        RefusedError: its list is written in brackets, or it cannot be written. It is then
            unchanged.
    """
    file = display_path(path)
    ticked = lookup._replace(done=done)
    lines = list(_lines(ticked)) if done or lookup.date else []

    def change(text: str) -> str:
        known = _parsed(text.encode(), file) if text.strip() else ()
        numbers = [number for number, one in enumerate(known) if one.key == lookup.key]
        if numbers:
            text, at, indent = _without_entry(text, numbers[0], path)
            if known[1:]:
                return inserted(text, at, [indent + line for line in lines])
        if not lines:
            return text
        return with_entries(text, "lookups", lines, file) if text.strip() else _new(lines)

    return revise(path, change) if lines or exists(path) else None


def _without_entry(text: str, number: int, path: Path) -> tuple[str, int, str]:
    """Return a text without an entry, where its lines began, and how far they were indented."""
    root = marked(text, display_path(path))[1]
    left = without(text, root, "lookups", [number])
    if left is None:
        what = "these entries are written in brackets"
        raise RefusedError(path, f"{what}; change this one by hand")
    items = under(root, "lookups")
    indent = " " * items.start_mark.column
    return left, entry_start(text, items.value[number]), indent


def _parsed(data: bytes, file: str) -> tuple[Lookup, ...]:
    return tuple(_lookup(node) for node in entries(data, file, "lookups", "lookups"))


def _lookup(node: Node) -> Lookup:
    given = mapping_of(node, "an entry", "begin it with `- file: ...`")
    known_keys(node, Lookup._fields)
    for key in Lookup._fields:
        if key not in given and key != "done":
            remedy = f"an entry needs {', '.join(Lookup._fields[:-1])}"
            raise RuleError(node.place, f"the key `{key}` is missing", remedy)
    return Lookup(**{key: text_of(value, key, empty=True) for key, value in given.items()})


def _new(lines: Iterable[str]) -> str:
    return _HEAD + "\n".join([*lines, ""])


def _lines(lookup: Lookup) -> Iterator[str]:
    hyphen = "- "
    for key, value in lookup._asdict().items():
        if key == "done" and not value:
            continue
        written = quoted(value) if key in {"place", "date", "done"} else scalar(value)
        yield f"{hyphen}{key}: {written}"
        hyphen = "  "

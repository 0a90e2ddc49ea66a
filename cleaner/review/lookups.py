"""`.cleaner/lookups.yaml`: what a fix covered up, for a person to look up in the source.

    kind: lookups
    lookups:
    - file: articles/alibaba.txt
      place: "3:42"                 # line and column before the fix
      rule: punctuation/doubled-comma
      text: shrank,, its
      message: something was lost between two commas, often a name; see the source
      date: "2026-11-29"

The cleaned text no longer shows that something was lost there, so this is the only record of it.
`cleaner fix --backup` and `cleaner review` add to the list. Delete an entry that is looked up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import RefusedError, RuleError
from cleaner.project.corpus import Cleaned
from cleaner.project.files import seen_from
from cleaner.project.revision import Undo, revise
from cleaner.reading import exists, real_path
from cleaner.reports.changes import change, location
from cleaner.review.entries import entries, read_bytes, with_entries
from cleaner.rules.layers import display_path
from cleaner.rules.marks import marked, without
from cleaner.rules.reader import Node
from cleaner.rules.shape import known_keys, mapping_of, text_of
from cleaner.rules.writer import quoted, scalar
from cleaner.text.visible import visible

PATH = Path(".cleaner/lookups.yaml")  # relative to the folder of the configuration
_HEAD = """\
# What was lost in translation and what fixes covered up: look it up in the source, then delete the
# entry. `cleaner fix --backup` and `cleaner review` add to this list.
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
        date: the day of the fix, as in 2026-11-29.
    """

    file: str
    place: str
    rule: str
    text: str
    message: str
    date: str


def lookups_of(cleaned: Cleaned, folder: Path, *, date: str) -> Iterator[Lookup]:
    """Yield what a cleaned file makes necessary to look up. Its name is relative to `folder`."""
    document = cleaned.result.document
    name = visible(seen_from(real_path(cleaned.file.path), real_path(folder)))
    for finding in cleaned.result.lookups:
        place = visible(str(location(document, finding)))
        words = change(document.text, finding)
        yield Lookup(name, place, finding.label, words, finding.message, date)


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
        known = set(_parsed(text.encode(), file)) if text.strip() else set[Lookup]()
        lines: list[str] = []
        for lookup in dict.fromkeys(found):
            if lookup not in known:
                lines += _lines(lookup)
        if not lines:
            return text
        return with_entries(text, "lookups", lines, file) if text.strip() else _new(lines)

    return revise(path, change)


def take_off(path: Path, lookup: Lookup) -> Undo | None:
    """Take an entry off the list; return what undoes that, None if it is not on the list.

    Raises:
        RuleError: the file is not as the top of this module shows it.
        RefusedError: its list is written in brackets, or it cannot be written. It is then
            unchanged.
    """
    file = display_path(path)

    def change(text: str) -> str:
        known = _parsed(text.encode(), file) if text.strip() else ()
        if lookup not in known:
            return text
        left = without(text, marked(text, file)[1], "lookups", [known.index(lookup)])
        if left is None:
            what = "these entries are written in brackets"
            raise RefusedError(path, f"{what}; delete this one by hand")
        return left

    return revise(path, change) if exists(path) else None


def _parsed(data: bytes, file: str) -> tuple[Lookup, ...]:
    return tuple(_lookup(node) for node in entries(data, file, "lookups", "lookups"))


def _lookup(node: Node) -> Lookup:
    given = mapping_of(node, "an entry", "begin it with `- file: ...`")
    known_keys(node, Lookup._fields)
    for key in Lookup._fields:
        if key not in given:
            remedy = f"an entry needs {', '.join(Lookup._fields)}"
            raise RuleError(node.place, f"the key `{key}` is missing", remedy)
    return Lookup(**{key: text_of(given[key], key, empty=True) for key in Lookup._fields})


def _new(lines: Iterable[str]) -> str:
    return _HEAD + "\n".join([*lines, ""])


def _lines(lookup: Lookup) -> Iterator[str]:
    hyphen = "- "
    for key, value in lookup._asdict().items():
        written = quoted(value) if key in {"place", "date"} else scalar(value)
        yield f"{hyphen}{key}: {written}"
        hyphen = "  "

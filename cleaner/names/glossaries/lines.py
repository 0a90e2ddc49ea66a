"""One name a line; a line that begins with `#` is a comment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaner.errors import RuleError
from cleaner.names.glossaries._entries import Entry, Notes, checked_entry
from cleaner.names.glossaries._holding import Holds
from cleaner.names.glossaries._source import Source
from cleaner.names.name import Name

TITLE = "a list of names, one a line"
_COMMENT = "#"
HOLDS = Holds(frozenset(), canonical=lambda form: not form.startswith(_COMMENT))


def recognises(source: Source) -> int:
    """Return 1 for every text that is neither JSON nor XML."""
    if source.is_workbook or source.is_json or source.root or "\0" in source.text:
        return 0
    return 1


def entries(source: Source, notes: Notes) -> Iterator[Entry]:  # noqa: ARG001
    """Yield the names."""
    for line in source:
        name = line.text.strip()
        if name.startswith(_COMMENT):
            continue
        place = source.place(line.number)
        if "\t" in name:
            raise RuleError(
                place,
                "a list of names has a tab",
                "begin a table with a header: canonical, kind, zh, ko, aliases, separated by tabs",
            )
        yield checked_entry(place, {"canonical": name})


def write(names: Sequence[Name]) -> str:
    """Return the canonical forms, one a line."""
    return "".join(f"{name.canonical}\n" for name in names)

"""Subtitle Edit's lists of names: `names.xml` and `LANGUAGE_names.xml`.

The names under `blacklist` are no names in that language, and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from cleaner.names.glossaries._elements import parse
from cleaner.names.glossaries._entries import Entry, Notes, checked_entry, has_latin_letter
from cleaner.names.glossaries._holding import Holds
from cleaner.names.glossaries._source import Source
from cleaner.names.name import Name

TITLE = "Subtitle Edit's list of names"
HOLDS = Holds(frozenset())

_ROOTS = ("names", "ignore_words")  # the second is that of older versions


def recognises(source: Source) -> int:
    """Return 3 if the root element is that of such a list."""
    return 3 if not source.is_workbook and source.root in _ROOTS else 0


def entries(source: Source, notes: Notes) -> Iterator[Entry]:
    """Yield the names."""
    root = parse(source)
    for blacklisted in root.all("blacklist"):
        for element in blacklisted.all("name"):
            notes.add("names in the blacklist", f"line {element.place.line}, “{element.text[:40]}”")
    for element in root.children:
        if element.name != "name" or not element.text:
            continue
        if has_latin_letter(element.text):
            yield checked_entry(element.place, {"canonical": element.text})
        else:
            notes.add("names without Latin letters", f"line {element.place.line}")


def write(names: Sequence[Name]) -> str:
    """Return the canonical forms."""
    lines = [f"  <name>{escape(name.canonical)}</name>\n" for name in names]
    return f'<?xml version="1.0" encoding="utf-8"?>\n<names>\n{"".join(lines)}</names>\n'

"""Lines that lead from one form to another: `Ma Win -> Ma Yun`, `마윈 = Ma Yun`.

The dictionaries of codespell and the lists of many readers of web novels are written so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaner.names.glossaries import _tables
from cleaner.names.glossaries._columns import Row, Table
from cleaner.names.glossaries._entries import Entry, Notes
from cleaner.names.glossaries._holding import Holds
from cleaner.names.glossaries._scripts import script_of
from cleaner.names.glossaries._source import Line, Source
from cleaner.names.name import Name

TITLE = "a list of forms with an arrow or an equals sign"

_COMMENTS = ("#", "//")
_ARROW = re.compile(r"\s*(?:->|=>|→|⇒|=)\s*")


def _is_form(text: str) -> bool:
    return not (_ARROW.search(text) or text.startswith(_COMMENTS) or {*"|;"} & {*text})


HOLDS = Holds(
    frozenset({"variants"}),
    "variants",
    canonical=_is_form,
    text=lambda text: _is_form(text) and script_of(text) == "latin",
)


def recognises(source: Source) -> int:
    """Return 3 if every line leads from one form to another, 2 if most do."""
    if source.is_workbook or source.is_json or source.root:
        return 0
    lines = _lines(source)
    matching = sum(len(_forms(line)) == 2 for line in lines)
    if not lines or matching * 2 <= len(lines):
        return 0
    return 3 if matching == len(lines) else 2


def _lines(source: Source) -> list[Line]:
    return [line for line in source if not line.text.lstrip().startswith(_COMMENTS)]


def _forms(line: Line) -> list[str]:
    return [form for form in _ARROW.split(line.text.strip(), maxsplit=1) if form]


def entries(source: Source, notes: Notes) -> Iterator[Entry]:
    """Yield the names."""
    rows: list[Row] = []
    for line in _lines(source):
        place = source.place(line.number)
        forms = _forms(line)
        if len(forms) == 2:
            rows.append(Row(place, forms))
        else:
            notes.add("lines without an arrow", f"line {line.number}")
    return _tables.entries_of(Table((), rows, source.place(1)), source, notes)


def write(names: Sequence[Name]) -> str:
    """Return the variants, each with an arrow to its canonical form."""
    lines = [f"{form} -> {name.canonical}\n" for name in names for form in name.variants]
    return "".join(lines)

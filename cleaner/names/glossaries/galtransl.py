"""GalTransl dictionaries: source and target between tabs or four spaces, and perhaps a remark.

What is read is the code of GalTransl/Dictionary.py: lines that begin with `//` or two backslashes
are comments, and `mono`, `diag`, `pre_jp` and the like before the source are conditions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaner.names.glossaries import _holding, _tables
from cleaner.names.glossaries._columns import Row, Table, is_header
from cleaner.names.glossaries._entries import Entry, Notes
from cleaner.names.glossaries._source import Line, Source
from cleaner.names.name import Name

TITLE = "a GalTransl dictionary"
_COMMENTS = ("//", "\\\\")
HOLDS = _holding.pairs("kind", comments=_COMMENTS)
_SPACES = "    "  # GalTransl takes them for a tab
_SITUATIONS = ("mono", "diag")
_WHEN, _WHAT = ("pre", "post"), ("jp", "zh", "src", "dst")
_CONDITIONS = tuple(f"{when}_{what}" for when in _WHEN for what in _WHAT)
_ANCHORS = ("^^", "1^")  # replace only at the beginning, or only once


def recognises(source: Source) -> int:
    """Return 3 if lines have two cells without a header, and something is GalTransl's own."""
    if source.is_workbook or source.is_json or source.root:
        return 0
    rows = [_cells(line) for line in _lines(source)]
    if not rows or is_header(rows[0]) or any(len(cells) < 2 for cells in rows):
        return 0
    has_comments = len(rows) < len(source.lines)
    has_conditions = any(cells[0] in (*_SITUATIONS, *_CONDITIONS) for cells in rows)
    has_spaces = not any("\t" in line.text for line in source)
    return 3 if has_comments or has_conditions or has_spaces else 0


def _lines(source: Source) -> list[Line]:
    return [line for line in source if not line.text.startswith(_COMMENTS)]


def _cells(line: Line) -> list[str]:
    cells = line.text.replace(_SPACES, "\t").split("\t")
    return [cell.strip() for cell in cells if cell.strip()]


def entries(source: Source, notes: Notes) -> Iterator[Entry]:
    """Yield the names. Conditions are left out."""
    rows = [Row(source.place(line.number), _without_conditions(line)) for line in _lines(source)]
    return _tables.entries_of(Table((), rows, source.place(1)), source, notes)


def _without_conditions(line: Line) -> list[str]:
    cells = _cells(line)
    if cells[0] in _SITUATIONS:
        cells = cells[1:]
    elif cells[0] in _CONDITIONS:
        cells = cells[2:]
    for anchor in _ANCHORS:
        if cells and cells[0].startswith(anchor):
            cells[0] = cells[0].removeprefix(anchor)
    return cells


def write(names: Sequence[Name]) -> str:
    """Return forms with their English form, and the kind as the remark."""
    lines = ["// source\ttarget\tremark"]
    for form, name in _tables.pairs(names):
        lines.append("\t".join(filter(None, (form, name.canonical, name.kind))))
    return "".join(f"{line}\n" for line in lines)

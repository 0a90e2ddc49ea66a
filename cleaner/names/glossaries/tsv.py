"""A table with tabs between its cells, with or without a header."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaner.names.glossaries import _holding, _tables
from cleaner.names.glossaries._columns import is_header
from cleaner.names.glossaries._entries import Entry, Notes
from cleaner.names.glossaries._source import Source
from cleaner.names.name import Name

TITLE = "a table with tabs"
HOLDS = _holding.everything(separated=True)

_TAB = "\t"


def recognises(source: Source) -> int:
    """Return 3 if the first line is a header with tabs, 2 if all lines have a tab."""
    if source.is_workbook or source.is_json or not source.lines:
        return 0
    if _TAB in source.lines[0].text and is_header(_tables.first_cells(source, _TAB)):
        return 3
    return 2 if all(_TAB in line.text.strip() for line in source) else 0


def entries(source: Source, notes: Notes) -> Iterator[Entry]:
    """Yield the names of the table."""
    rows = _tables.rows_of_lines(source, source)
    return _tables.entries_of(_tables.table_of(rows, source), source, notes)


def write(names: Sequence[Name]) -> str:
    """Return names as a table with our header."""
    return _tables.written(names, _TAB)

"""A table with commas or semicolons between its cells, with or without a header."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaner.names.glossaries import _holding, _tables
from cleaner.names.glossaries._columns import Table, is_header
from cleaner.names.glossaries._entries import Entry, Notes
from cleaner.names.glossaries._scripts import main_script
from cleaner.names.glossaries._source import Source
from cleaner.names.name import Name

TITLE = "a table with commas or semicolons"
HOLDS = _holding.everything(separated=True)

_SEPARATORS = ",;"
_SUFFIX = ".csv"


def recognises(source: Source) -> int:
    """Return 3 if the first line is a header, 2 if the cells of a line differ in script.

    A file that is called CSV and has separators needs no further sign.
    """
    if source.is_workbook or source.is_json or source.root or not source.lines:
        return 0
    if any(is_header(_tables.first_cells(source, separator)) for separator in _SEPARATORS):
        return 3
    is_called_so = source.suffix == _SUFFIX and _separator(source) in source.text
    return 2 if is_called_so or _has_two_scripts(source) else 0


def _has_two_scripts(source: Source) -> bool:
    """Return whether every line has several cells, and the first two differ in script."""
    separator = _separator(source)
    if not all(separator in line.text for line in source):
        return False
    rows = _tables.rows_of_lines(source, source, separator)
    table = Table((), rows, source.place(1))
    scripts = {main_script(table.column(0)), main_script(table.column(1))}
    return "latin" in scripts and len(scripts - {""}) == 2


def _separator(source: Source) -> str:
    """Return what separates the cells: the separator of a header, or else the more frequent one."""
    for separator in _SEPARATORS:
        if is_header(_tables.first_cells(source, separator)):
            return separator
    return max(_SEPARATORS, key=lambda one: sum(one in line.text for line in source))


def entries(source: Source, notes: Notes) -> Iterator[Entry]:
    """Yield the names of the table.

    Raises:
        UsageError: it has no header, and both columns are in Latin letters. They could be first
            and last names.
    """
    rows = _tables.rows_of_csv(source, _separator(source))
    table = _tables.table_of(rows, source)
    if not table.header and {main_script(table.column(at)) for at in (0, 1)} == {"latin"}:
        raise source.unknown(f"{_tables.described(table)}, all in Latin letters")
    yield from _tables.entries_of(table, source, notes)


def write(names: Sequence[Name]) -> str:
    """Return names as a table with our header."""
    return _tables.written(names, ",")

"""Tables in text: cells between tabs, commas or semicolons."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from cleaner.errors import RuleError
from cleaner.names.glossaries._columns import Row, Table, entries, is_header, lacks_english
from cleaner.names.glossaries._entries import KEYS, Entry, Notes
from cleaner.names.glossaries._source import Line, Source
from cleaner.names.name import Name
from cleaner.text.counting import count

_MAX_FIRST_LINE = 1_000  # code points of the first line that are read as a header


def first_cells(source: Source, separator: str) -> list[str]:
    """Return the cells of the first line that is not empty."""
    line = source.lines[0].text if source.lines else ""
    return cells_of(line[:_MAX_FIRST_LINE], separator)


def cells_of(line: str, separator: str) -> list[str]:
    """Return the cells of one line. A quotation mark that never closes does no harm."""
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:  # a cell that is longer than any name
        return line.split(separator)


def rows_of_lines(lines: Iterable[Line], source: Source, separator: str = "\t") -> list[Row]:
    """Return the rows of lines, each of them a row."""
    return [Row(source.place(line.number), cells_of(line.text, separator)) for line in lines]


def rows_of_csv(source: Source, separator: str) -> list[Row]:
    """Return the rows of CSV, in which a cell in quotation marks may have several lines.

    Raises:
        RuleError: a quotation mark is wrong; with the place where its row begins.
    """
    reader = csv.reader(StringIO(source.text, newline=""), delimiter=separator, strict=True)
    rows: list[Row] = []
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(source.place(start), cells))
            start = reader.line_num + 1
    except csv.Error as error:
        what = f"this row cannot be read ({error})"
        raise RuleError(source.place(start), what, "check its quotation marks") from None
    return rows


def table_of(rows: Sequence[Row], source: Source) -> Table:
    """Return rows as a table, with the first one as its header if it is one."""
    place = source.place(1)
    if rows and is_header(rows[0].cells):
        return Table([cell.strip() for cell in rows[0].cells], rows[1:], place)
    return Table((), rows, place)


def entries_of(table: Table, source: Source, notes: Notes) -> Iterator[Entry]:
    """Yield the names of a table.

    Raises:
        UsageError: no column can be seen to hold English forms.
        RuleError: the header or a row is wrong.
    """
    found = entries(table, notes)
    if found is None:
        raise source.unknown(described(table))
    yield from found


def described(table: Table) -> str:
    """Say what a table looks like, for somebody whose table has no known shape."""
    rows = count(len(table.rows), "row")
    if table.header:
        columns = ", ".join(table.header)[:200]
        return f"a table of {rows} with the columns {columns}{without_english(table)}"
    width = max((len(row.cells) for row in table.rows), default=0)
    first = ", ".join(table.rows[0].cells)[:100] if table.rows else ""
    return f"a table of {rows} and {width} columns without a known header (first row: {first})"


def without_english(table: Table) -> str:
    """Say, behind what a table is, that it has forms but none in English; "" if it has one."""
    return " and no form in Latin letters" if lacks_english(table) else ""


def written(names: Sequence[Name], separator: str) -> str:
    """Return names as a table with our header."""
    rows = [[*KEYS], *(_cells(name) for name in names)]
    return delimited(rows, separator)


def delimited(rows: Iterable[Sequence[str]], separator: str) -> str:
    """Return rows of cells as text."""
    text = StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _cells(name: Name) -> list[str]:
    return [
        name.canonical,
        name.kind,
        name.hanzi,
        "|".join(name.hangul),
        "|".join(name.aliases),
        "|".join(name.companions),
        "|".join(name.variants),
    ]


def pairs(names: Iterable[Name]) -> Iterator[tuple[str, Name]]:
    """Yield each form in Hanzi or Hangul with its name."""
    for name in names:
        for form in (name.hanzi, *name.hangul):
            if form:
                yield form, name

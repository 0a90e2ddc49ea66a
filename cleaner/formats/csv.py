"""Tables as text: CSV as RFC 4180 and Python's `csv` read it, and tab-separated values.

The first row names the fields and is no text; a field may also be the number of a column. Each
other row is a unit. A cell that needs quotation marks because of a change gets them.

- .tsv: tabs, and no quoting, so a quotation mark is one.
- .csv: the delimiter is that of , ; tab and | which the first row shows: the one that divides it
  into the fields that are asked for, else the most frequent one. (`csv.Sniffer` guesses by the
  frequency of characters in all rows, and prose has commas.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

from cleaner.formats import MalformedError, Rows, _fields
from cleaner.text.builder import Builder
from cleaner.text.document import Document
from cleaner.text.edits import Span
from cleaner.text.sourcemap import UnwritableError
from cleaner.text.visible import shortened

NAME = "csv"
SUFFIXES = (".csv",)
IN_FOLDERS = "fields"

_DELIMITERS = (",", ";", "\t", "|")
_DIVIDED_BY = re.compile(r"sep=(.)(?:\r\n?|\n)")  # how Excel says what the delimiter is
_LINE_END = re.compile(r"\r\n?|\n")
_ESCAPE = re.compile(r'""|\r\n?')


class Style(NamedTuple):
    """How a table is written.

    Attributes:
        delimiter: what is between two cells.
        quoting: whether cells may be in quotation marks.
        line_end: what ends a line in a cell.
    """

    delimiter: str
    quoting: bool = True
    line_end: str = "\n"


class _Cell(NamedTuple):
    """A cell of a row.

    Attributes:
        span: its span in the source, with its quotation marks.
        inner: what is in the quotation marks; the same span if it has none.
        is_last: whether it ends its row.
    """

    span: Span
    inner: Span
    is_last: bool

    @property
    def is_quoted(self) -> bool:
        """Whether it has quotation marks."""
        return self.span != self.inner

    @property
    def is_odd(self) -> bool:
        """Whether something follows its closing quotation mark, which `csv` adds to it."""
        return self.is_quoted and self.inner.end + 1 != self.span.end


def read(source: str, fields: Sequence[str] = (), *, required: bool = True) -> Document:
    r"""Return the cells of some columns as a document.

    >>> read('id;title\n1;"Ma Win; a life"\n', ["title"]).text
    'Ma Win; a life'

    Raises:
        MalformedError: no field is asked for, one is lacking that is required, or a quotation mark
            is not closed.
    """
    style, start = _style(source, fields)
    return read_table(source, fields, style, start, required=required)


def rows(beginning: str, fields: Sequence[str], id: str = "") -> Rows:
    """Return how a source is read row by row; see `Format.rows`."""
    style, start = _style(beginning, fields)
    return rows_of_table(beginning, fields, style, start, id=id)


def _style(source: str, fields: Sequence[str]) -> tuple[Style, int]:
    """Return how a table is written, and where its first row begins.

    It is the style that divides the first row into the fields that are asked for, or into the most
    cells.
    """
    found = _DIVIDED_BY.match(source)
    start = found.end() if found else 0
    choices = found[1] if found else _DELIMITERS
    line_end = _LINE_END.search(source)
    styles = [Style(one, line_end=line_end[0] if line_end else "\n") for one in choices]

    def fitness(style: Style) -> tuple[int, int]:
        names = _names(source, start, style)
        return sum(field in names for field in fields), len(names)

    return max(styles, key=fitness), start


def read_table(
    source: str, fields: Sequence[str], style: Style, start: int = 0, *, required: bool
) -> Document:
    """Return the cells of some columns of a table that is written like this.

    Args:
        source: the source.
        fields: the names or numbers of columns.
        style: how it is written.
        start: where the first row begins.
        required: whether the table has to have all these columns.

    Raises:
        MalformedError: see `read`.
    """
    rows = _rows(source, start, style)
    header = next(rows, [])
    names = [_text(source, cell) for cell in header]
    if not any(names):
        _check_nothing_follows(source, start)
        return Builder(source).document()
    if not fields:
        raise _fields.unnamed(names)
    columns, lacking = _columns(names, fields)
    builder = Builder(source)
    _fields.check_found(builder, fields, lacking, filter(None, names), required=required)
    for number, row in enumerate(rows, 2):
        _add_row(builder, row, columns, style, f"row {number}, ")
        if row:
            span = Span(row[0].span.start, row[-1].span.end)
            builder.unit(span, partial(_read_row, columns=columns, style=style))
    return builder.document()


def rows_of_table(
    beginning: str,
    fields: Sequence[str],
    style: Style,
    start: int = 0,
    *,
    id: str,
) -> Rows:
    """Return how a table that is written like this is read row by row; see `Format.rows`.

    Raises:
        MalformedError: see `read`.
    """
    pattern = _row_pattern(style)
    source = beginning.encode()
    found = pattern.match(source, start)
    header = source[: found.end() if found else start].decode()
    names = [_text(beginning, cell) for cell in next(_rows(beginning, start, style), [])]
    if not any(names):
        _check_nothing_follows(beginning, start)
    read_table(header, fields, style, start, required=True)  # refuses what is wrong with the fields
    columns, _ = _columns(names, fields)
    if id and not _columns(names, [id])[0]:
        what = f"there is no field “{id}” that tells which row it is"
        raise MalformedError(f"{what}; name another one with --id")
    read_row = partial(_read_full_row, columns=columns, style=style)
    return Rows(header, pattern, read_row, partial(_cell_in, id=id, names=names, style=style))


def _row_pattern(style: Style) -> re.Pattern[bytes]:
    """Return what matches a row in UTF-8; see `Rows.row`."""
    delimiter = re.escape(style.delimiter)
    cell = rf"[^{delimiter}\r\n]*+"
    if not style.delimiter.isascii():  # it has several bytes
        cell = rf"(?:(?!{delimiter})[^\r\n])*+"
    if style.quoting:
        cell = rf'(?:"(?:[^"]++|"")*+"{cell}|(?!"){cell})'
    return re.compile(rf"({cell}(?:{delimiter}{cell})*+)(?:\r\n?|\n|\Z)".encode())


def _read_full_row(source: str, columns: dict[int, str], style: Style) -> Document:
    """Return the cells of a row as a document.

    Raises:
        MalformedError: it ends before the first of the columns, or a quotation mark is not closed.
    """
    (row,) = _rows(source, 0, style)
    if not any(column < len(row) for column in columns):
        raise _fields.without_text(list(columns.values()), ())
    return _read_row(source, columns, style)


def _cell_in(source: str, id: str, names: Sequence[str], style: Style) -> str | None:
    """Return the text of the cell in a row that tells which row it is."""
    columns, _ = _columns(names, [id] if id else [])
    for row in _rows(source, 0, style):
        for column in columns:
            if column < len(row):
                return _text(source, row[column])
    return None


def _check_nothing_follows(source: str, start: int) -> None:
    """Refuse a table whose first row, which begins at `start`, names nothing, unless it is empty.

    Raises:
        MalformedError: it is not.
    """
    if source[start:].strip():
        raise MalformedError("the first row does not name the fields; name them there", start)


def _columns(names: Sequence[str], fields: Sequence[str]) -> tuple[dict[int, str], list[str]]:
    """Return the numbers of the columns that are asked for, from 0, each with what to call it; and
    the fields without a column.

    >>> _columns(["id", "text", "text"], ["text", "1", "by"])
    ({1: 'text', 2: 'text', 0: 'id'}, ['by'])
    """
    columns: dict[int, str] = {}
    lacking: list[str] = []
    for field in fields:
        found = [number for number, name in enumerate(names) if name == field]
        if not found:
            found = [number for number, name in enumerate(names) if name.strip() == field.strip()]
        if not found and field.isdecimal() and 1 <= int(field) <= len(names):
            found = [int(field) - 1]
        if not found:
            lacking.append(field)
        for number in found:
            columns[number] = shortened(names[number].strip()) or f"column {number + 1}"
    return columns, lacking


def _read_row(source: str, columns: dict[int, str], style: Style) -> Document:
    """Return the cells of one row as a document."""
    builder = Builder(source)
    for row in _rows(source, 0, style):
        _add_row(builder, row, columns, style, "")
    return builder.document()


def _add_row(
    builder: Builder, row: Sequence[_Cell], columns: dict[int, str], style: Style, label: str
) -> None:
    for column, cell in enumerate(row):
        if column in columns:
            _add_cell(builder, cell, style, label + columns[column])


def _add_cell(builder: Builder, cell: _Cell, style: Style, label: str) -> None:
    source = builder.source
    has_lines = bool(_LINE_END.search(source, *cell.span))
    passage = _fields.open_cell(builder, label, has_lines=has_lines)
    if not cell.is_quoted:
        if style.quoting:
            builder.frame(cell.span, partial(_framed, style=style, old=cell.span.of(source)))
        else:
            passage.spell = partial(_unquoted, delimiter=style.delimiter)
        passage.verbatim(source, cell.span)
        return
    passage.spell = partial(_quoted, line_end=style.line_end)
    passage.locked = cell.is_odd
    at = cell.inner.start
    for found in _ESCAPE.finditer(source, *cell.inner):
        passage.verbatim(source, Span(at, found.start()))
        passage.spelled(Span(*found.span()), '"' if found[0] == '""' else "\n")
        at = found.end()
    passage.verbatim(source, Span(at, cell.inner.end))
    passage.verbatim(source, Span(cell.inner.end + 1, cell.span.end))


def _quoted(text: str, line_end: str) -> str:
    return text.replace('"', '""').replace("\n", line_end)


def _unquoted(text: str, delimiter: str) -> str:
    if delimiter in text or "\n" in text:
        raise UnwritableError("a cell without quotation marks cannot hold this")
    return text


def _framed(cell: str, style: Style, old: str) -> str:
    """Return a cell that had no quotation marks with them, if it needs them now.

    >>> _framed('so "he" said', Style(","), "so ''he'' said")
    '"so ""he"" said"'
    """
    is_plain = style.delimiter not in cell and not _LINE_END.search(cell)
    if is_plain and not cell.startswith('"') and ('"' not in cell or '"' in old):
        return cell
    return f'"{_quoted(cell, style.line_end)}"'


def _names(source: str, start: int, style: Style) -> list[str]:
    """Return the names of the fields, as the first row gives them; [] if it is malformed."""
    try:
        return [_text(source, cell) for cell in next(_rows(source, start, style), [])]
    except MalformedError:
        return []


def _text(source: str, cell: _Cell) -> str:
    text = cell.inner.of(source)
    if cell.is_quoted:
        text = text.replace('""', '"') + source[cell.inner.end + 1 : cell.span.end]
    return text


def _rows(source: str, start: int, style: Style) -> Iterator[list[_Cell]]:
    """Yield the cells of each row; a blank line is a row without cells.

    Raises:
        MalformedError: a quotation mark is not closed.
    """
    row: list[_Cell] = []
    for cell in _cells(source, start, style):
        row.append(cell)
        if cell.is_last:
            is_blank = len(row) == 1 and row[0].span.start == row[0].span.end
            yield [] if is_blank else row
            row = []


def _cells(source: str, start: int, style: Style) -> Iterator[_Cell]:
    cell = _cell_pattern(style)
    at = start
    while at < len(source):
        found = cell.match(source, at)
        if found is None:
            what = "this quotation mark is not closed; close it, or double those in the cell"
            raise MalformedError(what, at=at)
        span = Span(at, found.start("end"))
        is_quoted = style.quoting and found["inner"] is not None
        inner = Span(*found.span("inner")) if is_quoted else span
        yield _Cell(span, inner, is_last=found["end"] != style.delimiter)
        at = found.end()
    if source.endswith(style.delimiter, start):
        yield _Cell(Span(at, at), Span(at, at), is_last=True)


@cache
def _cell_pattern(style: Style) -> re.Pattern[str]:
    """Return what matches a cell and what ends it."""
    delimiter = re.escape(style.delimiter)
    rest = rf"[^{delimiter}\r\n]*+"
    cell = rf'(?:"(?P<inner>(?:[^"]++|"")*+)"{rest}|(?!"){rest})' if style.quoting else rest
    return re.compile(rf"{cell}(?P<end>{delimiter}|\r\n?|\n|\Z)")

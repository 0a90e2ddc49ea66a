"""Workbooks of spreadsheet programs: the first sheet that has rows.

python-calamine reads them: xlsx, xls and ods. They are only read; a spreadsheet program opens CSV.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from cleaner.errors import UnreadableError, UsageError
from cleaner.names.glossaries import _tables
from cleaner.names.glossaries._columns import Row
from cleaner.names.glossaries._entries import Entry, Notes
from cleaner.names.glossaries._source import Source

TITLE = "a workbook"


def recognises(source: Source) -> int:
    """Return 3 if the bytes begin as those of a workbook do."""
    return 3 if source.is_workbook else 0


def entries(source: Source, notes: Notes) -> Iterator[Entry]:
    """Yield the names of the first sheet that has rows.

    Raises:
        UsageError: the file is no workbook, or too large.
    """
    rows = [
        Row(source.place(number), cells)
        for number, cells in enumerate(_rows(source), 1)
        if any(cells)
    ]
    yield from _tables.entries_of(_tables.table_of(rows, source), source, notes)


def _rows(source: Source) -> list[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook

    _check_size(source)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(source.data))
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if rows:
                return [[_text(cell) for cell in row] for row in rows]
    except CalamineError as error:
        what = f"this workbook cannot be read ({error})"
        raise UsageError(f"{source.file}: {what}; save it again, or as CSV") from None
    return []


def _text(cell: Any) -> str:
    """Return a cell; numbers and dates are no names."""
    return cell.strip() if isinstance(cell, str) else ""


def _check_size(source: Source) -> None:
    """Refuse an archive that is damaged or would grow beyond what is read of one."""
    from cleaner.formats import _zip

    if not source.data.startswith(b"PK"):
        return
    try:
        archive = _zip.read(source.data)
        for name in archive.names:
            archive.read(name)
    except UnreadableError as error:
        raise UsageError(f"{source.file}: {error}") from None

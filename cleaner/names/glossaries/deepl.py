"""DeepL glossaries: CSV without a header, and perhaps the codes of both languages in each row.

The format is described at developers.deepl.com, “Managing glossaries”. Its TSV has two columns and
is read as any table with tabs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaner.names.glossaries import _holding, _tables
from cleaner.names.glossaries._columns import Table
from cleaner.names.glossaries._entries import Entry, Notes
from cleaner.names.glossaries._scripts import script_of
from cleaner.names.glossaries._source import Source
from cleaner.names.name import Name

TITLE = "a DeepL glossary"
HOLDS = _holding.pairs()

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,4})?", re.IGNORECASE)


def recognises(source: Source) -> int:
    """Return 3 if the rows have four cells, the last two of them codes of languages."""
    if source.is_workbook or source.is_json or source.root or not source.lines:
        return 0
    rows = [_tables.cells_of(line.text, ",") for line in source]
    return 3 if all(len(cells) == 4 and _has_languages(cells) for cells in rows) else 0


def _has_languages(cells: Sequence[str]) -> bool:
    return all(_LANGUAGE.fullmatch(cell.strip()) for cell in cells[2:])


def entries(source: Source, notes: Notes) -> Iterator[Entry]:
    """Yield the names."""
    rows = [row._replace(cells=row.cells[:2]) for row in _tables.rows_of_csv(source, ",")]
    return _tables.entries_of(Table((), rows, source.place(1)), source, notes)


def write(names: Sequence[Name]) -> str:
    """Return forms with their English form and the codes of both languages."""
    languages = {"hangul": "ko", "hanzi": "zh"}
    pairs = _tables.pairs(names)
    rows = [[form, name.canonical, languages[script_of(form)], "en"] for form, name in pairs]
    return _tables.delimited(rows, ",")

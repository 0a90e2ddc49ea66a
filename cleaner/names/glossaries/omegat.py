"""OmegaT glossaries: source, target and comment between tabs; a line with `#` is a comment.

The format is described in the appendix “Glossaries” of the OmegaT manual. OmegaT has no header.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaner.names.glossaries import _holding, _tables
from cleaner.names.glossaries._columns import Table, is_header
from cleaner.names.glossaries._entries import Entry, Notes
from cleaner.names.glossaries._source import Line, Source
from cleaner.names.name import Name

TITLE = "an OmegaT glossary"
_COMMENT = "#"
HOLDS = _holding.pairs("kind", comments=(_COMMENT,))
_ENDINGS = (".utf8", ".tab")


def recognises(source: Source) -> int:
    """Return 3 if it has no header, and either comments or the ending of its name is OmegaT's."""
    if source.is_workbook or source.is_json or source.root:
        return 0
    lines = _rows(source)
    if not lines or not all("\t" in line.text.strip() for line in lines):
        return 0
    if is_header(_tables.cells_of(lines[0].text, "\t")):
        return 0
    has_comments = len(lines) < len(source.lines)
    return 3 if has_comments or source.suffix in _ENDINGS else 0


def _rows(source: Source) -> list[Line]:
    return [line for line in source if not line.text.startswith(_COMMENT)]


def entries(source: Source, notes: Notes) -> Iterator[Entry]:
    """Yield the names."""
    rows = _tables.rows_of_lines(_rows(source), source)
    return _tables.entries_of(Table((), rows, source.place(1)), source, notes)


def write(names: Sequence[Name]) -> str:
    """Return forms with their English form, and the kind as the comment."""
    rows = [[form, name.canonical, name.kind] for form, name in _tables.pairs(names)]
    return "# source\ttarget\tcomment\n" + _tables.delimited(rows, "\t")

"""Tab-separated values: as CSV, but a quotation mark in them is one (see `csv`)."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.formats import Rows
from cleaner.formats.csv import Style, read_table, rows_of_table
from cleaner.text.document import Document

NAME = "tsv"
SUFFIXES = (".tsv", ".tab")
IN_FOLDERS = "fields"

_STYLE = Style("\t", quoting=False)


def read(source: str, fields: Sequence[str] = (), *, required: bool = True) -> Document:
    r"""Return the cells of some columns as a document.

    >>> read('id\ttitle\n1\t"Ma Win" again\n', ["title"]).text
    '"Ma Win" again'

    Raises:
        MalformedError: no field is asked for, or one is lacking that is required.
    """
    return read_table(source, fields, _STYLE, required=required)


def rows(beginning: str, fields: Sequence[str], id: str = "") -> Rows:
    """Return how a source is read row by row; see `Format.rows`."""
    return rows_of_table(beginning, fields, _STYLE, id=id)

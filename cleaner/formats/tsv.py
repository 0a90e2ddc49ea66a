"""Tab-separated values: as CSV, but a quotation mark in them is one (see `csv`)."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.formats.csv import Style, read_table
from cleaner.text.document import Document

NAME = "tsv"
SUFFIXES = (".tsv", ".tab")
IN_FOLDERS = "fields"


def read(source: str, fields: Sequence[str] = (), *, required: bool = True) -> Document:
    r"""Return the cells of some columns as a document.

    >>> read('id\ttitle\n1\t"Ma Win" again\n', ["title"]).text
    '"Ma Win" again'

    Raises:
        MalformedError: no field is asked for, or one is lacking that is required.
    """
    return read_table(source, fields, Style("\t", quoting=False), required=required)

"""JSON Lines: a value in JSON on each line, which is a row and a unit of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaner.formats import _fields, _json
from cleaner.text.builder import Builder
from cleaner.text.document import Document
from cleaner.text.edits import Span

NAME = "jsonl"
SUFFIXES = (".jsonl", ".ndjson")
IN_FOLDERS = "fields"

_LINE = re.compile(r"([^\r\n]*)(?:\r\n?|\n|\Z)")


def read(source: str, fields: Sequence[str] = (), *, required: bool = True) -> Document:
    r"""Return the strings of some fields of all rows as a document.

    >>> read('{"text": "Ma Win"}\n\n{"id": 7}\n', ["text"]).text
    'Ma Win'

    Raises:
        MalformedError: a line is not JSON; no field is asked for; or one is lacking in all
            rows that is required.
    """
    if not fields:
        raise _fields.unnamed(_names(source))
    wanted = _fields.wanted(fields)
    speller = _json.Speller(source)
    builder = Builder(source)
    found: set[int] = set()
    number = 0
    for number, row in _rows(source):
        _json.parse(source, row)
        reading = _json.Reading(builder, speller, f"row {number}, ")
        reading.add(row, wanted)
        found |= reading.found
        builder.unit(row, _json.reader(wanted, speller))
    lacking = [field for place, field in enumerate(fields) if place not in found]
    if number:
        _fields.check_found(builder, fields, lacking, _names(source), required=required)
    return builder.document()


def _rows(source: str) -> Iterator[tuple[int, Span]]:
    """Yield the number and the span of each line that is not blank."""
    for number, line in enumerate(_LINE.finditer(source), 1):
        if line[1].strip():
            yield number, Span(*line.span(1))


def _names(source: str) -> Iterator[str]:
    for _, row in _rows(source):
        yield from _json.names(_json.parse(source, row))

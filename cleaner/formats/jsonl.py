"""JSON Lines: a value in JSON on each line, which is a row and a unit of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from cleaner.formats import BEGINNING, MalformedError, Rows, _fields, _json
from cleaner.text.builder import Builder
from cleaner.text.document import Document
from cleaner.text.edits import Span

NAME = "jsonl"
SUFFIXES = (".jsonl", ".ndjson")
IN_FOLDERS = "fields"

_ROW = re.compile(rb"([^\r\n]*+)(?:\r\n?|\n|\Z)")
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
    speller = _json.Speller(source[:BEGINNING])
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


def rows(beginning: str, fields: Sequence[str], id: str = "") -> Rows:
    """Return how a source is read row by row; see `Format.rows`."""
    if not fields:
        raise _fields.unnamed(_names_of_whole_rows(beginning))
    wanted = _fields.wanted(fields)
    speller = _json.Speller(beginning)
    read_row = partial(_read_row, fields=fields, wanted=wanted, speller=speller)
    way = _fields.parse(id) if id else ()
    return Rows("", _ROW, read_row, partial(_value_at, way=way))


def _read_row(
    source: str, fields: Sequence[str], wanted: _fields.Wanted, speller: _json.Speller
) -> Document:
    whole = Span(0, len(source))
    value = _json.parse(source, whole)
    builder = Builder(source)
    reading = _json.Reading(builder, speller)
    reading.add(whole, wanted)
    if not reading.has_text:
        raise _fields.without_text(fields, _json.names(value))
    return builder.document()


def _value_at(row: str, way: Sequence[_fields.Step]) -> object:
    """Return the value that a way leads to in a row; None if there is none.

    >>> _value_at('{"meta": {"id": 7}}', ("meta", "id"))
    7
    """
    value: Any = None
    with suppress(ValueError, RecursionError):  # no JSON, or a number of too many digits
        value = json.loads(row)
    for step in way:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _names_of_whole_rows(beginning: str) -> Iterator[str]:
    """Yield the names of the fields in the rows at the beginning, as far as these are JSON."""
    with suppress(MalformedError):
        yield from _names(beginning)


def _rows(source: str) -> Iterator[tuple[int, Span]]:
    """Yield the number and the span of each line that is not blank."""
    for number, line in enumerate(_LINE.finditer(source), 1):
        if line[1].strip():
            yield number, Span(*line.span(1))


def _names(source: str) -> Iterator[str]:
    for _, row in _rows(source):
        yield from _json.names(_json.parse(source, row))

"""JSON: the strings in the fields that are asked for (see `_fields` for how fields are named).

All else stays as it is, to the byte. A file with an array of documents (its elements are the rows)
has a unit for each of them, so that no document is evidence for another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleaner.formats import _fields, _json
from cleaner.formats._fields import Sign, Step, Wanted, Way
from cleaner.text.builder import Builder
from cleaner.text.document import Document
from cleaner.text.edits import Span

NAME = "json"
SUFFIXES = (".json",)
IN_FOLDERS = "fields"


def read(source: str, fields: Sequence[str] = (), *, required: bool = True) -> Document:
    r"""Return the strings of some fields as a document.

    >>> read(r'{"id": "Ma Win", "title": "Ma Win\u2019s day"}', ["title"]).text
    'Ma Win’s day'

    Raises:
        MalformedError: it is not JSON; no field is asked for; or one is lacking that is required.
    """
    whole = Span(0, len(source))
    value = _json.parse(source, whole)
    if not fields:
        raise _fields.unnamed(_json.names(value))
    speller = _json.Speller(source)
    builder = Builder(source)
    reading = _json.Reading(builder, speller)
    ways = list(enumerate(map(_fields.parse, fields)))
    unit = _units(way for _, way in ways) if isinstance(value, dict) else (Sign.ELEMENT,)
    if unit:
        ways.append((_json.UNIT, unit))
    reading.add(whole, Wanted(ways))
    lacking = [field for number, field in enumerate(fields) if number not in reading.found]
    _fields.check_found(builder, fields, lacking, _json.names(value), required=required)
    return builder.document()


def _units(ways: Iterable[Way]) -> Way:
    """Return the way to the array whose elements are the documents; () if the file is one.

    It is the outermost array that all fields are in.

    >>> _units([_fields.parse("news[].title"), _fields.parse("news[].text")])
    ('news', <Sign.ELEMENT: '[]'>)
    >>> _units([_fields.parse("title"), _fields.parse("paragraphs[].text")])
    ()
    """
    shared: list[Step] = []
    for steps in zip(*ways, strict=False):
        if shared and shared[-1] is Sign.ELEMENT:
            return tuple(shared)
        if steps[0] is Sign.DEPTH or len(set(steps)) > 1:
            return ()
        shared.append(steps[0])
    return ()

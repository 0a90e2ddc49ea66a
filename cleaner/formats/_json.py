"""Values in JSON: where the strings of fields stand in the source, and how they are spelled."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from cleaner.formats import MalformedError, _fields
from cleaner.formats._fields import Sign, Step, Wanted
from cleaner.text.builder import Builder
from cleaner.text.document import Document
from cleaner.text.edits import Span
from cleaner.text.passage import Passage
from cleaner.text.sourcemap import Spell
from cleaner.text.visible import shortened

# The tokens of a valid source: a string, a sign, or a number or word.
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{},:]|[^\s\[\]{},:"]++')
_ESCAPE = re.compile(
    r"""
      \\r\\n                                                             # one line end
    | \\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}         # one character
    | \\u[0-9a-fA-F]{4}
    | \\.
    """,
    re.VERBOSE,
)
_UNICODE_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_LARGE_HEX = re.compile(r"\\u[0-9a-f]{0,3}[A-F]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def parse(source: str, span: Span) -> Any:
    """Return the value in a part of the source, in which all whole numbers are 0.

    Raises:
        MalformedError: it is not JSON, with the place.
    """
    try:
        return json.loads(span.of(source), parse_int=_zero)
    except json.JSONDecodeError as error:
        why = error.msg[:1].lower() + error.msg[1:].removesuffix(" at").removesuffix(" starting")
        what = f"this is not JSON: {why}; mend it"
        raise MalformedError(what, at=span.start + error.pos) from None
    except RecursionError:
        what = "arrays or objects are too deep in one another; make it flatter"
        raise MalformedError(what, at=span.start) from None


def _zero(_: str) -> int:
    """Stand for a number: nobody needs it, and one of many digits would be an error."""
    return 0


def names(value: Any) -> Iterator[str]:
    """Yield the ways to all strings in a value, as `--field` names them, in order.

    >>> list(names({"id": "1", "paragraphs": [{"text": "a"}, "b"], "tags": []}))
    ['id', 'paragraphs[].text', 'paragraphs[]']
    """
    waiting: list[tuple[tuple[Step, ...], Any]] = [((), value)]
    while waiting:
        way, value = waiting.pop()
        if isinstance(value, str):
            if way:
                yield _fields.written(way)
        elif isinstance(value, dict):
            waiting += [((*way, key), item) for key, item in reversed(value.items())]
        elif isinstance(value, list):
            waiting += [((*way, Sign.ELEMENT), item) for item in reversed(value)]


class _Value(NamedTuple):
    """A value that stands in a field, or is a unit.

    Attributes:
        span: its span, that of a string with its quotation marks.
        way: the names and numbers that lead to it.
        wanted: the fields as they are seen from it.
        is_present: whether it shows that the field is there, since it could be a text.
    """

    span: Span
    way: tuple[str | int, ...]
    wanted: Wanted
    is_present: bool


class _Open:
    """An array or an object whose end was not reached yet."""

    __slots__ = ("is_array", "is_empty", "items", "start", "step", "wanted")

    def __init__(self, start: int, wanted: Wanted, *, is_array: bool) -> None:
        self.start, self.wanted, self.is_array = start, wanted, is_array
        self.is_empty = True
        self.step: str | int = 0 if is_array else ""  # the element or field that comes next
        self.items = _items(wanted) if is_array else _fields.NOTHING


def _items(wanted: Wanted) -> Wanted:
    """Return the fields as the elements of an array see them: in a field they are texts too."""
    inside = [(number, ()) for number in wanted.here if number != UNIT]
    below = wanted.below(Sign.ELEMENT)
    return Wanted((*below.ways, *inside)) if inside else below


UNIT = -1  # the number that stands for a field in `Wanted`: the elements that are units


def _values(source: str, span: Span, wanted: Wanted) -> Iterator[_Value]:
    """Yield the values of fields and the units in a part of a source, which is valid JSON.

    Each comes behind those that are inside it. Of two equal keys in an object, both count.
    """
    around: list[_Open] = []
    is_key = False  # whether a string is the name of a field
    for found in _TOKEN.finditer(source, *span):
        start, sign = found.start(), source[found.start()]
        if sign == ":":
            continue
        if sign == ",":
            opened = around[-1]
            if opened.is_array:
                opened.step = int(opened.step) + 1
                wanted = opened.items
            else:
                is_key = True
            continue
        if is_key and sign == '"':
            opened = around[-1]
            opened.is_empty = is_key = False
            if opened.wanted:
                opened.step = _name(found[0])
                wanted = opened.wanted.below(opened.step)
            continue
        if sign in "[{":
            if around:
                around[-1].is_empty = False
            around.append(_Open(start, wanted, is_array=sign == "["))
            is_key = sign == "{"
            wanted = around[-1].items
            continue
        is_present = True
        if sign in "]}":
            closed = around.pop()
            is_key = False
            start, wanted = closed.start, closed.wanted
            is_present = closed.is_array and closed.is_empty
        elif around:
            around[-1].is_empty = False
        if wanted.here:
            way = tuple(opened.step for opened in around)
            yield _Value(Span(start, found.end()), way, wanted, is_present)


def _name(token: str) -> str:
    """Return the name of a field, given the token that spells it."""
    name: str = json.loads(token) if "\\" in token else token[1:-1]
    return name


class Reading:
    """Adds the strings of fields to a builder, each as a cell.

    Attributes:
        found: the numbers of the fields that were found.
        has_text: whether a string was found in one of them, or a list without elements.
    """

    def __init__(self, builder: Builder, speller: Speller, label: str = "") -> None:
        self.found: set[int] = set()
        self.has_text = False
        self._builder, self._source = builder, builder.source
        self._speller, self._label = speller, label

    def add(self, span: Span, wanted: Wanted) -> None:
        """Add the fields of the value in a part of the source, which is valid JSON."""
        for value in _values(self._source, span, wanted):
            numbers = [number for number in value.wanted.here if number != UNIT]
            if value.is_present:
                self.found.update(numbers)
                self.has_text |= bool(numbers) and self._source[value.span.start] in '"['
            if numbers and self._source[value.span.start] == '"':
                self._add_string(value)
            if UNIT in value.wanted.here:
                inside = Wanted(way for way in value.wanted.ways if way[0] != UNIT)
                self._builder.unit(value.span, reader(inside, self._speller))

    def _add_string(self, value: _Value) -> None:
        inner = Span(value.span.start + 1, value.span.end - 1)
        escapes: list[Span] = []
        if self._source.find("\\", *inner) >= 0:
            escapes = [Span(*found.span()) for found in _ESCAPE.finditer(self._source, *inner)]
        spelled = [(span, *self._speller.escape(span.of(self._source))) for span in escapes]
        has_lines = any(text == "\n" for _, text, _ in spelled)
        label = self._label + shortened(_fields.written(value.way))
        cell = _fields.open_cell(self._builder, label, has_lines=has_lines)
        at = inner.start
        for span, text, spell in spelled:
            self._add_verbatim(cell, Span(at, span.start))
            cell.spell = spell
            if _SURROGATE.match(text):
                cell.fixed(span, "\N{REPLACEMENT CHARACTER}")
            else:
                cell.spelled(span, text)
            at = span.end
        self._add_verbatim(cell, Span(at, inner.end))

    def _add_verbatim(self, cell: Passage, span: Span) -> None:
        cell.spell = self._speller.spell
        cell.verbatim(self._source, span)


def reader(wanted: Wanted, speller: Speller) -> Callable[[str], Document]:
    """Return what reads the source of one value: a row, or an element of an array."""
    return partial(_read_value, wanted=wanted, speller=speller)


def _read_value(source: str, wanted: Wanted, speller: Speller) -> Document:
    whole = Span(0, len(source))
    parse(source, whole)
    builder = Builder(source)
    Reading(builder, speller).add(whole, wanted)
    return builder.document()


def _decoded(escape: str) -> str:
    """Return the text that an escape stands for; every line end is a line feed."""
    text: str = json.loads(f'"{escape}"')
    return "\n" if text in {"\r\n", "\r"} else text


class Speller:
    r"""Spells new text in a source as the source itself does.

    What stands there only as an escape is written as one, and so is all that is not ASCII if the
    source is ASCII.

    >>> print(Speller('["It\\u2019s"]').spell("“so”"), Speller('["It’s"]').spell("“so”"))
    \u201cso\u201d “so”
    """

    def __init__(self, source: str) -> None:
        self._is_ascii = source.isascii()
        self._is_large = bool(_LARGE_HEX.search(source))
        self._special = {"\n": "\\r\\n" if "\\r\\n" in source else "\\n"}
        if "\\/" in source:
            self._special["/"] = "\\/"
        escaped = {chr(int(code, 16)) for code in _UNICODE_ESCAPE.findall(source)}
        if escaped:
            escaped -= set(source)
        if "\\u0022" in source and '\\"' not in source:
            escaped.add('"')
        self._escaped = escaped
        self._known: dict[str, tuple[str, Spell]] = {}

    def spell(self, text: str) -> str:
        """Spell a text that is inserted, or replaces what stands there as it is."""
        return "".join(map(self._spelled, text))

    def _spelled(self, char: str) -> str:
        if char in self._special:
            return self._special[char]
        if char in self._escaped or (self._is_ascii and not char.isascii()):
            return _as_escape(char, is_large=self._is_large)
        return json.dumps(char, ensure_ascii=False)[1:-1]

    def escape(self, escape: str) -> tuple[str, Spell]:
        """Return the text that an escape stands for, and what spells a text in its place."""
        if escape not in self._known:
            text = _decoded(escape)
            self._known[escape] = text, self._like(escape, text)
        return self._known[escape]

    def _like(self, escape: str, char: str) -> Spell:
        if not escape.startswith("\\u"):
            return self.spell
        is_large = self._is_large if escape.islower() else not escape[2:].islower()

        def spell(text: str) -> str:
            if len(text) == 1 and char.isascii():
                return _as_escape(text, is_large=is_large)
            parts = [
                self._spelled(one) if one.isascii() else _as_escape(one, is_large=is_large)
                for one in text
            ]
            return "".join(parts)

        return spell


def _as_escape(char: str, *, is_large: bool) -> str:
    """Return the escape of a character: two for one beyond the Basic Multilingual Plane.

    >>> _as_escape("é", is_large=True) == "\\\\u00E9"
    True
    """
    units = char.encode("utf-16-be", "surrogatepass").hex(" ", 2).split()
    return "".join(f"\\u{unit.upper() if is_large else unit}" for unit in units)

"""Fields: which parts of a file of data are text, and what a cell is.

A field is named by the way that leads to it, from the outermost value:

    title               the field `title` of an object at the top, or a column of a table
    meta.title          the field `title` in the field `meta`
    paragraphs[].text   the field `text` of each element of an array
    []                  each element of an array at the top
    *.title             the field `title` one level below, whatever that level is called
    **.title            the field `title` at any depth
    "a.b"               a field whose own name has a full stop in it
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import TypeAlias

from cleaner.formats import MalformedError
from cleaner.formats.plain import PlainLayout
from cleaner.text.builder import Builder
from cleaner.text.passage import Passage
from cleaner.text.visible import shortened, visible

_LISTED = 10  # fields that a message lists


class Sign(Enum):
    """A step of a way to a field that is no name."""

    ELEMENT = "[]"  # of an array
    FIELD = "*"  # of an object
    DEPTH = "**"  # any number of steps, also none


Step: TypeAlias = str | Sign
Way: TypeAlias = tuple[Step, ...]

_STEP = re.compile(
    r"""
      (?P<element> \[\] )
    | (?: (?<!\A) \. )? (?: (?P<any> \*\*? ) (?= [.\[] | \Z )
                          | " (?P<quoted> (?: [^"\\] | \\. )*+ ) "
                          | (?P<name> [^.\[\]"]+ ) )
    """,
    re.VERBOSE,
)


def parse(field: str) -> Way:
    """Return the steps that lead to a field.

    >>> parse("paragraphs[].text")
    ('paragraphs', <Sign.ELEMENT: '[]'>, 'text')

    Raises:
        MalformedError: this names no field.
    """
    steps: list[Step] = []
    at = 0
    while at < len(field):
        found = _STEP.match(field, at)
        if found is None:
            break
        at = found.end()
        steps.append(_step(found))
    if at < len(field) or not steps:
        what = f"“{field}” names no field; write a name, a.b, a[].b, [].b or *.b"
        raise MalformedError(what)
    return tuple(steps)


def _step(found: re.Match[str]) -> Step:
    if found["quoted"] is not None:
        return re.sub(r"\\(.)", r"\1", found["quoted"])
    sign = found["element"] or found["any"]
    return Sign(sign) if sign else found["name"]


def written(way: Iterable[Step | int]) -> str:
    r"""Return the way to a field as `parse` reads it; numbers are those of elements.

    >>> written(["paragraphs", 2, "text"]), written(["a.b", Sign.ELEMENT])
    ('paragraphs[2].text', '"a.b"[]')
    """
    parts: list[str] = []
    for step in way:
        if isinstance(step, int):
            parts.append(f"[{step}]")
        elif step is Sign.ELEMENT:
            parts.append("[]")
        else:
            name = step.value if isinstance(step, Sign) else _quoted(step)
            parts.append(f".{name}" if parts else name)
    return "".join(parts)


def _quoted(name: str) -> str:
    if name and not re.search(r'[.\[\]"]|\A\*\*?\Z', name):
        return name
    escaped = re.sub(r'(["\\])', r"\\\1", name)
    return f'"{escaped}"'


class Wanted:
    """The fields that are asked for, seen from one value of the data.

    Attributes:
        ways: for each field, by its number, what is left of the way to it.
    """

    __slots__ = ("here", "ways")

    def __init__(self, ways: Iterable[tuple[int, Way]]) -> None:
        self.ways = tuple(dict.fromkeys(ways))
        self.here = tuple(number for number, way in self.ways if _ends(way))

    def __bool__(self) -> bool:
        return bool(self.ways)

    def below(self, step: Step) -> Wanted:
        """Return the fields as they are seen one step further: in a field, or in an element."""
        ways: list[tuple[int, Way]] = []
        for number, way in self.ways:
            ways += ((number, rest) for rest in _after(way, step))
        return Wanted(ways) if ways else NOTHING


def _ends(way: Way) -> bool:
    return all(step is Sign.DEPTH for step in way)


def _after(way: Way, step: Step) -> Iterator[Way]:
    """Yield what may be left of a way after one step."""
    if not way:
        return
    if way[0] is Sign.DEPTH:
        yield way
        yield from _after(way[1:], step)
    elif way[0] == step or (way[0] is Sign.FIELD and isinstance(step, str)):
        yield way[1:]


NOTHING = Wanted(())


def wanted(fields: Iterable[str]) -> Wanted:
    """Return the fields that are asked for, as they are seen from the outermost value."""
    return Wanted(enumerate(map(parse, fields)))


def unnamed(seen: Iterable[str]) -> MalformedError:
    """Return the error about a file whose fields were not named; it lists some of those in it."""
    what = "its texts are in fields, and none is named; name them with --field"
    return MalformedError(f"{what}{_listed(seen)}")


def without_text(fields: Sequence[str], seen: Iterable[str]) -> MalformedError:
    """Return the error about a row that has no text in any of some fields."""
    return MalformedError(f"{_lacking(fields)}{_listed(seen)}")


def _lacking(fields: Iterable[str]) -> str:
    return f"there is no text in the field {', '.join(f'“{field}”' for field in fields)}"


def check_found(
    builder: Builder,
    fields: Sequence[str],
    lacking: Sequence[str],
    seen: Iterable[str],
    *,
    required: bool,
) -> None:
    """Refuse a source that lacks fields; if they are not required, leave out one without any.

    Args:
        builder: makes the document.
        fields: all fields that are asked for.
        lacking: those of them that are in no place of the source.
        seen: fields that it has.
        required: whether it has to have all that are asked for.

    Raises:
        MalformedError: it has to, and lacks some.
    """
    what = _lacking(lacking)
    if lacking and required:
        remedy = "name one of those that it has with --field"
        raise MalformedError(f"{what}; {remedy}{_listed(seen)}")
    if len(lacking) == len(fields):
        builder.leave_out(what)


def _listed(seen: Iterable[str]) -> str:
    """Return the words that list the first few different fields."""
    names: dict[str, None] = {}
    for name in seen:
        names[name] = None
        if len(names) > _LISTED:
            break
    listed = [shortened(visible(name)) for name in [*names][:_LISTED]]
    more = ", …" if len(names) > _LISTED else ""
    return f" (fields: {', '.join(listed)}{more})" if listed else ""


def open_cell(builder: Builder, label: str, *, has_lines: bool) -> Passage:
    """Begin a cell. One that has several lines has the blocks of a plain text."""
    cell = builder.open("cell", label=label)
    if has_lines:
        cell.inner = PlainLayout
    return cell

"""Glossaries: lists of right names that people have, in the formats of many tools.

There is no list of formats: the folder is the list. `Format` says what a module has to offer. Which
format a file has is seen from its content; the ending of its name only helps. Modules whose names
begin with an underscore are building blocks of several formats.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from cleaner.errors import UsageError, did_you_mean
from cleaner.formats import MalformedError
from cleaner.names.glossaries._entries import Entry, Notes, merge_entries
from cleaner.names.glossaries._holding import Holds
from cleaner.names.glossaries._source import Source
from cleaner.names.name import Name
from cleaner.reading import read_file
from cleaner.text.edits import Lines

__all__ = [
    "Format",
    "Glossary",
    "format_of",
    "named",
    "names",
    "parse_glossary",
    "read_glossary",
    "render",
    "writers",
]

_MAX_BYTES = 20_000_000  # of a list: some 500,000 names


class Format(Protocol):
    """What a module in this folder provides. `HOLDS` and `write` belong together, or are absent."""

    @property
    def TITLE(self) -> str:  # noqa: N802
        """What files of this format are, as it follows “from”: `a TBX termbase`."""

    def recognises(self, source: Source) -> int:
        """Return whether a list has this format: 3 if it bears marks that no other format has, 2 if
        it fits, 1 if it fits as nearly everything does, 0 if not.

        Of the formats with the highest number, the first by name is taken.
        """

    def entries(self, source: Source, notes: Notes) -> Iterator[Entry]:
        """Yield the names of a list, with their places.

        Args:
            source: a list that is recognised.
            notes: where to note what is left out.

        Raises:
            RuleError: a row is wrong; the error gives file, line and column.
            UsageError: the whole list has no shape that is known.
        """

    @property
    def HOLDS(self) -> Holds:  # noqa: N802
        """What of a name a list of this format can hold."""

    def write(self, names: Sequence[Name]) -> str:
        """Return names as a list of this format, whose reading gives the same names.

        Args:
            names: the names, reduced to what `HOLDS` says.
        """


class Glossary(NamedTuple):
    """What was read from a list.

    Attributes:
        names: each name once, with what all its entries know of it.
        title: what the list is, in words.
        notes: what was left out, a line for each kind of thing.
    """

    names: list[Name]
    title: str
    notes: tuple[str, ...]


@cache
def names() -> Sequence[str]:
    """Return the names of all formats, sorted. No module is imported for that."""
    from pkgutil import iter_modules

    found = {module.name for module in iter_modules(__path__) if not module.name.startswith("_")}
    return sorted(name.replace("_", "-") for name in found)


def named(name: str) -> Format:
    """Return the format of that name.

    Raises:
        UsageError: there is none.
    """
    if name not in names():
        raise UsageError(f"there is no format “{name}” of lists; {did_you_mean(name, names())}")
    return cast(Format, import_module(f"{__name__}.{name.replace('-', '_')}"))


def writers() -> list[str]:
    """Return the names of the formats that can be written."""
    return [name for name in names() if hasattr(named(name), "write")]


def known_shapes() -> str:
    """Return what to say to somebody whose list has no known shape."""
    return (
        "expected names one a line, or a table whose header has canonical, source and target, "
        f"or the like, or one of: {', '.join(names())} (see `cleaner help lists`)"
    )


def format_of(source: Source) -> Format:
    """Return the format of a list.

    Raises:
        RuleError: its bytes are no text.
        UsageError: no format fits.
    """
    formats = [named(name) for name in names()]
    best = max(formats, key=lambda module: module.recognises(source))
    if not best.recognises(source):
        raise source.unknown(_described(source))
    return best


def _described(source: Source) -> str:
    """Say what a file holds, for somebody whose list has no known shape."""
    if not source.data.strip():
        return "the file is empty"
    if source.is_binary:
        return "the file is not text"
    if source.is_json:
        from cleaner.names.glossaries import _shapes

        return _shapes.described(source)
    if source.root:
        return f"an XML file whose root element is <{source.root}>"
    lines = source.lines
    return f"a text of {len(lines):,} lines (the first: {lines[0].text[:60].strip()})"


def parse_glossary(data: bytes, file: str) -> Glossary:
    """Return the names in the bytes of a list.

    Args:
        data: the content of the file.
        file: what errors call the file.

    Raises:
        RuleError: a row is wrong; the error gives file, line and column.
        UsageError: the list has no shape that is known.

    >>> table = b"source,target\\n\\xeb\\xa7\\x88\\xec\\x9c\\x88,Ma Yun\\n"
    >>> glossary = parse_glossary(table, "names.csv")
    >>> [(name.canonical, name.hangul) for name in glossary.names]
    [('Ma Yun', ('마윈',))]
    """
    source = Source(data, file)
    format = format_of(source)
    notes = Notes()
    try:
        found = merge_entries(format.entries(source, notes), notes)
    except MalformedError as error:
        raise _placed(error, source) from None
    return Glossary(found, format.TITLE, tuple(notes.lines()))


def _placed(error: MalformedError, source: Source) -> UsageError:
    place = error.line or Lines(source.text).place(error.at or 0)
    return UsageError(f"{source.file}:{place[0]}:{place[1]}: {error.what}")


def read_glossary(path: Path) -> Glossary:
    """Return the names in a file, in whatever format it is.

    Raises:
        UsageError: the file cannot be read, has no known shape, or holds no name.
        RuleError: a row is wrong; the error gives file, line and column.
    """
    try:
        data = read_file(path, _MAX_BYTES)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); check the path") from None
    glossary = parse_glossary(data, str(path))
    if not glossary.names:
        left_out = "; left out are " + ", ".join(glossary.notes) if glossary.notes else ""
        remedy = "write one name a line, or a table with a header that has `canonical`"
        raise UsageError(f"{path}: the file has no names{left_out}; {remedy}")
    return glossary


def check_written(name: str) -> None:
    """Refuse the name of a format that lists are not written in.

    Raises:
        UsageError: there is no such format, or it is only read.
    """
    if not hasattr(named(name), "write"):
        raise UsageError(f"lists in the format {name} are only read; choose {', '.join(writers())}")


def render(names: Iterable[Name], name: str) -> tuple[str, tuple[str, ...]]:
    """Return names as a list in the format of that name, and notes on what it cannot hold.

    Raises:
        UsageError: there is no such format, or it is only read.
    """
    check_written(name)
    format = named(name)
    notes = Notes()
    return format.write(format.HOLDS.reduced(names, notes)), tuple(notes.lines())

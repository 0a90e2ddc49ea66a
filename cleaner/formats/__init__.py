"""File formats, one module or package each: what of a file is text, and how edits get back into it.

To add a format, add a module to this folder that provides what `Format` describes. Nothing else
has to name it or its endings. Its `read` makes the document with `cleaner.text.builder`;
CONTRIBUTING has a small example and says what to test. All modules are imported to learn their
endings, so what is slow to import (an XML parser, zipfile) is imported inside functions.
Modules whose names begin with an underscore are building blocks of several formats.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from importlib import import_module
from typing import Literal, NamedTuple, Protocol, TypeAlias, cast

from cleaner.errors import RefusedError, UsageError, did_you_mean
from cleaner.formats import plain
from cleaner.text.document import Document, ReadDocument

# Which files of a format are read in a folder: all, those that declare to be English, or those
# whose fields the configuration names.
InFolders: TypeAlias = Literal["all", "english", "fields"]

# Endings of files that are no plain text and that no format reads: what to save such a file as.
_SAVED_AS = {
    **dict.fromkeys((".odt", ".ott", ".doc", ".rtf", ".pdf", ".pages", ".hwp", ".hwpx"), ".docx"),
    **dict.fromkeys((".mobi", ".azw", ".azw3"), ".epub"),
    **dict.fromkeys((".ods", ".xls", ".xlsx"), ".csv"),
}


# Code points of a source of rows that tell how the whole of it is written (see `Format.rows`).
BEGINNING = 1_000_000


class MalformedError(Exception):
    """A source is not what its format says.

    Args:
        what: what is wrong, and what to do, in one line.
        at: where in the source, in code points; None if it is about the whole file.
        line: instead, the line and the column, both from 1, if only these are known.
        member: the name of the member of a container that it is about.
    """

    def __init__(
        self,
        what: str,
        at: int | None = None,
        *,
        line: tuple[int, int] | None = None,
        member: str = "",
    ) -> None:
        super().__init__(what)
        self.what, self.at, self.line, self.member = what, at, line, member


class Format(Protocol):
    """What a module in this folder provides. Only the first three are required."""

    @property
    def NAME(self) -> str:  # noqa: N802
        """What `--read-as` calls this format: the name of its module, in small letters."""

    @property
    def SUFFIXES(self) -> Sequence[str]:  # noqa: N802
        """The endings of the names of files in this format, in small letters and with the dot.

        No two formats may have an ending in common.
        """

    def read(self, source: str) -> Document:
        """Return the text of a source, with its blocks, protected spans and the way back.

        It is called again with every changed source, and must find there the edited text and the
        same markup. A format that has `FIELDS` takes a second argument, `fields`: the names of
        the fields that hold text, as `--field` gives them. If its `IN_FOLDERS` is "fields", it also
        takes `required`: whether a source without one of them is refused.

        Args:
            source: the decoded file, with its line ends as they are and without a byte order mark.
                That of a container is what its `unpack` returns.

        Raises:
            MalformedError: the source is not what the format says. The file is refused.
        """

    @property
    def IN_FOLDERS(self) -> InFolders:  # noqa: N802
        """Which of its files are read in a folder that is searched; "all" by default.

        A file that is named on the command line is read in any case.
        """

    @property
    def FIELDS(self) -> bool:  # noqa: N802
        """Whether `read` takes the fields that are asked for.

        By default it does if `IN_FOLDERS` is "fields".
        """

    def declares_english(self, data: bytes) -> bool:
        """Return whether a file declares that its text is English.

        Only a format whose `IN_FOLDERS` is "english" has this function.

        Args:
            data: the beginning of the file, at least as much as a header takes.
        """

    def declared_encoding(self, data: bytes) -> str | None:
        """Return the encoding that a file declares in itself; None if it declares none.

        It is the name of the codec to decode and encode the file with. A format without this
        function has files that declare none.
        """

    def unpack(self, data: bytes) -> str:
        """Return the source in the bytes of a container: the members that hold text.

        Each member is its name between two `MEMBER` characters (see `cleaner.text.members`), and
        its source behind them. Only a container, such as a zip archive, has this function and
        `pack`.

        Raises:
            MalformedError: it is no such container, or must not be opened.
        """

    def pack(self, data: bytes, source: str) -> bytes:
        """Return the bytes of the container with a changed source; all else in it stays as it is.

        Args:
            data: the bytes of the container as it was.
            source: what `unpack` returned, with changes inside the members.
        """

    def rows(self, beginning: str, fields: Sequence[str], id: str = "") -> Rows:
        """Return how a source is read row by row, so that it need not be in memory as a whole.

        Only a format whose sources are rows has this function. Cleaning each row by itself has to
        give the same as cleaning the source that `read` reads.

        Args:
            beginning: the first `BEGINNING` code points of the source.
            fields: the fields that hold text.
            id: the field that tells which row it is; "" if none does.

        Raises:
            MalformedError: as `read` does, where the beginning shows what is wrong.
        """


class Rows(NamedTuple):
    """How a source is read row by row.

    Attributes:
        header: what comes before the first row, such as the names of the columns.
        row: matches a row in UTF-8 with its line end; its first group is the row without it.
        read: reads the source of a row. It raises `MalformedError` if that is no row of the
            format, or if no field in it holds a text.
        id_of: returns the value of the field that tells which row it is, as JSON has it; None if
            the row has no such field.
    """

    header: str
    row: re.Pattern[bytes]
    read: ReadDocument
    id_of: Callable[[str], object]


def _declares_nothing(_: bytes) -> None:
    """Return that a file declares no encoding."""


class Reader(NamedTuple):
    """How the files of a format are read and written: what its module offers, ready for use.

    Attributes:
        name: the name of the format.
        read: see `Format.read`; the fields that were asked for are bound to it.
        declared_encoding: see `Format`.
        unpack, pack: see `Format`; None if the format is no container.
    """

    name: str
    read: ReadDocument
    declared_encoding: Callable[[bytes], str | None] = _declares_nothing
    unpack: Callable[[bytes], str] | None = None
    pack: Callable[[bytes, str], bytes] | None = None


PLAIN = Reader(plain.NAME, plain.read)
_PLAIN = "plain"  # the only module that has another name than its format


@cache
def names() -> Sequence[str]:
    """Return the names of all formats, sorted. No module is imported for that."""
    from pkgutil import iter_modules

    found = {module.name for module in iter_modules(__path__) if not module.name.startswith("_")}
    return sorted(found - {_PLAIN} | {plain.NAME})


def named(name: str) -> Format:
    """Return the module of the format of that name, which must be one of `names`."""
    if name == plain.NAME:
        return cast(Format, plain)
    return cast(Format, import_module(f"{__name__}.{name}"))


def modules() -> Iterator[Format]:
    """Yield the module of each format, in alphabetical order of their names."""
    return map(named, names())


@cache
def suffixes() -> Mapping[str, Format]:
    """Return the file endings of all formats, each with the module of its format."""
    found: dict[str, Format] = {}
    for module in modules():
        found.update(dict.fromkeys(module.SUFFIXES, module))
    return found


@cache
def row_suffixes() -> Mapping[str, Format]:
    """Return the file endings of the formats whose sources are rows, each with its module."""
    return {end: module for end, module in suffixes().items() if hasattr(module, "rows")}


def prose_suffixes() -> Sequence[str]:
    """Return the file endings of the formats whose files are all read, sorted: the hook's files."""
    return sorted(end for end, module in suffixes().items() if in_folders(module) == "all")


def check_name(name: str) -> None:
    """Refuse what is not the name of a format.

    Raises:
        UsageError: there is no format of that name.
    """
    if name not in names():
        raise UsageError(f"there is no format “{name}”; {did_you_mean(name, names())}")


def in_folders(module: Format) -> InFolders:
    """Return which files of a format are read in a folder that is searched."""
    found: InFolders = getattr(module, "IN_FOLDERS", "all")
    return found


def for_suffix(name: str) -> Format | None:
    """Return the format of a file by the ending of its name.

    A name without an ending, such as README, is that of a plain text. None means that no format
    has the ending.
    """
    suffix = suffix_of(name)
    return with_suffix(suffix) if suffix else cast(Format, plain)


def with_suffix(suffix: str) -> Format | None:
    """Return the format whose files have an ending, which may be ""; None if no format has it."""
    if suffix in plain.SUFFIXES:  # most files have it, and need no other module
        return cast(Format, plain)
    return suffixes().get(suffix)


def for_name(
    name: str, read_as: str = "", fields: Sequence[str] = (), *, required: bool = True
) -> Reader:
    """Return the reader of a file by the ending of its name.

    Args:
        name: the name of the file.
        read_as: the name of a format that is asked for instead.
        fields: the fields that hold text, for formats that have fields.
        required: whether data without one of these fields is refused.

    Raises:
        RefusedError: no format has the ending of the name, and no format is asked for.
    """
    module = named(read_as) if read_as else for_suffix(name)
    if module is None:
        raise RefusedError(name, _no_reader(suffix_of(name)))
    return reader(module, fields, required=required)


def _no_reader(suffix: str) -> str:
    """Say that no format has a file ending, and what to do."""
    what = f"no reader for {suffix}"
    if suffix in _SAVED_AS:
        return f"{what}; save it as {_SAVED_AS[suffix]}"
    known = ", ".join(names())
    return f"{what}; --read-as {plain.NAME} reads it as plain text (formats: {known})"


def reader(module: Format, fields: Sequence[str] = (), *, required: bool = True) -> Reader:
    """Return how the files of a format are read; see `for_name` for the arguments."""
    read: Callable[..., Document] = module.read
    if getattr(module, "FIELDS", in_folders(module) == "fields"):
        read = partial(read, fields=tuple(fields))
    if in_folders(module) == "fields":
        read = partial(read, required=required)
    wanted = ("declared_encoding", "unpack", "pack")
    offered = {name: getattr(module, name) for name in wanted if hasattr(module, name)}
    return Reader(module.NAME, read, **offered)


def suffix_of(name: str) -> str:
    """Return the ending of a file's name, in small letters and with the dot; "" if it has none.

    >>> suffix_of("news/Page.MD"), suffix_of("news/.md"), suffix_of("1. The Beginning")
    ('.md', '', '')
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    stem, dot, ending = last.rpartition(".")
    is_hidden = not stem  # as `.md` is
    is_word = bool(ending) and not any(map(str.isspace, ending))
    return dot + ending.lower() if is_word and not is_hidden else ""

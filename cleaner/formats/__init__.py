"""File formats, one module or package each: how the text of a file is divided and protected.

To add a format, add a module to this folder that provides what `Format` describes. Nothing else
has to name it or its endings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Protocol, TypeAlias, cast

from cleaner.errors import RefusedError, UsageError, did_you_mean
from cleaner.formats import plain
from cleaner.text.document import Document

# A function that returns a document for the text of a file.
MakeDocument: TypeAlias = Callable[[str], Document]


class Format(Protocol):
    """What a module in this folder provides."""

    @property
    def NAME(self) -> str:  # noqa: N802
        """What `--read-as` calls this format: one word in small letters.

        Required. No two formats may have the same name.
        """

    @property
    def SUFFIXES(self) -> Sequence[str]:  # noqa: N802
        """The endings of the names of files in this format, in small letters and with the dot.

        Required. No two formats may have an ending in common.
        """

    def document(self, text: str) -> Document:
        """Return a text in this format with its blocks and its protected spans.

        Required. It must accept any text, well-formed or not. It should parse nothing before the
        document is asked something, because most texts are clean and are never asked anything.
        """


def modules() -> Iterator[Format]:
    """Yield the module of each format, in alphabetical order of their names."""
    from pkgutil import iter_modules

    for module in iter_modules(__path__):
        if not module.name.startswith("_"):
            yield cast(Format, import_module(f"{__name__}.{module.name}"))


@cache
def suffixes() -> Mapping[str, MakeDocument]:
    """Return the file endings of all formats, each with the function that makes a document."""
    found: dict[str, MakeDocument] = {}
    for module in modules():
        found.update(dict.fromkeys(module.SUFFIXES, module.document))
    return found


@cache
def names() -> Mapping[str, MakeDocument]:
    """Return the names of all formats, each with the function that makes a document."""
    return {module.NAME: module.document for module in modules()}


def check_name(name: str) -> None:
    """Refuse what is not the name of a format.

    Raises:
        UsageError: there is no format of that name.
    """
    if name not in names():
        raise UsageError(f"there is no format “{name}”; {did_you_mean(name, names())}")


def reader(name: str) -> MakeDocument | None:
    """Return the function that makes a document of the text of a file with this name.

    A name without an ending, such as README, is that of a plain text. None means that no format
    has the ending.
    """
    suffix = suffix_of(name)
    if not suffix or suffix in plain.SUFFIXES:  # most files are, and need no other module
        return plain.document
    return suffixes().get(suffix)


def for_name(name: str, read_as: str = "") -> MakeDocument:
    """Return what `reader` returns, or the function of the format that is called `read_as`.

    Raises:
        RefusedError: no format has the ending of the name, and no format is asked for.
    """
    found = names()[read_as] if read_as else reader(name)
    if found is None:
        known = ", ".join(names())
        why = f"no reader for {suffix_of(name)}; --read-as {plain.NAME} reads it as plain text"
        raise RefusedError(name, f"{why} (formats: {known})")
    return found


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

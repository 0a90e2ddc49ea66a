"""File formats, one module or package each: how the text of a file is divided and protected.

To add a format, add a module to this folder that provides what `Format` describes. Nothing else
has to name it or its endings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Protocol, TypeAlias, cast

from cleaner.formats import plain
from cleaner.text.document import Document

# A function that returns a document for the text of a file.
MakeDocument: TypeAlias = Callable[[str], Document]


class Format(Protocol):
    """What a module in this folder provides."""

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


def for_name(name: str) -> MakeDocument:
    """Return the function that makes a document of the text of a file with this name.

    A file with an unknown ending is read as plain text, because a person named it on purpose.
    """
    suffix = _suffix(name)
    if suffix in plain.SUFFIXES:  # most files are, and need no module of another format
        return plain.document
    return suffixes().get(suffix, plain.document)


def _suffix(name: str) -> str:
    """Return the ending of a file's name, in small letters and with the dot.

    >>> _suffix("news/Page.MD"), _suffix("news/.md")
    ('.md', '')
    """
    stem, dot, ending = name.rpartition(".")
    if not stem or stem.endswith(("/", "\\")):  # a hidden file, such as `.md`, has no ending
        return ""
    return dot + ending.lower()

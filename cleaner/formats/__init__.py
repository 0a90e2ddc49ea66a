"""One file per file format: which spans of a file are blocks of prose, and which are protected.

A format module has `SUFFIXES`, the endings of the files it reads, and `document(text)`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path, PurePath

from cleaner.document import Document
from cleaner.formats import plain


@cache
def suffixes() -> dict[str, Callable[[str], Document]]:
    """The endings of files that hold prose, and what reads each."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("[!_]*.py"))  # pkgutil is slow to import
    modules = [import_module(f"{__name__}.{name}") for name in names]
    return {suffix: module.document for module in modules for suffix in module.SUFFIXES}


def for_name(name: str) -> Callable[[str], Document]:
    """What reads a file of that name; a file of an unknown kind that somebody named is plain text."""
    suffix = PurePath(name).suffix.lower()
    if suffix in plain.SUFFIXES:  # most files are, and need no other format's module
        return plain.document
    return suffixes().get(suffix, plain.document)

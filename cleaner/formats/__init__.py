"""One file per file format: which spans of a file are blocks of prose, and which are protected.

A format module has `SUFFIXES`, the endings of the files it reads, and `document(text)`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path, PurePath

from cleaner.formats import plain
from cleaner.text.document import Document


@cache
def suffixes() -> dict[str, Callable[[str], Document]]:
    """The endings of files that hold prose, and what reads each."""
    here = Path(__file__).parent  # pkgutil is slow to import
    names = {
        path.stem
        for path in (*here.glob("[!_]*.py"), *(init.parent for init in here.glob("*/__init__.py")))
    }
    modules = [import_module(f"{__name__}.{name}") for name in sorted(names)]
    return {suffix: module.document for module in modules for suffix in module.SUFFIXES}


def for_name(name: str) -> Callable[[str], Document]:
    """What reads a file of that name; a file of an unknown kind that somebody named is plain text."""
    suffix = PurePath(name).suffix.lower()
    if suffix in plain.SUFFIXES:  # most files are, and need no other format's module
        return plain.document
    return suffixes().get(suffix, plain.document)

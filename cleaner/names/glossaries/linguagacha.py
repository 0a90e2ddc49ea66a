"""LinguaGacha glossaries: JSON objects with `src`, `dst`, `info`, `regex` and `case_sensitive`."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.names.glossaries import _holding, _tools
from cleaner.names.glossaries._source import Source
from cleaner.names.glossaries.json import entries
from cleaner.names.name import Name

__all__ = ["HOLDS", "TITLE", "entries", "recognises", "write"]

TITLE = "a LinguaGacha glossary"
HOLDS = _holding.pairs("kind")


def recognises(source: Source) -> int:
    """Return 3 if all objects have the keys that only LinguaGacha writes."""
    return 3 if {"src", "dst", "regex"} <= _tools.keys(source) else 0


def write(names: Sequence[Name]) -> str:
    """Return forms with their English form, and the kind as `info`."""
    return _tools.written(names, "info", regex=False, case_sensitive=False)

"""KeywordGacha lists: JSON objects with `src`, `dst`, and `type` or `count`."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.names.glossaries import _holding, _tools
from cleaner.names.glossaries._source import Source
from cleaner.names.glossaries.json import entries
from cleaner.names.name import Name

__all__ = ["HOLDS", "TITLE", "entries", "recognises", "write"]

TITLE = "a KeywordGacha list"
HOLDS = _holding.pairs("kind")


def recognises(source: Source) -> int:
    """Return 3 if all objects have a type or a count."""
    found = _tools.keys(source)
    return 3 if {"src", "dst"} < found and not {"type", "count"}.isdisjoint(found) else 0


def write(names: Sequence[Name]) -> str:
    """Return forms with their English form, and the kind as `type`."""
    return _tools.written(names, "type", info="")

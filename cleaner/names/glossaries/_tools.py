"""The JSON of tools for translators of games and novels: objects with `src`, `dst` and `info`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cleaner.names.glossaries import _shapes, _tables
from cleaner.names.glossaries._source import Source
from cleaner.names.glossaries.json import render
from cleaner.names.name import Name


def keys(source: Source) -> set[str]:
    """Return the keys that all objects of a list have; empty if this is no such list."""
    if source.is_workbook or not source.is_json:
        return set()
    return _shapes.keys_of(source)


def written(names: Sequence[Name], kind: str, **more: Any) -> str:
    """Return forms with their English form and their kind.

    Args:
        names: the names.
        kind: the key of the kind.
        more: what else every object has.
    """
    items: list[dict[str, Any]] = []
    for form, name in _tables.pairs(names):
        items.append({"src": form, "dst": name.canonical, kind: name.kind, **more})
    return render(items)

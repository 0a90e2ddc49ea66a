"""JSON of any usual shape: objects with keys such as `src` and `dst`, pairs, texts, a mapping."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from cleaner.names.glossaries import _columns, _holding, _shapes
from cleaner.names.glossaries._entries import Entry, Notes
from cleaner.names.glossaries._source import Source
from cleaner.names.name import Name

TITLE = "JSON"
HOLDS = _holding.everything(separated=True)


def recognises(source: Source) -> int:
    """Return 2 for JSON."""
    return 2 if not source.is_workbook and source.is_json and source.json else 0


def entries(source: Source, notes: Notes) -> Iterator[Entry]:
    """Yield the names.

    Raises:
        UsageError: the JSON has no known shape.
        RuleError: an item is wrong.
    """
    found = _columns.entries(_shapes.table(source), notes)
    if found is None:
        raise _shapes.unknown(source)
    yield from found


def write(names: Sequence[Name]) -> str:
    """Return a list of objects with our keys."""
    return render([_plain(name) for name in names])


def _plain(name: Name) -> dict[str, Any]:
    values = {
        "canonical": name.canonical,
        "kind": name.kind,
        "zh": name.hanzi,
        "ko": name.hangul,
        "aliases": name.aliases,
        "with": name.companions,
        "variants": name.variants,
    }
    return {key: value for key, value in values.items() if value}


def render(items: Sequence[Any]) -> str:
    """Return a list as JSON, an item a line."""
    lines = ",\n".join(f"  {json.dumps(item, ensure_ascii=False)}" for item in items)
    return f"[\n{lines}\n]\n" if lines else "[]\n"

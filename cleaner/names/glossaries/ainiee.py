"""AiNiee glossaries: JSON objects with `src`, `dst` and `info`."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.names.glossaries import _holding, _tools
from cleaner.names.glossaries._source import Source
from cleaner.names.glossaries.json import entries
from cleaner.names.name import Name

__all__ = ["HOLDS", "TITLE", "entries", "recognises", "write"]

TITLE = "an AiNiee glossary"
HOLDS = _holding.pairs("kind")


def recognises(source: Source) -> int:
    """Return 3 if all objects have just these keys."""
    return 3 if _tools.keys(source) == {"src", "dst", "info"} else 0


def write(names: Sequence[Name]) -> str:
    """Return forms with their English form, and the kind as `info`."""
    return _tools.written(names, "info")

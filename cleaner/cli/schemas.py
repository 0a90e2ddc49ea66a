"""The JSON Schemas of the files that people write, by the name of the file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from cleaner.fixers import fixer, kinds
from cleaner.names.glossaries import gazetteer
from cleaner.project.published import configuration
from cleaner.review.published import suggestions
from cleaner.rules.published import rule_file

SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "rules": lambda: rule_file({kind: fixer(kind) for kind in kinds()}),
    "gazetteer": gazetteer.schema,
    "configuration": configuration,
    "suggestions": suggestions,
}


def text(what: str) -> str:
    """Return the schema of one kind of file as JSON."""
    return json.dumps(SCHEMAS[what](), indent=2, ensure_ascii=False) + "\n"

"""The file of suggestions as a JSON Schema, so that an editor can check it."""

from __future__ import annotations

from typing import Any

from cleaner.review.suggestions import (
    GROUP_KEYS,
    MEMBER_KEYS,
    PLACE_KEYS,
    RELATIONS,
    TYPES,
    RuleChoice,
)
from cleaner.rules.published import (
    DRAFT,
    ID_PATTERN,
    NUMBER,
    SOME_TEXT,
    TEXT,
    TEXT_BY_WORD,
    TEXTS,
    record,
    words,
)


def suggestions() -> dict[str, Any]:
    """Return the schema of `.cleaner/suggestions.yaml`; `review.suggestions` shows such a file."""
    kinds_of_place = {
        "at": {"type": "string", "pattern": ":[1-9][0-9]*:[1-9][0-9]*$"},
        "context": TEXT,
        "start": NUMBER,
        "member": SOME_TEXT,
    }
    places = _list_of({key: kinds_of_place[key] for key in PLACE_KEYS}, "at", "context")
    kinds_of_member = {
        "form": SOME_TEXT,
        "count": NUMBER,
        "score": {"type": "number", "minimum": 0, "maximum": 1},
        "strong": {"type": "boolean"},
        "why": TEXT,
        "places": places,
    }
    members = _list_of({key: kinds_of_member[key] for key in MEMBER_KEYS}, "form")
    kinds_of_group = {
        "id": {"type": "string", "pattern": ID_PATTERN},
        "relation": words(RELATIONS),
        "canonical": SOME_TEXT,
        "canonical_count": NUMBER,
        "canonical_places": places,
        "type": words(TYPES),
        "source": TEXT_BY_WORD,
        "aliases": TEXTS,
        "rivals": TEXTS,
        "members": {**members, "minItems": 1},
    }
    groups = _list_of({key: kinds_of_group[key] for key in GROUP_KEYS}, "id", "members")
    search = record(dict.fromkeys(RuleChoice._fields, TEXTS))
    keys = {"kind": {"const": "suggestions"}, "search": search, "groups": groups}
    return {
        "$schema": DRAFT,
        "title": "What cleaner suggest found",
        **record(keys, ["kind", "groups"]),
    }


def _list_of(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "array", "items": record(properties, required)}

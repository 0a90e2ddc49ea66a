"""Rule files as a JSON Schema (draft 2020-12), so that an editor can check and complete them.

It is made from the types that the reader goes by (see `schema`), so the two cannot differ in the
keys and the kinds of their values. What only the reader can say, such as that examples must pass,
is not in it.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping, Sequence
from types import NoneType
from typing import Any, get_args, get_type_hints

from cleaner.rules import schema
from cleaner.rules.model import LEVELS

DRAFT = "https://json-schema.org/draft/2020-12/schema"
ID_PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*$"
# Everything in a rule file is text: YAML may call `2020` a number and `yes` a truth, the reader
# does not.
TEXT: Mapping[str, Any] = {"type": ["string", "number", "boolean"]}
SOME_TEXT: Mapping[str, Any] = {**TEXT, "minLength": 1}
TEXTS: Mapping[str, Any] = {"type": "array", "items": SOME_TEXT, "minItems": 1}
NUMBER: Mapping[str, Any] = {"type": "integer", "minimum": 0}
TEXT_BY_WORD: Mapping[str, Any] = {"type": "object", "additionalProperties": SOME_TEXT}


def record(
    properties: Mapping[str, Any], required: Sequence[str] = (), **more: Any
) -> dict[str, Any]:
    """Return the schema of a mapping with these keys and no others."""
    closed = {"type": "object", "additionalProperties": False, "properties": dict(properties)}
    return {**closed, **({"required": list(required)} if required else {}), **more}


def words(choices: Iterable[str]) -> dict[str, Any]:
    """Return the schema of one of some words."""
    return {"enum": list(choices)}


def described(part: Mapping[str, Any], description: str) -> dict[str, Any]:
    """Return a schema with a description, which an editor shows."""
    return {**part, "description": description}


def rule_file(kinds: Mapping[str, schema.Kind]) -> dict[str, Any]:
    """Return the schema of a rule file; `kinds` are all kinds of rules by name.

    >>> from cleaner.fixers import fixer
    >>> made = rule_file({"name": fixer("name")})
    >>> made["required"], made["properties"]["kind"]["enum"]
    (['kind', 'rules'], ['name'])
    """
    return {
        "$schema": DRAFT,
        "title": "A file of rules for cleaner",
        "type": "object",
        "required": ["kind", "rules"],
        "properties": {"kind": described(words(kinds), "what the rules of this file look for")},
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": name}}, "required": ["kind"]},
                "then": _file(name, kind),
            }
            for name, kind in kinds.items()
        ],
        "$defs": _shared_parts(),
    }


def _file(name: str, kind: schema.Kind) -> dict[str, Any]:
    """Return the schema of a file of one kind."""
    options = _options(kind)
    shared = {key: _rule_keys(kind)[key] for key in schema.SHARED_KEYS}
    rules = {"type": "array", "items": _rule(kind, options), "minItems": 1}
    return record({"kind": {"const": name}, **shared, **options, "rules": rules})


def _rule(kind: schema.Kind, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of one rule. A key of its kind may also stand at the top of the file."""
    return record({**_rule_keys(kind), **options}, required=["id"])


def _rule_keys(kind: schema.Kind) -> dict[str, Any]:
    """Return the schemas of the keys that every rule may have."""
    keys = {key: {"$ref": f"#/$defs/{key}"} for key in schema.RULE_KEYS}
    usual = kind.LEVELS[0]
    keys["level"] = described(words(kind.LEVELS), f"what becomes of a finding; {usual} by default")
    return keys


def _options(kind: schema.Kind) -> dict[str, Any]:
    """Return the schemas of the keys that belong to one kind."""
    meanings = _meanings(kind.Options)
    options: dict[str, Any] = {}
    for key, hint in get_type_hints(kind.Options).items():
        part = _of_type(key, hint)
        options[key] = described(part, meanings[key]) if key in meanings else part
    return options


def _of_type(key: str, hint: Any) -> Mapping[str, Any]:
    """Return the schema of the values of one type; `schema.option_readers` knows the same types."""
    if hint is str:
        return TEXT if key in schema.MAY_BE_EMPTY else SOME_TEXT
    if hint is int:
        return NUMBER
    if hint == tuple[str, ...]:
        return TEXTS
    if hint == Mapping[str, str]:
        return TEXT_BY_WORD
    if NoneType in get_args(hint):
        (hint,) = (one for one in get_args(hint) if one is not NoneType)
    return words(get_args(hint))


def _meanings(options: Any) -> dict[str, str]:
    """Return what the docstring of a named tuple says about its fields, under “Attributes:”."""
    _, _, section = inspect.cleandoc(options.__doc__ or "").partition("Attributes:\n")
    found = re.findall(r"^ {4}(\w+): (.*(?:\n {8}.*)*)", section, re.MULTILINE)
    return {key: re.sub(r"\s+", " ", text).rstrip(".") for key, text in found}


def _shared_parts() -> dict[str, Any]:
    """Return the schemas of the keys that every rule may have, by key."""
    near = record({"phrases": TEXTS, "words": NUMBER}, required=["phrases"])
    conditions = {"document": TEXTS, "paragraph": TEXTS, "near": near, "damaged": SOME_TEXT}
    change = record({"before": SOME_TEXT, "after": TEXT}, required=["before", "after"])
    examples = [change, *(record({key: SOME_TEXT}, required=[key]) for key in ("same", "reported"))]
    edits = {"type": "integer", "minimum": 1, "maximum": schema.MOST_CHARACTERS}
    seen = record({**dict.fromkeys(("seen", "date", "score", "why"), SOME_TEXT), "pages": TEXTS})
    true_or_false = {"enum": [True, False, "true", "false"]}
    return {
        "id": {
            "type": "string",
            "pattern": ID_PATTERN,
            "description": "the name of the rule; the path of the file comes before it",
        },
        "level": words(LEVELS),
        "when": {
            "description": "evidence: what the document must mention before the rule acts",
            "anyOf": [{"const": "damaged"}, TEXTS, record(conditions, minProperties=1)],
        },
        "otherwise": described(
            words(("suggest", "report")), "the level in a document without proven damage"
        ),
        "unless": described(TEXTS, "phrases in which the rule does not act"),
        "damage": {
            "description": "how many edits of this rule prove that a document is damaged",
            "anyOf": [
                {"enum": [True, False, "true", "false", "twice"]},
                record({"edits": edits, "characters": edits}),
            ],
        },
        "once": described(true_or_false, "all places of a document are one finding"),
        "examples": {
            "description": "what proves the rule: texts that it changes, leaves alone, or reports",
            "type": "array",
            "items": {"anyOf": examples},
            "minItems": 1,
        },
        "provenance": {
            "description": "where the form was seen",
            "anyOf": [SOME_TEXT, seen],
        },
    }

"""The configuration as a JSON Schema, so that an editor can check and complete it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cleaner import formats
from cleaner.project.config import PIVOTS, Ignored, NameLists
from cleaner.rules.model import LEVELS
from cleaner.rules.published import DRAFT, described, record, words

_TEXT = {"type": "string", "minLength": 1}
_TEXTS = {"type": "array", "items": _TEXT}
_SOME_TEXTS = {**_TEXTS, "minItems": 1}
_FLAG = {"type": "boolean"}


def configuration() -> dict[str, Any]:
    """Return the schema of `cleaner.toml`, and of `[tool.cleaner]` in `pyproject.toml`."""
    return {
        "$schema": DRAFT,
        "title": "The configuration of cleaner",
        **record(_keys()),
    }


def _keys() -> Mapping[str, Any]:
    name_lists = record(dict(zip(NameLists._fields, (_TEXTS, _FLAG), strict=True)))
    ignored = record(dict.fromkeys(Ignored._fields, _TEXT), required=["file", "rule", "text"])
    rules_file = {**_TEXT, "pattern": r"\.ya?ml$"}
    fields = {"anyOf": [_SOME_TEXTS, _by_pattern(_SOME_TEXTS)]}
    return {
        "rules": described(_TEXTS, "your own rules, files or folders"),
        "bundled": described(_FLAG, "whether the rules that come with cleaner are used"),
        "exclude": described(_TEXTS, "patterns of files that are never read, as in .gitignore"),
        "select": described(_SOME_TEXTS, "the only rules that act"),
        "ignore": described(_TEXTS, "rules that do not act"),
        "per-file-ignores": described(
            _by_pattern(_TEXTS), "patterns of files, each with rules that do not act in them"
        ),
        "levels": described(_by_pattern(words(LEVELS)), "rules, each with the level it gets"),
        "prefer": described(_by_pattern(_TEXT), "canonical forms, each with the alias to write"),
        "accept-to": described(rules_file, "the rules file that `cleaner accept` writes"),
        "names": described(name_lists, "lists of right names; whether the gazetteer counts"),
        "pivot": described(words(PIVOTS), "the language in between"),
        "encoding": described(_TEXT, "the encoding of files that declare none"),
        "ignores": described(
            {"type": "array", "items": ignored}, "places in which a rule is suppressed"
        ),
        "formats": described(
            _by_pattern(words(formats.names())), "patterns of files, each with its format"
        ),
        "fields": described(fields, "which fields of data hold text, by patterns of files or all"),
    }


def _by_pattern(part: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of a table whose keys are free."""
    return {"type": "object", "additionalProperties": dict(part)}

"""Rules of prh, the proofreading helper: `expected` and the patterns that it replaces.

A pattern between slashes is a regular expression and is left out. So are expected forms without
Latin letters, and files that are imported. The shape is that of prh.schema.json.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from cleaner.errors import RuleError
from cleaner.names.glossaries._entries import Entry, Notes, checked_entry, has_latin_letter
from cleaner.names.glossaries._holding import Holds
from cleaner.names.glossaries._source import Source
from cleaner.names.name import Name
from cleaner.rules.reader import Node, read_yaml

TITLE = "rules of prh"
_RULES = re.compile(r"^rules:", re.MULTILINE)
_VERSION = re.compile(r"^version:", re.MULTILINE)
_REGEX = re.compile(r"/.*/[a-z]*", re.DOTALL)
_GROUP = re.compile(r"\$\d")
HOLDS = Holds(
    frozenset({"variants"}),
    canonical=lambda form: not _GROUP.search(form),
    text=lambda text: has_latin_letter(text) and not _REGEX.fullmatch(text),
)


def recognises(source: Source) -> int:
    """Return 3 if the text is YAML with a version and rules."""
    if source.is_workbook or source.is_json or source.root:
        return 0
    return 3 if _RULES.search(source.text) and _VERSION.search(source.text) else 0


def entries(source: Source, notes: Notes) -> Iterator[Entry]:
    """Yield the names."""
    top = read_yaml(source.text.encode(), source.file)
    if not isinstance(top.value, dict):
        raise RuleError(top.place, f"this is {top.shape}", "begin with `version: 1` and `rules:`")
    if _list(top.value.get("imports")):
        notes.add("imported files, which are not read", str(top.value["imports"].place.line))
    for rule in _list(top.value.get("rules")):
        yield from _of_rule(rule, notes)


def _of_rule(rule: Node, notes: Notes) -> Iterator[Entry]:
    values = rule.value if isinstance(rule.value, dict) else {"expected": rule}
    if "expected" not in values:
        raise RuleError(rule.place, "`expected` is missing", "write what is right")
    expected = values["expected"].value
    if not isinstance(expected, str):
        what = f"`expected` is {values['expected'].shape}"
        raise RuleError(values["expected"].place, what, "write a text")
    if not has_latin_letter(expected) or _GROUP.search(expected):
        notes.add("rules without an English form", f"line {rule.place.line}")
        return
    variants: list[str] = []
    for pattern in _patterns(values):
        if _REGEX.fullmatch(pattern):
            notes.add("patterns that are regular expressions", f"line {rule.place.line}")
        elif has_latin_letter(pattern):
            variants.append(pattern)
    yield checked_entry(rule.place, {"canonical": expected, "variants": variants})


def _patterns(values: dict[str, Node]) -> Iterator[str]:
    """Yield the patterns of a rule, and the wrong forms of its examples."""
    for key in ("pattern", "patterns"):
        for node in _list(values.get(key)):
            if isinstance(node.value, str):
                yield node.value
    for node in _list(values.get("specs")):
        example = node.value if isinstance(node.value, dict) else {}
        wrong, right = (example[key].value if key in example else "" for key in ("from", "to"))
        if right == values["expected"].value and isinstance(wrong, str):
            yield wrong


def _list(node: Node | None) -> Sequence[Node]:
    if node is None or node.value == "":
        return ()
    return node.value if isinstance(node.value, list) else [node]


def write(names: Sequence[Name]) -> str:
    """Return a rule for each name."""
    rules: list[dict[str, Any]] = []
    for name in names:
        rule: dict[str, Any] = {"expected": name.canonical}
        if name.variants:
            rule["patterns"] = [*name.variants]
        rules.append(rule)
    return yaml.safe_dump(
        {"version": 1, "rules": rules}, allow_unicode=True, sort_keys=False, width=float("inf")
    )

"""Our own YAML, as the bundled gazetteer is written: `kind: gazetteer` and `names:`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from cleaner.errors import RuleError, UsageError
from cleaner.names.glossaries import _holding
from cleaner.names.glossaries._entries import KEYS, LISTS, Entry, Notes, checked_entry
from cleaner.names.glossaries._source import Source
from cleaner.names.name import KINDS, Name
from cleaner.rules.model import MAX_BYTES
from cleaner.rules.published import DRAFT, SOME_TEXT, TEXTS, record, words
from cleaner.rules.reader import Node, read_yaml

TITLE = "a gazetteer in YAML"
HOLDS = _holding.everything()

_KIND = re.compile(r"^kind:\s*gazetteer\b", re.MULTILINE)
_ENDINGS = (".yaml", ".yml")


def recognises(source: Source) -> int:
    """Return 3 if the file says that it is a gazetteer, 1 if its name ends as YAML does."""
    if source.is_workbook:
        return 0
    if _KIND.search(source.text):
        return 3
    return 1 if source.suffix in _ENDINGS else 0


def entries(source: Source, notes: Notes) -> Iterator[Entry]:  # noqa: ARG001
    """Yield the names."""
    for node in _names(read_yaml(source.text.encode(), source.file)):
        if isinstance(node.value, str):
            cells: Mapping[str, str | Sequence[str]] = {"canonical": node.value}
        elif isinstance(node.value, dict):
            cells = _cells(node, node.value)
        else:
            raise RuleError(
                node.place, f"a name is {node.shape}", "write {canonical: Ma Yun, kind: person}"
            )
        yield checked_entry(node.place, cells, ours=True)


def _names(root: Node) -> list[Node]:
    """Return the items of `names`, after a check of the keys of the file."""
    top = root.value
    if not isinstance(top, dict) or "kind" not in top or top["kind"].value != "gazetteer":
        raise RuleError(
            root.place, "this is not a gazetteer", "begin with `kind: gazetteer` and `names:`"
        )
    for key in top:
        if key not in ("kind", "names"):
            raise RuleError(
                root.keys[key], f"unknown key `{key}`", "a gazetteer has `kind` and `names`"
            )
    names = top["names"].value if "names" in top else ""
    if not isinstance(names, list):
        raise RuleError(
            root.place,
            "the list `names` is missing",
            "write `names:` and one name a line: - canonical: Ma Yun",
        )
    return names


def _cells(node: Node, values: Mapping[str, Node]) -> dict[str, str | Sequence[str]]:
    cells: dict[str, str | Sequence[str]] = {}
    for key, value in values.items():
        if key not in KEYS:
            raise RuleError(node.keys[key], f"unknown key `{key}`", f"a name has {', '.join(KEYS)}")
        cells[key] = _texts(value, key) if key in LISTS else _text(value, key)
    return cells


def _text(node: Node, key: str) -> str:
    if not isinstance(node.value, str):
        raise RuleError(node.place, f"`{key}` is {node.shape}", "write a text")
    return node.value


def _texts(node: Node, key: str) -> str | list[str]:
    """Return the texts of a list; of a text, which may have `|` or `;` between several, itself."""
    if isinstance(node.value, str):
        return node.value
    items = node.value if isinstance(node.value, list) else []
    texts = [item.value for item in items if isinstance(item.value, str)]
    if not texts or len(texts) < len(items):
        raise RuleError(node.place, f"`{key}` is {node.shape}", "write a list of texts")
    return texts


def schema() -> dict[str, Any]:
    """Return what such a file may hold, as a JSON Schema."""
    several = {"anyOf": [SOME_TEXT, TEXTS]}
    keys: dict[str, Any] = {key: several if key in LISTS else SOME_TEXT for key in KEYS}
    keys["kind"] = words(KINDS)
    name = {"anyOf": [SOME_TEXT, record(keys, ["canonical"])]}
    names = {"type": "array", "items": name}
    return {
        "$schema": DRAFT,
        "title": "A list of right names for cleaner",
        **record({"kind": {"const": "gazetteer"}, "names": names}, ["kind", "names"]),
    }


def write(names: Sequence[Name]) -> str:
    """Return names as a gazetteer, one a line.

    Raises:
        UsageError: it would be larger than what is read of YAML.
    """
    lines = "".join(f"- {_flow(name)}\n" for name in names)
    if len(lines.encode()) > MAX_BYTES:
        what = f"as YAML these names take more than {MAX_BYTES:,} bytes"
        raise UsageError(f"{what}, which is too much to be read again; write a table (.tsv)")
    return f"kind: gazetteer\nnames:\n{lines}" if lines else "kind: gazetteer\nnames: []\n"


def _flow(name: Name) -> str:
    values: dict[str, Any] = {
        "canonical": name.canonical,
        "kind": name.kind,
        "zh": name.hanzi,
        "ko": [*name.hangul],
        "aliases": [*name.aliases],
        "with": [*name.companions],
        "variants": [*name.variants],
    }
    filled = {key: value for key, value in values.items() if value}
    text: str = yaml.safe_dump(
        filled, default_flow_style=True, allow_unicode=True, sort_keys=False, width=float("inf")
    )
    return text.strip()

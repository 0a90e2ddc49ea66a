"""What the tests of rule files share: files with one fault, and the one line that names it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from cleaner import RuleError, RuleSet, load_rules
from cleaner.rules.model import Entity

HEAD = "kind: name\nrules:\n"
NAME = HEAD + "- id: ma-yun\n  canonical: Ma Yun\n  variants: [Marwin]\n"
PATTERN = "kind: pattern\nrules:\n- id: comma\n  message: doubled\n"

# Remedies that several messages end with.
FILL = "fill it, or leave the key out"
LIST = "begin each entry with a hyphen, or write [one, two]"
NEEDED = "a rule of this kind needs it"
OUT = "write it out, or leave the entry out"
TEXT = "put it into quotes if it begins with [ or {, or contains “: ”"


def rule(key: str) -> str:
    """Return a file with one sound rule and `key` in line 6, column 3."""
    return f"{NAME}  {key}\n"


def variants(value: str) -> str:
    """Return a file with one rule and its variants in line 3, column 45."""
    return f"{HEAD}- {{id: ma-yun, canonical: Ma Yun, variants: {value}}}\n"


def pattern(match: str, replace: str = "x") -> str:
    """Return a file with one pattern: `match` at 5:10 and `replace` at 6:12."""
    return f"{PATTERN}  match: '{match}'\n  replace: '{replace}'\n"


def line(name: str, canonical: str, *variants: str, more: str = "") -> str:
    """Return one name rule in one line; `more` are further keys."""
    further = f", {more}" if more else ""
    forms = ", ".join(variants)
    return f"- {{id: {name}, canonical: {canonical}, variants: [{forms}]{further}}}\n"


def write(files: Mapping[str, str]) -> None:
    """Write files, by path from the working folder."""
    for name, text in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def check_refused(data: str | bytes | Mapping[str, str], message: str) -> None:
    """Check that one file (`rules.yaml`), or the files of the folder `rules`, are refused.

    `message` is the whole error without `rules.yaml:` or `rules/`.
    """
    if isinstance(data, Mapping):
        write({f"rules/{name}": text for name, text in data.items()})
        layer, beginning = "rules", "rules/"
    else:
        Path("rules.yaml").write_bytes(data.encode() if isinstance(data, str) else data)
        layer, beginning = "rules.yaml", "rules.yaml:"
    with pytest.raises(RuleError) as caught:
        load_rules(layer, bundled=False)
    assert str(caught.value) == beginning + message
    assert len(str(caught.value).splitlines()) == 1


def entity(rules: RuleSet, number: int = 0) -> Entity:
    """Return the entity of one of the rules, which must be a name rule."""
    options = rules.rules[number].options
    assert isinstance(options, Entity)
    return options

"""The names that are known to be right: the bundled gazetteer, the rules, and a user's glossary."""

from __future__ import annotations

from pathlib import Path

from cleaner.errors import UsageError
from cleaner.names.glossary import parse_glossary
from cleaner.names.name import KINDS, Name
from cleaner.reading import read_file
from cleaner.rules import layers
from cleaner.rules.model import Entity, RuleSet

__all__ = ["Name", "bundled_names", "known_names", "load_names"]

_MAX_BYTES = 20_000_000  # of a glossary: some 500,000 names


def bundled_names(folder: Path) -> list[Name]:
    """Return the names of the gazetteer in a rules folder; none if it has no gazetteer."""
    names: list[Name] = []
    for path in sorted((folder / "gazetteer").glob("*.yaml")):
        names += load_names(path)
    return names


def known_names(rules: RuleSet) -> list[Name]:
    """Return the names of the bundled gazetteer, and those of the rules that it does not have."""
    names = bundled_names(layers.bundled())
    listed = {name.canonical for name in names}
    for rule in rules:
        entity = rule.options
        if isinstance(entity, Entity) and entity.canonical not in listed:
            listed.add(entity.canonical)
            names.append(_name_of(entity))
    return names


def _name_of(entity: Entity) -> Name:
    return Name(
        entity.canonical,
        kind=entity.type if entity.type in KINDS else "",
        hanzi=entity.source.get("zh", ""),
        hangul=entity.source.get("ko", ""),
        aliases=entity.aliases,
    )


def load_names(path: Path) -> list[Name]:
    """Return the names in a glossary: one name a line, a table, or YAML.

    A name that appears twice is returned once, with what either entry knows of it.

    Raises:
        UsageError: the file cannot be read, or holds no name.
        RuleError: a line is wrong; the error gives file, line and column.
    """
    try:
        data = read_file(path, _MAX_BYTES)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); check the path") from None
    names = parse_glossary(data, str(path))
    if not names:
        raise UsageError(
            f"{path}: the file has no names; "
            "write one name a line, or a table with a header that has `canonical`"
        )
    return names

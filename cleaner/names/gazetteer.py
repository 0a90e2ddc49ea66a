"""The names that are known to be right: the bundled gazetteer, the rules, and a user's glossary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from cleaner import cache
from cleaner.names.glossaries import read_glossary
from cleaner.names.name import KINDS, Name
from cleaner.names.name_list import NameList, kept
from cleaner.reading import read_file
from cleaner.rules import layers
from cleaner.rules.model import Entity, Rule, RuleSet

__all__ = ["Name", "bundled_names", "known_names", "load_names", "names_of_rules", "right_names"]

_MAX_BYTES = 20_000_000  # of a file of the gazetteer: some 500,000 names
# What tests/bench/names/grow.py makes: the folder of its tables, and their first line.
_GROWN = "grown"
_HEADER = "canonical\tkind\tzh\tko\taliases\twith"


def bundled_names(folder: Path) -> list[Name]:
    """Return the names of the gazetteer in a rules folder; none if it has no gazetteer.

    Those that people have entered come first. They are kept as a table in the user's cache, because
    reading YAML takes ten times as long. Names of the tables in `grown` are not common.
    """
    names: list[Name] = []
    entered = [path for path in gazetteer_files(folder) if path.suffix == ".yaml"]
    if entered:
        names += _entered_names(entered)
    for path in gazetteer_files(folder):
        if path.suffix != ".yaml":
            names += _table_names(path)
    return names


def gazetteer_files(folder: Path) -> list[Path]:
    """Return the files of the gazetteer in a rules folder: those of people, then the tables."""
    gazetteer = folder / "gazetteer"
    patterns = ("*.yaml", "*.tsv", f"{_GROWN}/*.tsv")
    return [path for pattern in patterns for path in sorted(gazetteer.glob(pattern))]


def _entered_names(paths: Sequence[Path]) -> list[Name]:
    digests = (blake2b(read_file(path, _MAX_BYTES), digest_size=16).hexdigest() for path in paths)
    file = f"names-{layers.fingerprint([], *digests)}"
    with suppress(ValueError):  # nothing was kept, or it is damaged
        return list(_rows((cache.recall(file) or b"").decode(), common=True))
    names = [name for path in paths for name in load_names(path)]
    cache.remember(file, "\n".join(map(_row, names)).encode())
    return names


def _table_names(path: Path) -> list[Name]:
    """Return the names of a table, the fast way that reads only tables as grow.py writes them."""
    header, _, rows = read_file(path, _MAX_BYTES).decode().rstrip("\n").partition("\n")
    if header == _HEADER:
        with suppress(ValueError):
            return list(_rows(rows, common=path.parent.name != _GROWN))
    return load_names(path)


def _row(name: Name) -> str:
    """Return a name as a row of a table. No text of a name has a tab, a line end or a `|`."""
    lists = (name.hangul, name.aliases, name.companions)
    return "\t".join((name.canonical, name.kind, name.hanzi, *map("|".join, lists)))


def _rows(text: str, *, common: bool) -> Iterator[Name]:
    """Yield the names of the rows of a table.

    Raises:
        ValueError: a row has too many cells or too few.
    """
    for row in text.split("\n"):
        canonical, kind, hanzi, hangul, aliases, companions = row.split("\t")
        lists = (_several(hangul), _several(aliases), _several(companions))
        yield Name(canonical, kind, hanzi, *lists, common=common)


def _several(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


class Known(NamedTuple):
    """The names that are known to be right.

    Attributes:
        names: the names.
        listed: the canonical forms of those that the user has listed or has a rule for.
    """

    names: NameList
    listed: frozenset[str]


def known_names(rules: RuleSet) -> NameList:
    """Return the names of the bundled gazetteer, and those of the rules that it does not have."""
    return right_names(rules).names


def right_names(
    rules: Iterable[Rule],
    lists: Iterable[Path] = (),
    *,
    gazetteer: bool | None = None,
    lowest: int = 1,
) -> Known:
    """Return the names that are known to be right.

    The sources are the user's lists, the bundled gazetteer and the canonical forms of the rules; a
    name is taken from the first that has its canonical form.

    Args:
        rules: the rules.
        lists: files with lists of names, in any format of `cleaner.names.glossaries`.
        gazetteer: whether the bundled gazetteer counts. By default it does if there are no lists:
            whoever brings a list knows whom the texts are about.
        lowest: the number of the first layer whose rules are the user's own.

    Raises:
        UsageError, RuleError: a list is wrong; see `load_names`.
    """
    own = [load_names(path) for path in lists]
    of_rules: dict[str, Name] = {}
    own_rules: set[str] = set()
    for rule in rules:
        if isinstance(rule.options, Entity):
            name = name_of(rule.options)
            of_rules.setdefault(name.canonical, name)
            if rule.layer >= lowest:
                own_rules.add(name.canonical)
    is_bundled = not own if gazetteer is None else gazetteer
    listed = {name.canonical for source in own for name in source}

    def merged() -> list[Name]:
        bundled = bundled_names(layers.bundled()) if is_bundled else []
        return _merged([*own, bundled, list(of_rules.values())])

    names = kept(repr((own, of_rules)), merged) if is_bundled else NameList.of(merged())
    return Known(names, frozenset(listed | own_rules))


def _merged(sources: Iterable[Sequence[Name]]) -> list[Name]:
    """Return the names of all sources; of those with one canonical form the first."""
    names: list[Name] = []
    known: set[str] = set()
    for source in sources:
        names += [name for name in source if name.canonical not in known]
        known.update(name.canonical for name in source)
    return names


def names_of_rules(rules: RuleSet) -> list[Name]:
    """Return the names of rules, with the variants that the rules replace."""
    entities = [rule.options for rule in rules if isinstance(rule.options, Entity)]
    return [replace(name_of(entity), variants=entity.variants) for entity in entities]


def name_of(entity: Entity) -> Name:
    """Return the name of a rule's entity."""
    return Name(
        entity.canonical,
        kind=entity.type if entity.type in KINDS else "",
        hanzi=entity.source.get("zh", ""),
        hangul=tuple(filter(None, [entity.source.get("ko", "")])),
        aliases=entity.aliases,
    )


def load_names(path: Path) -> list[Name]:
    """Return the names in a list of names, in any format of `cleaner.names.glossaries`.

    A name that appears twice is returned once, with what either entry knows of it.

    Raises:
        UsageError: the file cannot be read, has no known shape, or holds no name.
        RuleError: a row is wrong; the error gives file, line and column.
    """
    return read_glossary(path).names

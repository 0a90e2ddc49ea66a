"""From rule files to a `RuleSet`: finding them, reading them, layering them.

Order inside a layer never matters. Layers do: a project's rules shadow the bundled ones with the
same id or variant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from types import MappingProxyType

from cleaner.errors import RuleError, UsageError
from cleaner.rules import claims, schema
from cleaner.rules.layers import display_path, files
from cleaner.rules.model import Entity, Level, Rule, RuleSet, check_glob
from cleaner.rules.reader import read_yaml
from cleaner.text.folding import normal


def load(
    layers: Sequence[Path],
    kinds: Mapping[str, schema.Kind],
    instead: Mapping[Path, bytes] = MappingProxyType({}),
) -> RuleSet:
    """The rules of all `layers` (files or folders), later ones shadowing earlier ones; `instead`
    are the bytes that files are about to have.

    Raises:
        RuleError: a file cannot be read, is wrong, or contradicts another file of its layer.
    """
    shadowing: list[Rule] = []
    suffixes: frozenset[str] = frozenset()
    notes: list[str] = []
    for number, layer in reversed(list(enumerate(layers))):
        rules: list[Rule] = []
        for path, prefix, data in files(layer, instead):
            root = read_yaml(data, display_path(path))
            if (
                isinstance(root.value, dict)
                and "kind" in root.value
                and root.value["kind"].value == "boundaries"
            ):
                suffixes |= schema.suffixes(root)
            else:
                rules += schema.rules(root, prefix, kinds, number)
        _refuse_twins(rules)
        claims.check(rules)
        shadowing += unshadowed(rules, shadowing, notes)
    return _parted(shadowing, RuleSet((), suffixes, tuple(notes)))


def _parted(rules: Iterable[Rule], rest: RuleSet) -> RuleSet:
    """The rules in order, those at level off apart."""
    ordered = sorted(rules, key=lambda rule: rule.id)
    live, off = (
        tuple(rule for rule in ordered if (rule.level == "off") is silent)
        for silent in (False, True)
    )
    return RuleSet(live, rest.suffixes, rest.notes, off)


def _refuse_twins(rules: Sequence[Rule]) -> None:
    """Two files of one layer may give one id: `a.yaml` and `a.yml`."""
    seen: dict[str, Rule] = {}
    for rule in rules:
        if (other := seen.setdefault(rule.id, rule)) is not rule:
            raise RuleError(
                rule.place, f"{rule.id} stands in {other.source} too", "rename one of the files"
            )


def unshadowed(rules: Iterable[Rule], above: Sequence[Rule], notes: list[str]) -> Iterator[Rule]:
    """What is left of rules under those of higher layers; what was shadowed is added to the notes."""
    ids = {rule.id: rule for rule in above}
    forms = {
        normal(variant): rule
        for rule in above
        if isinstance(rule.options, Entity)
        for variant in rule.options.variants
    }
    for rule in rules:
        if other := ids.get(rule.id):
            notes.append(f"{rule.id} ({rule.source}) is shadowed by {other.source}")
            continue
        if isinstance(rule.options, Entity):
            taken = [variant for variant in rule.options.variants if normal(variant) in forms]
            for variant in taken:
                other = forms[normal(variant)]
                notes.append(
                    f"“{variant}” of {rule.id} ({rule.source}) is shadowed by {other.id} ({other.source})"
                )
            if taken:
                left = tuple(variant for variant in rule.options.variants if variant not in taken)
                proof = tuple(
                    example for example in rule.examples if not _holds(example.before, taken)
                )
                rule = rule._replace(options=rule.options._replace(variants=left), examples=proof)
        yield rule


def _holds(text: str, forms: Iterable[str]) -> bool:
    """Whether one of the forms stands in a text, however it is spaced and in capitals or not."""
    there = normal(text).casefold()
    return any(normal(form).casefold() in there for form in forms)


def house_style(rules: RuleSet, prefer: Mapping[str, str]) -> RuleSet:
    """The rules with an alias as the form that is written: `{"Ma Yun": "Jack Ma"}`.

    Raises:
        UsageError: no rule has that canonical form with that alias.
    """
    wanted = dict(prefer)
    out = []
    for rule in rules:
        entity = rule.options
        if isinstance(entity, Entity) and (alias := prefer.get(entity.canonical)):
            if alias not in entity.aliases:
                what = f"house style: “{alias}” is no alias of “{entity.canonical}” ({rule.source})"
                raise UsageError(what, "prefer", entity.canonical)
            wanted.pop(entity.canonical, None)
            others = tuple(form for form in entity.right if form != alias)
            rule = rule._replace(options=entity._replace(canonical=alias, aliases=others))
        out.append(rule)
    if wanted:
        name = next(iter(wanted))
        raise UsageError(f"house style: no rule has the canonical form “{name}”", "prefer", name)
    return RuleSet(tuple(out), rules.suffixes, rules.notes, rules.off)


def at_levels(
    rules: RuleSet, levels: Mapping[str, Level], kinds: Mapping[str, schema.Kind]
) -> RuleSet:
    """The rules with other levels: `{"quotes/*": "suggest"}`. Of several globs that match, the most
    exact one counts: an id before a glob, a longer glob before a shorter one.

    Raises:
        UsageError: no rule's id matches, or its kind does not allow that level.
    """
    globs = sorted(levels, key=lambda glob: (not set(glob) & set("*?["), len(glob), glob))
    ids = [rule.id for rule in (*rules, *rules.off)]
    wanted = {
        rule.id: glob
        for glob in globs
        for rule in (*rules, *rules.off)
        if fnmatchcase(rule.id, glob)
    }
    for glob in globs:
        check_glob(ids, glob, "levels")
    out = []
    for rule in (*rules, *rules.off):
        if glob := wanted.get(rule.id, ""):
            if levels[glob] not in (allowed := kinds[rule.kind].LEVELS):
                what = f"{rule.id} cannot be at level {levels[glob]}: a rule of kind {rule.kind} may be at"
                raise UsageError(
                    f"{what} {' or '.join(allowed)}; write a narrower pattern", "levels", glob
                )
            rule = rule._replace(level=levels[glob])
        out.append(rule)
    return _parted(out, rules)

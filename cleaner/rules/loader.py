"""From rule files to a `RuleSet`: find them, read them, and put the layers over one another.

Inside a layer the order of files and rules never matters. Between layers it does: the rules of a
project shadow the bundled ones that have the same id or the same variant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias, cast

from cleaner.errors import RuleError, UsageError
from cleaner.rules import claims, schema
from cleaner.rules.layers import display_path, files
from cleaner.rules.likely import LikelyForms, likely_rules, no_forms
from cleaner.rules.model import LEVELS, Entity, Level, Rule, RuleSet
from cleaner.rules.reader import Node, read_yaml
from cleaner.rules.selectors import check_selector, most_exact
from cleaner.text.boundaries import NO_WORDS, Boundaries
from cleaner.text.folding import normal

# The bytes of each file (name, prefix of ids, layer) and what they say. Whoever loads rules again
# and again hands the same memo over, so that only files that were changed are read.
Memo: TypeAlias = "dict[tuple[str, str, int], tuple[bytes, Sequence[Rule] | Boundaries]]"


def load(
    layers: Sequence[Path],
    kinds: Mapping[str, schema.Kind],
    instead: Mapping[Path, bytes] = MappingProxyType({}),
    likely_forms: LikelyForms = no_forms,
    memo: Memo | None = None,
) -> RuleSet:
    """Return the rules of all layers (files or folders); later layers shadow earlier ones.

    Args:
        layers: the lowest one first.
        kinds: all kinds of rules, by name.
        instead: bytes that files are about to have, by resolved path.
        likely_forms: makes the forms of rules that say `forms: likely`.
        memo: what was read before; what is read is added.

    Raises:
        RuleError: a file cannot be read, is wrong, or contradicts another file of its layer.
    """
    loaded: list[Rule] = []
    boundaries = NO_WORDS
    notes: list[str] = []
    for number in reversed(range(len(layers))):
        rules: list[Rule] = []
        for path, prefix, data in files(layers[number], instead):
            found = _said(data, (display_path(path), prefix, number), kinds, memo)
            if isinstance(found, Boundaries):
                boundaries = boundaries.joined(found)
            else:
                rules += found
        _refuse_same_ids(rules)
        claims.check(rules)
        visible, shadowed = shadow(rules, loaded)
        loaded += visible
        notes += shadowed
    loaded += list(likely_rules(loaded, likely_forms))
    return _rule_set(loaded, boundaries, notes)


def _said(
    data: bytes, key: tuple[str, str, int], kinds: Mapping[str, schema.Kind], memo: Memo | None
) -> Sequence[Rule] | Boundaries:
    """Return what the bytes of a file say: rules, or words that may stand beside a name."""
    before = memo.get(key) if memo else None
    if before and before[0] == data:
        return before[1]
    file, prefix, layer = key
    root = read_yaml(data, file)
    said: Sequence[Rule] | Boundaries
    if _is_boundaries(root):
        said = schema.boundaries(root)
    else:
        said = tuple(schema.rules(root, prefix, kinds, layer))
    if memo is not None:
        memo[key] = data, said
    return said


def _is_boundaries(root: Node) -> bool:
    """Return whether a file holds the words that may stand beside a name, and no rules."""
    if not isinstance(root.value, dict) or "kind" not in root.value:
        return False
    return root.value["kind"].value == "boundaries"


def _rule_set(rules: Iterable[Rule], boundaries: Boundaries, notes: Iterable[str]) -> RuleSet:
    """Return rules as a set, in the order of their ids; those at level off are kept apart."""
    active: list[Rule] = []
    off: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: rule.id):
        (off if rule.level == "off" else active).append(rule)
    return RuleSet(tuple(active), boundaries, tuple(notes), tuple(off))


def _refuse_same_ids(rules: Iterable[Rule]) -> None:
    """Refuse an id that two files of one layer give, such as `a.yaml` and `a.yml`."""
    seen: dict[str, Rule] = {}
    for rule in rules:
        other = seen.setdefault(rule.id, rule)
        if other is not rule:
            what = f"{rule.id} is also defined in {other.source}"
            raise RuleError(rule.place, what, "rename one of the files")


def shadow(rules: Iterable[Rule], above: Sequence[Rule]) -> tuple[list[Rule], list[str]]:
    """Return what is left of rules below those of higher layers, and notes on what was shadowed.

    A rule goes if a higher one has its id. A name rule keeps the variants that no higher rule has,
    and the examples without the others.
    """
    ids = {rule.id: rule for rule in above}
    variants: dict[str, Rule] = {}
    for rule in above:
        if isinstance(rule.options, Entity):
            variants.update((normal(variant), rule) for variant in rule.options.variants)
    visible: list[Rule] = []
    notes: list[str] = []
    for rule in rules:
        if rule.id in ids:
            notes.append(f"{rule.id} ({rule.source}) is shadowed by {ids[rule.id].source}")
            continue
        taken = _shadowed_variants(rule, variants)
        for variant in taken:
            other = variants[normal(variant)]
            what = f"“{variant}” of {rule.id} ({rule.source})"
            notes.append(f"{what} is shadowed by {other.id} ({other.source})")
        visible.append(_without_variants(rule, taken) if taken else rule)
    return visible, notes


def _shadowed_variants(rule: Rule, above: Mapping[str, Rule]) -> list[str]:
    if not isinstance(rule.options, Entity):
        return []
    return [variant for variant in rule.options.variants if normal(variant) in above]


def _without_variants(rule: Rule, taken: Sequence[str]) -> Rule:
    """Return a name rule without some of its variants, and without the examples that hold them."""
    entity = cast(Entity, rule.options)
    left = tuple(variant for variant in entity.variants if variant not in taken)
    examples = tuple(example for example in rule.examples if not _contains(example.before, taken))
    return rule._replace(options=entity._replace(variants=left), examples=examples)


def _contains(text: str, forms: Iterable[str]) -> bool:
    """Return whether a form occurs in a text, whatever its spacing and capitals."""
    folded = normal(text).casefold()
    return any(normal(form).casefold() in folded for form in forms)


def house_style(rules: RuleSet, prefer: Mapping[str, str]) -> RuleSet:
    """Return the rules with aliases as canonical forms, as in `{"Ma Yun": "Jack Ma"}`.

    The old canonical form becomes an alias.

    Raises:
        UsageError: no rule has that canonical form, or not with that alias.
    """
    unused = dict(prefer)
    styled: list[Rule] = []
    for rule in rules:
        entity = rule.options
        if isinstance(entity, Entity) and entity.canonical in prefer:
            unused.pop(entity.canonical, None)
            rule = _with_canonical(rule, entity, prefer[entity.canonical])
        styled.append(rule)
    if unused:
        name = next(iter(unused))
        raise UsageError(f"house style: no rule has the canonical form “{name}”", "prefer", name)
    return RuleSet(tuple(styled), rules.boundaries, rules.notes, rules.off)


def _with_canonical(rule: Rule, entity: Entity, alias: str) -> Rule:
    if alias not in entity.aliases:
        what = f"house style: “{alias}” is not an alias of “{entity.canonical}” ({rule.source})"
        raise UsageError(what, "prefer", entity.canonical)
    others = tuple(form for form in entity.right if form != alias)
    return rule._replace(options=entity._replace(canonical=alias, aliases=others))


def at_levels(
    rules: RuleSet, levels: Mapping[str, Level], kinds: Mapping[str, schema.Kind]
) -> RuleSet:
    """Return the rules at other levels, given by selectors, as in `{"quotes": "suggest"}`.

    Of several selectors of a rule the most exact one counts (see `selectors.most_exact`). Rules
    that were made from others are never at level fix.

    Raises:
        UsageError: a selector stands for no rule, or the kind of one does not allow the level.
    """
    every_rule = (*rules, *rules.off)
    ids = [rule.id for rule in every_rule]
    for selector in levels:
        check_selector(ids, selector, "levels")
    changed: list[Rule] = []
    for rule in every_rule:
        chosen = most_exact(levels, rule.id)
        if chosen is not None:
            rule = _at_level(rule, levels[chosen], kinds[rule.kind], chosen)
        changed.append(rule)
    return _rule_set(changed, rules.boundaries, rules.notes)


def _at_level(rule: Rule, level: Level, kind: schema.Kind, selector: str) -> Rule:
    if level not in kind.LEVELS:
        allowed = " or ".join(kind.LEVELS)
        what = f"{rule.id} cannot be at level {level}: a rule of kind {rule.kind} may be at"
        raise UsageError(f"{what} {allowed}; write a narrower pattern", "levels", selector)
    if level == "fix" and rule.made_from:
        return rule  # nobody has seen its forms
    if rule.otherwise:
        weaker = max(level, rule.otherwise, key=LEVELS.index)
        rule = rule._replace(otherwise=weaker)
    return rule._replace(level=level)

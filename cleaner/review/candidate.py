"""The rule that an acceptance would make, among all other rules, before anything is written."""

from __future__ import annotations

from cleaner.errors import Place
from cleaner.names.suggestion import slug
from cleaner.review.accept import Acceptance, can_join
from cleaner.review.ids import free_id
from cleaner.rules import loader
from cleaner.rules.model import Entity, Rule, RuleSet, When
from cleaner.text.folding import normal


def with_candidate(
    acceptance: Acceptance, rules: RuleSet, *, lowest: int = 1
) -> tuple[Rule, RuleSet]:
    """Return the rule that an acceptance would make, and all rules as they would be with it.

    That is a rule of the project that gets the new forms, or a new rule. Nothing is checked.

    Args:
        acceptance: what was accepted.
        rules: all rules.
        lowest: the number of the first layer whose rules are the project's own.
    """
    own = (rule for rule in rules if rule.layer >= lowest)
    host = next((rule for rule in own if can_join(rule, acceptance)), None)
    rule = _with_more_forms(host, acceptance) if host else _new_rule(acceptance, rules, lowest)
    return rule, _with_rule(rule, rules)


def _with_more_forms(host: Rule, acceptance: Acceptance) -> Rule:
    entity = host.options
    assert isinstance(entity, Entity)
    forms = {normal(form): form for form in (*entity.variants, *acceptance.variants)}
    return host._replace(options=entity._replace(variants=tuple(forms.values())))


def _new_rule(acceptance: Acceptance, rules: RuleSet, lowest: int) -> Rule:
    """Return a new rule in the topmost layer. Its id begins with `trial/`."""
    entity = Entity(
        acceptance.canonical, acceptance.variants, acceptance.aliases, acceptance.source
    )
    if acceptance.type:
        entity = entity._replace(type=acceptance.type)  # type: ignore[arg-type]
    return Rule(
        id=free_id(f"trial/{slug(acceptance.canonical)}", {rule.id for rule in rules}),
        kind="name",
        level=acceptance.level,
        options=entity,
        place=Place("trial", 1, 1),
        when=When(document=acceptance.when) if acceptance.when else None,
        unless=acceptance.unless,
        layer=max((lowest, *(rule.layer for rule in rules))),
    )


def _with_rule(rule: Rule, rules: RuleSet) -> RuleSet:
    """Return the rules with this one in its layer.

    It shadows rules of lower layers, and those that were made from others.
    """
    above: list[Rule] = []
    below: list[Rule] = []
    for other in rules:
        if other.layer < rule.layer or other.made_from:
            below.append(other)
        elif other.id != rule.id:
            above.append(other)
    unshadowed, _ = loader.shadow(below, [rule])
    together = sorted([*above, *unshadowed, rule], key=lambda one: one.id)
    return RuleSet(tuple(together), rules.boundaries, rules.notes, rules.off)

"""Who claims which form: name rules of one layer must not contradict one another.

Without these checks a table of names, grown over years, ends with a form that means two people, or with a rule that
undoes another; both are found when the files are loaded, not in somebody's article.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.errors import RuleError
from cleaner.folding import normal
from cleaner.rules.model import Entity, Rule


def check(rules: Iterable[Rule]) -> None:
    """Raise the first contradiction between the name rules of one layer.

    Raises:
        RuleError: two rules without evidence claim one variant; a variant is a correct form and its rule has no
            evidence; rules lead in a chain or in a circle.
    """
    names = [(rule, rule.options) for rule in rules if isinstance(rule.options, Entity) and rule.level != "off"]
    right: dict[str, Rule] = {}
    for rule, entity in names:
        for form in entity.right:
            right.setdefault(normal(form), rule)
    claimed: dict[str, Rule] = {}
    leads: dict[str, str] = {}
    for rule, entity in names:
        for variant in entity.variants:
            form = normal(variant)
            leads[form] = normal(entity.canonical)
            if rule.when:
                continue
            if other := claimed.get(form):
                raise RuleError(
                    rule.place,
                    f"“{variant}” is claimed by {other.id} ({other.source}) too",
                    "give both rules evidence (`when`), or keep the form in one of them",
                )
            claimed[form] = rule
            if other := right.get(form):
                raise RuleError(
                    rule.place,
                    f"“{variant}” is a correct form of {other.id} ({other.source})",
                    "give this rule evidence (`when`), or drop the form: a chain of rules would follow",
                )
    for rule, entity in names:
        _refuse_circle(rule, entity, leads)


def _refuse_circle(rule: Rule, entity: Entity, leads: dict[str, str]) -> None:
    for variant in entity.variants:
        form, path = normal(variant), [normal(variant)]
        while (form := leads.get(form, "")) and form not in path:
            path.append(form)
        if form:
            raise RuleError(
                rule.place,
                f"rules lead in a circle: {' -> '.join([*path, form])}",
                "decide which form is the canonical one",
            )

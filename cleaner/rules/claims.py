"""Who claims which form: name rules of one layer must not contradict one another.

Without these checks a table of names, grown over years, ends with a form that means two people, or
with a rule that undoes another; both are found when the files are loaded, not in somebody's
article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cleaner.errors import RuleError
from cleaner.rules.model import Entity, Rule
from cleaner.text.folding import normal


def check(rules: Iterable[Rule]) -> None:
    """Raise the first contradiction between the name rules of one layer.

    Raises:
        RuleError: two rules without evidence claim one variant; a variant is a correct form and its
        rule has no
            evidence; rules lead in a circle.
    """
    names = [
        (rule, rule.options)
        for rule in rules
        if isinstance(rule.options, Entity) and rule.level != "off"
    ]
    right: dict[str, Rule] = {}
    for rule, entity in names:
        for form in entity.right:
            right.setdefault(normal(form), rule)
    claimed: dict[str, Rule] = {}
    for rule, entity in names:
        for variant in () if rule.when else entity.variants:
            form = normal(variant)
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
    leads: dict[str, dict[str, Rule]] = {}
    for rule, entity in names:
        for variant in entity.variants:
            leads.setdefault(normal(variant), {})[normal(entity.canonical)] = rule
    _refuse_circles(leads)


def _refuse_circles(leads: Mapping[str, Mapping[str, Rule]]) -> None:
    """Walk from every form to where rules lead, depth first, each form once."""
    done: set[str] = set()
    for start in leads:
        path: dict[str, Iterator[str]] = {start: iter(leads[start])} if start not in done else {}
        while path:
            form, onwards = next(reversed(path.items()))
            if (target := next(onwards, None)) is None:
                done.add(form)
                del path[form]
            elif target in path:
                circle = [*path][[*path].index(target) :]
                raise RuleError(
                    leads[form][target].place,
                    f"rules lead in a circle: {' -> '.join([*circle, target])}",
                    "decide which form is the canonical one",
                )
            elif target not in done:
                path[target] = iter(leads.get(target, ()))

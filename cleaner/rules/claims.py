"""Which rule claims which form: the name rules of one layer must not contradict one another.

A table of names that has grown over years may come to hold a form that means two people, or a rule
that undoes another one. Both are found when the files are loaded, and not in a published article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from cleaner.errors import RuleError
from cleaner.rules.model import Entity, Rule
from cleaner.text.folding import normal

NameRule: TypeAlias = tuple[Rule, Entity]
# A variant -> the canonical forms that rules write for it, each with one of these rules.
Leads: TypeAlias = Mapping[str, Mapping[str, Rule]]


def check(rules: Iterable[Rule]) -> None:
    """Raise the first contradiction between the name rules of one layer; those at level off are
    left out.

    Raises:
        RuleError: two rules without evidence claim one variant; a rule without evidence claims a
            right form of another rule; or rules lead in a circle.
    """
    names = [
        (rule, rule.options)
        for rule in rules
        if isinstance(rule.options, Entity) and rule.level != "off"
    ]
    _refuse_double_claims(names)
    _refuse_circles(_leads(names))


def _refuse_double_claims(names: Sequence[NameRule]) -> None:
    """Refuse a variant that another rule claims or that is right, in rules without evidence."""
    right: dict[str, Rule] = {}
    for rule, entity in names:
        for form in entity.right:
            right.setdefault(normal(form), rule)
    claimed: dict[str, Rule] = {}
    for rule, entity in names:
        if rule.when:
            continue
        for variant in entity.variants:
            form = normal(variant)
            if form in claimed:
                other = claimed[form]
                raise RuleError(
                    rule.place,
                    f"“{variant}” is also claimed by {other.id} ({other.source})",
                    "give both rules evidence (`when`), or keep the form in one of them",
                )
            claimed[form] = rule
            if form in right:
                other = right[form]
                raise RuleError(
                    rule.place,
                    f"“{variant}” is a right form of {other.id} ({other.source})",
                    "give this rule evidence (`when`), or drop the form",
                )


def _leads(names: Iterable[NameRule]) -> Leads:
    leads: dict[str, dict[str, Rule]] = {}
    for rule, entity in names:
        for variant in entity.variants:
            leads.setdefault(normal(variant), {})[normal(entity.canonical)] = rule
    return leads


def _refuse_circles(leads: Leads) -> None:
    """Refuse rules that lead from a form back to itself.

    The search goes depth first, visits each form once, and does not recurse.

    Raises:
        RuleError: at the rule that closes the circle.
    """
    done: set[str] = set()
    for start in leads:
        if start in done:
            continue
        # The forms from the start to where the search is, each with the forms not yet tried.
        path: dict[str, Iterator[str]] = {start: iter(leads[start])}
        while path:
            form, untried = next(reversed(path.items()))
            target = next(untried, None)
            if target is None:
                done.add(form)
                del path[form]
            elif target in path:
                raise _circle(list(path), target, leads[form][target])
            elif target not in done:
                path[target] = iter(leads.get(target, ()))


def _circle(path: list[str], target: str, rule: Rule) -> RuleError:
    circle = [*path[path.index(target) :], target]
    return RuleError(
        rule.place,
        f"rules lead in a circle: {' -> '.join(circle)}",
        "decide which form is the canonical one",
    )

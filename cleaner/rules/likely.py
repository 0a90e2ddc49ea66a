"""`forms: likely`: a second rule with the forms that a name has most likely become.

The forms are made by a model of how names are garbled, not seen by a person. So they stand in a
rule of their own, made from the rule that asks for them: its id ends in `/likely`, it needs the
same evidence, it never fixes, and what it finds is no evidence for other rules.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TypeAlias

from cleaner.errors import RuleError
from cleaner.rules.model import Entity, Rule
from cleaner.text.folding import normal

# Entities -> for each of them the likely forms, each with how it comes about.
LikelyForms: TypeAlias = Callable[[Sequence[Entity]], Sequence[Mapping[str, str]]]


def no_forms(entities: Sequence[Entity]) -> Sequence[Mapping[str, str]]:
    """Return no forms: for those who only want to know what the rule files say."""
    return [{} for _ in entities]


def likely_rules(rules: Sequence[Rule], likely_forms: LikelyForms) -> Iterator[Rule]:
    """Yield a rule with likely forms for each rule that asks for them.

    A form that any of the rules lists, as a variant or as right, is left out. A rule that a user
    wrote with the id of such a rule stands in its place.

    Args:
        rules: the rules of all layers.
        likely_forms: makes the forms; it is only called if a rule asks for them.

    Raises:
        RuleError: a rule that asks for likely forms has no phrases as evidence.
    """
    asking: list[tuple[Rule, Entity]] = []
    for rule in rules:
        if isinstance(rule.options, Entity) and rule.options.forms == "likely":
            _check_evidence(rule)
            if rule.level != "off":
                asking.append((rule, rule.options))
    if not asking:
        return
    listed = _listed_forms(rules)
    ids = {rule.id for rule in rules}
    forms_by_rule = likely_forms([entity for _, entity in asking])
    for (rule, entity), forms in zip(asking, forms_by_rule, strict=True):
        new = {form: why for form, why in forms.items() if _folded(form) not in listed}
        made = _made_from(rule, entity, new)
        if new and made.id not in ids:
            yield made


def _check_evidence(rule: Rule) -> None:
    if not (rule.when and rule.when.phrases):
        what = "`forms: likely` needs evidence: a form that nobody has seen may mean somebody else"
        raise RuleError(rule.place, what, "add phrases, as in `when: [Alibaba]`")


def _listed_forms(rules: Sequence[Rule]) -> Collection[str]:
    listed: set[str] = set()
    for rule in rules:
        if isinstance(rule.options, Entity):
            listed.update(map(_folded, (*rule.options.right, *rule.options.variants)))
    return listed


def _folded(form: str) -> str:
    return normal(form).casefold()


def _made_from(rule: Rule, entity: Entity, forms: Mapping[str, str]) -> Rule:
    return rule._replace(
        id=f"{rule.id}/likely",
        level="suggest",
        options=entity._replace(variants=tuple(forms), forms=None),
        damage=None,
        examples=(),
        provenance={"why": "; ".join(forms.values())},
        made_from=rule.id,
    )

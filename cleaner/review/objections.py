"""What speaks against a form as a variant: it is an ordinary word, or right somewhere else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from cleaner.names.suggestion import Group
from cleaner.rules.model import Entity, Rule
from cleaner.text.folding import normal
from cleaner.text.words import is_ordinary

_WORD = re.compile(r"[^\W\d_]+")


def known_forms(group: Group, rules: Iterable[Rule], own: str = "") -> tuple[str, ...]:
    """Describe the forms of a group that are known as something else, one line for each reason.

    Args:
        group: the suggested forms and the name they are suggested for.
        rules: all rules.
        own: the id of the rule that would get the forms; its `unless` says nothing against them.
    """
    right_forms: dict[str, str] = {}  # a right form of another name -> the id of its rule
    guarded: list[tuple[str, str]] = []  # a phrase that a rule must not change, and its id
    for rule in rules:
        entity = rule.options
        if isinstance(entity, Entity) and normal(entity.canonical) != normal(group.canonical):
            right_forms |= {normal(form): rule.id for form in entity.right}
        if rule.id != own:
            guarded += [(phrase, rule.id) for phrase in rule.unless]
    reasons: list[str] = []
    for member in group.members:
        reasons += _objections(member.form, group.rivals, right_forms, guarded)
    return tuple(reasons)


def _objections(
    form: str,
    rivals: Collection[str],
    right_forms: Mapping[str, str],
    guarded: Iterable[tuple[str, str]],
) -> Iterator[str]:
    words = _WORD.findall(form)
    if words and all(is_ordinary(word) for word in words):
        what = "a known word" if len(words) == 1 else "made of known words"
        yield f"“{form}” is {what}"
    rule_of_form = right_forms.get(normal(form))
    if rule_of_form:
        yield f"“{form}” is a right form in {rule_of_form}"
    if form in rivals:
        yield f"“{form}” is itself a known name"
    whole_form = re.compile(rf"(?<!\w){re.escape(form)}(?!\w)")
    holding = [(phrase, rule) for phrase, rule in guarded if whole_form.search(phrase)]
    if holding:
        phrase, rule = holding[0]
        others = f", and of {len(holding) - 1} other such phrases" if holding[1:] else ""
        yield f"“{form}” is part of “{phrase}”, which {rule} leaves alone{others}"

"""What is known of one form: why nothing is proposed for it, or which names it may be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleaner.names.match import Candidate, Matcher
from cleaner.names.name import Name
from cleaner.names.pivot.background import Background, is_ordinary_word
from cleaner.names.pivot.tables import load_or_usual
from cleaner.rules.model import Entity, Rule, RuleSet
from cleaner.text.folding import normal

MIN_SCORE = 0.01  # from 0 to 1; even an unlikely name is worth an explanation


class Account(NamedTuple):
    """What is known of a form.

    Attributes:
        form: the form with single spaces.
        guards: why nothing would be proposed for it, in words; empty if something would.
        candidates: the names that it may be if the guards are left aside.
        rules: the rules that have it as a variant.
    """

    form: str
    guards: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    rules: tuple[Rule, ...]


def account(
    form: str, names: Sequence[Name], rules: RuleSet, *, pivot: str = "ko", limit: int = 5
) -> Account:
    """Return what is known of a form.

    >>> from cleaner.rules.model import RuleSet
    >>> account("Kim Min-soo", [Name("Jin Minxiu")], RuleSet(())).guards
    ('written as Koreans write their names',)
    """
    form = normal(form)
    matcher = Matcher(names, pivot=pivot, guarded=False)
    candidates = matcher.link(form, limit=limit, score_cutoff=MIN_SCORE)
    return Account(
        form,
        guards=_guards(form, names, pivot),
        candidates=tuple(candidates),
        rules=tuple(rule for rule in rules if _is_variant(form, rule)),
    )


def _guards(form: str, names: Sequence[Name], pivot: str) -> tuple[str, ...]:
    """Return why nothing is proposed for a form, in words that follow “it is”."""
    guards = []
    owners = [name.canonical for name in names if form in map(normal, name.right)]
    if owners:
        different = dict.fromkeys(owners)
        guards.append(f"a right form of {', '.join(different)}")
    if Background(load_or_usual(pivot)).is_korean(form):
        guards.append("written as Koreans write their names")
    if is_ordinary_word(form):
        guards.append("an ordinary word of English")
    return tuple(guards)


def _is_variant(form: str, rule: Rule) -> bool:
    """Return whether a form is a variant of a rule, in any case."""
    if not isinstance(rule.options, Entity):
        return False
    variants = {normal(variant).casefold() for variant in rule.options.variants}
    return form.casefold() in variants

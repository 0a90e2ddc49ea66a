"""Everything that is known of one form: why it is left alone, or which names it may be and how it
became what it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleaner.names.gazetteer import Name
from cleaner.names.match import Candidate, Matcher
from cleaner.names.pivot.background import Background
from cleaner.names.pivot.script import words
from cleaner.names.pivot.tables import load
from cleaner.rules.model import Entity, Rule, RuleSet
from cleaner.text.folding import normal
from cleaner.text.words import is_ordinary


class Account(NamedTuple):
    """`guards` say why nothing would be proposed, `candidates` who it may be all the same, `rules`
    who claims it.
    """

    form: str
    guards: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    rules: tuple[Rule, ...]


def account(
    form: str, names: Sequence[Name], rules: RuleSet, *, pivot: str = "ko", limit: int = 5
) -> Account:
    """What there is to say about a form.

    >>> from cleaner.rules.model import RuleSet
    >>> account("Kim Min-soo", [Name("Jin Minxiu")], RuleSet(())).guards
    ('written as Koreans write their names',)
    """
    wanted = normal(form)
    guards = []
    if right := [name.canonical for name in names if wanted in map(normal, name.right)]:
        guards.append(f"a right form of {', '.join(dict.fromkeys(right))}")
    if Background(load(pivot if pivot != "none" else "ko")).is_korean(wanted):
        guards.append("written as Koreans write their names")
    if len(parts := words(wanted)) == 1 and len(parts[0]) > 3 and is_ordinary(parts[0]):
        guards.append("an ordinary word of English")
    candidates = Matcher(names, pivot=pivot, guarded=False).link(
        wanted, limit=limit, score_cutoff=0.01
    )
    claims = [
        rule for rule in rules if isinstance(rule.options, Entity) and _claims(rule.options, wanted)
    ]
    return Account(wanted, tuple(guards), tuple(candidates), tuple(claims))


def _claims(entity: Entity, form: str) -> bool:
    return form.casefold() in {normal(variant).casefold() for variant in entity.variants}

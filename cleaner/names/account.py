"""What is known of one form: which names it may be, and why it would be proposed or not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from cleaner.names.groups import RIVAL_SHARE
from cleaner.names.match import MIN_LETTERS, Candidate, Weighing
from cleaner.names.matchers import matcher_of
from cleaner.names.name import MAX_LENGTH, Name
from cleaner.names.pivot.script import letters
from cleaner.names.pivot.tables import NO_PIVOT
from cleaner.names.stated import Stated
from cleaner.names.weighing import MIN_SCORE, Reasons, weighed
from cleaner.rules.model import Entity, Rule, RuleSet
from cleaner.text.folding import normal


class Account(NamedTuple):
    """What is known of a form.

    Attributes:
        form: the form with single spaces.
        weighing: what the matcher found, and what it took into account.
        candidates: the names that are most like the form, the likeliest first.
        reasons: in sentences, why `suggest` would propose the form or not.
        rules: the rules that have it as a variant.
    """

    form: str
    weighing: Weighing
    candidates: tuple[Candidate, ...]
    reasons: tuple[str, ...]
    rules: tuple[Rule, ...]


def account(
    form: str,
    names: Sequence[Name],
    rules: RuleSet,
    *,
    listed: Collection[str] = frozenset(),
    pivot: str = "ko",
    limit: int = 5,
) -> Account:
    """Return what is known of a form.

    Args:
        form: the form.
        names: the right names.
        rules: the rules.
        listed: the canonical forms of the names that the user has listed or has a rule for.
        pivot: the language in between.
        limit: how many names to show at most.

    >>> from cleaner.rules.model import RuleSet
    >>> found = account("Kim Min-soo", [Name("Jin Minxiu")], RuleSet(()))
    >>> for reason in found.reasons:
    ...     print(reason.partition(":")[0])
    no known name is proposed
    what lowers its score
    """
    form = normal(form)
    weighing = matcher_of(names, pivot).weigh(form, limit=limit)
    candidates = tuple(Stated(names).first(form, weighing.candidates))
    return Account(
        form,
        weighing,
        candidates,
        reasons=tuple(_reasons(weighing, candidates, listed, pivot)),
        rules=tuple(rule for rule in rules if _is_variant(form, rule)),
    )


def _reasons(
    weighing: Weighing, candidates: Sequence[Candidate], listed: Collection[str], pivot: str
) -> Iterator[str]:
    """Yield why a form would be proposed or not, the decisive sentence first."""
    if weighing.right:
        owners = dict.fromkeys(name.canonical for name in weighing.right)
        yield f"nothing is proposed: it is a right form of {', '.join(owners)}"
        return
    if not candidates:
        yield f"no known name is proposed: {_why_nothing(weighing.form)}"
        return
    best, *others = candidates
    if not weighing.proposed and best in weighing.candidates:
        yield (
            f"no known name is proposed: the likeliest has a score of {best.score:.2f},"
            f" and it takes {weighing.limit:.2f}"
        )
    else:
        yield _where(best, is_listed=best.canonical in listed, pivot=pivot)
        close = [one.canonical for one in others if one.score >= RIVAL_SHARE * best.score]
        rivals = dict.fromkeys(name for name in close if name != best.canonical)
        if rivals:
            yield f"{' or '.join(rivals)} may be meant as well; the document has to tell"
    if weighing.against:
        yield f"what lowers its score: it is {', and '.join(weighing.against)}"


def _why_nothing(form: str) -> str:
    if len(letters(form)) < MIN_LETTERS:
        return f"only what has {MIN_LETTERS} Latin letters or more can be a garbled name"
    if len(form) > MAX_LENGTH:
        return f"only what has up to {MAX_LENGTH} characters can be a garbled name"
    return "none is like it"


def _where(best: Candidate, *, is_listed: bool, pivot: str) -> str:
    """Return in which documents a name is proposed, and with which score."""
    if pivot == NO_PIVOT and not is_listed:
        return 'no known name is proposed: with `pivot = "none"`, the gazetteer does not count'
    alone = weighed(best, Reasons(listed=is_listed, common=best.name.common)).score
    supported = weighed(best, Reasons(in_document=True)).score
    where = "in any document" if is_listed else "in a document that came through Korean"
    there = f"if {best.canonical} itself is there too"
    if supported < MIN_SCORE:
        return (
            f"no known name is proposed: even {there} its score is {supported:.2f}, and it takes"
            f" {MIN_SCORE:.2f}"
        )
    if alone < MIN_SCORE:
        return f"proposed {where}, but only {there}, with a score of {supported:.2f}"
    if round(alone, 2) == round(supported, 2):
        return f"proposed {where}, with a score of {alone:.2f}"
    return f"proposed {where}, with a score of {alone:.2f}; {supported:.2f} {there}"


def _is_variant(form: str, rule: Rule) -> bool:
    """Return whether a form is a variant of a rule, in any case."""
    if not isinstance(rule.options, Entity):
        return False
    variants = {normal(variant).casefold() for variant in rule.options.variants}
    return form.casefold() in variants

"""The proof of a rule that review writes: examples from lines that were looked at, tried before
they are written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from cleaner.engine.cleaner import Cleaner
from cleaner.errors import GuaranteeError, UsageError
from cleaner.names.suggestion import Group, Member, Place
from cleaner.review.accept import Acceptance
from cleaner.review.trial import with_rule
from cleaner.rules.model import Entity, Level, Rule, RuleSet
from cleaner.rules.reader import CONTROL
from cleaner.text.folding import normal

_SENTENCE = re.compile(r".+?(?:[.!?…]+[\"'”’)]*(?=\s)|$)", re.DOTALL)
_LONG = 400  # code points from which on a line is no example any more
_SEEN = 3  # places that are named as where a name was seen


def decided(
    group: Group,
    rules: RuleSet,
    *,
    date: str,
    canonical: str = "",
    drop: Iterable[str] = (),
    level: Level = "fix",
    when: Sequence[str] = (),
    same: Sequence[str] = (),
    lowest: int = 1,
    acts: Callable[[str], bool] = lambda _: True,
) -> Acceptance:
    """What accepting a group comes to, with examples from its lines that are known to pass.

    Args:
        rules: all rules, among which the examples have to hold; those of layers from `lowest` on
            are the project's.
        date: the day of the decision, as in 2026-11-22.
        canonical: another right form than the group's.
        drop: forms of the group that are not that name.
        same: lines that the rule must not change.
        acts: which of the other rules act, by id.

    Raises:
        UsageError: the decision makes no sense: no canonical form, no form is left, a form that the
        group does not
            have, a line of `same` that would change or that no form stands in.
    """
    name = (canonical or group.canonical).strip()
    if not name:
        raise UsageError(f"{group.id}: no known name; say which with --as CANONICAL")
    dropped = set(drop)
    if strange := dropped - {member.form for member in group.members}:
        raise UsageError(f"{group.id}: there is no form “{min(strange)}” in it")
    members = [
        member
        for member in group.members
        if member.form not in dropped and normal(member.form) != normal(name)
    ]
    if not members:
        raise UsageError(
            f"{group.id}: no form is left; `cleaner reject {group.id}` says that it is none of that name"
        )
    meant = not canonical or normal(canonical) == normal(group.canonical)
    forms = {normal(member.form) for member in members}
    wanted = Acceptance(
        name,
        tuple(member.form for member in members),
        group.type,
        group.source if meant else {},
        tuple(alias for alias in group.aliases if normal(alias) not in {*forms, normal(name)})
        if meant
        else (),
        level,
        tuple(dict.fromkeys(phrase.strip() for phrase in when)),
        provenance=_provenance(members, date),
    )
    rule, with_it = with_rule(wanted, rules, lowest=lowest)
    try:
        assert isinstance(rule.options, Entity)
        rule.options.check()
    except ValueError as error:
        raise UsageError(f"{group.id}: {error}") from None
    alone = Cleaner(
        RuleSet((rule,), rules.suffixes), level=level, damaged=bool(rule.when and rule.when.damaged)
    )
    _check_same(group.id, same, rule, alone)
    # lint looks at all rules
    examples = _examples(members, alone, Cleaner(rules, acts=acts), Cleaner(with_it))
    return wanted._replace(examples=tuple(examples), same=tuple(dict.fromkeys(same)))


def _provenance(members: Sequence[Member], date: str) -> dict[str, str]:
    places = list(
        dict.fromkeys(f"{place.file}:{place.line}" for member in members for place in member.places)
    )
    more = f" and {len(places) - _SEEN:,} more" if len(places) > _SEEN else ""
    score = max(member.score for member in members)
    whys = dict.fromkeys(member.why for member in members if member.why)
    said = {
        "seen": ", ".join(places[:_SEEN]) + more,
        "date": date,
        "score": f"{score:.2f}",
        "why": "; ".join(whys),
    }
    return {
        key: CONTROL.sub("\N{REPLACEMENT CHARACTER}", value) for key, value in said.items() if value
    }


def _check_same(id_: str, same: Iterable[str], rule: Rule, alone: Cleaner) -> None:
    assert isinstance(rule.options, Entity)
    for line in same:
        if not any(
            normal(form).casefold() in normal(line).casefold() for form in rule.options.variants
        ):
            raise UsageError(f"{id_}: “{line}” holds none of the forms, so it could not change")
        if (result := alone.clean(line)).findings:
            remedy = "name evidence that it lacks with --when, or drop the form"
            raise UsageError(
                f"{id_}: “{line}” would become “{result.findings[0].after}” there; {remedy}"
            )


def _examples(
    members: Iterable[Member], alone: Cleaner, base: Cleaner, together: Cleaner
) -> Iterator[tuple[str, str]]:
    """A line for each form, as the other rules leave it, and what the new rule makes of it."""
    shown: set[str] = set()
    for member in members:
        if member.form in shown:
            continue
        for before in (line for place in member.places for line in _lines(member.form, place)):
            try:
                settled = base.clean(before).text.strip()
                result = alone.clean(settled)
                done = {edit.span: edit.span.of(settled) for edit in result.edits}
                fine = member.form in done.values() and not together.clean(result.text).changed
            except GuaranteeError:
                continue
            if fine and result.text.strip() == result.text:
                shown |= set(done.values())
                yield settled, result.text
                break


def _lines(form: str, place: Place) -> Iterator[str]:
    """The sentence that a form stands in, and the line."""
    for found in _SENTENCE.finditer(place.context):
        if found.start() <= place.start < found.end():
            yield from (part for part in (found.group().strip(),) if _fit(part, form))
    if _fit(place.context, form):
        yield place.context.strip()


def _fit(text: str, form: str) -> bool:
    return form in text and len(text) <= _LONG and not CONTROL.search(text) and "\t" not in text

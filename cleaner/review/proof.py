"""From a suggestion to an acceptance, with examples that prove the rule.

An example is a line in which a form was found, and that line after the rule. Where the rule acts
only in documents that hold some evidence and the line holds none, a phrase of it is put before the
line. Each example is tried before it is written, so a rule that review writes passes its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from cleaner.engine.cleaner import Cleaner
from cleaner.engine.index import Index
from cleaner.errors import GuaranteeError, UsageError
from cleaner.names.suggestion import Group, Member, Place
from cleaner.review.accept import Acceptance, Terms
from cleaner.review.candidate import with_candidate
from cleaner.review.entries import harmless
from cleaner.rules.model import Entity, Rule, RuleSet
from cleaner.rules.reader import CONTROL
from cleaner.text.folding import normal

_SENTENCE = re.compile(r".+?(?:[.!?…]+[\"'”’)]*(?=\s)|$)", re.DOTALL)
_LONGEST = 400  # code points; a longer line is not a useful example
_CUT_OFF = " ,;:’'\"”)"  # what a line that was cut does not begin with
_PLACES_NAMED = 3  # places that the provenance of a rule names


def prepare(
    group: Group,
    rules: RuleSet,
    terms: Terms,
    *,
    date: str,
    lowest: int = 1,
    acts: Callable[[str], bool] = lambda _: True,
    others: Collection[str] = (),
    index: Index | None = None,
) -> Acceptance:
    """Return what accepting a group would make, with examples that pass.

    Args:
        group: the suggestion.
        rules: all rules; the examples must pass among them.
        terms: how the reviewer wants the group accepted.
        date: the day of the decision, as in 2026-11-22.
        lowest: the number of the first layer whose rules are the project's own.
        acts: says of the id of a rule whether the rule may act.
        others: forms of other suggestions. A rule for one of them would change an example with it,
            so examples are cut before and behind them if they can be.
        index: the index of the rules, if they are compiled already.

    Raises:
        UsageError: the terms make no sense. There is no canonical form, no form is left, a dropped
            form is not in the group, or a line of `same` would change or contains no form.
    """
    canonical = (terms.canonical or group.canonical).strip()
    members = _kept_members(group.renamed(canonical), canonical, terms.dropped)
    acceptance = _acceptance(group, canonical, members, terms)
    rule, together = with_candidate(acceptance, rules, lowest=lowest)
    _check_entity(group.id, rule)
    damaged = bool(rule.when and rule.when.damaged)
    alone = Cleaner(RuleSet((rule,), rules.boundaries), level=terms.level, damaged=damaged)
    _check_same(group.id, terms.same, rule, alone)
    # Lint looks at all rules, so examples must also pass with rules that do not act here.
    evidence = rule.when.document if rule.when else ()
    lines = {member.form: list(_candidate_lines(member, others, evidence)) for member in members}
    base = Cleaner(index or rules, acts=acts)
    examples = _examples(lines, alone, base, Cleaner(Index.of(together, base.index)))
    return acceptance._replace(
        examples=tuple(examples),
        same=tuple(dict.fromkeys(terms.same)),
        provenance=_provenance(members, date),
    )


def _kept_members(group: Group, canonical: str, dropped: frozenset[str]) -> list[Member]:
    """Return the members whose forms become variants.

    Raises:
        UsageError: there is no canonical form, a dropped form is not in the group, or none is
            left.
    """
    if not canonical:
        remedy = "give it with --as CANONICAL"
        raise UsageError(f"{group.id}: the canonical form is not known; {remedy}")
    check_forms(group, dropped)
    members = [
        member
        for member in group.members
        if member.form not in dropped and normal(member.form) != normal(canonical)
    ]
    if not members:
        remedy = f"to reject them all, run `cleaner reject {group.id}`"
        raise UsageError(f"{group.id}: no form is left; {remedy}")
    return members


def check_forms(group: Group, forms: Iterable[str]) -> None:
    """Check that a group has these forms.

    Raises:
        UsageError: it lacks one of them.
    """
    unknown = set(forms) - {member.form for member in group.members}
    if unknown:
        raise UsageError(
            f"{group.id}: it has no form “{min(unknown)}”; `cleaner pending` lists them"
        )


def _acceptance(
    group: Group, canonical: str, members: Sequence[Member], terms: Terms
) -> Acceptance:
    """Return the acceptance without its proof.

    What the group says about its name is left out if the reviewer gave another canonical form.
    """
    acceptance = Acceptance(
        canonical,
        tuple(member.form for member in members),
        group.type,
        level=terms.level,
        when=tuple(dict.fromkeys(phrase.strip() for phrase in terms.when)),
        unless=tuple(dict.fromkeys(terms.unless)),
    )
    if normal(canonical) != normal(group.canonical):
        return acceptance
    other_forms = {normal(form) for form in (*acceptance.variants, canonical)}
    aliases = tuple(alias for alias in group.aliases if normal(alias) not in other_forms)
    return acceptance._replace(source=group.source, aliases=aliases)


def _check_entity(id_: str, rule: Rule) -> None:
    assert isinstance(rule.options, Entity)
    try:
        rule.options.check()
    except ValueError as error:
        raise UsageError(f"{id_}: {error}") from None


def _check_same(id_: str, same: Iterable[str], rule: Rule, alone: Cleaner) -> None:
    """Check that the rule leaves these lines alone, although each contains a form."""
    assert isinstance(rule.options, Entity)
    forms = [normal(form).casefold() for form in rule.options.variants]
    for line in same:
        folded = normal(line).casefold()
        if not any(form in folded for form in forms):
            what = f"“{line}” contains none of the forms, so the rule could not change it"
            raise UsageError(f"{id_}: {what}; choose another line")
        findings = alone.clean(line).findings
        if findings:
            what = f"in “{line}”, “{findings[0].before}” would become “{findings[0].after}”"
            remedy = "with --when, name evidence that this line lacks, or drop the form"
            raise UsageError(f"{id_}: {what}; {remedy}")


def _provenance(members: Sequence[Member], date: str) -> dict[str, str]:
    """Return where the forms were seen, when they were accepted, how sure they are, and why."""
    places: dict[str, None] = {}
    for member in members:
        for place in member.places:
            places[f"{place.file}:{place.line}"] = None
    seen = ", ".join(list(places)[:_PLACES_NAMED])
    if len(places) > _PLACES_NAMED:
        seen += f" and {len(places) - _PLACES_NAMED:,} more"
    score = max(member.score for member in members)
    reasons = dict.fromkeys(member.why for member in members if member.why)
    provenance: dict[str, str] = {}
    for key, value in (
        ("seen", seen),
        ("date", date),
        ("score", f"{score:.2f}"),
        ("why", "; ".join(reasons)),
    ):
        if value:
            provenance[key] = harmless(value)
    return provenance


def _examples(
    lines: Mapping[str, Iterable[str]],
    alone: Cleaner,
    base: Cleaner,
    together: Cleaner,
) -> Iterator[tuple[str, str]]:
    """Yield a line before and after the rule, for each form that no earlier example proves.

    Args:
        lines: for each form, lines that hold it, the best first.
        alone: a cleaner with the new rule only.
        base: a cleaner with the rules as they are now.
        together: a cleaner with all rules and the new one.
    """
    proven: set[str] = set()
    for form, candidates in lines.items():
        if form in proven:
            continue
        for line in candidates:
            example = _example(line, form, alone, base, together)
            if example:
                before, after, forms = example
                proven |= forms
                yield before, after
                break


def _example(
    line: str, form: str, alone: Cleaner, base: Cleaner, together: Cleaner
) -> tuple[str, str, set[str]] | None:
    """Return a line as the other rules leave it, the line after the new rule, and what changed.

    None if the new rule does not change the form there, if the line cannot be cleaned, or if it
    would not stay as the new rule leaves it.
    """
    try:
        before = base.clean(line).text.strip()
        result = alone.clean(before)
        changed = {edit.span.of(before) for edit in result.edits}
        if form not in changed or together.clean(result.text).changed:
            return None
    except GuaranteeError:
        return None
    return (before, result.text, changed) if result.text.strip() == result.text else None


def _candidate_lines(
    member: Member, others: Collection[str], evidence: Sequence[str]
) -> Iterator[str]:
    """Yield, for each place of a form, the sentence around it and the whole line.

    First come those of all places without what is from and up to the next other form; last come
    all of them once more, behind a phrase of the evidence.
    """
    lines = list(_lines_with(member, others))
    yield from lines
    for line in lines:
        for phrase in evidence:
            yield f"{phrase}: {line}"


def _lines_with(member: Member, others: Collection[str]) -> Iterator[str]:
    whole: list[str] = []
    for place in member.places:
        for line in (_sentence(place), place.context):
            if _is_usable(line, member.form):
                whole.append(line.strip())
    for line in whole:
        part = _without_others(line, member.form, others)
        if _is_usable(part, member.form) and part != member.form:
            yield part
    yield from whole


def _without_others(line: str, form: str, others: Iterable[str]) -> str:
    """Return the part of a line around a form that holds none of the other forms.

    >>> _without_others("Marwin, Jang Pan and Ma Fan left.", "Jang Pan", ["Marwin", "Ma Fan"])
    'Jang Pan and'
    """
    start = line.find(form)
    end = start + len(form)
    first, last = 0, len(line)
    for other in others:
        if other not in line or other in form or form in other:
            continue
        before = line.rfind(other, 0, start)
        if before >= 0:
            first = max(first, before + len(other))
        behind = line.find(other, end)
        if behind >= 0:
            last = min(last, behind)
    part = line[first:last].strip()
    return part.lstrip(_CUT_OFF) if first else part


def _sentence(place: Place) -> str:
    """Return the sentence of the line in which the form begins; "" if there is none."""
    for found in _SENTENCE.finditer(place.context):
        if found.start() <= place.start < found.end():
            return found.group().strip()
    return ""


def _is_usable(line: str, form: str) -> bool:
    """Return whether a line contains the form, is not too long, and can be written into YAML."""
    has_control = CONTROL.search(line) or "\t" in line
    return form in line and len(line) <= _LONGEST and not has_control

"""Whether rules are good: do they agree with one another, can they act, and may they be slow?

These are questions that loading does not ask, because the answers take an engine or other rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cleaner.engine.cleaner import Cleaner
from cleaner.engine.index import Index
from cleaner.errors import CleanerError, Place
from cleaner.fixers import kinds
from cleaner.rulebook import check_examples
from cleaner.rulebook.frequent import of_one, share
from cleaner.rules.model import Entity, Example, Rule, RuleSet
from cleaner.rules.patterns import slow_because
from cleaner.text.literals import ANYTHING, ANYWHERE, FIRST, GAP, Literals, table
from cleaner.text.words import is_ordinary

# The share of the paragraphs of ordinary English in which the pattern of a rule may be tried.
_MOST_PARAGRAPHS = 0.3
_WORD = re.compile(rb"[a-z]{3,}")
_BEGINNING = 5  # bytes


class Problem(NamedTuple):
    """Something about a rule that is wrong, or (a note) that a person should look at."""

    place: Place
    wrong: bool
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}" if self.wrong else f"{self.place}: note: {self.what}"


def lint(
    rules: RuleSet, texts: Sequence[str] = (), *, lowest: int = 1, own: bool = False
) -> Iterator[Problem]:
    """Yield all problems of rules that load; `texts` are documents in which each should act.

    Rules that were made from others are left out: nobody wrote them. `lowest` is the number of the
    first layer that is not bundled; if `own` is true, bundled rules are left out, too.
    """
    for checked in check_examples(rules, rules.boundaries):
        if checked.outcome != "validated":
            yield Problem(checked.example.place, wrong=True, what=str(checked))
    written = [rule for rule in rules if not rule.made_from]
    if own:
        written = [rule for rule in written if rule.layer >= lowest]
    yield from faults(rules, written, lowest=lowest)
    yield from _idle_rules(rules, written, texts)
    for rule in written:
        yield from _slow_pattern(rule)
        yield from _common_literals(rule)


def faults(
    rules: RuleSet, chosen: Iterable[Rule], *, lowest: int = 1, like: Index | None = None
) -> Iterator[Problem]:
    """Yield the problems of some rules among all rules that can be found without a text.

    See `lint`. `like` is an index of similar rules (see `Index.of`).
    """
    chosen = list(chosen)
    yield from _changed_afters(Cleaner(Index.of(rules, like)), chosen)
    for rule in chosen:
        yield from _missing_examples(rule, is_bundled=rule.layer < lowest)
        yield from _idle_examples(rule)
        yield from _idle_guards(rule)
        yield from _ordinary_variants(rule)


def _changed_afters(everything: Cleaner, chosen: Iterable[Rule]) -> Iterator[Problem]:
    """Yield examples whose outcome another rule would change; `everything` has all rules."""
    for rule in chosen:
        for example in rule.examples:
            if example.shows != "change":
                continue
            result = everything.clean(example.after)
            if result.changed:
                by = result.edits[0].label
                what = f"{rule.id}: `after` is changed by {by}, to “{result.text}”"
                yield Problem(example.place, wrong=True, what=what)


def _missing_examples(rule: Rule, *, is_bundled: bool) -> Iterator[Problem]:
    """Yield what the examples of a rule do not show; bundled rules must show everything."""
    shows = {example.shows for example in rule.examples}
    if not shows & {"change", "report"}:
        what = f"{rule.id}: no example shows it at work; add `before` and `after`"
        yield Problem(rule.place, wrong=is_bundled, what=what)
    if "same" not in shows:
        what = f"{rule.id}: no example shows what it must leave alone; add `same`"
        yield Problem(rule.place, wrong=is_bundled, what=what)


def _idle_examples(rule: Rule) -> Iterator[Problem]:
    """Yield `same` examples that prove nothing."""
    for example in rule.examples:
        if example.shows == "same" and not _could_fail(rule, example):
            what = (
                f"{rule.id}: this `same` example cannot fail: it holds nothing the rule looks for"
            )
            yield Problem(example.place, wrong=True, what=what)


def _could_fail(rule: Rule, example: Example) -> bool:
    """Return whether something that the rule looks for occurs in the example, even if guarded."""
    kind = kinds()[rule.kind]
    literals = [literal for _, literal in kind.literals([rule])]
    if ANYTHING in literals:
        return kind.could_act(rule, example.before)
    text = example.before.casefold()
    if any(isinstance(literal, str) and literal.casefold() in text for literal in literals):
        return True
    pieces = [_part(literal) for literal in literals if isinstance(literal, bytes)]
    return bool(Literals(table((), pieces)).find(example.before))


def _part(piece: bytes) -> bytes:
    """Return the longest word of a piece, in small letters, or its beginning if it has no word.

    An example that nearly matches has some of what a rule looks for, and not all of it.

    >>> _part(b"Charter house"), _part(b"< / p >")
    (b'charter', b'< / p')
    """
    bare = piece if piece == GAP else piece.lower().lstrip(FIRST + ANYWHERE)
    return max(_WORD.findall(bare), key=len, default=bare[:_BEGINNING])


def _idle_guards(rule: Rule) -> Iterator[Problem]:
    """Yield phrases under `unless` that cannot guard a variant, because they hold none."""
    if not isinstance(rule.options, Entity):
        return
    variants = [variant.casefold() for variant in rule.options.variants]
    for phrase in rule.unless:
        if not any(variant in phrase.casefold() for variant in variants):
            what = f"{rule.id}: `unless: {phrase}` holds no variant, so it has no effect"
            yield Problem(rule.place, wrong=True, what=what)


def _ordinary_variants(rule: Rule) -> Iterator[Problem]:
    """Yield variants that are ordinary words or names, in a rule without evidence."""
    if not isinstance(rule.options, Entity) or rule.when:
        return
    for variant in rule.options.variants:
        if variant.isalpha() and is_ordinary(variant):
            what = f"“{variant}” is a known word or name; give the rule evidence (`when`)"
            yield Problem(rule.place, wrong=False, what=f"{rule.id}: {what}")


def _idle_rules(rules: RuleSet, chosen: Sequence[Rule], texts: Sequence[str]) -> Iterator[Problem]:
    """Yield those of some rules that act neither in an example nor in a text."""
    active = {rule.id for rule in chosen if any(e.shows != "same" for e in rule.examples)}
    if not texts and all(rule.id in active for rule in chosen):
        return
    cleaner = Cleaner(rules)
    for text in texts:
        active |= _acting_rules(cleaner, text)
    for rule in chosen:
        if rule.id not in active:
            what = f"{rule.id}: no example and no text makes it fire"
            yield Problem(rule.place, wrong=False, what=what)


def _acting_rules(cleaner: Cleaner, text: str) -> set[str]:
    """Return the ids of the rules that find something; none if the text cannot be cleaned."""
    try:
        findings = cleaner.clean(text).findings
    except CleanerError:
        return set()
    return {id_ for finding in findings for id_ in finding.rules}


def _slow_pattern(rule: Rule) -> Iterator[Problem]:
    """Yield why the pattern of a rule may be slow, judged by its structure."""
    match = getattr(rule.options, "match", "")
    reason = slow_because(match) if match else ""
    if reason:
        what = f"{rule.id}: `match` may be slow on long texts: {reason}"
        yield Problem(rule.place, wrong=False, what=what)


def _common_literals(rule: Rule) -> Iterator[Problem]:
    """Yield that a rule has to be tried nearly everywhere, because what it needs is common."""
    if not (getattr(rule.options, "match", "") or getattr(rule.options, "lines", ())):
        return  # the fixer decides what the rule looks for
    literals = [literal for _, literal in kinds()[rule.kind].literals([rule])]
    pieces = [literal for literal in literals if isinstance(literal, bytes)]
    tried = share(pieces)
    if tried >= _MOST_PARAGRAPHS:
        common = sorted(pieces, key=of_one, reverse=True)[:3]
        shown = ", ".join(f"“{piece.decode(errors='replace')}”" for piece in common)
        what = (
            f"{rule.id}: it is tried in up to {tried:.0%} of the paragraphs of ordinary English, "
            f"because it looks for {shown}; demand a rarer word or mark that must occur"
        )
        yield Problem(rule.place, wrong=False, what=what)

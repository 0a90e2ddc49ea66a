"""Is a set of rules good? What loading does not ask: whether rules agree, can fire, and cost what
they should.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cleaner.engine.cleaner import Cleaner
from cleaner.errors import CleanerError, Place
from cleaner.fixers import kinds
from cleaner.rulebook import judge
from cleaner.rules.model import Entity, Example, Rule, RuleSet
from cleaner.rules.patterns import compiled
from cleaner.text.literals import Literals, table
from cleaner.text.words import is_ordinary

_SLOW = 1.0  # MB/s below which a pattern is worth a look
_SAMPLE = 1_000_000  # code points a pattern is timed on


class Problem(NamedTuple):
    """Something about a rule: wrong, or merely worth a look."""

    place: Place
    wrong: bool
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {'' if self.wrong else 'note: '}{self.what}"


def lint(rules: RuleSet, texts: Sequence[str] = ()) -> Iterator[Problem]:
    """Everything that is wrong with rules that load; `texts` are documents in which each should
    fire somewhere.
    """
    for judged in judge(rules, rules.suffixes):
        if judged.verdict != "validated":
            what = f"{judged.rule.id}: this example is {judged.verdict}: it gives “{judged.got}”"
            yield Problem(judged.example.place, wrong=True, what=what)
    yield from faults(rules, rules)
    yield from _idle(rules, texts)
    yield from _speed(rules, texts)


def faults(rules: RuleSet, chosen: Iterable[Rule]) -> Iterator[Problem]:
    """What is wrong with some of the rules, seen among all of them, that takes no text to find out."""
    chosen = list(chosen)
    yield from _afters(rules, chosen)
    for rule in chosen:
        yield from _examples(rule)
        yield from _unless(rule)
        yield from _known_words(rule)


def _afters(rules: RuleSet, chosen: Iterable[Rule]) -> Iterator[Problem]:
    """What one rule leaves must be clean for all of them."""
    everything = Cleaner(rules)
    for rule in chosen:
        for example in rule.examples:
            if example.shows == "change":
                result = everything.clean(example.after)
                if result.changed:
                    what = f"{rule.id}: `after` is changed by {result.edits[0].label}, to “{result.text}”"
                    yield Problem(example.place, wrong=True, what=what)


def _examples(rule: Rule) -> Iterator[Problem]:
    shows = {example.shows for example in rule.examples}
    bundled = rule.layer == 0
    if not shows & {"change", "report"}:
        yield Problem(
            rule.place,
            wrong=bundled,
            what=f"{rule.id}: no example shows it at work; add `before`/`after`",
        )
    if "same" not in shows:
        yield Problem(
            rule.place,
            wrong=bundled,
            what=f"{rule.id}: no example shows what it must leave; add `same`",
        )
    for example in rule.examples:
        if example.shows == "same" and not _could_fail(rule, example):
            what = (
                f"{rule.id}: this `same` example could not fail: nothing in it comes near the rule"
            )
            yield Problem(example.place, wrong=True, what=what)


def _could_fail(rule: Rule, example: Example) -> bool:
    """Whether a form that the rule changes occurs in the example, whatever guards it there."""
    literals = [literal for _, literal in kinds()[rule.kind].literals([rule])]
    text = example.before.casefold()
    if any(isinstance(literal, str) and literal.casefold() in text for literal in literals):
        return True
    pieces = (literal for literal in literals if isinstance(literal, bytes))
    return bool(Literals(table((), pieces)).find(example.before))


def _unless(rule: Rule) -> Iterator[Problem]:
    if isinstance(rule.options, Entity):
        for phrase in rule.unless:
            if not any(
                variant.casefold() in phrase.casefold() for variant in rule.options.variants
            ):
                what = f"{rule.id}: `unless: {phrase}` holds no variant, so it can never cover one"
                yield Problem(rule.place, wrong=True, what=what)


def _known_words(rule: Rule) -> Iterator[Problem]:
    """Variants that are words of English or names people have: they need evidence."""
    if isinstance(rule.options, Entity) and not rule.when:
        for variant in rule.options.variants:
            if variant.isalpha() and is_ordinary(variant):
                what = f"{rule.id}: “{variant}” is a known word or name; give the rule evidence (`when`)"
                yield Problem(rule.place, wrong=False, what=what)


def _idle(rules: RuleSet, texts: Sequence[str]) -> Iterator[Problem]:
    """Rules that neither an example nor a text makes fire."""
    proven = {judged.rule.id for judged in judge(rules) if judged.example.shows != "same"}
    if not texts and all(rule.id in proven for rule in rules):
        return
    cleaner = Cleaner(rules)
    fired = {id_ for text in texts for finding in _findings(cleaner, text) for id_ in finding}
    for rule in rules:
        if rule.id not in fired | proven:
            yield Problem(
                rule.place, wrong=False, what=f"{rule.id}: no example and no text makes it fire"
            )


def _findings(cleaner: Cleaner, text: str) -> Iterable[Sequence[str]]:
    try:
        return [finding.rules for finding in cleaner.clean(text).findings]
    except CleanerError:
        return []


def _speed(rules: RuleSet, texts: Sequence[str]) -> Iterator[Problem]:
    """The speed of each pattern alone on the texts (or its examples), repeated to a fair length."""
    for rule in rules:
        if match := getattr(rule.options, "match", ""):
            sample = "\n\n".join(
                texts or [example.before for example in rule.examples] or ["word " * 20]
            )
            sample = (sample + "\n\n") * (_SAMPLE // (len(sample) + 2) + 1)
            start = time.perf_counter()
            for _ in compiled(match).finditer(sample):
                pass
            speed = len(sample.encode()) / 1e6 / (time.perf_counter() - start)
            what = f"{rule.id}: {speed:,.0f} MB/s alone"
            if speed < _SLOW:
                yield Problem(
                    rule.place, wrong=False, what=f"{what}; begin it with a fixed word or mark"
                )

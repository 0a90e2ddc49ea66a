"""What would happen if a suggestion were a rule: a pure function of texts and rules, for every face
of review.

The trial rule is laid over the rules and everything is cleaned once more: goldens, examples, good
pages and the files the suggestion came from. Only texts that hold one of its forms are; how they
come out without it is worked out once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cleaner import formats
from cleaner.engine.cleaner import Cleaner
from cleaner.engine.findings import Finding, Result
from cleaner.errors import CleanerError, GuaranteeError
from cleaner.errors import Place as RulePlace
from cleaner.goldens import Gap, Scored, score
from cleaner.names.suggestion import Group, Place, slug
from cleaner.review.accept import Acceptance, takes
from cleaner.rules import claims, loader
from cleaner.rules.model import Entity, Example, Level, Rule, RuleSet, When
from cleaner.text.edits import Lines
from cleaner.text.folding import normal
from cleaner.text.literals import Literals, table
from cleaner.text.words import is_ordinary

_WIDE = 160  # code points of a line that are shown around a change


class Change(NamedTuple):
    """A span that comes out otherwise than without the trial rule, where it stands, and the rule
    that speaks there.
    """

    place: Place
    before: str
    after: str
    rule: str


class Shift(NamedTuple):
    """A golden that the trial rule meets: gaps that close and open, edits that do harm; how the
    seed comes out without the rule and with it, and what is wanted.
    """

    name: str
    closed: tuple[Gap, ...]
    opened: tuple[Gap, ...]
    harmful: tuple[str, ...]
    before: str
    after: str
    golden: str


class Trial(NamedTuple):
    """What a suggestion would do as a rule."""

    rule: Rule
    changes: tuple[Change, ...] = ()  # in the files it came from
    seeds: tuple[Change, ...] = ()
    clean: tuple[Change, ...] = ()  # in good pages: there should be none
    silenced: tuple[Change, ...] = ()  # what other rules do not say any more, in any text
    improved: tuple[Shift, ...] = ()
    broken: tuple[Shift, ...] = ()
    examples: tuple[str, ...] = ()  # of other rules, that come out otherwise
    # forms that are ordinary words or somebody's real name, each with what it is
    known: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()  # why it cannot be a rule at all

    @property
    def harmful(self) -> bool:
        """Whether something speaks against it, save that a form is a known word."""
        return bool(self.clean or self.broken or self.examples or self.faults)

    @property
    def verdict(self) -> str:
        """All of it in one line."""
        files = len({change.place.file for change in self.changes})
        closed = sum(len(shift.closed) for shift in self.improved)
        said = [f"{_count(len(self.changes), 'change')} in {_count(files, 'file')}"]
        said += [f"closes {_count(closed, 'gap')}"] if closed else []
        said += [f"breaks {shift.name}" for shift in self.broken]
        said += [
            f"touches the good page {name}"
            for name in dict.fromkeys(one.place.file for one in self.clean)
        ]
        said += [f"breaks the example {one}" for one in self.examples]
        said += [f"silences {one.rule} in {one.place.file}" for one in self.silenced]
        return "; ".join([*self.faults, *said, *self.known])


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def trial(
    group: Group,
    rules: RuleSet,
    *,
    seeds: Mapping[str, str],
    goldens: Mapping[str, str],
    clean: Mapping[str, str],
    files: Mapping[str, str],
    when: Sequence[str] = (),
    level: Level = "fix",
) -> Trial:
    """Try one group. Texts are given by name: `goldens` by the name of their seed, `clean` are good
    pages.

    Never raises for what the group asks for: what makes a rule impossible is said in `faults`.
    """
    return Trials(rules, seeds=seeds, goldens=goldens, clean=clean, files=files).of(
        group, when=when, level=level
    )


class Trials:
    """Several trials of the same rules and texts, which remember how these come out without any
    trial rule.

    Rules of layers from `lowest` on are the project's own: a name that has one there gets its forms
    there. `acts` says which of the other rules may act, by id.
    """

    def __init__(
        self,
        rules: RuleSet,
        *,
        seeds: Mapping[str, str],
        goldens: Mapping[str, str],
        clean: Mapping[str, str],
        files: Mapping[str, str],
        lowest: int = 1,
        acts: Callable[[str], bool] = lambda _: True,
    ) -> None:
        self._rules, self._lowest, self._acts = rules, lowest, acts
        self._seeds, self._goldens, self._clean, self._files = seeds, goldens, clean, files
        self._base = Cleaner(rules, acts=acts)
        self._results: dict[str, Result] = {}
        self._scores: dict[str, Scored] = {}

    def of(self, group: Group, *, when: Sequence[str] = (), level: Level = "fix") -> Trial:
        """The trial of one group: see `trial`."""
        wanted = Acceptance(
            group.canonical,
            tuple(member.form for member in group.members),
            group.type,
            group.source,
            group.aliases,
            level,
            tuple(when),
        )
        rule, rules = with_rule(wanted, self._rules, lowest=self._lowest)
        try:
            assert isinstance(rule.options, Entity)
            rule.options.check()
            claims.check(other for other in rules if other.layer == rule.layer)
        except (CleanerError, ValueError) as error:
            return Trial(rule, faults=(str(error),))
        if not group.canonical:
            return Trial(rule, faults=("the canonical form is yet to be typed",))
        return self._tried(rule, rules, known(group, self._rules, rule.id))

    def _tried(self, rule: Rule, rules: RuleSet, names: tuple[str, ...]) -> Trial:
        entity = rule.options
        assert isinstance(entity, Entity)
        cleaner = Cleaner(rules, acts=lambda id_: id_ == rule.id or self._acts(id_))
        forms = Literals(table([*entity.variants, *entity.right]))
        faults: list[str] = []
        found: dict[str, list[Change]] = {"files": [], "seeds": [], "clean": []}
        silenced: list[Change] = []
        shifts: list[Shift] = []
        for where, texts in (
            ("files", self._files),
            ("seeds", self._seeds),
            ("clean", self._clean),
        ):
            for name, text in texts.items():
                if not forms.find(text):
                    continue
                try:
                    before, after = (
                        self._result(text, name),
                        cleaner.clean(text, formats.for_name(name)),
                    )
                except GuaranteeError as error:
                    faults.append(f"{name}: {error}")
                    continue
                found[where] += _new(name, text, before, after)
                silenced += _gone(name, text, before, after)
                if where == "seeds" and name in self._goldens and before.text != after.text:
                    shifts.append(self._shift(name, text, cleaner))
        broken = [shift for shift in shifts if shift.harmful or shift.opened]
        return Trial(
            rule,
            changes=tuple(found["files"]),
            seeds=tuple(found["seeds"]),
            clean=tuple(found["clean"]),
            silenced=tuple(dict.fromkeys(silenced)),
            improved=tuple(shift for shift in shifts if shift.closed and shift not in broken),
            broken=tuple(broken),
            examples=tuple(self._examples(cleaner, forms, rule.id)),
            known=names,
            faults=tuple(faults),
        )

    def _result(self, text: str, name: str) -> Result:
        if (result := self._results.get(text)) is None:
            result = self._results[text] = self._base.clean(text, formats.for_name(name))
        return result

    def _shift(self, name: str, seed: str, cleaner: Cleaner) -> Shift:
        golden = self._goldens[name]
        if name not in self._scores:
            self._scores[name] = score(self._base, name, seed, golden)
        before, after = self._scores[name], score(cleaner, name, seed, golden)
        closed, opened = (
            tuple((Counter(one.missing) - Counter(other.missing)).elements())
            for one, other in ((before, after), (after, before))
        )
        harmful = tuple((Counter(after.harmful) - Counter(before.harmful)).elements())
        texts = self._result(seed, name).text, cleaner.clean(seed, formats.for_name(name)).text
        return Shift(name, closed, opened, harmful, *texts, golden)

    def _examples(self, cleaner: Cleaner, forms: Literals, trial: str) -> Iterator[str]:
        """The examples that come out otherwise than without the trial rule, and not as they should."""
        for rule in self._rules:
            for example in rule.examples if rule.id != trial else ():
                if forms.find(example.before) and (got := self._broken(example, cleaner)):
                    yield f"{example.place}: {rule.id}: it would give “{got}”"

    def _broken(self, example: Example, cleaner: Cleaner) -> str:
        try:
            before, after = (
                self._result(example.before, "").text,
                cleaner.clean(example.before).text,
            )
        except GuaranteeError as error:
            return str(error)
        return after if after not in {before, example.after} else ""


def with_rule(wanted: Acceptance, rules: RuleSet, *, lowest: int = 1) -> tuple[Rule, RuleSet]:
    """The rule that an acceptance comes to, be it new or one of the project's that takes its forms,
    and all rules as they would be with it. Nothing is checked.
    """
    host = next((rule for rule in rules if rule.layer >= lowest and takes(rule, wanted)), None)
    if host and isinstance(entity := host.options, Entity):
        forms = {normal(form): form for form in (*entity.variants, *wanted.variants)}
        rule = host._replace(options=entity._replace(variants=tuple(forms.values())))
    else:
        taken = {rule.id for rule in rules}
        name = f"trial/{slug(wanted.canonical)}"
        free = next(
            id_
            for n in range(len(taken) + 1)
            if (id_ := f"{name}-{n + 1}" if n else name) not in taken
        )
        fields = {"type": wanted.type} if wanted.type else {}
        entity = Entity(wanted.canonical, wanted.variants, wanted.aliases, wanted.source, **fields)  # type: ignore[arg-type]
        top = max((lowest, *(rule.layer for rule in rules)))
        evidence = When(document=tuple(wanted.when)) if wanted.when else None
        rule = Rule(
            free, "name", wanted.level, entity, RulePlace("trial", 1, 1), evidence, layer=top
        )
    others = [other for other in rules if other.id != rule.id]
    above = [other for other in others if other.layer >= rule.layer]
    lower = [other for other in others if other.layer < rule.layer]
    below, _ = loader.shadow(lower, [rule])
    live = sorted([*above, *below, rule], key=lambda rule: rule.id)
    return rule, RuleSet(tuple(live), rules.suffixes, rules.notes, rules.off)


def known(group: Group, rules: Iterable[Rule], own: str = "") -> tuple[str, ...]:
    """The forms of a group that are ordinary words, or right for somebody else, each with what it
    is.
    """
    rights: dict[str, str] = {}
    guards: list[tuple[str, str]] = []
    for rule in rules:
        if isinstance(entity := rule.options, Entity) and normal(entity.canonical) != normal(
            group.canonical
        ):
            rights |= {normal(form): rule.id for form in entity.right}
        guards += [(phrase, rule.id) for phrase in rule.unless if rule.id != own]
    return tuple(
        said
        for member in group.members
        for said in _known(member.form, group.rivals, rights, guards)
    )


def _known(
    form: str, rivals: Collection[str], rights: Mapping[str, str], guards: Iterable[tuple[str, str]]
) -> Iterator[str]:
    words = re.findall(r"[^\W\d_]+", form)
    if words and all(map(is_ordinary, words)):
        yield f"“{form}” is {'a known word' if len(words) == 1 else 'made of known words'}"
    if rule := rights.get(normal(form)):
        yield f"“{form}” is right in {rule}"
    if form in rivals:
        yield f"“{form}” is a name of its own"
    for phrase, rule in guards:
        if re.search(rf"(?<!\w){re.escape(form)}(?!\w)", phrase):
            yield f"“{form}” stands in “{phrase}”, which {rule} leaves alone"


def _speaking(result: Result) -> list[Finding]:
    return [
        one
        for one in result.findings
        if one.level in {"fix", "suggest"} and one.before != one.after
    ]


def _new(name: str, text: str, before: Result, after: Result) -> Iterator[Change]:
    """What is said with the trial rule and was not said without it."""
    old = {(one.span, one.after) for one in _speaking(before)}
    return (
        _change(name, text, one) for one in _speaking(after) if (one.span, one.after) not in old
    )


def _gone(name: str, text: str, before: Result, after: Result) -> Iterator[Change]:
    """What was said without the trial rule where nothing is said with it."""
    spans = [one.span for one in _speaking(after)]
    for one in _speaking(before):
        if not any(one.span == span or one.span.overlaps(span) for span in spans):
            yield _change(name, text, one)


def _change(name: str, text: str, finding: Finding) -> Change:
    start, end = finding.span
    line, column = Lines(text).place(start)
    first = max((text.rfind(mark, 0, start) for mark in "\r\n"), default=-1) + 1
    last = min((at for mark in "\r\n" if (at := text.find(mark, end)) >= 0), default=len(text))
    first, last = max(first, start - _WIDE), min(last, end + _WIDE)
    place = Place(name, line, column, text[first:last], start - first)
    return Change(place, text[start:end], finding.after, finding.label)

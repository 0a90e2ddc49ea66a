"""What a suggestion would do as a rule: a pure function of texts and rules.

The trial rule is added to the rules, and texts are cleaned again: the seeds with their goldens,
the examples of other rules, the clean pages, and the files that the suggestion was found in. Only
texts that contain one of its forms are cleaned. How they come out without the trial rule is worked
out once for all trials.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cleaner.engine.cleaner import Cleaner
from cleaner.engine.findings import Finding, Result
from cleaner.engine.index import Index
from cleaner.errors import CleanerError, GuaranteeError
from cleaner.formats import plain
from cleaner.goldens import Gap, Scored, score
from cleaner.names.suggestion import Group, Place
from cleaner.project.files import File
from cleaner.review.accept import Acceptance
from cleaner.review.candidate import with_candidate
from cleaner.review.objections import known_forms
from cleaner.rules import claims
from cleaner.rules.model import Entity, Example, Level, Rule, RuleSet
from cleaner.text.document import Document, ReadDocument
from cleaner.text.literals import Literals, table

_CONTEXT = 160  # code points of a line that are kept on each side of a change


class Texts(NamedTuple):
    """The files that trials clean, by name.

    Attributes:
        seeds: texts as they come in.
        goldens: the same texts as a person wants them, by the names of their seeds.
        clean: pages in good English, which no rule should change.
        files: the files that the suggestions were found in.
        unreadable: files that could not be read, each with the reason.
    """

    seeds: Mapping[str, File]
    goldens: Mapping[str, File]
    clean: Mapping[str, File]
    files: Mapping[str, File]
    unreadable: tuple[str, ...] = ()


class Change(NamedTuple):
    """A span that comes out differently with the trial rule, and the rule that changes it."""

    place: Place
    before: str
    after: str
    rule: str


class Shift(NamedTuple):
    """How the trial rule changes the score of a seed.

    Attributes:
        name: the name of the seed.
        closed: gaps that the rule closes.
        opened: gaps that it opens.
        harmful: edits that the golden does not want and that are made only with the rule.
        before: the seed, cleaned without the rule.
        after: the seed, cleaned with it.
        golden: the text of the golden.
    """

    name: str
    closed: tuple[Gap, ...]
    opened: tuple[Gap, ...]
    harmful: tuple[str, ...]
    before: str
    after: str
    golden: str

    @property
    def is_worse(self) -> bool:
        """Whether the rule does any harm to the seed."""
        return bool(self.harmful or self.opened)


class Trial(NamedTuple):
    """What a suggestion would do as a rule.

    Attributes:
        rule: the trial rule.
        changes: what it changes in the files that it was found in.
        seeds: what it changes in the seeds.
        clean: what it changes in clean pages; there should be nothing.
        silenced: findings of other rules, in any text, that are no longer made.
        improved: the seeds that come closer to their golden, and are not made worse.
        broken: the seeds that are made worse.
        examples: examples of other rules that no longer pass.
        known: forms that are ordinary words or right names, each with what it is.
        faults: why the suggestion cannot be a rule at all.
    """

    rule: Rule
    changes: tuple[Change, ...] = ()
    seeds: tuple[Change, ...] = ()
    clean: tuple[Change, ...] = ()
    silenced: tuple[Change, ...] = ()
    improved: tuple[Shift, ...] = ()
    broken: tuple[Shift, ...] = ()
    examples: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def harmful(self) -> bool:
        """Whether anything speaks against the rule, apart from forms that are known words."""
        return bool(self.clean or self.broken or self.examples or self.faults)

    @property
    def summary(self) -> str:
        """The whole trial in one line."""
        return "; ".join([*self.faults, *self._effects(), *self.known])

    def _effects(self) -> Iterator[str]:
        files = {change.place.file for change in self.changes}
        yield f"{_count(len(self.changes), 'change')} in {_count(len(files), 'file')}"
        closed = sum(len(shift.closed) for shift in self.improved)
        if closed:
            yield f"closes {_count(closed, 'gap')}"
        for shift in self.broken:
            yield f"breaks {shift.name}"
        for page in dict.fromkeys(change.place.file for change in self.clean):
            yield f"changes the clean page {page}"
        for example in self.examples:
            yield f"breaks the example {example}"
        for change in self.silenced:
            yield f"removes a finding of {change.rule} in {change.place.file}"


def _count(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> _count(1, "file"), _count(1200, "file")
    ('1 file', '1,200 files')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


@dataclass
class _Tally:
    """What was found so far while texts were cleaned with a trial rule."""

    changes: dict[str, list[Change]] = field(
        default_factory=lambda: {"files": [], "seeds": [], "clean": []}
    )
    silenced: list[Change] = field(default_factory=list)
    shifts: list[Shift] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class Trials:
    """Trials of suggestions against the same rules and texts."""

    def __init__(
        self,
        rules: RuleSet,
        texts: Texts,
        *,
        lowest: int = 1,
        acts: Callable[[str], bool] = lambda _: True,
        index: Index | None = None,
    ) -> None:
        """Prepare trials; nothing is cleaned yet.

        Args:
            rules: all rules as they are now.
            texts: the texts to clean.
            lowest: the number of the first layer whose rules are the project's own. If one of them
                is about the same name, it gets the forms.
            acts: says of the id of a rule whether the rule may act.
            index: the index of the rules, if they are compiled already.
        """
        self._rules = rules
        self._texts = texts
        self._lowest = lowest
        self._acts = acts
        self._base = Cleaner(index or rules, acts=acts)
        self._results: dict[str, Result] = {}  # by source, without a trial rule
        self._documents: dict[str, Document] = {}  # by source
        self._scores: dict[str, Scored] = {}  # by the name of the seed, without a trial rule

    def of(
        self,
        group: Group,
        *,
        when: Sequence[str] = (),
        level: Level = "fix",
        unless: Sequence[str] = (),
    ) -> Trial:
        """Try one group, with this evidence and at this level, leaving some phrases alone.

        A group that cannot be a rule raises no error: the trial says why in `faults`.
        """
        acceptance = Acceptance(
            group.canonical,
            tuple(member.form for member in group.members),
            group.type,
            group.source,
            group.aliases,
            level,
            tuple(when),
            unless=tuple(unless),
        )
        rule, rules = with_candidate(acceptance, self._rules, lowest=self._lowest)
        fault = _fault(rule, rules)
        if fault:
            return Trial(rule, faults=(fault,))
        trial = self._try(rule, rules)
        return trial._replace(known=known_forms(group, self._rules, rule.id))

    def _try(self, rule: Rule, rules: RuleSet) -> Trial:
        """Clean all texts that contain a form of the rule."""
        entity = rule.options
        assert isinstance(entity, Entity)
        index = Index.of(rules, self._base.index)
        cleaner = Cleaner(index, acts=lambda id_: id_ == rule.id or self._acts(id_))
        forms = Literals(table([*entity.variants, *entity.right]))
        tally = _Tally()
        for group, texts in (
            ("files", self._texts.files),
            ("seeds", self._texts.seeds),
            ("clean", self._texts.clean),
        ):
            for name, file in texts.items():
                if forms.find(self._document(file).text):
                    self._try_file(group, name, file, cleaner, tally)
        broken = tuple(shift for shift in tally.shifts if shift.is_worse)
        improved = tuple(shift for shift in tally.shifts if shift.closed and not shift.is_worse)
        return Trial(
            rule,
            changes=tuple(tally.changes["files"]),
            seeds=tuple(tally.changes["seeds"]),
            clean=tuple(tally.changes["clean"]),
            silenced=tuple(dict.fromkeys(tally.silenced)),
            improved=improved,
            broken=broken,
            examples=tuple(self._broken_examples(cleaner, forms, rule.id)),
            faults=tuple(tally.faults),
        )

    def _document(self, file: File) -> Document:
        """Return the document in a file; it is read once for all trials."""
        if file.source not in self._documents:
            self._documents[file.source] = file.document
        return self._documents[file.source]

    def _try_file(self, group: str, name: str, file: File, cleaner: Cleaner, tally: _Tally) -> None:
        """Clean one file with the trial rule, and add what that changes to the tally."""
        try:
            before = self._without_rule(file.source, file.reader.read)
            after = cleaner.clean(file.source, file.reader.read)
        except GuaranteeError as error:
            tally.faults.append(f"{name}: {error}")
            return
        tally.changes[group] += _new_changes(name, before, after)
        tally.silenced += _lost_changes(name, before, after)
        has_golden = group == "seeds" and name in self._texts.goldens
        if has_golden and before.text != after.text:
            tally.shifts.append(self._shift(name, file, cleaner, before.text, after.text))

    def _without_rule(self, source: str, read: ReadDocument = plain.read) -> Result:
        """Return how a source comes out without a trial rule."""
        if source not in self._results:
            self._results[source] = self._base.clean(source, read)
        return self._results[source]

    def _shift(self, name: str, seed: File, cleaner: Cleaner, before: str, after: str) -> Shift:
        """Compare the scores of a seed without and with the trial rule."""
        golden = self._texts.goldens[name]
        if name not in self._scores:
            self._scores[name] = score(self._base, name, seed, golden)
        old = self._scores[name]
        new = score(cleaner, name, seed, golden)
        closed = Counter(old.missing) - Counter(new.missing)
        opened = Counter(new.missing) - Counter(old.missing)
        harmful = Counter(new.harmful) - Counter(old.harmful)
        return Shift(
            name,
            tuple(closed.elements()),
            tuple(opened.elements()),
            tuple(harmful.elements()),
            before,
            after,
            new.golden,
        )

    def _broken_examples(self, cleaner: Cleaner, forms: Literals, trial: str) -> Iterator[str]:
        """Describe each example of another rule that the trial rule breaks."""
        for rule in self._rules:
            if rule.id == trial:
                continue
            for example in rule.examples:
                if not forms.find(example.before):
                    continue
                wrong = self._wrong_outcome(example, cleaner)
                if wrong:
                    yield f"{example.place}: {rule.id}: it would give “{wrong}”"

    def _wrong_outcome(self, example: Example, cleaner: Cleaner) -> str:
        """Return what an example comes out as if the trial rule breaks it, otherwise ""."""
        try:
            before = self._without_rule(example.before).text
            after = cleaner.clean(example.before).text
        except GuaranteeError as error:
            return str(error)
        return "" if after in {before, example.after} else after


def _fault(rule: Rule, rules: RuleSet) -> str:
    """Return why a trial rule cannot be a rule, or "" if it can."""
    entity = rule.options
    assert isinstance(entity, Entity)
    try:
        entity.check()
        claims.check(other for other in rules if other.layer == rule.layer)
    except (CleanerError, ValueError) as error:
        return str(error)
    return "" if entity.canonical else "the canonical form is not known yet"


def _acting(result: Result) -> list[Finding]:
    """Return the findings that change something, or would if they were accepted."""
    levels = {"fix", "suggest"}
    return [
        finding
        for finding in result.findings
        if finding.level in levels and finding.before != finding.after
    ]


def _new_changes(name: str, before: Result, after: Result) -> Iterator[Change]:
    """Yield what is found with the trial rule and was not found without it."""
    old = {(finding.span, finding.after) for finding in _acting(before)}
    for finding in _acting(after):
        if (finding.span, finding.after) not in old:
            yield _change(name, before.document, finding)


def _lost_changes(name: str, before: Result, after: Result) -> Iterator[Change]:
    """Yield what was found without the trial rule where nothing is found with it."""
    spans = [finding.span for finding in _acting(after)]
    for finding in _acting(before):
        if not any(finding.span.overlaps(span) for span in spans):
            yield _change(name, before.document, finding)


def _change(name: str, document: Document, finding: Finding) -> Change:
    """Return a finding as a change, with the part of the line around it."""
    text = document.text
    start, end = finding.span
    there = document.location(start)
    begin = max(_line_begin(text, start), start - _CONTEXT)
    stop = min(_line_stop(text, end), end + _CONTEXT)
    context = text[begin:stop]
    place = Place(name, there.line, there.column, context, start - begin, there.member)
    return Change(place, text[start:end], finding.after, finding.label)


def _line_begin(text: str, at: int) -> int:
    """Return where the line with this code point begins."""
    return max(text.rfind("\r", 0, at), text.rfind("\n", 0, at)) + 1


def _line_stop(text: str, at: int) -> int:
    """Return where the line with this code point ends, without its line end."""
    ends = [found for found in (text.find("\r", at), text.find("\n", at)) if found >= 0]
    return min(ends, default=len(text))

"""A slow engine: the specification of what cleaning a text gives.

It has none of the short cuts of `cleaner.engine.cleaner`. In each pass every rule is asked about
the whole text, every name is looked for at each character, and what edits depend on is computed
anew whenever it is asked for. What kinds of fixes do, and the arithmetic of edits, are shared: they
are tested elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property
from types import SimpleNamespace
from typing import NamedTuple, cast

from cleaner.engine import comments
from cleaner.engine.findings import Finding, Result, joined, prove
from cleaner.engine.sightings import Sightings
from cleaner.engine.silence import Ignore, Suppression, Suppressions
from cleaner.engine.strangers import Strangers
from cleaner.errors import GuaranteeError
from cleaner.fixers import fixer
from cleaner.formats import MalformedError, plain
from cleaner.rules.model import Entity, Level, Rule, RuleSet
from cleaner.text.boundaries import is_mentioned, is_written, stands_alone
from cleaner.text.document import Document, ReadDocument
from cleaner.text.edits import Edit, Origins, Span, apply, compose, resolve
from cleaner.text.folding import normal
from cleaner.text.literals import ANYTHING, Hit, spelled
from cleaner.text.seen import without_quotation_marks
from cleaner.text.sourcemap import UnwritableError
from cleaner.text.stopwatch import Stopwatch
from tests.text.reading import INVISIBLE, QUOTATION_MARK, Pieces, Reading

PASSES = 10
AROUND = 1_500  # code points on each side of a place where damage has to be frequent
FREQUENT = 3
PROOF = 0.999  # since thirds do not add up to exactly 1

# The kinds whose literals follow from a pattern: those of the others say themselves where to look.
BY_PATTERN = {"caption", "entity", "furniture", "join", "pattern", "residue"}
_PLACE = re.compile(r"[^\w\s]|(?:\A|[\r\n])[^\S\r\n]*[^\s]")  # marks, and the beginnings of lines
_WORD = re.compile(r"\w+")


class Unhurried(Stopwatch):
    """A stopwatch that stands still: this engine may take its time."""

    def time(self, work: Callable[[], object]) -> object:  # type: ignore[override]
        """Return what `work` returns."""
        return work()


class Reference:
    """Applies rules to texts, slowly. See `Cleaner` for the arguments."""

    def __init__(
        self,
        rules: RuleSet,
        *,
        level: Level = "fix",
        acts: Callable[[str], bool] = lambda _: True,
        damaged: bool = False,
    ) -> None:
        # Without a reach, a pattern is tried at every place of a block.
        self.rules = {rule.id: rule._replace(reach=None) for rule in rules}
        self.off = [rule.id for rule in rules.off]
        self.boundaries = rules.boundaries
        self.levels = {"fix", level}
        self.may_act = acts
        self.damaged = damaged
        self.literals: dict[str, list[str | bytes]] = {id_: [] for id_ in self.rules}
        for kind in {rule.kind for rule in rules}:
            for rule, literal in fixer(kind).literals([one for one in rules if one.kind == kind]):
                self.literals[rule.id].append(literal)

    def clean(
        self, source: str, read: ReadDocument = plain.read, ignores: Sequence[Ignore] = ()
    ) -> Result:
        """Clean a source. See `Cleaner.clean`."""
        document = read(source)
        if len(document.units) > 1:
            units = [
                self.clean(unit.source.of(source), unit.read, ignores) for unit in document.units
            ]
            result = joined(document, units)
            prove(result, read(result.source))
            return result
        return _Run(self, document, read, ignores).result()

    @cached_property
    def words(self) -> set[str]:
        """Every name and phrase that a rule knows."""
        words: set[str] = set()
        for rule in self.rules.values():
            words.update(word for word in self.literals[rule.id] if isinstance(word, str))
            words.update(
                self.right_forms(rule), rule.unless, rule.when.phrases if rule.when else ()
            )
        return words

    def right_forms(self, rule: Rule) -> Sequence[str]:
        """Return the right forms of the entity that a rule is about."""
        return rule.options.right if isinstance(rule.options, Entity) else ()

    def rules_about(self, phrase: str) -> Iterator[Rule]:
        """Yield the rules about the entity that a phrase names, in a form that was seen."""
        for rule in self.rules.values():
            if isinstance(rule.options, Entity) and not rule.made_from:
                forms = (*rule.options.right, *rule.options.variants)
                if _spelling(phrase) in map(_spelling, forms):
                    yield rule


@cache
def _spelling(form: str) -> str:
    """Return what all spellings of a form have in common."""
    return normal(form).casefold()


class Fired(NamedTuple):
    """What fires in a pass, the claims that contradict each other, and whether damage is proven."""

    edits: list[Edit]
    contested: list[list[Edit]]
    damaged: bool


class _Pass:
    """One pass over a document as the edits of the passes before have left it."""

    def __init__(
        self, engine: Reference, document: Document, suppressions: Suppressions, origins: Origins
    ) -> None:
        self._engine = engine
        self._document = document
        self._text = document.text
        self._suppressions = suppressions
        self._origins = origins
        self._pieces = Pieces(document.text)
        self._applied = list(origins.applied())
        self._possible: list[Edit] = []  # what rules want and nothing forbids
        self._fired: list[Edit] = []
        seen, through = Reading(self._text), Reading(self._text, INVISIBLE)
        across = Reading(self._text, QUOTATION_MARK)
        self._plain: dict[str, list[Span]] = {}
        self._quoted: dict[str, list[Span]] = {}
        for word in engine.words:
            self._plain[word] = sorted({*seen.places(word), *through.places(word)})
            self._quoted[word] = [span for span in across.places(word) if self._has_mark(span)]

    def _has_mark(self, span: Span) -> bool:
        """Return whether a quotation mark that may be looked through is inside a span."""
        return any(
            span.start < found.start() and found.end() < span.end
            for found in QUOTATION_MARK.finditer(self._text)
        )

    def fire(self) -> Fired:
        """Return what fires. Rules that wait for damage come after those that prove it."""
        waiting: list[Edit] = []
        for waits in (False, True):
            for kind in sorted({rule.kind for rule in self._engine.rules.values()}):
                wishes = self._wishes(kind, waits=waits)
                possible = [edit for edit in map(self._allowed, wishes) if edit]
                self._possible += possible
                waiting += possible
            while fires := [edit for edit in waiting if self._has_evidence(edit)]:
                waiting = [edit for edit in waiting if edit not in fires]
                self._fired += [edit for edit in fires if not self._is_silenced(edit)]
        acting = [edit for edit in self._fired if self._engine.may_act(edit.rule)]
        return Fired(*self._settled(acting), self._is_damaged)

    # ---- What rules want

    def _wishes(self, kind: str, *, waits: bool) -> Sequence[Edit]:
        """Return what the rules of one kind want to change, those that wait for damage or others.

        Rules that need damage have nothing to say where none is proven.
        """
        hits: dict[str, list[Hit]] = {}
        for rule in self._engine.rules.values():
            its_turn = rule.kind == kind and bool(rule.when and rule.when.damaged) == waits
            if its_turn and (self._is_damaged or not rule.needs_damage):
                hits[rule.id] = self._hits(rule)
        hits = {id_: found for id_, found in hits.items() if found}
        rules = [self._engine.rules[id_] for id_ in hits]
        edits = fixer(kind).edits(self._document, rules, hits) if rules else ()
        wishes = [edit for edit in edits if self._says_something(edit)]
        chosen = fixer(kind).choose(wishes)
        acting = [edit for edit in wishes if self._is_acting(edit)]
        if len(acting) == len(wishes):
            return chosen
        # What does not act keeps nobody else from acting.
        idle = [edit for edit in chosen if not self._is_acting(edit)]
        return [*fixer(kind).choose(acting), *idle]

    def _hits(self, rule: Rule) -> list[Hit]:
        """Return where a rule is to look: at its literals; everywhere if it has a pattern."""
        hits: list[Hit] = []
        for literal in self._engine.literals[rule.id]:
            if literal == ANYTHING:
                hits.append(Hit(Span(0, 0), literal))
            elif isinstance(literal, bytes):
                hits += (Hit(span, literal) for span in self._pieces.places(literal))
            else:
                for span in self._plain[literal]:
                    if stands_alone(self._text, span, self._engine.boundaries):
                        hits.append(Hit(span, literal))
        if rule.kind in BY_PATTERN:
            for found in _PLACE.finditer(self._text):
                hits.append(Hit(Span(found.end() - 1, found.end()), ANYTHING))
        return hits

    def _says_something(self, edit: Edit) -> bool:
        """Return whether an edit changes the text, or its rule only reports what is there."""
        rule = self._engine.rules[edit.rule]
        only_reports = rule.level == "report" and not fixer(rule.kind).CLAIMS
        return only_reports or edit.replacement != edit.span.of(self._text)

    def _is_acting(self, edit: Edit) -> bool:
        """Return whether the rule of an edit may act, and is not suppressed there."""
        return self._engine.may_act(edit.rule) and not self._suppression(edit)

    # ---- What forbids an edit

    def _allowed(self, edit: Edit) -> Edit | None:
        """Return an edit as it can be written, or None if it must not be."""
        rule = self._engine.rules[edit.rule]
        is_name = isinstance(rule.options, Entity)
        views = [self._plain, self._quoted] if is_name else [self._plain]
        for found in views:
            for right in self._right(found):
                if right.overlaps(edit.span) and not edit.span.covers(right):
                    return None
            for phrase in rule.unless:
                if any(
                    there.covers(edit.span) and is_written(self._text, there)
                    for there in found[phrase]
                ):
                    return None
        only_points = edit.replacement == edit.span.of(self._text)
        if only_points and fixer(rule.kind).POINTS_ANYWHERE:
            return edit
        return self._document.fit(edit)

    def _right(self, found: dict[str, list[Span]]) -> Iterator[Span]:
        """Yield where right forms are written, rightly or in capitals."""
        for rule in self._engine.rules.values():
            for form in self._engine.right_forms(rule):
                for span in found[form]:
                    there = span.of(self._text)
                    readings = (there, without_quotation_marks(there).text)
                    is_spelled = any(spelled(one, Span(0, len(one)), form) for one in readings)
                    if is_spelled and is_written(self._text, span):
                        yield span

    @cached_property
    def _strangers(self) -> Strangers:
        """What tells the names of other people."""
        words = [span for spans in self._plain.values() for span in spans]
        starts, ends = {span.start for span in words}, {span.end for span in words}
        sightings = cast(Sightings, SimpleNamespace(starts=starts, ends=ends))
        return Strangers(self._document, sightings, self._engine.boundaries)

    def _suppression(self, edit: Edit) -> Suppression | None:
        """Return what suppresses an edit, if anything does."""
        return self._suppressions.suppressing(edit.rule, self._origins.origin(edit.span))

    def _is_silenced(self, edit: Edit) -> bool:
        """Return whether an edit is about somebody else, or is suppressed."""
        if self._strangers.name(self._engine.rules[edit.rule], edit.span):
            return True
        suppression = self._suppression(edit)
        if suppression:
            self._suppressions.record(suppression)
        return suppression is not None

    # ---- Evidence

    def _damage(self) -> Iterator[tuple[int, Rule]]:
        """Yield where damage is or was, and the rule that says so."""
        for at, edit in self._applied:
            for id_ in edit.rules:
                yield at, self._engine.rules[id_]
        for edit in self._fired:
            yield edit.span.start, self._engine.rules[edit.rule]

    @property
    def _is_damaged(self) -> bool:
        """Whether the text is proven to be damaged."""
        size = len(self._text)
        shares = [rule.damage.share(1, size) for _, rule in self._damage() if rule.damage]
        return self._engine.damaged or sum(shares) > PROOF

    def _is_frequent(self, kind: str, span: Span) -> bool:
        """Return whether a kind of damage, and proofs of any, are frequent around a place."""
        places = [at for at, rule in self._damage() if rule.damage]
        for at, edit in self._applied:
            for id_ in edit.rules:
                when = self._engine.rules[id_].when
                if when and when.frequent == kind:
                    places.append(at)
        for edit in self._possible:
            when = self._engine.rules[edit.rule].when
            if when and when.frequent == kind:
                places.append(edit.span.start)
        near = [at for at in places if span.start - AROUND <= at < span.start + AROUND]
        return self._engine.damaged or len(near) >= FREQUENT

    def _has_evidence(self, edit: Edit) -> bool:
        """Return whether everything is there that the rule of an edit asks for."""
        rule, span = self._engine.rules[edit.rule], edit.span
        when = rule.when
        if when is None:
            return True
        if when.damaged and not (self._is_damaged or rule.otherwise):
            return False
        if when.frequent and not self._is_frequent(when.frequent, span):
            return False
        anywhere = when.document
        if not (when.paragraph or when.near):
            anywhere = (*anywhere, *self._engine.right_forms(rule))
        if when.document and not list(self._beside(anywhere, span)):
            return False
        block = self._document.block(span.start)
        here = [there for there in self._beside(when.paragraph, span) if block.covers(there)]
        if when.paragraph and not here:
            return False
        near = [there for there in self._beside(when.near, span) if block.covers(there)]
        return not when.near or any(self._words(span, there) <= when.words for there in near)

    def _beside(self, phrases: Sequence[str], span: Span) -> Iterator[Span]:
        """Yield where the entities are that phrases name, outside of a span.

        What names an entity is a right form of it, and a variant whose rule has fired.
        """
        forms = set(phrases)
        for phrase in phrases:
            for rule in self._engine.rules_about(phrase):
                forms.update(self._engine.right_forms(rule))
                for edit in self._fired:
                    if edit.rule == rule.id and not edit.span.overlaps(span):
                        yield edit.span
        for form in forms:
            for there in (*self._plain[form], *self._quoted[form]):
                is_mention = is_mentioned(self._text, there, self._engine.boundaries)
                if is_mention and not there.overlaps(span):
                    yield there

    def _words(self, one: Span, other: Span) -> int:
        """Count the words between two spans."""
        first, second = sorted((one, other))
        return len(_WORD.findall(self._text, first.end, second.start))

    # ---- Contradictions

    def _settled(self, edits: Sequence[Edit]) -> tuple[list[Edit], list[list[Edit]]]:
        """Divide edits into those that fire and groups that claim one span for different texts."""
        settled: list[Edit] = []
        claims: dict[Span, set[Edit]] = {}
        for edit in edits:
            if fixer(self._engine.rules[edit.rule].kind).CLAIMS:
                claims.setdefault(edit.span, set()).add(edit)
            else:
                settled.append(edit)
        contested: list[list[Edit]] = []
        for _, rivals in sorted(claims.items()):
            if len({edit.replacement for edit in rivals}) > 1:
                contested.append(sorted(rivals))
            else:
                settled.append(min(rivals))
        return settled, contested


class _Run:
    """The passes over one text, and what they add up to."""

    def __init__(
        self, engine: Reference, document: Document, read: ReadDocument, ignores: Sequence[Ignore]
    ) -> None:
        self._engine = engine
        self._input = document
        self._suppressions = Suppressions(document.text, document.directives(), ignores)
        self._edits: Sequence[Edit] = ()  # of all passes so far, in spans of the input
        self._remarks: list[Finding] = []
        self._gave_way: list[tuple[Edit, Edit]] = []  # an edit and its rival, in the input
        self._damaged = False
        for _ in range(PASSES):
            document.searching = Unhurried()
            origins = Origins(self._edits)
            self._fired = _Pass(engine, document, self._suppressions, origins).fire()
            self._damaged = self._damaged or self._fired.damaged
            applied = [edit for edit in self._fired.edits if self._is_applied(edit, document.text)]
            kept, dropped = resolve(*_ranks(document, applied))
            kept = document.together(kept)
            if not kept:
                self._document = document
                return
            self._note(document.text, kept, dropped, origins)
            self._edits = compose(document.text, self._edits, kept)
            text = apply(document.text, kept)
            document = self._read_again(read, text)
        fighting = sorted({edit.rule for edit in kept})
        raise GuaranteeError(f"these rules undo each other again and again: {', '.join(fighting)}")

    def _level(self, rule: str) -> Level:
        return self._engine.rules[rule].level_where(damaged=self._damaged)

    def _is_applied(self, edit: Edit, text: str) -> bool:
        applied = self._level(edit.rule) in self._engine.levels
        return applied and edit.span.of(text) != edit.replacement

    def _read_again(self, read: ReadDocument, text: str) -> Document:
        """Write the edits so far into the source and read that; it must give the text."""
        try:
            document = read(self._input.rewritten(self._edits))
        except (UnwritableError, MalformedError) as error:
            rules = sorted({rule for edit in self._edits for rule in edit.rules})
            what = f"the edits cannot be written into it ({error})"
            raise GuaranteeError(f"{what}; rules: {', '.join(rules)}") from None
        if document.text != text:
            raise GuaranteeError("what would be written does not read as the cleaned text")
        return document

    def _note(
        self, text: str, kept: Iterable[Edit], dropped: Iterable[Edit], origins: Origins
    ) -> None:
        """Remember what a pass has to report beside its edits."""
        for edit in kept:
            rule = self._engine.rules[edit.rule]
            remark = fixer(rule.kind).remark(rule)
            if remark:
                there, span = edit.span.of(text), origins.origin(edit.span)
                self._remarks.append(Finding(edit.rules, "report", span, there, there, remark))
        for edit in dropped:
            rival = next(one for one in kept if one.span.overlaps(edit.span))
            deletes_both = not rival.replacement and not edit.replacement
            if not (deletes_both or (not rival.replacement and rival.span.covers(edit.span))):
                moved = (one._replace(span=origins.origin(one.span)) for one in (edit, rival))
                self._gave_way.append((next(moved), next(moved)))

    def result(self) -> Result:
        """Put together what the passes gave."""
        open_ = list(self._open())
        lookups = [*self._remarks, *self._overruled()]
        lookups += (finding for finding in open_ if self._is_covered_up(finding))
        applied = [self._finding(edit, edit.span, self._input.text) for edit in self._edits]
        result = Result(
            self._input,
            self._document.text,
            tuple(self._edits),
            self._document.source,
            self._input.source_edits(self._edits),
            _in_order([*lookups, *applied, *open_, *self._idle_comments()]),
            self._suppressions.used_ignores,
            _in_order(lookups),
        )
        prove(result, self._document)
        return result

    def _finding(self, edit: Edit, span: Span, text: str) -> Finding:
        """Return the finding for an edit of a text; `span` is where it is in the input."""
        message = self._engine.rules[edit.rule].options.message
        before = edit.span.of(text)
        level = self._level(edit.rule)
        return Finding(edit.rules, level, span, before, edit.replacement, message)

    def _open(self) -> Iterator[Finding]:
        """Yield a finding for everything that the last pass found and did not apply."""
        text, origins = self._document.text, Origins(self._edits)
        places = Counter(edit.rule for edit in self._fired.edits)
        told: set[str] = set()
        for edit in sorted(self._fired.edits):
            finding = self._finding(edit, origins.origin(edit.span), text)
            if finding.level == "report" and self._engine.rules[edit.rule].once:
                if edit.rule in told:
                    continue
                told.add(edit.rule)
                if places[edit.rule] > 1:
                    message = f"{finding.message}; {places[edit.rule]:,} places in all"
                    finding = finding._replace(message=message)
            yield finding
        for claims in self._fired.contested:
            there, span = claims[0].span.of(text), origins.origin(claims[0].span)
            wishes = ", ".join(f"{edit.rule} wants “{edit.replacement}”" for edit in claims)
            rules = tuple(edit.rule for edit in claims)
            message = f"nothing is changed: {wishes}"
            yield Finding(rules, "report", span, there, there, message)

    def _overruled(self) -> Iterator[Finding]:
        """Yield a finding for edits that gave way to another rule and never came back."""
        done = {rule for edit in self._edits for rule in edit.rules}
        for edit, rival in self._gave_way:
            if edit.rule not in done:
                there, message = edit.span.of(self._input.text), f"gave way to {rival.rule}"
                yield Finding(edit.rules, "report", edit.span, there, edit.replacement, message)

    def _is_covered_up(self, finding: Finding) -> bool:
        """Return whether a report needs proven damage, which the edits have repaired."""
        whens = [self._engine.rules[rule].when for rule in finding.rules]
        waits = any(when and when.damaged for when in whens)
        return bool(self._edits) and waits and finding.level == "report"

    def _idle_comments(self) -> Iterator[Finding]:
        """Yield a finding for comments that suppressed nothing, though their rules may act."""
        engine = self._engine
        ids = (*engine.rules, *engine.off)
        yield from comments.remarks(self._suppressions, lambda: ids, engine.may_act, self._input)


def _ranks(document: Document, edits: Iterable[Edit]) -> tuple[list[Edit], list[Edit]]:
    """Divide edits into those that delete a whole block, which come first, and the others."""
    deletions: list[Edit] = []
    others: list[Edit] = []
    for edit in edits:
        there = edit.span.of(document.text)
        first = edit.span.start + len(there) - len(there.lstrip())
        is_deletion = there.strip() and not edit.replacement
        deletes_block = is_deletion and edit.span.covers(document.block(first))
        (deletions if deletes_block else others).append(edit)
    return deletions, others


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in the order of the input, each once."""
    once = dict.fromkeys(findings)
    return tuple(sorted(once, key=lambda one: (one.span, one.rules, one.level, one.message)))

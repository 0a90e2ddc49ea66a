"""The cleaner: applies rules to a text until none of them has anything to say.

One pass: the automaton finds the literals of all rules; each fixer turns hits into edits; guards
and evidence decide which edits fire; `resolve` chooses between edits that overlap; the chosen ones
are applied. The next pass looks at the text that this gives. The last pass changes nothing, so a
cleaned text is clean. At the end the result is proven.

Which findings are applied and which are only shown is a matter of levels.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import partial
from itertools import accumulate, groupby, repeat
from operator import attrgetter
from typing import NamedTuple

from cleaner.engine import trace
from cleaner.engine.evidence import Evidence, Guards
from cleaner.engine.findings import Finding, Result, joined, prove
from cleaner.engine.index import Index
from cleaner.engine.sightings import Sightings
from cleaner.engine.silence import Ignore, Suppressions, concerns
from cleaner.engine.strangers import Strangers
from cleaner.engine.trace import NO_TRACER, Tracer
from cleaner.engine.waiting import Waiting
from cleaner.errors import GuaranteeError
from cleaner.fixers import Hits, fixer
from cleaner.formats import MalformedError, plain
from cleaner.rules.model import Level, Rule, RuleSet
from cleaner.text.boundaries import stands_alone
from cleaner.text.document import Document, ReadDocument
from cleaner.text.edits import Edit, Origins, Span, compose, gives, resolve
from cleaner.text.literals import ANYTHING, Found, Hit, Literals, table
from cleaner.text.sourcemap import UnwritableError

MAX_PASSES = 10
_START = Span(0, 0)
IDLE = "ignores/idle"  # stands for a rule in findings about comments that suppress nothing


class Cleaner:
    """Applies rules to texts. Make it once for a set of rules, use it for any number of texts.

    Args:
        rules: what to apply (see `load_rules`), or an index of it.
        level: "fix" applies the rules of level fix; "suggest" also applies those of level suggest.
        damaged: treat every text as damaged; otherwise a text has to prove it.
        acts: which rules may act, by id. The others still count as knowledge: their right forms
            are protected and are evidence.
        remarks: also collect findings that change nothing; otherwise report-only rules are
            skipped.

    >>> from cleaner import load_rules
    >>> Cleaner(load_rules()).clean("Alibaba fell, and Marwin’s wealth shrank.").text
    'Alibaba fell, and Ma Yun’s wealth shrank.'
    """

    def __init__(
        self,
        rules: RuleSet | Index,
        *,
        level: Level = "fix",
        acts: Callable[[str], bool] = lambda _: True,
        damaged: bool = False,
        remarks: bool = True,
    ) -> None:
        index = rules if isinstance(rules, Index) else Index.of(rules)
        self.rules = index.rules
        self.index = index
        self.damaged = damaged
        self.remarks = remarks
        self._applied = {"fix", level}
        self._selected = acts
        self._disabled: frozenset[str] = frozenset()
        self._literals = Literals(index.literals)
        self._late = Literals(table((), index.late))

    def without(self, ids: Collection[str]) -> Cleaner:
        """Return a copy with these rules disabled; it shares the automaton."""
        if self._disabled.issuperset(ids):
            return self
        other = copy(self)
        other._disabled = self._disabled.union(ids)
        return other

    def clean(
        self,
        source: str,
        read: ReadDocument = plain.read,
        ignores: Sequence[Ignore] = (),
        tracer: Tracer = NO_TRACER,
    ) -> Result:
        """Clean a source of the format that `read` reads.

        Args:
            source: the source; a text is its own source.
            read: what reads it (see `cleaner.formats`).
            ignores: texts that rules must not change. Ignore comments in the source count too.
            tracer: is told what becomes of every edit (see `cleaner.engine.trace`).

        Raises:
            GuaranteeError: the rules never come to rest, a pattern takes too long, or the proof
                fails.
            MalformedError: the source is not what its format says.
        """
        document = read(source)
        if len(document.units) > 1 and self._hits_anything(document.text):
            return self._clean_units(document, read, ignores, tracer)
        run = _Run(self, document, read, ignores, tracer)
        run.passes()
        result = run.result()
        prove(result, run.document)
        return result

    def _clean_units(
        self, document: Document, read: ReadDocument, ignores: Sequence[Ignore], tracer: Tracer
    ) -> Result:
        """Clean each unit of a document by itself, and put the results together."""
        results: list[Result] = []
        for unit in document.units:
            tracer.begin_unit(unit.text.start)
            results.append(self.clean(unit.source.of(document.source), unit.read, ignores, tracer))
        result = joined(document, results)
        prove(result, read(result.source) if result.changed else document)
        return result

    def _hits_anything(self, text: str) -> bool:
        """Return whether a literal is in a text that a rule waits for."""
        if self._standing_alone(text, self._literals.find(text)):
            return True
        return self.damaged and bool(self._late.find(text))

    def may_act(self, rule: str) -> bool:
        """Return whether a rule, given by its id, is selected and not disabled."""
        return rule not in self._disabled and self._selected(rule)

    def is_applied(self, edit: Edit, text: str, *, damaged: bool) -> bool:
        """Return whether an edit that fires changes `text`, by the level of its rule there.

        Args:
            edit: the edit.
            text: the text that it is an edit of.
            damaged: whether the document is proven to be damaged.
        """
        level = self.rules[edit.rule].level_where(damaged=damaged)
        return level in self._applied and edit.span.of(text) != edit.replacement

    def fire(
        self, document: Document, suppressions: Suppressions, origins: Origins, tracer: Tracer
    ) -> Fired:
        """Return the edits whose rules fire in one pass over a document.

        Args:
            document: the document as the passes before have left it.
            suppressions: what is suppressed, in spans of the input.
            origins: the way back from the spans of the document to those of the input.
            tracer: is told why each other edit does not fire.
        """
        text = document.text
        sightings = Sightings(self._literals, self._late, text)
        evidence = Evidence(document, sightings, self.index, damaged=self.damaged)
        evidence.remember(origins.applied())
        found = self._standing_alone(text, sightings.plain)
        if ANYTHING in self.index.waiting:
            found[ANYTHING] = [_START]
        if not (found or evidence.damaged or tracer.thorough):
            return Fired([], [], damaged=False)
        guards = Guards(document, sightings, self.index)
        strangers = Strangers(document, sightings, self.index.boundaries)
        fired: list[Edit] = []
        waiting = Waiting(document, self.index, evidence)

        def let_fire(ready: list[Edit]) -> None:
            meant = _about_others_dropped(ready, self.rules, strangers, tracer)
            speaking = list(_unsuppressed(meant, suppressions, origins, tracer))
            fired.extend(speaking)
            waiting.learn(evidence.learn(speaking))

        blocks = partial(self._blocks, suppressions, origins)
        for wait in (False, True):  # rules that wait for damage come after those that prove it
            if wait and (evidence.damaged or tracer.thorough):
                found = {**found, **sightings.late}
            asked = partial(self._is_asked, wait=wait, damaged=evidence.damaged, tracer=tracer)
            wanted = self._candidates(document, self._hits(found, asked), blocks, tracer)
            possible = list(self._unguarded(wanted, document, guards, tracer))
            evidence.notice(possible)
            waiting.add(edit for edit in possible if self.rules[edit.rule].when)
            let_fire([edit for edit in possible if not self.rules[edit.rule].when])
            while ready := waiting.ready():
                let_fire(ready)
        for edit in waiting:
            tracer.lack(edit, self.rules[edit.rule], evidence)
        return self._selected_of(fired, tracer, damaged=evidence.damaged)

    def _is_asked(self, rule: Rule, *, wait: bool, damaged: bool, tracer: Tracer) -> bool:
        """Return whether to ask a rule what it wants.

        Rules that cannot act cost nothing: those that need damage, where none is proven.

        Args:
            rule: the rule.
            wait: whether to ask the rules that wait for damage, or all the others.
            damaged: whether damage is proven so far.
            tracer: may want to know about rules that cannot act, too.
        """
        waits = bool(rule.when and rule.when.damaged)
        may_act = damaged or tracer.thorough or not rule.needs_damage
        return waits == wait and may_act and self._matters(rule, damaged=damaged)

    def _standing_alone(self, text: str, seen: Found) -> dict[str | bytes, Sequence[Span]]:
        """Return where literals are that trigger rules, words only between name boundaries."""
        found: dict[str | bytes, Sequence[Span]] = {}
        for literal, spans in seen.items():
            if literal not in self.index.waiting:
                continue
            if isinstance(literal, str):
                spans = [span for span in spans if stands_alone(text, span, self.index.boundaries)]
            if spans:
                found[literal] = spans
        return found

    def _candidates(
        self,
        document: Document,
        hits_by_kind: Mapping[str, Hits],
        blocks: Callable[[Edit], bool],
        tracer: Tracer,
    ) -> list[Edit]:
        """Return what the fixers want to change.

        Args:
            document: the document.
            hits_by_kind: where literals are, by kind and rule.
            blocks: whether an edit may keep a fixer from choosing another one.
            tracer: is told which edits are not chosen.
        """
        candidates: list[Edit] = []
        for kind, hits in hits_by_kind.items():
            this = fixer(kind)
            wanted: list[Edit] = []
            rules = [self.rules[id_] for id_ in hits]
            for edit in tracer.ask(this, document, rules, hits):
                if self._says_something(edit, document.text):
                    wanted.append(edit)
                else:
                    tracer.drop(edit, trace.WRITTEN)
            chosen = this.choose(wanted)
            blocking = [edit for edit in wanted if blocks(edit)]
            if len(blocking) < len(wanted):
                idle = [edit for edit in chosen if not blocks(edit)]
                chosen = [*this.choose(blocking), *idle]
            if tracer.thorough:
                for edit, longer in _left_out(wanted, chosen):
                    tracer.drop(edit, trace.INSIDE, longer)
            candidates += chosen
        return candidates

    def _blocks(self, suppressions: Suppressions, origins: Origins, edit: Edit) -> bool:
        """Return whether an edit may block others: its rule is neither ignored nor suppressed."""
        if not self.may_act(edit.rule):
            return False
        return not (suppressions and suppressions.suppressing(edit.rule, origins.origin(edit.span)))

    def _says_something(self, edit: Edit, text: str) -> bool:
        """Return whether an edit changes the text, or its rule only reports what is there."""
        if edit.replacement != edit.span.of(text):
            return True
        rule = self.rules[edit.rule]
        return rule.level == "report" and not fixer(rule.kind).CLAIMS

    def _hits(
        self, found: Found, is_asked: Callable[[Rule], bool]
    ) -> dict[str, dict[str, list[Hit]]]:
        """Return the hits by kind and rule, of those rules that are asked."""
        hits: dict[str, dict[str, list[Hit]]] = {}
        for literal, spans in found.items():
            for id_ in self.index.waiting.get(literal, ()):
                rule = self.rules[id_]
                if is_asked(rule):
                    by_rule = hits.setdefault(rule.kind, {})
                    by_rule.setdefault(id_, []).extend(map(Hit, spans, repeat(literal)))
        return hits

    def _matters(self, rule: Rule, *, damaged: bool) -> bool:
        """Return whether anything depends on a rule: an edit, evidence, damage, or a finding.

        What a rule reports that waits for damage is told by the run that repairs the damage.
        """
        if self.remarks or rule.level_where(damaged=damaged) in self._applied:
            return True
        if damaged and rule.when and rule.when.damaged:
            return True
        return fixer(rule.kind).CLAIMS or bool(rule.damage)

    def _unguarded(
        self, edits: Iterable[Edit], document: Document, guards: Guards, tracer: Tracer
    ) -> Iterator[Edit]:
        """Yield the edits that touch neither a right form nor a protected span."""
        for edit in edits:
            obstacle = guards.obstacle(self.rules[edit.rule], edit.span)
            if obstacle is not None:
                tracer.drop(edit, trace.RIGHT_FORM, obstacle)
                continue
            fitting = edit if self._points_anywhere(edit, document) else document.fit(edit)
            if fitting is None:
                tracer.drop(edit, trace.PROTECTED)
            else:
                yield fitting

    def _points_anywhere(self, edit: Edit, document: Document) -> bool:
        """Return whether an edit only points at a text, and may point at a protected one too."""
        only_points = edit.replacement == edit.span.of(document.text)
        return only_points and fixer(self.rules[edit.rule].kind).POINTS_ANYWHERE

    def _selected_of(self, fired: Sequence[Edit], tracer: Tracer, *, damaged: bool) -> Fired:
        """Drop edits of rules that may not act; set aside those that contradict each other."""
        selected: list[Edit] = []
        for edit in fired:
            if self.may_act(edit.rule):
                selected.append(edit)
            else:
                tracer.drop(edit, trace.UNSELECTED)
        settled, contested = self._settle(selected)
        for claims in contested:
            for edit in claims:
                tracer.drop(edit, trace.CONTESTED)
        return Fired(settled, contested, damaged=damaged)

    def _settle(self, fired: Sequence[Edit]) -> tuple[Sequence[Edit], list[list[Edit]]]:
        """Find claims of one span for different texts: they are contested, and nobody wins."""
        claims: list[Edit] = []
        others: list[Edit] = []
        for edit in fired:
            (claims if fixer(self.rules[edit.rule].kind).CLAIMS else others).append(edit)
        if len({edit.span for edit in claims}) == len(claims):
            return fired, []
        settled: list[Edit] = []
        contested: list[list[Edit]] = []
        for _, group in groupby(sorted(set(claims)), key=attrgetter("span")):
            rivals = list(group)
            if len({edit.replacement for edit in rivals}) > 1:
                contested.append(rivals)
            else:
                settled.append(rivals[0])
        return [*settled, *others], contested


class Fired(NamedTuple):
    """What fires in a pass.

    Attributes:
        edits: the edits that fire.
        contested: groups of claims that contradict each other.
        damaged: whether the document is proven to be damaged.
    """

    edits: Sequence[Edit]
    contested: Sequence[Sequence[Edit]]
    damaged: bool


class _Run:
    """One call of `Cleaner.clean`: passes over one text, and what they add up to."""

    def __init__(
        self,
        cleaner: Cleaner,
        document: Document,
        read: ReadDocument,
        ignores: Sequence[Ignore],
        tracer: Tracer,
    ) -> None:
        self._cleaner, self._read, self._tracer = cleaner, read, tracer
        self._input = document
        self.document = document  # as the passes so far have left it
        self._suppressions = Suppressions(document.text, document.directives(), ignores)
        self._edits: Sequence[Edit] = ()  # of all passes so far, in spans of the input
        self._remarks: list[Finding] = []  # of the passes so far
        self._gave_way: list[tuple[Edit, Edit]] = []  # an edit and its rival, in the input
        self._fired = Fired([], [], damaged=False)  # in the last pass
        self._damaged = False  # whether a pass has proven it

    def passes(self) -> None:
        """Repeat passes until one changes nothing."""
        for _ in range(MAX_PASSES):
            origins = Origins(self._edits)
            text = self.document.text
            self._tracer.begin_pass(text, origins)
            self._fired = self._cleaner.fire(
                self.document, self._suppressions, origins, self._tracer
            )
            self._damaged = self._damaged or self._fired.damaged
            applied = self._applied_edits(text)
            kept, dropped = _resolve(self.document, applied)
            if not kept:
                return
            self._note(kept, dropped, origins)
            self._edits = compose(self._input.text, self._edits, kept)
            self._read_again(kept)
        fighting = sorted({edit.rule for edit in kept})
        raise GuaranteeError(f"these rules undo each other again and again: {', '.join(fighting)}")

    def _applied_edits(self, text: str) -> list[Edit]:
        """Return those edits of this pass that change the text."""
        is_applied = partial(self._cleaner.is_applied, text=text, damaged=self._damaged)
        return [edit for edit in self._fired.edits if is_applied(edit)]

    def _read_again(self, kept: Sequence[Edit]) -> None:
        """Write the edits so far into the source and read that.

        It must give the text of the latest pass with the edits that this pass kept.
        """
        before = self.document.text
        searching = self.document.searching
        try:
            self.document = self._read(self._input.rewritten(self._edits))
        except (UnwritableError, MalformedError) as error:
            rules = sorted({rule for edit in self._edits for rule in edit.rules})
            what = f"the edits cannot be written into it ({error})"
            raise GuaranteeError(f"{what}; rules: {', '.join(rules)}") from None
        if not gives(before, kept, self.document.text):
            raise GuaranteeError("what would be written does not read as the cleaned text")
        self.document.searching = searching

    def _note(self, kept: Sequence[Edit], dropped: Sequence[Edit], origins: Origins) -> None:
        """Remember what a pass has to report beside its edits."""
        for edit in kept:
            self._tracer.fire(edit, self._level(edit.rule))
            rule = self._cleaner.rules[edit.rule]
            remark = fixer(rule.kind).remark(rule)
            if remark:
                there = edit.span.of(self.document.text)
                span = origins.origin(edit.span)
                self._remarks.append(Finding(edit.rules, "report", span, there, there, remark))
        for edit in dropped:
            rival = _rival(edit, kept)
            self._tracer.drop(edit, trace.GAVE_WAY, rival)
            if not _deletes(rival, edit):
                self._gave_way.append((_moved(edit, origins), _moved(rival, origins)))

    def result(self) -> Result:
        """Put together what the passes gave."""
        open_ = list(self._open())
        lookups = [*self._remarks, *self._overruled(), *filter(self._is_covered_up, open_)]
        found = [*lookups, *self._applied(), *open_]
        if self._cleaner.remarks:
            found += self._idle_comments()
        return Result(
            self._input,
            self.document.text,
            tuple(self._edits),
            self.document.source,
            self._input.source_edits(self._edits),
            _in_order(found),
            self._suppressions.used_ignores,
            _in_order(lookups),
        )

    def _applied(self) -> Iterator[Finding]:
        """Yield a finding for every edit that was applied."""
        for edit in self._edits:
            yield self._finding(edit, edit.span, self._input.text)

    def _open(self) -> Iterator[Finding]:
        """Yield a finding for everything that the last pass found and did not apply."""
        text = self.document.text
        origins = Origins(self._edits)
        places = Counter(edit.rule for edit in self._fired.edits)
        told: set[str] = set()
        for edit in sorted(self._fired.edits):
            self._tracer.fire(edit, self._level(edit.rule))
            finding = self._finding(edit, origins.origin(edit.span), text)
            if finding.level != "report" or not self._cleaner.rules[edit.rule].once:
                yield finding
            elif edit.rule not in told:
                told.add(edit.rule)
                yield _counted(finding, places[edit.rule])
        for claims in self._fired.contested:
            there = claims[0].span.of(text)
            wishes = ", ".join(f"{edit.rule} wants “{edit.replacement}”" for edit in claims)
            yield Finding(
                tuple(edit.rule for edit in claims),
                "report",
                origins.origin(claims[0].span),
                there,
                there,
                f"nothing is changed: {wishes}",
            )

    def _is_covered_up(self, finding: Finding) -> bool:
        """Return whether a report needs proven damage, which the edits have repaired.

        The cleaned text may show no damage any more, so no later run would report it.
        """
        rules = [self._cleaner.rules[rule] for rule in finding.rules]
        waits = any(rule.when and rule.when.damaged for rule in rules)
        return bool(self._edits) and waits and finding.level == "report"

    def _overruled(self) -> Iterator[Finding]:
        """Yield a finding for edits that gave way to another rule and never came back."""
        done = {rule for edit in self._edits for rule in edit.rules}
        for edit, rival in self._gave_way:
            if edit.rule not in done:
                there = edit.span.of(self._input.text)
                message = f"gave way to {rival.rule}"
                yield Finding(edit.rules, "report", edit.span, there, edit.replacement, message)

    def _idle_comments(self) -> Iterator[Finding]:
        """Yield a finding for comments that suppressed nothing, though their rules may act."""
        cleaner = self._cleaner
        if not cleaner.may_act(IDLE):
            return
        concerned: dict[tuple[str, ...], list[str]] = {}  # the ids of rules, by their globs
        for comment in self._suppressions.idle_comments:
            if comment.rules not in concerned:
                ids = [id_ for id_ in cleaner.rules if concerns(comment.rules, id_)]
                concerned[comment.rules] = ids
            rules = concerned[comment.rules]
            if not all(map(cleaner.may_act, rules)):
                continue
            there = comment.span.of(self._input.source)
            why = "this comment suppresses nothing"
            if not rules:
                why = f"no rule's id matches “{' '.join(comment.rules)}”"
            nowhere = Span(0, 0)
            yield Finding((IDLE,), "report", nowhere, there, there, why, comment.span)

    def _finding(self, edit: Edit, span: Span, text: str) -> Finding:
        """Return the finding for an edit of `text`; `span` is where it is in the input."""
        rule = self._cleaner.rules[edit.rule]
        before = edit.span.of(text)
        message = rule.options.message
        level = self._level(edit.rule)
        return Finding(edit.rules, level, span, before, edit.replacement, message)

    def _level(self, rule: str) -> Level:
        """Return the level that a rule has in this document."""
        return self._cleaner.rules[rule].level_where(damaged=self._damaged)


def _counted(finding: Finding, places: int) -> Finding:
    """Return a finding that stands for all places of its rule."""
    if places == 1:
        return finding
    return finding._replace(message=f"{finding.message}; {places:,} places in all")


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in the order of the input, each once."""
    order = attrgetter("span", "rules", "level", "message")
    return tuple(sorted(dict.fromkeys(findings), key=order))


def _about_others_dropped(
    edits: Iterable[Edit], rules: Mapping[str, Rule], strangers: Strangers, tracer: Tracer
) -> Iterator[Edit]:
    """Yield the edits whose match is no part of somebody else's name."""
    for edit in edits:
        stranger = strangers.name(rules[edit.rule], edit.span)
        if stranger is None:
            yield edit
        else:
            tracer.drop(edit, trace.STRANGER, stranger)


def _unsuppressed(
    edits: Iterable[Edit], suppressions: Suppressions, origins: Origins, tracer: Tracer
) -> Iterator[Edit]:
    """Yield the edits that no comment and no ignore suppresses."""
    for edit in edits:
        found = None
        if suppressions:
            found = suppressions.suppressing(edit.rule, origins.origin(edit.span))
        if found is None:
            yield edit
        else:
            suppressions.record(found)
            tracer.drop(edit, trace.SUPPRESSED)


def _resolve(document: Document, edits: Iterable[Edit]) -> tuple[list[Edit], list[Edit]]:
    """Choose between edits that overlap; edits that delete a whole block come first."""
    deletions: list[Edit] = []
    others: list[Edit] = []
    for edit in edits:
        deletes_block = not edit.replacement and _contains_block(document, edit.span)
        (deletions if deletes_block else others).append(edit)
    return resolve(deletions, others)


def _contains_block(document: Document, span: Span) -> bool:
    """Return whether a span contains the whole block in which its first letter is."""
    there = span.of(document.text)
    first = span.start + len(there) - len(there.lstrip())
    return bool(there.strip()) and span.covers(document.block(first))


def _left_out(wanted: Iterable[Edit], chosen: Iterable[Edit]) -> Iterator[tuple[Edit, Edit]]:
    """Yield each edit that was not chosen, with a chosen one that covers it."""
    in_order = sorted(chosen, key=lambda edit: (edit.span.start, -edit.span.end))
    reach = list(accumulate((edit.span.end for edit in in_order), max))
    for edit in set(wanted).difference(in_order):
        yield edit, in_order[bisect_left(reach, edit.span.end)]


def _rival(edit: Edit, kept: Sequence[Edit]) -> Edit:
    """Return the kept edit that a dropped one overlaps."""
    at = bisect_left(kept, edit.span, key=attrgetter("span"))
    beside = kept[max(at - 1, 0) : at + 1]
    return next(rival for rival in beside if rival.span.overlaps(edit.span))


def _deletes(rival: Edit, edit: Edit) -> bool:
    """Return whether an edit deletes everything that another one is about, or wants to delete."""
    return not rival.replacement and (not edit.replacement or rival.span.covers(edit.span))


def _moved(edit: Edit, origins: Origins) -> Edit:
    return edit._replace(span=origins.origin(edit.span))

"""One pass over a document: which edits fire, and which of them contradict each other.

The automaton has found the literals of all rules. Each fixer turns hits into edits; guards and
evidence decide which edits fire. First come the rules that may prove damage, then those that wait
for it. What fires is evidence for others, so the edits that wait are looked at until none is ready.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby, repeat
from operator import attrgetter
from typing import NamedTuple

from cleaner.engine import trace
from cleaner.engine.evidence import Evidence, Guards
from cleaner.engine.index import Index
from cleaner.engine.sightings import Sightings
from cleaner.engine.silence import Suppressions
from cleaner.engine.strangers import Strangers
from cleaner.engine.trace import Tracer
from cleaner.engine.waiting import Waiting
from cleaner.fixers import Hits, fixer
from cleaner.rules.model import Level, Rule
from cleaner.text.boundaries import stands_alone
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Origins, Span
from cleaner.text.literals import ANYTHING, Found, Hit, Literals

_START = Span(0, 0)


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


class Acting(NamedTuple):
    """What acts on documents, and how.

    Attributes:
        compiled: the rules.
        literals: the search for their literals.
        late: the search for literals of which all rules need damage.
        applied: the levels whose edits are applied.
        may_act: which rules may act, by id.
        damaged: whether every document counts as damaged.
        remarks: whether findings are collected that change nothing.
    """

    compiled: Index
    literals: Literals
    late: Literals
    applied: Collection[Level]
    may_act: Callable[[str], bool]
    damaged: bool
    remarks: bool


class Pass:
    """One pass over a document.

    Args:
        acting: what acts on it.
        document: the document as the passes before have left it.
        suppressions: what is suppressed, in spans of the input.
        origins: the way back from the spans of the document to those of the input.
        tracer: is told why an edit does not fire.
    """

    def __init__(
        self,
        acting: Acting,
        document: Document,
        suppressions: Suppressions,
        origins: Origins,
        tracer: Tracer,
    ) -> None:
        self._acting = acting
        self._index = acting.compiled
        self._rules = acting.compiled.rules
        self._document = document
        self._suppressions = suppressions
        self._origins = origins
        self._tracer = tracer
        self._sightings = Sightings(acting.literals, acting.late, document.text)
        self._evidence = Evidence(
            document, self._sightings, acting.compiled, damaged=acting.damaged
        )

    def fired(self) -> Fired:
        """Return the edits whose rules fire. A pass is asked once."""
        evidence, tracer = self._evidence, self._tracer
        evidence.remember(self._origins.applied())
        found = standing_alone(self._document.text, self._sightings.plain, self._index)
        if ANYTHING in self._index.waiting:
            found[ANYTHING] = [_START]
        if not (found or evidence.damaged or tracer.thorough):
            return Fired([], [], damaged=False)
        guards = Guards(self._document, self._sightings, self._index)
        strangers = Strangers(self._document, self._sightings, self._index.boundaries)
        fired: list[Edit] = []
        waiting = Waiting(self._document, self._index, evidence)

        def let_fire(ready: list[Edit]) -> None:
            speaking = list(self._unsuppressed(self._without_others(ready, strangers)))
            fired.extend(speaking)
            waiting.learn(evidence.learn(speaking))

        for wait in (False, True):  # rules that wait for damage come after those that prove it
            if wait and (evidence.damaged or tracer.thorough):
                found = {**found, **self._sightings.late}
            wanted = self._candidates(self._hits(found, wait=wait))
            possible = list(self._unguarded(wanted, guards))
            evidence.notice(possible)
            waiting.add(edit for edit in possible if self._rules[edit.rule].when)
            let_fire([edit for edit in possible if not self._rules[edit.rule].when])
            while ready := waiting.ready():
                let_fire(ready)
        for edit in waiting:
            tracer.lack(edit, self._rules[edit.rule], evidence)
        return self._selected_of(fired)

    def _hits(self, found: Found, *, wait: bool) -> dict[str, dict[str, list[Hit]]]:
        """Return the hits by kind and rule, of the rules that are asked (see `_is_asked`)."""
        hits: dict[str, dict[str, list[Hit]]] = {}
        asked: dict[str, bool] = {}
        for literal, spans in found.items():
            there: list[Hit] = []  # the same for all rules that the literal triggers
            for id_ in self._index.waiting.get(literal, ()):
                rule = self._rules[id_]
                if id_ not in asked:
                    asked[id_] = self._is_asked(rule, wait=wait)
                if asked[id_]:
                    there = there or list(map(Hit, spans, repeat(literal)))
                    by_rule = hits.setdefault(rule.kind, {})
                    by_rule.setdefault(id_, []).extend(there)
        return hits

    def _is_asked(self, rule: Rule, *, wait: bool) -> bool:
        """Return whether to ask a rule what it wants.

        Rules that cannot act cost nothing: those that need damage, where none is proven.

        Args:
            rule: the rule.
            wait: whether to ask the rules that wait for damage, or all the others.
        """
        waits = bool(rule.when and rule.when.damaged)
        damaged = self._evidence.damaged
        may_act = damaged or self._tracer.thorough or not rule.needs_damage
        return waits == wait and may_act and self._matters(rule, damaged=damaged)

    def _matters(self, rule: Rule, *, damaged: bool) -> bool:
        """Return whether anything depends on a rule: an edit, evidence, damage, or a finding.

        What a rule reports that waits for damage is told by the run that repairs the damage.
        """
        if self._acting.remarks or rule.level_where(damaged=damaged) in self._acting.applied:
            return True
        if damaged and rule.when and rule.when.damaged:
            return True
        return fixer(rule.kind).CLAIMS or bool(rule.damage)

    def _candidates(self, hits_by_kind: Mapping[str, Hits]) -> list[Edit]:
        """Return what the fixers want to change, given where literals are, by kind and rule."""
        candidates: list[Edit] = []
        for kind, hits in hits_by_kind.items():
            this = fixer(kind)
            wanted: list[Edit] = []
            rules = [self._rules[id_] for id_ in hits]
            for edit in self._tracer.ask(this, self._document, rules, hits):
                if self._says_something(edit):
                    wanted.append(edit)
                else:
                    self._tracer.drop(edit, trace.WRITTEN)
            chosen = this.choose(wanted)
            blocking = [edit for edit in wanted if self._blocks(edit)]
            if len(blocking) < len(wanted):
                idle = [edit for edit in chosen if not self._blocks(edit)]
                chosen = [*this.choose(blocking), *idle]
            if self._tracer.thorough:
                for edit, longer in _left_out(wanted, chosen):
                    self._tracer.drop(edit, trace.INSIDE, longer)
            candidates += chosen
        return candidates

    def _says_something(self, edit: Edit) -> bool:
        """Return whether an edit changes the text, or its rule only reports what is there."""
        if edit.replacement != edit.span.of(self._document.text):
            return True
        rule = self._rules[edit.rule]
        return rule.level == "report" and not fixer(rule.kind).CLAIMS

    def _blocks(self, edit: Edit) -> bool:
        """Return whether an edit may block others: its rule is neither ignored nor suppressed."""
        if not self._acting.may_act(edit.rule):
            return False
        if not self._suppressions:
            return True
        origin = self._origins.origin(edit.span)
        return not self._suppressions.suppressing(edit.rule, origin)

    def _unguarded(self, edits: Iterable[Edit], guards: Guards) -> Iterator[Edit]:
        """Yield the edits that touch neither a right form nor a protected span."""
        for edit in edits:
            obstacle = guards.obstacle(self._rules[edit.rule], edit.span)
            if obstacle is not None:
                self._tracer.drop(edit, trace.RIGHT_FORM, obstacle)
                continue
            fitting = edit if self._points_anywhere(edit) else self._document.fit(edit)
            if fitting is None:
                self._tracer.drop(edit, trace.PROTECTED)
            else:
                yield fitting

    def _points_anywhere(self, edit: Edit) -> bool:
        """Return whether an edit only points at a text, and may point at a protected one too."""
        only_points = edit.replacement == edit.span.of(self._document.text)
        return only_points and fixer(self._rules[edit.rule].kind).POINTS_ANYWHERE

    def _without_others(self, edits: Iterable[Edit], strangers: Strangers) -> Iterator[Edit]:
        """Yield the edits whose match is no part of somebody else's name."""
        for edit in edits:
            stranger = strangers.name(self._rules[edit.rule], edit.span)
            if stranger is None:
                yield edit
            else:
                self._tracer.drop(edit, trace.STRANGER, stranger)

    def _unsuppressed(self, edits: Iterable[Edit]) -> Iterator[Edit]:
        """Yield the edits that no comment and no ignore suppresses."""
        for edit in edits:
            found = None
            if self._suppressions:
                origin = self._origins.origin(edit.span)
                found = self._suppressions.suppressing(edit.rule, origin)
            if found is None:
                yield edit
            else:
                self._suppressions.record(found)
                self._tracer.drop(edit, trace.SUPPRESSED)

    def _selected_of(self, fired: Sequence[Edit]) -> Fired:
        """Drop edits of rules that may not act; set aside those that contradict each other."""
        selected: list[Edit] = []
        for edit in fired:
            if self._acting.may_act(edit.rule):
                selected.append(edit)
            else:
                self._tracer.drop(edit, trace.UNSELECTED)
        settled, contested = self._settle(selected)
        for claims in contested:
            for edit in claims:
                self._tracer.drop(edit, trace.CONTESTED)
        return Fired(settled, contested, damaged=self._evidence.damaged)

    def _settle(self, fired: Sequence[Edit]) -> tuple[Sequence[Edit], list[list[Edit]]]:
        """Find claims of one span for different texts: they are contested, and nobody wins."""
        claims: list[Edit] = []
        others: list[Edit] = []
        for edit in fired:
            (claims if fixer(self._rules[edit.rule].kind).CLAIMS else others).append(edit)
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


def standing_alone(text: str, seen: Found, index: Index) -> dict[str | bytes, Sequence[Span]]:
    """Return where literals are that trigger rules, words only between name boundaries."""
    found: dict[str | bytes, Sequence[Span]] = {}
    for literal, spans in seen.items():
        if literal not in index.waiting:
            continue
        if isinstance(literal, str):
            spans = [span for span in spans if stands_alone(text, span, index.boundaries)]
        if spans:
            found[literal] = spans
    return found


def _left_out(wanted: Iterable[Edit], chosen: Iterable[Edit]) -> Iterator[tuple[Edit, Edit]]:
    """Yield each edit that was not chosen, with a chosen one that covers it."""
    in_order = sorted(chosen, key=lambda edit: (edit.span.start, -edit.span.end))
    reach = list(accumulate((edit.span.end for edit in in_order), max))
    for edit in set(wanted).difference(in_order):
        yield edit, in_order[bisect_left(reach, edit.span.end)]

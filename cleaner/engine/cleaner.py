"""The cleaner: applies rules to a text until none of them has anything to say.

One pass: edits fire (see `cleaner.engine.firing`); `resolve` chooses between edits that overlap;
the chosen ones are applied. The next pass looks at the text that this gives. The last pass changes
nothing, so a cleaned text is clean. At the end the result is proven.

Which findings are applied and which are only shown is a matter of levels.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from operator import attrgetter

from cleaner.engine import comments, trace
from cleaner.engine.findings import Finding, Result, joined, prove
from cleaner.engine.firing import Acting, Fired, Pass, standing_alone
from cleaner.engine.index import Index
from cleaner.engine.silence import Ignore, Suppressions
from cleaner.engine.trace import NO_TRACER, Tracer
from cleaner.errors import GuaranteeError
from cleaner.fixers import fixer
from cleaner.formats import MalformedError, plain
from cleaner.rules.model import Level, RuleSet
from cleaner.text.document import Document, ReadDocument
from cleaner.text.edits import Edit, Origins, Span, applied, apply, compose, gives, resolve
from cleaner.text.literals import Literals, table
from cleaner.text.packed import Packed
from cleaner.text.sourcemap import UnwritableError

MAX_PASSES = 10


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

    def ids(self) -> Sequence[str]:
        """Return the ids of all rules, also those at level off."""
        return (*self.index.rules, *self.index.off)

    def without(self, ids: Collection[str]) -> Cleaner:
        """Return a copy with these rules disabled; it shares the automaton."""
        if self._disabled.issuperset(ids):
            return self
        from copy import copy

        other = copy(self)
        other._disabled = self._disabled.union(ids)
        return other

    def with_remarks(self) -> Cleaner:
        """Return a copy that also collects findings that change nothing."""
        from copy import copy

        other = copy(self)
        other.remarks = True
        return other

    def clean(
        self,
        source: str | Packed,
        read: ReadDocument = plain.read,
        ignores: Sequence[Ignore] = (),
        tracer: Tracer = NO_TRACER,
    ) -> Result:
        """Clean a source of the format that `read` reads.

        Args:
            source: the source; a text is its own source. One that is packed takes less memory.
            read: what reads it (see `cleaner.formats`).
            ignores: texts that rules must not change. Ignore comments in the source count too.
            tracer: is told what becomes of every edit (see `cleaner.engine.trace`).

        Raises:
            GuaranteeError: the rules never come to rest, a pattern takes too long, or the proof
                fails.
            MalformedError: the source is not what its format says.
        """
        document = read(str(source))
        if isinstance(source, Packed):
            document.keep(source, read)
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
        if standing_alone(text, self._literals.find(text), self.index):
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
        acting = Acting(
            self.index,
            self._literals,
            self._late,
            self._applied,
            self.may_act,
            damaged=self.damaged,
            remarks=self.remarks,
        )
        return Pass(acting, document, suppressions, origins, tracer).fired()


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
            self._tracer.begin_pass(self.document.text, origins)
            self._fired = self._cleaner.fire(
                self.document, self._suppressions, origins, self._tracer
            )
            self._damaged = self._damaged or self._fired.damaged
            applied = self._applied_edits(self.document.text)
            kept, dropped = _resolve(self.document, applied)
            kept = self.document.together(kept)
            if not kept:
                return
            self._note(kept, dropped, origins)
            self._edits = compose(self.document.text, self._edits, kept)
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
        searching = self.document.searching
        if self.document.is_identity:
            self.document = self._read(self._written(kept))
        else:
            self._read_source(kept)
        self.document.searching = searching

    def _written(self, kept: Sequence[Edit]) -> str:
        """Return the text with these edits, and put the text before them away if that is possible.

        Such a text is written as UTF-8 first, so that there are never two of them as a `str`.
        """
        if not self._input.can_be_put_away:
            return apply(self.document.text, kept)
        data = bytearray()
        for part in applied(self.document.text, kept):
            data += part.encode()
        self._input.put_away()
        self.document = self._input
        return data.decode()

    def _read_source(self, kept: Sequence[Edit]) -> None:
        """Do what `_read_again` does where the text is not the source."""
        before = self.document.text
        try:
            self.document = self._read(self._input.rewritten(self._edits))
        except (UnwritableError, MalformedError) as error:
            rules = sorted({rule for edit in self._edits for rule in edit.rules})
            what = f"the edits cannot be written into it ({error})"
            raise GuaranteeError(f"{what}; rules: {', '.join(rules)}") from None
        if not gives(before, kept, self.document.text):
            raise GuaranteeError("what would be written does not read as the cleaned text")

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
            cleaner = self._cleaner
            found += comments.remarks(self._suppressions, cleaner.ids, cleaner.may_act, self._input)
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
            yield self._finding(edit, edit.span, self._input.sliced)

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
                there = edit.span.of(self._input.sliced)
                message = f"gave way to {rival.rule}"
                yield Finding(edit.rules, "report", edit.span, there, edit.replacement, message)

    def _finding(self, edit: Edit, span: Span, text: str | Packed) -> Finding:
        """Return the finding for an edit of `text`; `span` is where it is in the input."""
        rule = self._cleaner.rules[edit.rule]
        level = rule.level_where(damaged=self._damaged)
        message = rule.options.message
        return Finding(edit.rules, level, span, edit.span.of(text), edit.replacement, message)

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

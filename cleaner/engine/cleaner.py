"""Rules x document -> edits -> resolve -> apply, again until no rule has anything to say; then
proof.

One pass: the automaton finds the literals of all rules; each fixer turns hits into the edits it
wants; evidence and guards leave those that fire; `resolve` chooses among edits that meet. What is
applied, and what is only shown, is a matter of levels.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from copy import copy
from itertools import groupby, repeat
from operator import attrgetter

from cleaner.engine.evidence import Evidence, Guards, outermost
from cleaner.engine.findings import Finding, Result, prove
from cleaner.engine.index import Index
from cleaner.engine.silence import Ignore, Silences, concerns
from cleaner.errors import GuaranteeError
from cleaner.fixers import fixer
from cleaner.formats import plain
from cleaner.rules.model import Level, Rule, RuleSet
from cleaner.text.boundaries import stands_alone
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Origins, Span, apply, compose, resolve
from cleaner.text.literals import Found, Hit, Literals

MAX_PASSES = 10
# what findings about comments that silence nothing have in the place of a rule
IDLE = "ignores/idle"


class Cleaner:
    """Applies rules to texts. Made once for a set of rules, used for any number of texts.

    Args:
        rules: what to apply (see `load_rules`), or the index of it.
        level: "fix" applies the rules of that level; "suggest" applies those of level suggest too.
        damaged: take every text for damaged; otherwise it has to show it.
        acts: which rules may act, by id; the others still count as knowledge (correct forms,
            evidence).
        remarks: whether findings are wanted that change nothing; without them, rules that only have
            such cost nothing.

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
        self._applied = {"fix", level}
        self._allowed = acts
        self._silent: frozenset[str] = frozenset()
        self._damaged = damaged
        self._remarks = remarks
        self._literals = Literals(index.literals)

    def without(self, ids: Collection[str]) -> Cleaner:
        """The same cleaner in which these rules do not act either; it shares everything that is
        dear to make.
        """
        if self._silent.issuperset(ids):
            return self
        other = copy(self)
        other._silent = self._silent.union(ids)
        return other

    def clean(
        self,
        text: str,
        document: Callable[[str], Document] = plain.document,
        ignores: Sequence[Ignore] = (),
    ) -> Result:
        """Clean a text of the format that `document` reads.

        `ignores` are texts that rules are not to change; so are the comments that a format knows
        (`Directive`).

        Raises:
            GuaranteeError: the rules do not come to rest, a pattern takes too long, or the proof
            fails.
        """
        edits: list[Edit] = []
        shown: list[Finding] = []
        gave_way: list[tuple[Edit, Edit]] = []
        current, stage = text, document(text)
        silences = Silences(text, stage.directives(), ignores)
        for _ in range(MAX_PASSES):
            fired, torn = self._fire(stage, silences, Origins(edits))
            kept, lost = self._resolve(stage, (edit for edit in fired if self._acts(edit, current)))
            if not kept:
                break
            trace = Origins(edits)
            shown += self._reports(kept, trace, current)
            rivals = [(edit, _rival(edit, kept)) for edit in lost]
            gave_way += [
                (_moved(edit, trace), _moved(rival, trace))
                for edit, rival in rivals
                if not _drops(rival, edit)
            ]
            edits = compose(text, edits, kept)
            current = apply(current, kept)
            stage = document(current)
        else:
            fighting = ", ".join(sorted({edit.rule for edit in kept}))
            raise GuaranteeError(f"these rules fight and never come to rest: {fighting}")
        shown += [self._finding(edit, text) for edit in edits]
        if fired or torn:
            trace = Origins(edits)
            shown += [self._finding(edit, current, trace) for edit in fired]
            shown += [_torn(same, current, trace) for same in torn]
        shown += _unheard(gave_way, edits, text)
        if self._remarks:
            shown += self._idle(silences, text)
        findings = sorted(dict.fromkeys(shown), key=attrgetter("span", "rules", "level", "message"))
        used = frozenset(one for one in silences.used if isinstance(one, Ignore))
        result = Result(current, tuple(edits), tuple(findings), used)
        prove(text, result)
        return result

    def _acts(self, edit: Edit, text: str) -> bool:
        return (
            self.rules[edit.rule].level in self._applied and edit.span.of(text) != edit.replacement
        )

    def _idle(self, silences: Silences, text: str) -> Iterator[Finding]:
        """Comments that silenced nothing, though every rule that they are about may act."""
        for directive in silences.idle() if self.may_act(IDLE) else ():
            concerned = [id_ for id_ in self.rules if concerns(directive.rules, id_)]
            if all(map(self.may_act, concerned)):
                there = directive.span.of(text)
                none = f"no rule's id matches “{' '.join(directive.rules)}”"
                why = "this comment silences nothing" if concerned else none
                yield Finding((IDLE,), "report", directive.span, there, there, why)

    def may_act(self, rule: str) -> bool:
        """Whether a rule is not silenced by its id."""
        return rule not in self._silent and self._allowed(rule)

    def _fire(
        self, document: Document, silences: Silences, trace: Origins
    ) -> tuple[list[Edit], list[list[Edit]]]:
        """The edits whose rules fire, and groups of names that claim one span for different
        canonical forms.
        """
        found = self.find(document.text)
        if not any(literal in self.index.waiting for literal in found):
            return [], []
        guards = Guards(document, found, self.index)
        evidence = Evidence(document, found, self.index, damaged=self._damaged)
        fired: list[Edit] = []
        pending: list[Edit] = []

        def heard(edits: list[Edit]) -> list[Edit]:
            if not silences:
                return edits
            return [edit for edit in edits if not silences.hold(edit.rule, trace.origin(edit.span))]

        for damaged in (False, True):  # rules that wait for damage cost nothing where there is none
            if damaged and not evidence.damaged:
                break
            pending += [
                edit
                for edit in self.candidates(document, found, damaged=damaged)
                if guards.allow(self.rules[edit.rule], edit.span)
                and not document.is_protected(edit.span)
            ]
            ready = [edit for edit in pending if not self.rules[edit.rule].when]
            pending = [edit for edit in pending if self.rules[edit.rule].when]
            fired += (speaking := heard(ready))
            evidence.learn(speaking)
            while ready := [
                edit for edit in pending if evidence.holds(self.rules[edit.rule], edit.span)
            ]:
                fired += (speaking := heard(ready))
                evidence.learn(speaking)
                settled = set(ready)
                pending = [edit for edit in pending if edit not in settled]
        clear, torn = self._torn(fired)
        return [edit for edit in clear if self.may_act(edit.rule)], torn

    def find(self, text: str) -> Found:
        """Where literals occur, words only between name boundaries."""
        found: dict[str | bytes, Sequence[Span]] = {}
        for literal, spans in self._literals.find(text).items():
            if isinstance(literal, str):
                spans = [span for span in spans if stands_alone(text, span, self.index.suffixes)]
            if spans:
                found[literal] = spans
        return found

    def candidates(self, document: Document, found: Found, *, damaged: bool) -> list[Edit]:
        """What fixers want, by the rules that wait for damage or by the others."""
        hits: dict[str, dict[str, list[Hit]]] = {}
        for literal, spans in found.items():
            for rule in map(self.rules.__getitem__, self.index.waiting.get(literal, ())):
                if damaged != bool(rule.when and rule.when.damaged) or not self._counts(rule):
                    continue
                hits.setdefault(rule.kind, {}).setdefault(rule.id, []).extend(
                    map(Hit, spans, repeat(literal))
                )
        edits: list[Edit] = []
        for kind, by_rule in hits.items():
            wanted = list(
                fixer(kind).edits(document, [self.rules[id_] for id_ in by_rule], by_rule)
            )
            edits += outermost(wanted) if kind == "name" else wanted
        return edits

    def _counts(self, rule: Rule) -> bool:
        """Whether it matters what a rule has to say: as an edit, as evidence or as a remark."""
        return (
            self._remarks or rule.level in self._applied or rule.kind == "name" or bool(rule.damage)
        )

    def _torn(self, fired: Sequence[Edit]) -> tuple[list[Edit], list[list[Edit]]]:
        clear: list[Edit] = []
        torn: list[list[Edit]] = []
        names = [edit for edit in fired if self.rules[edit.rule].kind == "name"]
        if len({edit.span for edit in names}) == len(names):
            return list(fired), []
        for _, group in groupby(sorted(set(names)), key=attrgetter("span")):
            claims = list(group)
            if len({edit.replacement for edit in claims}) > 1:
                torn.append(claims)
            else:
                clear.append(claims[0])
        return [*clear, *(edit for edit in fired if self.rules[edit.rule].kind != "name")], torn

    def _resolve(self, document: Document, edits: Iterable[Edit]) -> tuple[list[Edit], list[Edit]]:
        deletions: list[Edit] = []
        others: list[Edit] = []
        for edit in edits:
            (
                others if edit.replacement or not _drops_block(document, edit.span) else deletions
            ).append(edit)
        return resolve(deletions, others)

    def _finding(self, edit: Edit, text: str, trace: Origins | None = None) -> Finding:
        """A finding for an edit of `text`, which is the input unless `trace` leads back to it."""
        first = self.rules[edit.rule]
        span = trace.origin(edit.span) if trace else edit.span
        return Finding(
            edit.rules,
            first.level,
            span,
            edit.span.of(text),
            edit.replacement,
            first.options.message,
        )

    def _reports(self, kept: Iterable[Edit], trace: Origins, text: str) -> list[Finding]:
        """What rules of kind pattern report beside their edits."""
        out = []
        for edit in kept:
            if report := getattr(self.rules[edit.rule].options, "report", ""):
                there = edit.span.of(text)
                out.append(
                    Finding(edit.rules, "report", trace.origin(edit.span), there, there, report)
                )
        return out


def _drops_block(document: Document, span: Span) -> bool:
    gone = span.of(document.text)
    at = span.start + len(gone) - len(gone.lstrip())
    return bool(gone.strip()) and span.covers(document.block(at))


def _rival(edit: Edit, kept: Sequence[Edit]) -> Edit:
    at = bisect_left(kept, edit.span, key=attrgetter("span"))
    return next(rival for rival in kept[max(at - 1, 0) : at + 1] if rival.span.overlaps(edit.span))


def _drops(rival: Edit, edit: Edit) -> bool:
    """Whether an edit deletes all that the other one speaks of."""
    return not rival.replacement and rival.span.covers(edit.span)


def _moved(edit: Edit, trace: Origins) -> Edit:
    return edit._replace(span=trace.origin(edit.span))


def _torn(claims: Sequence[Edit], text: str, trace: Origins) -> Finding:
    there = claims[0].span.of(text)
    wishes = ", ".join(f"{edit.rule} wants “{edit.replacement}”" for edit in claims)
    return Finding(
        tuple(edit.rule for edit in claims),
        "report",
        trace.origin(claims[0].span),
        there,
        there,
        f"nothing is changed: {wishes}",
    )


def _unheard(
    gave_way: Iterable[tuple[Edit, Edit]], edits: Sequence[Edit], text: str
) -> list[Finding]:
    """Edits that gave way to another rule and did not come back in a later pass."""
    done = {rule for edit in edits for rule in edit.rules}
    return [
        Finding(
            edit.rules,
            "report",
            edit.span,
            edit.span.of(text),
            edit.replacement,
            f"gave way to {rival.rule}",
        )
        for edit, rival in gave_way
        if edit.rule not in done
    ]

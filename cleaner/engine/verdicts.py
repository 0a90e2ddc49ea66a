"""What every rule that was hit has to say about a text, and of those that say nothing, why.

The engine only asks who fires; this asks the same questions once more, for a person who wonders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from cleaner.engine.cleaner import Cleaner
from cleaner.engine.evidence import Evidence, Guards
from cleaner.engine.silence import Ignore, Silences
from cleaner.formats import plain
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span


class Verdict(NamedTuple):
    """What a rule would do at a place of a text; `why_not` says what keeps it from it, or nothing
    does.
    """

    edit: Edit
    why_not: str


def verdicts(
    cleaner: Cleaner,
    text: str,
    document: Callable[[str], Document] = plain.document,
    ignores: Sequence[Ignore] = (),
) -> list[Verdict]:
    """The verdicts on a text in its order, seen from how it came in (later passes are not looked
    at).

    >>> from cleaner import load_rules
    >>> [one] = verdicts(Cleaner(load_rules()), "Marwin scored twice.")
    >>> one.edit.replacement, one.why_not
    ('Ma Yun', 'the document names none of: Alibaba, Ant Group, Alipay, Taobao, Ma Yun, Jack Ma')
    """
    stage = document(text)
    found = cleaner.find(text)
    guards = Guards(stage, found, cleaner.index)
    evidence = Evidence(stage, found, cleaner.index)
    findings = {
        (rule, one.span)
        for one in cleaner.clean(text, document, ignores).findings
        for rule in one.rules
    }
    wanted = [
        edit
        for damaged in (False, True)
        for edit in cleaner.candidates(stage, found, damaged=damaged)
    ]
    evidence.learn(edit for edit in wanted if (edit.rule, edit.span) in findings)
    silences = Silences(text, stage.directives(), ignores)
    judged = [
        Verdict(
            edit,
            ""
            if (edit.rule, edit.span) in findings
            else next(
                _reasons(cleaner, stage, edit, guards, evidence, silences, wanted),
                "another rule came first",
            ),
        )
        for edit in wanted
    ]
    return sorted(judged, key=lambda verdict: (verdict.edit.span, verdict.edit.rule))


def _reasons(
    cleaner: Cleaner,
    document: Document,
    edit: Edit,
    guards: Guards,
    evidence: Evidence,
    silences: Silences,
    wanted: Sequence[Edit],
) -> Iterator[str]:
    rule = cleaner.rules[edit.rule]
    if not cleaner.may_act(edit.rule):
        yield "the rule is not selected"
    if document.is_protected(edit.span):
        yield "it stands in code, a link, an address or a tag"
    if (obstacle := guards.obstacle(rule, edit.span)) is not None:
        yield f"it is part of “{_there(document, obstacle)}”, which is right"
    if silences.hold(edit.rule, edit.span):
        yield "somebody said that it is right here (a comment, or an entry of `ignores`)"
    if lacking := evidence.lacking(rule, edit.span):
        yield lacking
    if _there(document, edit.span) == edit.replacement:
        yield "there is nothing to change"
    for other in wanted:
        if other != edit and other.span.covers(edit.span):
            yield f"{other.rule} speaks of “{_there(document, other.span)}”, which holds it"


def _there(document: Document, span: Span) -> str:
    return span.of(document.text)

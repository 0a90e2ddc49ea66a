"""What is wrong with the comments in a text that are addressed to the tool."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from cleaner.engine.findings import Finding
from cleaner.engine.silence import Suppressions, concerns
from cleaner.errors import did_you_mean
from cleaner.rules.selectors import selects, unknown
from cleaner.text.directives import ACTIONS, Directive
from cleaner.text.document import Document
from cleaner.text.edits import Span

IDLE = "ignores/idle"  # stands for a rule in findings about comments
_NOWHERE = Span(0, 0)  # a comment is no part of the text


def remarks(
    suppressions: Suppressions,
    known: Callable[[], Sequence[str]],
    may_act: Callable[[str], bool],
    document: Document,
) -> Iterator[Finding]:
    """Yield a finding for each comment that asks for something unknown or suppresses nothing.

    Args:
        suppressions: of one text, after its last pass.
        known: returns the ids of all rules, also those at level off; only asked if need be.
        may_act: whether a rule may act. A comment about one that may not is not of no use.
        document: the text with its source, which is only read if something is wrong.
    """
    if not may_act(IDLE):
        return
    for comment in suppressions.unknown_comments:
        (word,) = comment.rules
        yield _finding(comment, document, _unknown_action(word))
    if not suppressions.comments:
        return
    ids = known()
    judged: dict[tuple[str, ...], _Meant] = {}
    for comment in suppressions.comments:
        if comment.rules not in judged:
            judged[comment.rules] = _meant(comment.rules, ids, may_act)
        unknown_rules, all_act = judged[comment.rules]
        if unknown_rules:
            yield _finding(comment, document, unknown_rules)
        elif all_act and not suppressions.was_of_use(comment):
            yield _finding(comment, document, "this comment suppresses nothing")


class _Meant(NamedTuple):
    """What is known of the rules that a comment asks for.

    Attributes:
        unknown_rules: what to say about a selector that stands for no rule; "" if there is none.
        all_act: whether all these rules may act.
    """

    unknown_rules: str
    all_act: bool


def _meant(selectors: Sequence[str], ids: Sequence[str], may_act: Callable[[str], bool]) -> _Meant:
    all_act = all(may_act(id_) for id_ in ids if concerns(selectors, id_))
    return _Meant(_unknown_rules(selectors, ids), all_act)


def _unknown_action(said: str) -> str:
    """Return what to say about what a comment asks for.

    >>> _unknown_action("of")
    'there is no “of”; did you mean `off`?'
    >>> _unknown_action("Cleaner off")
    'there is no “Cleaner off”; did you mean `cleaner: off`?'
    """
    name, _, word = said.rpartition(" ")
    meant = f"did you mean `cleaner: {word.lower()}`?" if name else did_you_mean(word, ACTIONS)
    return f"there is no “{said}”; {meant}"


def _unknown_rules(selectors: Sequence[str], ids: Sequence[str]) -> str:
    """Return what to say about the first selector that stands for no rule; "" if all do."""
    for selector in selectors:
        if not any(selects(selector, id_) for id_ in ids):
            return unknown(selector, ids)
    return ""


def _finding(comment: Directive, document: Document, why: str) -> Finding:
    there = comment.span.of(document.source)
    return Finding((IDLE,), "report", _NOWHERE, there, there, why, comment.span)

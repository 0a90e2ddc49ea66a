"""Findings as lines: `file:line:column: level rule: before -> after (why)`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from cleaner.engine.findings import Finding, Result
from cleaner.reports.entry import without_line_ends
from cleaner.text.edits import Lines, Span
from cleaner.text.visible import shortened, visible

_WORD = re.compile(r"\w\w")
_AROUND = 15  # code points shown on each side of a change that is too small to recognise


def lines(path: str, text: str, findings: Iterable[Finding]) -> Iterator[str]:
    """One line a finding, in the order of the text; `text` is the input."""
    where = Lines(text)
    for finding in findings:
        line, column = where.place(without_line_ends(text, finding.span).start)
        rule = finding.label
        yield f"{visible(path)}:{line}:{column}: {finding.level} {rule}: {change(text, finding)} ({finding.message})"


def edits(path: str, text: str, result: Result) -> Iterator[str]:
    """One line for each change that was made, `file:line:column: rule: before -> after`; `text` is
    the input.
    """
    where = Lines(text)
    for edit in result.edits:
        line, column = where.place(without_line_ends(text, edit.span).start)
        made = Finding(edit.rules, "fix", edit.span, edit.span.of(text), edit.replacement, "")
        yield f"{visible(path)}:{line}:{column}: {edit.label}: {change(text, made)}"


def change(text: str, finding: Finding) -> str:
    """What changes, as `before -> after`; with the words around it where the change itself is only
    a mark or a space.

    >>> change("broke out,, which", Finding(("r",), "fix", Span(9, 10), ",", "", "doubled comma"))
    'out,, -> out,'
    """
    before, after = finding.before, finding.after
    readable = _WORD.search(before) and (not after or _WORD.search(after))
    if before != after and not readable and len(before) < _AROUND:
        head, tail = _around(text, finding.span)
        before, after = head + before + tail, head + after + tail
    before, after = (shortened(visible(side.strip("\r\n") or side)) for side in (before, after))
    return before if before == after else f"{before} -> {after or '(nothing)'}"


def _around(text: str, span: Span) -> tuple[str, str]:
    """The rest of the word on each side, or the next word where the span borders on a space."""
    head = re.search(r"\S*[^\S\r\n]*\Z", text[max(0, span.start - _AROUND) : span.start])
    tail = re.match(r"[^\S\r\n]*\S*", text[span.end : span.end + _AROUND])
    return (head.group() if head else ""), (tail.group() if tail else "")


def summary(counts: Mapping[tuple[str, str], int]) -> Iterator[str]:
    """How often each rule fired, most frequent first; `counts` is by level and rule."""
    for (level, rule), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:6,}  {level:7}  {rule}"

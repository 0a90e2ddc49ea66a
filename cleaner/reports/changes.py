"""A finding as a person reads it: where to look, and what changes there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaner.engine.findings import Finding
from cleaner.text.edits import Lines, Span
from cleaner.text.visible import shortened, visible

_LETTER = re.compile(r"\w")
_WORD = re.compile(r"\w\w")
_BEFORE = re.compile(r"\S*[^\S\r\n]*\Z")
_AFTER = re.compile(r"[^\S\r\n]*\S*")
_AROUND = 15  # code points shown on each side of a change that is too small to recognise


def without_line_ends(text: str, span: Span) -> Span:
    """Return a span without the line ends that a deletion begins or ends with.

    >>> without_line_ends("One.\\n\\nTwo.", Span(4, 10))
    Span(start=6, end=10)
    """
    there = span.of(text)
    if not there.strip():
        return span
    head = len(there) - len(there.lstrip("\r\n"))
    tail = len(there) - len(there.rstrip("\r\n"))
    return Span(span.start + head, span.end - tail)


def located(path: str, text: str, findings: Sequence[Finding]) -> Iterator[tuple[str, Finding]]:
    """Yield each finding with its place as people read it: `file:line:column`."""
    if not findings:
        return  # finding the lines of a text takes time
    where = Lines(text)
    harmless = visible(path)
    for finding in findings:
        line, column = where.place(without_line_ends(text, finding.span).start)
        yield f"{harmless}:{line}:{column}", finding


def described(text: str, finding: Finding) -> str:
    """Return what a finding says behind its rule: `before -> after (why)`."""
    return f"{change(text, finding)} ({visible(finding.message)})"


def is_replaceable(text: str, finding: Finding) -> bool:
    """Return whether writing `after` over the span does what the finding asks for.

    A report asks for nothing. A suggestion for words that a fix is about to change has no such
    words to replace.
    """
    there = finding.span.of(text)
    return finding.level != "report" and finding.before == there != finding.after


def change(text: str, finding: Finding) -> str:
    """Return `before -> after`, or the text alone where nothing changes.

    Where it is only a mark or a space, the words around it are shown with it.

    >>> change("broke out,, which", Finding(("r",), "fix", Span(9, 10), ",", "", "doubled comma"))
    'out,, -> out,'
    >>> change("broke out,, which", Finding(("r",), "report", Span(9, 10), ",", ",", "lost"))
    'out,,'
    """
    before, after = finding.before, finding.after
    needs_words = not _is_readable(before, after) if before != after else not _LETTER.search(before)
    if needs_words and len(before) < _AROUND:
        head, tail = _around(text, finding.span)
        before, after = head + before + tail, head + after + tail
    before, after = _printable(before), _printable(after)
    if before == after:
        return before
    return f"{before} -> {after or '(nothing)'}"


def _is_readable(before: str, after: str) -> bool:
    """Return whether both sides have at least one word by which a person recognises them."""
    return bool(_WORD.search(before) and (not after or _WORD.search(after)))


def _printable(side: str) -> str:
    return shortened(visible(side.strip("\r\n") or side))


def _around(text: str, span: Span) -> tuple[str, str]:
    """Return the rest of the word on each side, or the next word where a space is between."""
    head = _BEFORE.search(text[max(0, span.start - _AROUND) : span.start])
    tail = _AFTER.match(text[span.end : span.end + _AROUND])
    return (head.group() if head else ""), (tail.group() if tail else "")

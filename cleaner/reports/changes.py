"""A finding as a person reads it: where to look, and what changes there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from cleaner.engine.findings import Finding
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span
from cleaner.text.layout import Location
from cleaner.text.packed import Packed
from cleaner.text.sourcemap import SourceEdit
from cleaner.text.visible import shortened, visible

_LETTER = re.compile(r"\w")
_WORD = re.compile(r"\w\w")
_BEFORE = re.compile(r"\S*[^\S\r\n]*\Z")
_AFTER = re.compile(r"[^\S\r\n]*\S*")
_AROUND = 15  # code points shown on each side of a change that is too small to recognise


def without_line_ends(text: str | Packed, span: Span) -> Span:
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


def location(document: Document, finding: Finding) -> Location:
    """Return where a finding is, as a person finds it."""
    if finding.comment:
        return document.location_in_source(finding.comment.start)
    return document.location(without_line_ends(document.sliced, finding.span).start)


def source_span(document: Document, finding: Finding) -> Span:
    """Return where a finding is in the source."""
    if finding.comment:
        return finding.comment
    return document.source_span(without_line_ends(document.sliced, finding.span))


def source_edits(document: Document, finding: Finding) -> Sequence[SourceEdit]:
    """Return the edits of the source that do what a finding asks for; none if it asks for nothing.

    A report asks for nothing. A suggestion for words that a fix is about to change has no such
    words to replace.
    """
    there = finding.span.of(document.text)
    if finding.level == "report" or not finding.before == there != finding.after:
        return ()
    edit = document.fit(Edit(finding.span, finding.after, finding.rules))
    return document.source_edits([edit]) if edit else ()


def located(
    path: str, document: Document, findings: Iterable[Finding]
) -> Iterator[tuple[str, Finding]]:
    """Yield each finding with its place as people read it: `file:line:column`.

    A place that has another name too is followed by it: `show.srt:14:1: cue 4`.
    """
    harmless = visible(path)
    for finding in findings:
        place = location(document, finding)
        label = f": {visible(place.label)}" if place.label else ""
        yield f"{harmless}:{visible(str(place))}{label}", finding


def described(text: str | Packed, finding: Finding) -> str:
    """Return what a finding says behind its rule: `before -> after (why)`."""
    return f"{change(text, finding)} ({visible(finding.message)})"


def change(text: str | Packed, finding: Finding) -> str:
    """Return `before -> after`, or the text alone where nothing changes.

    Where it is only a mark or a space, the words around it are shown with it.

    >>> change("broke out,, which", Finding(("r",), "fix", Span(9, 10), ",", "", "doubled comma"))
    'out,, -> out,'
    >>> change("broke out,, which", Finding(("r",), "report", Span(9, 10), ",", ",", "lost"))
    'out,,'
    """
    before, after = sides(text, finding)
    if before == after:
        return before
    return f"{before} -> {after or '(nothing)'}"


def sides(text: str | Packed, finding: Finding) -> tuple[str, str]:
    """Return what is there and what it becomes, as `change` shows them."""
    before, after = finding.before, finding.after
    needs_words = not is_readable(before, after) if before != after else not _LETTER.search(before)
    if needs_words and len(before) < _AROUND:
        head, tail = _around(text, finding.span)
        before, after = head + before + tail, head + after + tail
    return _printable(before), _printable(after)


def is_readable(before: str, after: str) -> bool:
    """Return whether both sides have at least one word by which a person recognises them."""
    return bool(_WORD.search(before) and (not after or _WORD.search(after)))


def _printable(side: str) -> str:
    return shortened(visible(side.strip("\r\n") or side))


def _around(text: str | Packed, span: Span) -> tuple[str, str]:
    """Return the rest of the word on each side, or the next word where a space is between."""
    head = _BEFORE.search(text[max(0, span.start - _AROUND) : span.start])
    tail = _AFTER.match(text[span.end : span.end + _AROUND])
    return (head.group() if head else ""), (tail.group() if tail else "")

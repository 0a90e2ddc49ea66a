"""A file as a report sees it, and what the forms of a report have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleaner.engine.findings import Finding
from cleaner.text.edits import Span


class Entry(NamedTuple):
    """A file by its name: its text with what was found there, or why it was left alone.

    `path` has forward slashes; bytes of a file name that are no UTF-8 are lone surrogates, as
    Python reads them. `text` is the input, without the byte order mark that `bom` speaks of.
    """

    path: str
    text: str = ""
    findings: Sequence[Finding] = ()
    bom: bool = False
    refused: str = ""


def without_line_ends(text: str, span: Span) -> Span:
    """Where a person would look: a span without the line ends that a deletion begins or ends with.

    >>> without_line_ends("One.\\n\\nTwo.", Span(4, 10))
    Span(start=6, end=10)
    """
    there = span.of(text)
    if not there.strip():
        return span
    head, tail = len(there) - len(there.lstrip("\r\n")), len(there) - len(there.rstrip("\r\n"))
    return Span(span.start + head, span.end - tail)


def replaceable(text: str, finding: Finding) -> bool:
    """Whether writing `after` over the span is what the finding asks for.

    A report asks for nothing; and a suggestion for words that a fix is about to change has no such
    words to replace.
    """
    there = finding.span.of(text)
    return finding.level != "report" and finding.before == there != finding.after

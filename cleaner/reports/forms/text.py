"""Findings for a person: what was found, and the line it was found in.

a.txt:1:1: fix names/people/ma-yun: Marwin -> Ma Yun (person)
    Marwin of Alibaba ran.
    ^^^^^^
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleaner.engine.findings import Finding
from cleaner.reports.changes import described, located, without_line_ends
from cleaner.reports.excerpt import excerpt
from cleaner.reports.forms import About, Entry
from cleaner.text.document import Document

_INDENT = " " * 4


def render(entries: Iterable[Entry], about: About) -> Iterator[str]:
    """Yield the lines of each finding. Files that were left alone are for the totals to name."""
    for entry in entries:
        for place, finding in located(entry.path, entry.document, entry.findings):
            level = about.paint(finding.level, finding.level)
            yield f"{place}: {level} {finding.label}: {described(entry.document.text, finding)}\n"
            line, carets = _shown(entry.document, finding, about.columns - len(_INDENT))
            if line.strip():
                yield f"{_INDENT}{line}\n{_INDENT}{about.paint(carets, finding.level)}\n"


def _shown(document: Document, finding: Finding, cells: int) -> tuple[str, str]:
    """Return the line of a finding, as a reader sees it, and the carets below it.

    A comment is in no text, so its line is that of the source.
    """
    if finding.comment:
        return excerpt(document.source, finding.comment, cells)
    return excerpt(document.text, without_line_ends(document.text, finding.span), cells)

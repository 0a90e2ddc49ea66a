"""Findings as one line each: `file:line:column: level rule: before -> after (why)`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleaner.reports.changes import described, located
from cleaner.reports.forms import About, Entry


def render(entries: Iterable[Entry], about: About) -> Iterator[str]:
    """Yield a line for each finding. Files that were left alone are for the totals to name."""
    for entry in entries:
        for place, finding in located(entry.path, entry.document, entry.findings):
            level = about.paint(finding.level, finding.level)
            yield f"{place}: {level} {finding.label}: {described(entry.document.text, finding)}\n"

"""Findings as lines for a person: `file:line:column: level rule: before -> after (why)`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleaner.reports.changes import change, without_line_ends
from cleaner.reports.forms import About, Entry
from cleaner.text.edits import Lines
from cleaner.text.visible import visible


def render(entries: Iterable[Entry], about: About) -> Iterator[str]:
    """Yield a line for each finding. Files that were left alone are for the totals to name."""
    for entry in entries:
        where = Lines(entry.text)
        path = visible(entry.path)
        for finding in entry.findings:
            line, column = where.place(without_line_ends(entry.text, finding.span).start)
            level = about.paint(finding.level, finding.level)
            what = f"{change(entry.text, finding)} ({visible(finding.message)})"
            yield f"{path}:{line}:{column}: {level} {finding.label}: {what}\n"

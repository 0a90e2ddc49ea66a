"""Findings as JSON, raw and complete: positions are lines and columns from 1, and offsets in code
points from 0.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from cleaner.reports.entry import Entry
from cleaner.text.edits import Lines

VERSION = 1


def render(entries: Iterable[Entry]) -> Iterator[str]:
    """The report in pieces, one a file; the files that were left alone come last.

    >>> print("".join(render([Entry("a.txt", "clean")])), end="")
    {"version": 1, "files": [{"path": "a.txt", "findings": []}], "refused": []}
    """
    refused: list[dict[str, str]] = []
    yield f'{{"version": {VERSION}, "files": ['
    comma = ""
    for entry in entries:
        if entry.refused:
            refused.append({"path": entry.path, "why": entry.refused})
        else:
            yield comma + json.dumps(_file(entry), ensure_ascii=False)
            comma = ", "
    yield f'], "refused": {json.dumps(refused, ensure_ascii=False)}}}\n'


def _file(entry: Entry) -> dict[str, object]:
    where = Lines(entry.text)
    return {
        "path": entry.path,
        "findings": [
            {
                "rule": finding.label,
                "level": finding.level,
                "line": where.place(finding.span.start)[0],
                "column": where.place(finding.span.start)[1],
                "start": finding.span.start,
                "end": finding.span.end,
                "before": finding.before,
                "after": finding.after,
                "message": finding.message,
            }
            for finding in entry.findings
        ],
    }

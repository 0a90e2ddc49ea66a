"""Findings as JSON, complete. Lines and columns count from 1, offsets in code points from 0."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from cleaner.reports.forms import About, Entry
from cleaner.text.edits import Lines

VERSION = 1


def render(entries: Iterable[Entry], about: About) -> Iterator[str]:  # noqa: ARG001
    """Yield the report, a piece for each file; the files that were left alone come last.

    >>> print("".join(render([Entry("a.txt", "clean")], About({}, "1.0"))), end="")
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
    findings: list[dict[str, object]] = []
    for finding in entry.findings:
        line, column = where.place(finding.span.start)
        findings.append(
            {
                "rule": finding.label,
                "level": finding.level,
                "line": line,
                "column": column,
                "start": finding.span.start,
                "end": finding.span.end,
                "before": finding.before,
                "after": finding.after,
                "message": finding.message,
            }
        )
    return {"path": entry.path, "findings": findings}

"""Findings as JSON, complete. Lines and columns count from 1, offsets in code points from 0.

`start` and `end` are in the text that a reader sees; for plain text that is the file. `edits` are
what to change in the file, or in that member of it, to do what the finding asks for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from cleaner.engine.findings import Finding
from cleaner.reports.changes import source_edits
from cleaner.reports.forms import About, Entry
from cleaner.text.document import Document
from cleaner.text.sourcemap import SourceEdit

VERSION = 1


def render(entries: Iterable[Entry], about: About) -> Iterator[str]:  # noqa: ARG001
    """Yield the report, a piece for each file; the files that were left alone come last.

    >>> print("".join(render([Entry("a.txt")], About({}, "1.0"))), end="")
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
    document = entry.document
    findings: list[dict[str, object]] = []
    for finding in entry.findings:
        place = _place(document, finding)
        findings.append(
            {
                "rule": finding.label,
                "level": finding.level,
                **place,
                "start": finding.span.start,
                "end": finding.span.end,
                "before": finding.before,
                "after": finding.after,
                "message": finding.message,
                "edits": [_edit(document, edit) for edit in source_edits(document, finding)],
            }
        )
    return {"path": entry.path, "findings": findings}


def _place(document: Document, finding: Finding) -> dict[str, object]:
    """Return where a finding begins; what does not apply is left out."""
    if finding.comment:
        place = document.location_in_source(finding.comment.start)
    else:
        place = document.location(finding.span.start)
    found: dict[str, object] = {"line": place.line, "column": place.column}
    if place.member:
        found["member"] = place.member
    if place.label:
        found["label"] = place.label
    return found


def _edit(document: Document, edit: SourceEdit) -> dict[str, object]:
    """Return an edit of the source, in code points of its member, or of the file."""
    member, start = document.member(edit.span.start)
    place: dict[str, object] = {"member": member} if member else {}
    span = edit.span.moved(-start)
    return {**place, "start": span.start, "end": span.end, "text": edit.replacement}

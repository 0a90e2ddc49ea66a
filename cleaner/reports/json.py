"""Findings as JSON, raw and complete: positions are lines and columns from 1, and offsets in code points from 0."""

from __future__ import annotations

import json
from collections.abc import Iterable

from cleaner.engine import Finding
from cleaner.text import Lines

VERSION = 1


def file_entry(path: str, text: str, findings: Iterable[Finding]) -> dict[str, object]:
    """One file: its name and its findings; `text` is the input."""
    where = Lines(text)
    return {
        "path": path,
        "findings": [
            {
                "rule": finding.rule,
                "level": finding.level,
                "line": where.place(finding.span.start)[0],
                "column": where.place(finding.span.start)[1],
                "start": finding.span.start,
                "end": finding.span.end,
                "before": finding.before,
                "after": finding.after,
                "message": finding.message,
            }
            for finding in findings
        ],
    }


def report(files: Iterable[dict[str, object]], refused: Iterable[tuple[str, str]] = ()) -> str:
    """The whole report.

    >>> report([file_entry("a.txt", "clean", [])])
    '{"version": 1, "files": [{"path": "a.txt", "findings": []}], "refused": []}'
    """
    entries = [{"path": path, "why": why} for path, why in refused]
    return json.dumps({"version": VERSION, "files": list(files), "refused": entries}, ensure_ascii=False)

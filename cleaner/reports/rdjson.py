"""Findings in the Reviewdog Diagnostic Format (rdjson), with what to write instead as suggestions.

By its definition (reviewdog, proto/rdf/reviewdog.proto) columns count bytes of UTF-8 from 1 and the
end is exclusive. Lines are those of git, which reviewdog compares them with: LF ends one, and
nothing else does; a byte order mark is part of the first. reviewdog reads the file with protojson,
which knows no other keys and no lone surrogates.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from cleaner.reports.entry import Entry, replaceable, without_line_ends
from cleaner.reports.text import change
from cleaner.text.edits import Span
from cleaner.text.visible import visible

_SEVERITIES = {"fix": "ERROR", "suggest": "WARNING", "report": "INFO"}
_BOM = 3  # bytes


def render(entries: Iterable[Entry]) -> Iterator[str]:
    """The report in pieces, a line a finding, and one for each file that was left alone.

    >>> print("".join(render([Entry("a.txt", refused="this is no text")])), end="")
    {"source": {"name": "cleaner"}, "diagnostics": [
    {"message": "left alone: this is no text", "location": {"path": "a.txt"}, "severity": "ERROR"}
    ]}
    """
    yield '{"source": {"name": "cleaner"}, "diagnostics": ['
    comma = "\n"
    for entry in entries:
        for diagnostic in _diagnostics(entry):
            yield comma + json.dumps(diagnostic)
            comma = ",\n"
    yield "\n]}\n"


def _diagnostics(entry: Entry) -> Iterator[dict[str, object]]:
    path = entry.path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    if entry.refused:
        message = f"left alone: {visible(entry.refused)}"
        yield {"message": message, "location": {"path": path}, "severity": "ERROR"}
    where = _Positions(entry)
    for finding in entry.findings:
        diagnostic: dict[str, object] = {
            "message": f"{change(entry.text, finding)} ({visible(finding.message)})",
            "location": {
                "path": path,
                "range": where.range(without_line_ends(entry.text, finding.span)),
            },
            "severity": _SEVERITIES[finding.level],
            "code": {"value": finding.label},
        }
        if replaceable(entry.text, finding):
            diagnostic["suggestions"] = [
                {"range": where.range(finding.span), "text": finding.after}
            ]
        yield diagnostic


class _Positions:
    """Lines and columns in bytes of the places that the findings of a file speak of, found in one
    walk.
    """

    def __init__(self, entry: Entry) -> None:
        spans = [
            span
            for finding in entry.findings
            for span in (finding.span, without_line_ends(entry.text, finding.span))
        ]
        self._starts = [0]
        self._bytes: dict[int, int] = {}
        at = size = 0
        for point in sorted({point for span in spans for point in span}):
            piece = entry.text[at:point].encode("utf-8", "surrogatepass")
            self._starts += (size + found.end() for found in re.finditer(b"\n", piece))
            at, size = point, size + len(piece)
            self._bytes[point] = size
        self._bom = _BOM if entry.bom else 0

    def range(self, span: Span) -> dict[str, dict[str, int]]:
        return {"start": self._position(span.start), "end": self._position(span.end)}

    def _position(self, point: int) -> dict[str, int]:
        at = self._bytes[point]
        line = bisect_right(self._starts, at)
        return {
            "line": line,
            "column": at - self._starts[line - 1] + 1 + (self._bom if line == 1 else 0),
        }

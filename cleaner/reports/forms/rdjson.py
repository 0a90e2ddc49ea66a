"""Findings in the Reviewdog Diagnostic Format (rdjson), with replacements as suggestions.

By its definition (reviewdog, proto/rdf/reviewdog.proto), columns count bytes of UTF-8 from 1 and
ends are exclusive. Lines are those of git, which reviewdog compares them with: only LF ends a
line, and a byte order mark is part of the first one. reviewdog reads the file with protojson,
which accepts no other keys and no lone surrogates.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from cleaner.engine.findings import Finding
from cleaner.reports.changes import described, is_replaceable, without_line_ends
from cleaner.reports.forms import About, Entry
from cleaner.text.edits import Span
from cleaner.text.visible import visible

RELATIVE = True
_SEVERITIES = {"fix": "ERROR", "suggest": "WARNING", "report": "INFO"}
_BOM = 3  # bytes


def render(entries: Iterable[Entry], about: About) -> Iterator[str]:  # noqa: ARG001
    """Yield the report, a line for each finding and for each file that was left alone.

    >>> entry = Entry("a.txt", refused="this is no text")
    >>> print("".join(render([entry], About({}, "1.0"))), end="")
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
    positions = _Positions(entry)
    for finding in entry.findings:
        yield _diagnostic(entry, finding, path, positions)


def _diagnostic(
    entry: Entry, finding: Finding, path: str, positions: _Positions
) -> dict[str, object]:
    place = positions.range(without_line_ends(entry.text, finding.span))
    diagnostic: dict[str, object] = {
        "message": described(entry.text, finding),
        "location": {"path": path, "range": place},
        "severity": _SEVERITIES[finding.level],
        "code": {"value": finding.label},
    }
    if is_replaceable(entry.text, finding):
        replacement = {"range": positions.range(finding.span), "text": finding.after}
        diagnostic["suggestions"] = [replacement]
    return diagnostic


class _Positions:
    """Lines and columns, in bytes, of all places that the findings of a file are about.

    They are computed in one walk over the text.
    """

    def __init__(self, entry: Entry) -> None:
        points: set[int] = set()
        for finding in entry.findings:
            points.update(finding.span)
            points.update(without_line_ends(entry.text, finding.span))
        self._line_starts = [0]
        self._bytes: dict[int, int] = {}  # code point -> byte
        at = size = 0
        for point in sorted(points):
            piece = entry.text[at:point].encode("utf-8", "surrogatepass")
            self._line_starts += (size + found.end() for found in re.finditer(b"\n", piece))
            at, size = point, size + len(piece)
            self._bytes[point] = size
        self._bom = _BOM if entry.bom else 0

    def range(self, span: Span) -> dict[str, dict[str, int]]:
        """Return a span as rdjson writes it."""
        return {"start": self._position(span.start), "end": self._position(span.end)}

    def _position(self, point: int) -> dict[str, int]:
        at = self._bytes[point]
        line = bisect_right(self._line_starts, at)
        column = at - self._line_starts[line - 1] + 1
        if line == 1:
            column += self._bom
        return {"line": line, "column": column}

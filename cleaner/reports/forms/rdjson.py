"""Findings in the Reviewdog Diagnostic Format (rdjson), with replacements as suggestions.

By its definition (reviewdog, proto/rdf/reviewdog.proto), columns count bytes of UTF-8 from 1 and
ends are exclusive; those of a file in another encoding are those that it would have in UTF-8. Lines
are those of git, which reviewdog compares them with: only LF ends a line, and a byte order mark is
part of the first one. reviewdog reads the file with protojson, which accepts no other keys and no
lone surrogates.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from cleaner.engine.findings import Finding
from cleaner.reports.changes import described, location, source_edits, source_span
from cleaner.reports.forms import About, Entry
from cleaner.text.document import Document
from cleaner.text.edits import Span
from cleaner.text.sourcemap import SourceEdit, apply_to_source
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
    path = entry.path_in_utf8
    if entry.refused:
        message = f"left alone: {visible(entry.refused)}"
        yield {"message": message, "location": {"path": path}, "severity": "ERROR"}
    if entry.document.is_container:
        for finding in entry.findings:
            before = f"{visible(str(location(entry.document, finding)))}: "
            yield _diagnostic(entry, finding, {"path": path}, before)
        return
    spans = [source_span(entry.document, finding) for finding in entry.findings]
    edits = [_whole_edit(entry.document, finding) for finding in entry.findings]
    positions = _Positions(entry, [*spans, *(edit.span for edit in edits if edit)])
    for finding, span, edit in zip(entry.findings, spans, edits, strict=True):
        diagnostic = _diagnostic(entry, finding, {"path": path, "range": positions.range(span)})
        if edit:
            replacement = {"range": positions.range(edit.span), "text": edit.replacement}
            diagnostic["suggestions"] = [replacement]
        yield diagnostic


def _whole_edit(document: Document, finding: Finding) -> SourceEdit | None:
    """Return one edit that does what a finding asks for, as reviewdog wants it, if it does."""
    edits = source_edits(document, finding)
    if not edits:
        return None
    span = Span(edits[0].span.start, edits[-1].span.end)
    inside = (edit._replace(span=edit.span.moved(-span.start)) for edit in edits)
    return SourceEdit(span, apply_to_source(span.of(document.source), inside))


def _diagnostic(
    entry: Entry, finding: Finding, place: dict[str, object], before: str = ""
) -> dict[str, object]:
    return {
        "message": before + described(entry.document.text, finding),
        "location": place,
        "severity": _SEVERITIES[finding.level],
        "code": {"value": finding.label},
    }


class _Positions:
    """Lines and columns, in bytes, of places of the source.

    They are computed in one walk over the source.
    """

    def __init__(self, entry: Entry, spans: Iterable[Span]) -> None:
        points = {point for span in spans for point in span}
        self._line_starts = [0]
        self._bytes: dict[int, int] = {}  # code point -> byte
        at = size = 0
        for point in sorted(points):
            piece = entry.document.source[at:point].encode("utf-8", "surrogatepass")
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

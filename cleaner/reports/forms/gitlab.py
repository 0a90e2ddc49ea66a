"""Findings as a code quality report, which GitLab shows in a merge request.

By its definition (GitLab documentation, “Code Quality report format”) it is one array. Of findings
with one fingerprint GitLab shows one, and a finding is new if its fingerprint is not in the report
of the target branch. Each needs a line: that of a finding in a container (a book), which has no
lines, is 1, and its description says the place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from cleaner.engine.findings import Finding
from cleaner.reports.changes import described, location, source_span
from cleaner.reports.fingerprints import fingerprint, fingerprints
from cleaner.reports.forms import About, Entry
from cleaner.text.visible import visible

RELATIVE = True
_SEVERITIES = {"fix": "major", "suggest": "minor", "report": "info"}
_LEFT_ALONE = "left alone"


def render(entries: Iterable[Entry], about: About) -> Iterator[str]:  # noqa: ARG001
    """Yield the report, a line for each finding and for each file that was left alone.

    >>> from cleaner.formats import plain
    >>> from cleaner.text.edits import Span
    >>> finding = Finding(("names/ma",), "fix", Span(4, 10), "Marwin", "Ma Yun", "person")
    >>> entry = Entry("a.txt", plain.read("Oh, Marwin fell."), [finding])
    >>> (issue,) = json.loads("".join(render([entry], About({}, "1.0"))))
    >>> issue["description"], issue["location"]
    ('Marwin -> Ma Yun (person)', {'path': 'a.txt', 'lines': {'begin': 1}})
    """
    yield "["
    comma = "\n"
    for entry in entries:
        for issue in _issues(entry):
            yield comma + json.dumps(issue)
            comma = ",\n"
    yield "\n]\n"


def _issues(entry: Entry) -> Iterator[dict[str, object]]:
    path = entry.path_in_utf8
    if entry.refused:
        yield {
            "description": f"{_LEFT_ALONE}: {visible(entry.refused)}",
            "check_name": _LEFT_ALONE,
            "fingerprint": fingerprint(entry.path, _LEFT_ALONE),
            "severity": "critical",
            "location": {"path": path, "lines": {"begin": 1}},
        }
    prints = fingerprints(entry.findings, entry.path)
    for finding, fingerprint_ in zip(entry.findings, prints, strict=True):
        line, description = _place_and_description(entry, finding)
        yield {
            "description": description,
            "check_name": finding.label,
            "fingerprint": fingerprint_,
            "severity": _SEVERITIES[finding.level],
            "location": {"path": path, "lines": {"begin": line}},
        }


def _place_and_description(entry: Entry, finding: Finding) -> tuple[int, str]:
    document = entry.document
    description = described(document.text, finding)
    if document.is_container:
        return 1, f"{visible(str(location(document, finding)))}: {description}"
    return document.location_in_source(source_span(document, finding).start).line, description

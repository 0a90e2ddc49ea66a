"""Findings as workflow commands: GitHub Actions shows them beside the lines of a pull request.

The escapes are those that the runner undoes (actions/runner, ActionCommand.cs): `%`, CR and LF
everywhere, `:` and `,` in properties too. The runner drops the columns of a finding that is longer
than a line, so they are left out there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cleaner.engine.findings import Finding
from cleaner.reports.changes import change, location, source_span
from cleaner.reports.forms import About, Entry
from cleaner.text.document import Document
from cleaner.text.visible import visible

RELATIVE = True
_COMMANDS = {"fix": "error", "suggest": "warning", "report": "notice"}


def render(entries: Iterable[Entry], about: About) -> Iterator[str]:  # noqa: ARG001
    """Yield a line for each finding, and an error for each file that was left alone.

    >>> from cleaner.formats import plain
    >>> from cleaner.text.edits import Span
    >>> finding = Finding(("names/ma",), "fix", Span(4, 10), "Marwin", "Ma Yun", "person")
    >>> entry = Entry("a.txt", plain.read("Oh, Marwin fell."), [finding])
    >>> print(*render([entry], About({}, "1.0")))
    ::error file=a.txt,line=1,col=5,endLine=1,endColumn=11,title=names/ma::Marwin -> Ma Yun (person)
    <BLANKLINE>
    """
    for entry in entries:
        if entry.refused:
            yield _command("error", {"file": entry.path, "title": "left alone"}, entry.refused)
        for finding in entry.findings:
            message = f"{change(entry.document.text, finding)} ({finding.message})"
            if entry.document.is_container:
                message = f"{location(entry.document, finding)}: {message}"
            yield _command(_COMMANDS[finding.level], _properties(entry, finding), message)


def _properties(entry: Entry, finding: Finding) -> Mapping[str, object]:
    place = {} if entry.document.is_container else _place(entry.document, finding)
    return {"file": entry.path, **place, "title": finding.label}


def _place(document: Document, finding: Finding) -> dict[str, int]:
    span = source_span(document, finding)
    start, end = map(document.location_in_source, span)
    if start.line == end.line:
        return {
            "line": start.line,
            "col": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        }
    return {"line": start.line, "endLine": end.line}


def _command(name: str, properties: Mapping[str, object], message: str) -> str:
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name} {listed}::{_data(message)}\n"


def _data(text: str) -> str:
    return visible(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

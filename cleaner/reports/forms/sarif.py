"""Findings in SARIF 2.1.0 (OASIS Standard), as code scanning and editors read it, with the fixes.

Columns and offsets count code points (`columnKind`), whether or not a byte order mark comes before
them. CR LF, CR and LF end a line (`newlineSequences`). The rules that have findings are listed
after the results, so that nothing has to be kept in memory.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from cleaner.engine.findings import Finding
from cleaner.reports.changes import change, location, source_edits, source_span
from cleaner.reports.fingerprints import fingerprints
from cleaner.reports.forms import About, Entry
from cleaner.reports.rule import described, subject
from cleaner.text.document import Document
from cleaner.text.edits import Span
from cleaner.text.sourcemap import SourceEdit
from cleaner.text.visible import shortened, visible

RELATIVE = True
SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {"fix": "error", "suggest": "warning", "report": "note"}
_LONG = 1000  # characters; code scanning accepts 1,024 in a description
_ROOT = "%SRCROOT%"
_RUN = {
    "columnKind": "unicodeCodePoints",
    "newlineSequences": ["\r\n", "\r", "\n"],
    "originalUriBaseIds": {
        _ROOT: {"description": {"text": "The folder that cleaner was run in."}},
    },
}
Json = dict[str, object]


def render(entries: Iterable[Entry], about: About) -> Iterator[str]:
    """Yield the log, a line for each result."""
    run = json.dumps(_RUN).removesuffix("}")
    yield f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{run}, "results": ['
    numbers: dict[str, int] = {}  # of the rules that have findings, in the order of the results
    refused: list[Entry] = []
    comma = "\n"
    for entry in entries:
        if entry.refused:
            refused.append(entry)
        for result in _results(entry, numbers):
            yield comma + json.dumps(result)
            comma = ",\n"
    rules = [_rule(id_, about) for id_ in numbers]
    tool = {"driver": {"name": "cleaner", "version": about.version, "rules": rules}}
    notes = [_notification(entry) for entry in refused]
    invocation = {"executionSuccessful": not refused, "toolExecutionNotifications": notes}
    yield f'\n], "tool": {json.dumps(tool)}, "invocations": [{json.dumps(invocation)}]}}]}}\n'


def _results(entry: Entry, numbers: dict[str, int]) -> Iterator[Json]:
    prints = fingerprints(entry.findings)
    for finding, fingerprint in zip(entry.findings, prints, strict=True):
        for id_ in finding.rules:
            numbers.setdefault(id_, len(numbers))
        result = _result(entry, finding, fingerprint)
        result["ruleIndex"] = numbers[finding.rules[0]]
        yield result


def _result(entry: Entry, finding: Finding, fingerprint: str) -> Json:
    document = entry.document
    result: Json = {
        "ruleId": finding.rules[0],
        "level": _LEVELS[finding.level],
        "message": _message(f"{change(document.text, finding)} ({finding.message})"),
        "locations": [_location(entry, finding)],
        "partialFingerprints": {"finding/v1": fingerprint},
    }
    edits = () if document.is_container else source_edits(document, finding)
    if edits:
        replacements = [_replacement(document, edit) for edit in edits]
        change_ = {"artifactLocation": _artifact(entry), "replacements": replacements}
        result["fixes"] = [{"artifactChanges": [change_]}]
    if len(finding.rules) > 1:
        result["properties"] = {"rules": list(finding.rules)}
    return result


def _location(entry: Entry, finding: Finding) -> Json:
    """Return where a finding is: in lines of the file, or by name in a member of a container."""
    document = entry.document
    physical: Json = {"artifactLocation": _artifact(entry)}
    place = location(document, finding)
    logical: Json = {"fullyQualifiedName": visible(str(place))}
    if not document.is_container:
        physical["region"] = _region(document, source_span(document, finding))
        logical = {}
    if place.label:
        logical["name"] = visible(place.label)
    found: Json = {"physicalLocation": physical}
    if logical:
        found["logicalLocations"] = [logical]
    return found


def _replacement(document: Document, edit: SourceEdit) -> Json:
    replacement: Json = {"deletedRegion": _region(document, edit.span)}
    if edit.replacement:
        replacement["insertedContent"] = {"text": edit.replacement}
    return replacement


def _artifact(entry: Entry) -> dict[str, str]:
    return {"uri": quote(entry.path.encode("utf-8", "surrogateescape")), "uriBaseId": _ROOT}


def _region(document: Document, span: Span) -> dict[str, int]:
    start, end = map(document.location_in_source, span)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "charOffset": span.start,
        "charLength": span.end - span.start,
    }


def _rule(id_: str, about: About) -> Json:
    rule = about.rules.get(id_)
    if rule is None:  # a finding of the engine itself: a comment that suppresses nothing
        return {"id": id_}
    return {
        "id": rule.id,
        "shortDescription": _message(shortened(subject(rule), _LONG)),
        "fullDescription": _message(rule.options.message),
        "help": {"text": "\n".join(_message(line)["text"] for line in described(rule))},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
    }


def _notification(entry: Entry) -> Json:
    return {
        "level": "error",
        "message": _message(f"left alone: {entry.refused}"),
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(entry)}}],
    }


def _message(text: str) -> dict[str, str]:
    """Return plain text in which nothing is a placeholder or a link (SARIF 3.11.5, 3.11.6)."""
    return {"text": visible(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")}

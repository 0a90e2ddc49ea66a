"""Findings in SARIF 2.1.0 (OASIS Standard), as GitHub's code scanning and editors read it, with the
fixes.

Columns and offsets count code points (`columnKind`), whether or not a byte order mark stands before
them; CR LF, CR and LF end a line (`newlineSequences`). The rules that fired are listed behind the
results, so that nothing is kept.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from urllib.parse import quote

from cleaner.engine.findings import Finding
from cleaner.reports.entry import Entry, replaceable, without_line_ends
from cleaner.reports.rule import described, subject
from cleaner.reports.text import change
from cleaner.rules.model import Rule
from cleaner.text.edits import Lines, Span
from cleaner.text.visible import shortened, visible

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {"fix": "error", "suggest": "warning", "report": "note"}
_LONG = 1000  # characters; code scanning takes 1,024 for a description
_ROOT = "%SRCROOT%"
_RUN = {
    "columnKind": "unicodeCodePoints",
    "newlineSequences": ["\r\n", "\r", "\n"],
    "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that cleaner was run in."}}},
}


def render(entries: Iterable[Entry], rules: Mapping[str, Rule], version: str) -> Iterator[str]:
    """The log in pieces, a line a result.

    Args:
        entries: what was found.
        rules: at least those that fired, by id.
        version: of cleaner.
    """
    run = json.dumps(_RUN).removesuffix("}")
    yield f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{run}, "results": ['
    fired: dict[str, int] = {}
    refused: list[Entry] = []
    comma = "\n"
    for entry in entries:
        if entry.refused:
            refused.append(entry)
        for result in _results(entry, fired):
            yield comma + json.dumps(result)
            comma = ",\n"
    driver = {"name": "cleaner", "version": version, "rules": [_rule(rules[id_]) for id_ in fired]}
    notes = [_notification(entry) for entry in refused]
    invocation = {"executionSuccessful": not refused, "toolExecutionNotifications": notes}
    yield f'\n], "tool": {json.dumps({"driver": driver})}, "invocations": [{json.dumps(invocation)}]}}]}}\n'


def _results(entry: Entry, fired: dict[str, int]) -> Iterator[dict[str, object]]:
    where = Lines(entry.text)
    artifact = _artifact(entry)
    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in entry.findings:
        ids = finding.rules
        for id_ in ids:
            fired.setdefault(id_, len(fired))
        what = (finding.label, finding.before, finding.after)
        seen[what] += 1
        region = _region(where, without_line_ends(entry.text, finding.span))
        result: dict[str, object] = {
            "ruleId": ids[0],
            "ruleIndex": fired[ids[0]],
            "level": _LEVELS[finding.level],
            "message": _message(f"{change(entry.text, finding)} ({finding.message})"),
            "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
            "partialFingerprints": {"finding/v1": _fingerprint(*what, str(seen[what]))},
        }
        if replaceable(entry.text, finding):
            result["fixes"] = [_fix(finding, artifact, _region(where, finding.span))]
        if len(ids) > 1:
            result["properties"] = {"rules": list(ids)}
        yield result


def _fix(finding: Finding, artifact: dict[str, str], region: dict[str, int]) -> dict[str, object]:
    replacement: dict[str, object] = {"deletedRegion": region}
    if finding.after:
        replacement["insertedContent"] = {"text": finding.after}
    return {"artifactChanges": [{"artifactLocation": artifact, "replacements": [replacement]}]}


def _artifact(entry: Entry) -> dict[str, str]:
    return {"uri": quote(entry.path.encode("utf-8", "surrogateescape")), "uriBaseId": _ROOT}


def _region(where: Lines, span: Span) -> dict[str, int]:
    (line, column), (last, after) = where.place(span.start), where.place(span.end)
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": last,
        "endColumn": after,
        "charOffset": span.start,
        "charLength": span.end - span.start,
    }


def _fingerprint(*parts: str) -> str:
    """What stays the same when lines move: the change, and the how manyeth of its kind in the file
    it is.
    """
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "shortDescription": _message(shortened(subject(rule), _LONG)),
        "fullDescription": _message(rule.options.message),
        "help": {"text": "\n".join(_message(line)["text"] for line in described(rule))},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
    }


def _notification(entry: Entry) -> dict[str, object]:
    return {
        "level": "error",
        "message": _message(f"left alone: {entry.refused}"),
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(entry)}}],
    }


def _message(text: str) -> dict[str, str]:
    """Plain text in which nothing is a placeholder or a link (SARIF 3.11.5 and 3.11.6)."""
    return {"text": visible(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")}

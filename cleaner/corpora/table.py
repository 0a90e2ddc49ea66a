"""What is told of rows beside the rows themselves: findings, failures, and how many there are."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from cleaner.engine.findings import Result
from cleaner.rules.model import Level
from cleaner.text.counting import count

_NO_FINDINGS: Mapping[tuple[Level, str], int] = MappingProxyType({})


class Where(NamedTuple):
    """Which row it is: its id, or its place if ids are not asked for; the file, the first line.

    The line is None where lines have no meaning, as in Parquet.
    """

    document: object
    file: str
    line: int | None


class Failure(NamedTuple):
    """A row that could not be cleaned and is as it was, and why."""

    where: Where
    why: str

    def __str__(self) -> str:
        document, file, line = self.where
        place = f"{file}: {document}" if line is None else f"{file}:{line}"
        return f"{place}: left alone: {self.why}"

    def entry(self) -> Mapping[str, object]:
        """Return it as a row of a table."""
        return {**self.where._asdict(), "error": self.why}


class Counts(NamedTuple):
    """How many rows there are, and what was found in them.

    Attributes:
        rows: the rows; blank lines are none.
        changed: those that were changed.
        failed: those that could not be cleaned.
        findings: the number of findings, by level and rules.
    """

    rows: int = 0
    changed: int = 0
    failed: int = 0
    findings: Mapping[tuple[Level, str], int] = _NO_FINDINGS

    def plus(self, other: Counts) -> Counts:
        """Return the sum of both."""
        return Counts(
            self.rows + other.rows,
            self.changed + other.changed,
            self.failed + other.failed,
            dict(Counter(self.findings) + Counter(other.findings)),
        )

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        findings = [[*key, number] for key, number in self.findings.items()]
        return {**self._asdict(), "findings": findings}

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Counts:
        """Return what `as_data` was called for."""
        findings = {(level, rules): number for level, rules, number in data["findings"]}
        return cls(data["rows"], data["changed"], data["failed"], findings)

    def said(self) -> str:
        """Return it in words, without the findings.

        >>> Counts(1200, 7, 1).said()
        '1,200 rows, 7 changed, 1 left alone'
        """
        left_alone = f", {self.failed:,} left alone" if self.failed else ""
        return f"{count(self.rows, 'row')}, {self.changed:,} changed{left_alone}"

    def by_rule(self) -> Iterator[str]:
        """Yield a line for each rule that found something, the most frequent first."""
        most_frequent = sorted(self.findings.items(), key=lambda item: (-item[1], item[0]))
        for (level, label), number in most_frequent:
            yield f"{number:6,}  {level:7}  {label}"


def findings_of(result: Result, where: Where) -> Iterator[Mapping[str, object]]:
    """Yield the findings of a row, each as a row of a table.

    `start` and `end` are code points in the text of the row: that of its fields, one behind the
    other with a blank line between them.
    """
    for finding in result.findings:
        yield {
            **where._asdict(),
            "field": result.document.location(finding.span.start).label,
            "rule": finding.label,
            "level": finding.level,
            "start": finding.span.start,
            "end": finding.span.end,
            "before": finding.before,
            "after": finding.after,
            "message": finding.message,
        }


def as_line(entry: Mapping[str, object]) -> str:
    """Return a row of a table as a line of JSON Lines."""
    return json.dumps(entry, ensure_ascii=False) + "\n"

"""A baseline: findings that are known already and do not count.

It lets an old repository begin with a clean slate. A finding is known by its file, its rules and
its texts, not by its line, so that edits elsewhere do not bring it back; and it is known a number
of times, so that the next one of its kind counts. The file is JSON, because the texts may hold
what a rule file may not: line ends and invisible characters. Each kind of finding is on a line of
its own, sorted, so that a diff of the file can be read.

    {
      "version": 1,
      "files": {
        "articles/a.txt": [
          {"rule": "names/people/ma-yun", "before": "Marwin", "after": "Ma Yun", "count": 2}
        ]
      }
    }
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from cleaner.engine.findings import Finding
from cleaner.errors import UsageError
from cleaner.text.edits import JOINER
from cleaner.text.visible import escape_invisible

VERSION = 1


class Known(NamedTuple):
    """What is remembered of a finding: the ids of its rules in one text, and what it changes."""

    rule: str
    before: str
    after: str


Counts: TypeAlias = Mapping[Known, int]


def counted(findings: Iterable[Finding]) -> Counts:
    """Count the findings of each kind."""
    return Counter(map(_known, findings))


def _known(finding: Finding) -> Known:
    return Known(finding.label, finding.before, finding.after)


@dataclass(frozen=True, slots=True)
class Baseline:
    """How often each kind of finding is known in each file.

    Files are named by their path from the folder of the baseline, with forward slashes.
    """

    files: Mapping[str, Counts] = field(default_factory=dict)

    def unknown(self, path: str, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings of a file that count: of a kind known twice, the third and so on.

        >>> from cleaner.text.edits import Span
        >>> one = Finding(("names/ma",), "fix", Span(0, 6), "Marwin", "Ma Yun", "person")
        >>> two = one._replace(span=Span(20, 26))
        >>> baseline = Baseline({"a.txt": {Known("names/ma", "Marwin", "Ma Yun"): 1}})
        >>> baseline.unknown("a.txt", [one, two]) == [two]
        True
        """
        left = Counter(self.files.get(path, {}))
        unknown: list[Finding] = []
        for finding in findings:
            known = _known(finding)
            if left[known]:
                left[known] -= 1
            else:
                unknown.append(finding)
        return unknown

    def gone(self, now: Mapping[str, Counts], acts: Callable[[str], bool]) -> int:
        """Count the kinds of findings that are known more often than they are found now.

        Args:
            now: what was found in the files that were checked; nothing for files that are gone.
            acts: which rules acted, by id. What other rules once found is not gone.
        """
        gone = 0
        for path, found in now.items():
            for known, number in self.files.get(path, {}).items():
                if found.get(known, 0) < number and _all_act(known, acts):
                    gone += 1
        return gone

    def renewed(self, now: Mapping[str, Counts], acts: Callable[[str], bool]) -> Baseline:
        """Return the baseline with what is found now.

        What it knows of other files, and of rules that did not act, stays.
        """
        files = dict(self.files)
        for path, found in now.items():
            before = self.files.get(path, {})
            kept = {known: n for known, n in before.items() if not _all_act(known, acts)}
            files[path] = {**kept, **found}
        return Baseline(files)

    def __str__(self) -> str:
        """The text of the file; invisible characters are written as escapes."""
        parts: list[str] = []
        for path, counts in sorted(self.files.items()):
            lines = [_line(known, number) for known, number in sorted(counts.items())]
            if lines:
                name = json.dumps(path, ensure_ascii=False)
                listed = ",\n      ".join(lines)
                parts.append(f"    {name}: [\n      {listed}\n    ]")
        files = "{}"
        if parts:
            listed = ",\n".join(parts)
            files = f"{{\n{listed}\n  }}"
        return escape_invisible(f'{{\n  "version": {VERSION},\n  "files": {files}\n}}\n')


def _all_act(known: Known, acts: Callable[[str], bool]) -> bool:
    return all(acts(rule) for rule in known.rule.split(JOINER))


def _line(known: Known, number: int) -> str:
    return json.dumps({**known._asdict(), "count": number}, ensure_ascii=False)


def parse_baseline(data: bytes, name: str) -> Baseline:
    """Read a baseline strictly; `name` is the name of its file, for messages.

    Raises:
        UsageError: it is not as `Baseline` writes it.
    """
    try:
        content = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_without_repeated_keys)
        return Baseline(_files(content))
    except json.JSONDecodeError as error:
        what = f"{name}:{error.lineno}:{error.colno}: this is not JSON ({error.msg})"
    except UnicodeDecodeError as error:
        what = f"{name}: byte 0x{data[error.start]:02X} at offset {error.start:,} is not UTF-8"
    except _ShapeError as error:
        what = f"{name}: {error}"
    except (ValueError, RecursionError):
        what = f"{name}: this is not a baseline"
    raise UsageError(f"{what}; mend it, or delete it and use --write-baseline")


class _ShapeError(ValueError):
    """The JSON is not what a baseline looks like."""


def _without_repeated_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table: dict[str, object] = {}
    for key, value in pairs:
        if key in table:
            raise _ShapeError(f"{_quoted(key)} is twice in one place")
        table[key] = value
    return table


def _files(content: object) -> dict[str, Counts]:
    if not isinstance(content, dict) or set(content) != {"version", "files"}:
        raise _ShapeError('a baseline has "version" and "files", and nothing else')
    version, files = content["version"], content["files"]
    if type(version) is not int or version != VERSION:
        raise _ShapeError(f'"version" is not {VERSION}')
    if not isinstance(files, dict):
        raise _ShapeError('"files" is not an object')
    return {path: _counts(path, found) for path, found in files.items()}


def _counts(path: str, found: object) -> Counts:
    if not isinstance(found, list):
        raise _ShapeError(f"the value of {_quoted(path)} is not a list")
    counts: dict[Known, int] = {}
    for number, entry in enumerate(found, start=1):
        where = f"entry {number} of {_quoted(path)}"
        known, times = _entry(entry, where)
        if known in counts:
            raise _ShapeError(f"{where} repeats another one; add up the counts")
        counts[known] = times
    return counts


def _entry(entry: object, where: str) -> tuple[Known, int]:
    if not isinstance(entry, dict) or set(entry) != {*Known._fields, "count"}:
        raise _ShapeError(f'{where} is not {{"rule", "before", "after", "count"}}')
    texts = [entry[key] for key in Known._fields]
    if not all(isinstance(text, str) for text in texts):
        raise _ShapeError(f"{where} has a value that should be text")
    times = entry["count"]
    if type(times) is not int or times < 1:
        raise _ShapeError(f'{where} has a "count" that is not a whole number from 1')
    return Known(*texts), times


def _quoted(text: str) -> str:
    return escape_invisible(json.dumps(text, ensure_ascii=False))

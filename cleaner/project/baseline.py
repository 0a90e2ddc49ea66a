"""What an old repository starts with: findings that are known and do not count.

A finding is known by its file, its rule and its texts, not by its line, so that edits elsewhere do
not bring it back; and it is known so many times, so that the next one of its sort counts. JSON,
because the texts hold what a rule file may not: line ends, invisible characters, anything. One sort
a line, in order, so that a diff of it can be read.

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
from typing import NamedTuple

from cleaner.engine.findings import Finding
from cleaner.errors import UsageError
from cleaner.text.edits import JOINER
from cleaner.text.visible import escape_invisible

VERSION = 1


class Known(NamedTuple):
    """What is remembered of a finding: its sort."""

    rule: str
    before: str
    after: str


Counts = Mapping[Known, int]


def counted(findings: Iterable[Finding]) -> Counts:
    """How many findings there are of each sort."""
    return Counter(Known(finding.label, finding.before, finding.after) for finding in findings)


@dataclass(frozen=True, slots=True)
class Baseline:
    """How many findings of each sort are known, by file: its path from the baseline's folder, with
    forward slashes.
    """

    files: Mapping[str, Counts] = field(default_factory=dict)

    def unknown(self, path: str, findings: Iterable[Finding]) -> list[Finding]:
        """The findings of a file that count: of a sort that is known twice, the third and those
        behind it.

        >>> from cleaner.text.edits import Span
        >>> two = [Finding(("names/ma",), "fix", Span(at, at + 6), "Marwin", "Ma Yun", "person") for at in (0, 20)]
        >>> known = Baseline({"a.txt": {Known("names/ma", "Marwin", "Ma Yun"): 1}})
        >>> [finding.span.start for finding in known.unknown("a.txt", two)]
        [20]
        """
        left = Counter(self.files.get(path, {}))
        out = []
        for finding in findings:
            known = Known(finding.label, finding.before, finding.after)
            if left[known]:
                left[known] -= 1
            else:
                out.append(finding)
        return out

    def gone(self, now: Mapping[str, Counts], acts: Callable[[str], bool]) -> int:
        """How many sorts are known more often than they are found.

        Args:
            now: what was found in the files that were looked at, and nothing for those that are no
                more.
            acts: which rules were asked, by id; what the others once found is not gone.
        """
        looked = (
            (known, count, now[path])
            for path in now
            for known, count in self.files.get(path, {}).items()
        )
        return sum(
            found.get(known, 0) < count for known, count, found in looked if _asked(known, acts)
        )

    def renewed(self, now: Mapping[str, Counts], acts: Callable[[str], bool]) -> Baseline:
        """The baseline with what is found now; what it knows of other files and of rules not asked
        stays.
        """
        files = dict(self.files)
        for path, found in now.items():
            kept = {
                known: n for known, n in self.files.get(path, {}).items() if not _asked(known, acts)
            }
            files[path] = {**kept, **found}
        return Baseline(files)

    def __str__(self) -> str:
        """The text of the file, a finding a line; characters that nobody can see are escapes."""
        lines = []
        for path, counts in sorted(self.files.items()):
            found = [_line(known, count) for known, count in sorted(counts.items())]
            if found:
                name = json.dumps(path, ensure_ascii=False)
                lines.append(f"    {name}: [\n      " + ",\n      ".join(found) + "\n    ]")
        files = "{\n" + ",\n".join(lines) + "\n  }" if lines else "{}"
        return escape_invisible(f'{{\n  "version": {VERSION},\n  "files": {files}\n}}\n')


def _asked(known: Known, acts: Callable[[str], bool]) -> bool:
    return all(acts(rule) for rule in known.rule.split(JOINER))


def _line(known: Known, count: int) -> str:
    return json.dumps({**known._asdict(), "count": count}, ensure_ascii=False)


def parse_baseline(data: bytes, name: str) -> Baseline:
    """The baseline in `data`, read strictly; `name` is the file's in messages.

    Raises:
        UsageError: it is not what `Baseline` writes.
    """
    try:
        content = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once)
        return Baseline(_files(content))
    except json.JSONDecodeError as error:
        what = f"{name}:{error.lineno}:{error.colno}: this is not JSON ({error.msg})"
    except UnicodeDecodeError as error:
        what = f"{name}: byte 0x{data[error.start]:02X} at offset {error.start:,} is not UTF-8"
    except (ValueError, RecursionError) as error:
        what = (
            f"{name}: {error}" if isinstance(error, _ShapeError) else f"{name}: this is no baseline"
        )
    raise UsageError(f"{what}; mend it, or delete it and use --write-baseline")


class _ShapeError(ValueError):
    pass


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    out: dict[str, object] = {}
    for key, value in pairs:
        if key in out:
            raise _ShapeError(f"{_quoted(key)} stands twice in one place")
        out[key] = value
    return out


def _files(content: object) -> dict[str, Counts]:
    if not (isinstance(content, dict) and set(content) == {"version", "files"}):
        raise _ShapeError('a baseline has "version" and "files", and nothing else')
    if type(content["version"]) is not int or content["version"] != VERSION:
        raise _ShapeError(f'"version" is not {VERSION}')
    if not isinstance(content["files"], dict):
        raise _ShapeError('"files" is no object')
    return {path: _counts(path, found) for path, found in content["files"].items()}


def _counts(path: str, found: object) -> Counts:
    if not isinstance(found, list):
        raise _ShapeError(f"what stands under {_quoted(path)} is no list")
    counts: dict[Known, int] = {}
    for number, entry in enumerate(found, start=1):
        where = f"entry {number} of {_quoted(path)}"
        if not (isinstance(entry, dict) and set(entry) == {*Known._fields, "count"}):
            raise _ShapeError(f'{where} is not {{"rule", "before", "after", "count"}}')
        texts = [entry[key] for key in Known._fields]
        if not all(isinstance(text, str) for text in texts):
            raise _ShapeError(f"{where} has a text that is none")
        if type(entry["count"]) is not int or entry["count"] < 1:
            raise _ShapeError(f'{where} has a "count" that is no number from 1')
        known = Known(*texts)
        if known in counts:
            raise _ShapeError(f"{where} stands there twice; add up the counts")
        counts[known] = entry["count"]
    return counts


def _quoted(text: str) -> str:
    return escape_invisible(json.dumps(text, ensure_ascii=False))

"""The baseline of a folder: read from its file, and asked about files by their paths."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner.engine.findings import Finding, Result
from cleaner.errors import UsageError
from cleaner.project.baseline import Baseline, parse_baseline
from cleaner.project.files import MAX_BYTES, seen_from
from cleaner.reading import read_file


class KnownFindings(NamedTuple):
    """A baseline, and the folder of its file, from which it names files."""

    baseline: Baseline
    folder: Path

    def name_of(self, path: Path) -> str:
        """Return the name that the baseline has for a file."""
        return seen_from(path, self.folder)

    def unknown(self, path: Path, findings: Sequence[Finding]) -> Sequence[Finding]:
        """Return the findings of a file that are not in the baseline."""
        return self.baseline.unknown(self.name_of(path), findings)

    def without_known(self, path: Path, result: Result) -> Result:
        """Return the result of a file without the findings and edits that are known."""
        findings = self.unknown(path, result.findings)
        new = {(finding.rules, finding.span) for finding in findings}
        edits = tuple(edit for edit in result.edits if (edit.rules, edit.span) in new)
        lookups = tuple(one for one in result.lookups if (one.rules, one.span) in new)
        return result._replace(findings=tuple(findings), edits=edits, lookups=lookups)


def read_known(path: Path, *, may_be_missing: bool = False) -> KnownFindings:
    """Read the file of a baseline; nothing is known if it `may_be_missing` and is.

    Raises:
        UsageError: it cannot be read, or is not as `Baseline` writes it.
    """
    try:
        baseline = parse_baseline(read_file(path, MAX_BYTES), str(path))
    except FileNotFoundError:
        if not may_be_missing:
            what = "there is no such file; --write-baseline makes it"
            raise UsageError(f"{path}: {what}") from None
        baseline = Baseline()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from None
    return KnownFindings(baseline, path.parent)

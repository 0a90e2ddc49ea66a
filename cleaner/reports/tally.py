"""What a command did with files: counted, said in lines, and summed up as an exit code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from cleaner import formats
from cleaner.engine.findings import Finding, Result
from cleaner.errors import unsynced
from cleaner.project.corpus import Cleaned, Outcome, Refused
from cleaner.reports.changes import change, described, located
from cleaner.rules.model import Level
from cleaner.text.counting import count

_NOUNS: dict[Level, str] = {"fix": "fix", "suggest": "suggestion", "report": "report"}
# What the findings of a file mean for the reader of it.
_TO_DO: dict[Level, str] = {"fix": "to mend", "suggest": "suggested", "report": "to look up"}
MOST_LISTED = 20  # files or rules that are named one by one, unless all are asked for
_FAILED = 3  # the exit code for files that were left alone or may not last


class Summary(NamedTuple):
    """What a command has to know of a file to count it, and to say in one line what was done.

    It is small, so that it can be sent from one process to another.

    Attributes:
        path: the file.
        refused: why it was left alone; "" if it was not.
        left_out: why none of it is text; "" if it is.
        edits: how many edits were made, or would be.
        rules: how many different rules made them.
        lookups: how many reports have to be looked up in the source.
        left: how many suggestions and reports are left to see, in words; "" for none.
        unsynced: why a power cut may still bring the old file back after it was written; "" if it
            cannot, or if nothing was written.
        has_findings: whether anything was found.
    """

    path: str
    refused: str = ""
    left_out: str = ""
    edits: int = 0
    rules: int = 0
    lookups: int = 0
    left: str = ""
    unsynced: str = ""
    has_findings: bool = False


def summary(outcome: Outcome) -> Summary:
    """Return the summary of a file."""
    if isinstance(outcome, Refused):
        return Summary(outcome.path, refused=outcome.why)
    result = outcome.result
    return Summary(
        str(outcome.file.path),
        left_out=result.document.left_out,
        edits=len(result.edits),
        rules=len({edit.rules for edit in result.edits}),
        lookups=len(result.lookups),
        left=_left(result),
        unsynced=outcome.written.unsynced,
        has_findings=bool(result.findings),
    )


class Tally:
    """Counts the files of one run and knows what to say of them.

    Args:
        failing: levels of which one new finding makes the exit code 1.
        fails_on_change: whether a file that changed, or would change, makes the exit code 1.
        would: whether the changes are only shown: "would change" instead of "changed".
        verbose: whether all files and rules are named, however many there are.
        before: what an earlier run over the same files came to. It counts for the exit code if it
            left a file alone, and its reasons are not said again.
    """

    def __init__(
        self,
        *,
        failing: Collection[Level] = (),
        fails_on_change: bool = False,
        would: bool = False,
        verbose: bool = False,
        before: Tally | None = None,
    ) -> None:
        self._verbose, self._before = verbose, before
        self._failing, self._fails_on_change, self._would = failing, fails_on_change, would
        self._files = self._changed = self._known = self._lookups = 0
        self._to_see = 0  # files without a change that have findings
        self._summaries: list[str] = []  # a line for each file with findings
        self._refused: list[str] = []  # a line for each file that was left alone
        self._unsynced = 0  # files that are written but may not last
        self._left_out: list[str] = []  # a line for each file whose text is in another language
        self._rules: Counter[tuple[Level, str]] = Counter()  # by level and label

    def add(self, file: Summary) -> None:
        """Count a file."""
        self._files += 1
        if file.refused:
            self._refused.append(refusal(file.path, file.refused))
            return
        self._lookups += file.lookups
        self._changed += bool(file.edits)
        self._unsynced += bool(file.unsynced)
        if file.left_out:
            self._left_out.append(_left_out(file))
        elif file.has_findings and not file.edits:
            self._to_see += 1

    def add_findings(self, path: str, new: Sequence[Finding], *, known: int = 0) -> None:
        """Count the new findings of a file, and how many the baseline already knew."""
        self._rules.update((finding.level, finding.label) for finding in new)
        self._known += known
        levels = Counter(finding.level for finding in new)
        said = [f"{levels[level]:,} {what}" for level, what in _TO_DO.items() if levels[level]]
        if not said and self._verbose:
            said = ["nothing found"]
        if said:
            self._summaries.append(f"{path}: {', '.join(said)}")

    @property
    def files(self) -> int:
        """How many files there were."""
        return self._files

    @property
    def exit_code(self) -> int:
        """3 if a guarantee failed: a file was left alone, or may not last; else 1 if there is
        something to see; else 0.
        """
        if self._refused or self._unsynced or (self._before and self._before.exit_code == _FAILED):
            return _FAILED
        failed = any(level in self._failing for level, _ in self._rules)
        return int(failed or (self._fails_on_change and self._changed > 0))

    def of_file(self, file: Summary) -> str:
        """Return one line about a file: what was done, and what is left for a person to see."""
        if file.refused:
            return refusal(file.path, file.refused)
        if file.left_out:
            return _left_out(file)
        done = "nothing to fix" if file.left else "already clean"
        if file.edits:
            done = f"{count(file.edits, 'fix')} by {count(file.rules, 'rule')}"
            done = f"would make {done}" if self._would else done
        lasting = file.unsynced and unsynced(file.unsynced)
        parts = (done, _to_look_up(file.lookups), file.left, lasting)
        return f"{file.path}: {'; '.join(filter(None, parts))}"

    def of_files(self) -> str:
        """Return one line about all files of a run that cleans them."""
        if not self._files:
            return nothing_read()
        others = self._changed + self._to_see + len(self._refused) + len(self._left_out)
        changed = f"{self._changed:,} {'would change' if self._would else 'changed'}"
        already_clean = f"{count(self._files - others, 'file')} already clean"
        to_see = f"{self._to_see:,} with findings only" if self._to_see else ""
        left_out = f"{len(self._left_out):,} left out" if self._left_out else ""
        parts = (changed, already_clean, to_see, left_out, _to_look_up(self._lookups))
        said = ", ".join(filter(None, parts))
        return f"{count(self._files, 'file')}: {said}{self._failed()}"

    def of_findings(self) -> Iterator[str]:
        """Yield lines about all findings: how often each rule fired, what each file has, the files
        left alone, the totals.
        """
        most_frequent = sorted(self._rules.items(), key=lambda item: (-item[1], item[0]))
        rules = [f"{number:6,}  {level:7}  {label}" for (level, label), number in most_frequent]
        yield from self._first(rules, "rule")
        yield from self._first(self._summaries, "file")
        yield from self._left_out
        yield from self.of_failures()
        if not self._files:
            yield nothing_read()
            return
        levels: Counter[Level] = Counter()
        for (level, _), number in self._rules.items():
            levels[level] += number
        counts = [count(levels[level], noun) for level, noun in _NOUNS.items() if levels[level]]
        found = ", ".join(counts) or "nothing found"
        if len(self._refused) == self._files:  # nobody has looked for anything
            yield f"{count(self._files, 'file')}{self._failed().replace(',', ':', 1)}"
            return
        known = f", {self._known:,} held back by the baseline" if self._known else ""
        waiting = (
            "; cleaner fix --level suggest applies the suggestions" if levels["suggest"] else ""
        )
        yield f"{count(self._files, 'file')}: {found}{known}{self._failed()}{waiting}"

    def of_failures(self) -> Sequence[str]:
        """Return a line for each file that was left alone, unless it was said before."""
        said = self._before.of_failures() if self._before else ()
        return [line for line in self._refused if line not in said]

    def _first(self, lines: Sequence[str], what: str) -> Iterator[str]:
        """Yield the first lines, and how many more there are; all of them if asked for."""
        others = 0 if self._verbose else len(lines) - MOST_LISTED
        yield from lines[:MOST_LISTED] if others > 0 else lines
        if others > 0:
            yield f"and {count(others, f'more {what}')}; --verbose names each"

    def _failed(self) -> str:
        left_alone = f", {len(self._refused):,} left alone" if self._refused else ""
        return f"{left_alone}, {self._unsynced:,} not synced" if self._unsynced else left_alone


def nothing_read() -> str:
    """Return the line about a run that found nothing to read, with what it looked for.

    >>> nothing_read().startswith("nothing to read: cleaner looks for .ass, .docx, ")
    True
    """
    return f"nothing to read: cleaner looks for {', '.join(formats.prose_suffixes())}"


def refusal(path: str, why: str) -> str:
    """Return the line about a file that was left alone."""
    return f"{path}: left alone: {why}"


def _left_out(file: Summary) -> str:
    return f"{file.path}: left out: {file.left_out}"


def doubt(cleaned: Cleaned) -> str:
    """Return the line about a file that is written but may not last."""
    return f"{cleaned.file.path}: {unsynced(cleaned.written.unsynced)}"


def edit_lines(outcome: Cleaned) -> Iterator[str]:
    """Yield a line for each change of a file: `file:line:column: rule: before -> after`."""
    document = outcome.result.document
    made: list[Finding] = []
    for edit in outcome.result.edits:
        before = edit.span.of(document.sliced)
        made.append(Finding(edit.rules, "fix", edit.span, before, edit.replacement, ""))
    for place, finding in located(str(outcome.file.path), document, made):
        yield f"{place}: {finding.label}: {change(document.sliced, finding)}"


def lookup_lines(outcome: Cleaned) -> Iterator[str]:
    """Yield a line for each report that a change of a file makes necessary.

    It is the line that `cleaner check` would have printed before the change, and must be said
    now: the cleaned file no longer shows that something was lost there.
    """
    document = outcome.result.document
    for place, finding in located(str(outcome.file.path), document, outcome.result.lookups):
        yield f"{place}: {finding.level} {finding.label}: {described(document.sliced, finding)}"


def _to_look_up(number: int) -> str:
    """Return how many reports have to be looked up in the source; "" if there are none."""
    return f"{count(number, _NOUNS['report'])} to look up in the source" if number else ""


def _left(result: Result) -> str:
    """Return how many suggestions and reports the cleaned text still has; "" for none."""
    applied = {(edit.rules, edit.span) for edit in result.edits}
    levels: Counter[Level] = Counter()
    for finding in set(result.findings).difference(result.lookups):
        made = (finding.rules, finding.span) in applied
        if finding.level == "report" or (finding.level == "suggest" and not made):
            levels[finding.level] += 1
    return to_see(levels)


def to_see(levels: Mapping[Level, int]) -> str:
    """Return what a person has to see, given how many findings of each level there are.

    >>> to_see({"suggest": 2, "report": 1})
    '2 suggestions and 1 report for you to see (cleaner check, or fix --level suggest)'
    >>> to_see({})
    ''
    """
    counts = [count(levels[level], _NOUNS[level]) for level in _NOUNS if levels.get(level)]
    also = ", or fix --level suggest" if levels.get("suggest") else ""
    return f"{' and '.join(counts)} for you to see (cleaner check{also})" if counts else ""

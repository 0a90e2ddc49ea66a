"""`cleaner check`: say what is wrong, and change nothing."""

from __future__ import annotations

import sys
from collections import Counter, deque
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from operator import attrgetter
from pathlib import Path
from time import process_time
from typing import Annotated, NamedTuple

import typer

from cleaner.cli import fixing
from cleaner.cli.given import AUTO, Given, jobs_of, paths_of
from cleaner.cli.options import CLEANING, TALKING, Jobs, Paths, StdinFilename, shared
from cleaner.cli.reporting import Sent, Target, sent
from cleaner.cli.terminal import progress, say, waiting
from cleaner.engine.findings import Finding
from cleaner.engine.profile import Profile
from cleaner.engine.silence import Ignore
from cleaner.engine.trace import NO_TRACER
from cleaner.errors import RefusedError, UsageError, did_you_mean
from cleaner.project import files
from cleaner.project.baseline import Baseline, Counts, Known, counted, parse_baseline
from cleaner.project.config import Config
from cleaner.project.corpus import Outcome, Refused
from cleaner.project.known import KnownFindings, read_known
from cleaner.project.revision import Undo, confirm, revise
from cleaner.project.selection import Selection, acts, discover, skipped
from cleaner.reading import exists
from cleaner.reports import forms
from cleaner.reports.forms import Entry
from cleaner.reports.profile import lines as profile_lines
from cleaner.reports.tally import Summary, Tally, summary
from cleaner.rules.model import Level

STDIN = Path("-")
_STDIN_NAME = "<stdin>"
_FORMS = forms.names()
_LINES = ("text", "concise")  # the forms of a report that people read on a terminal


@shared(*CLEANING, *TALKING)
def check(
    paths: Paths = None,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="|".join(_FORMS),
            help="How to print the findings; text, unless FILE of -o ends in the name of another.",
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write the report to FILE (- is stdout)."
        ),
    ] = None,
    fix: Annotated[
        bool,
        typer.Option("--fix", help="First clean the files in place, as `cleaner fix` does."),
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 for reports too.")] = False,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit 0 whatever was found.")
    ] = False,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FILE", help="Leave out the findings that FILE lists."),
    ] = None,
    write_baseline: Annotated[
        bool,
        typer.Option(
            "--write-baseline", help="Write what is found now to that FILE; show nothing, exit 0."
        ),
    ] = False,
    jobs: Jobs = AUTO,
    profile: Annotated[
        bool,
        typer.Option(
            "--profile", help="Also say how long the kinds and the rules take; in one process."
        ),
    ] = False,
    stdin_filename: StdinFilename = None,
    *,
    given: Given,
) -> None:
    """Say what is wrong with files; without --fix no text is changed.

    Each finding is a line, file:line:column: level rule: before -> after (why), and the line of the
    text with the place marked; --format concise leaves the second one out. Level fix is what
    `cleaner fix` does, suggest is what it does when asked, report is what only the source could
    tell. The exit code is 1 if there is a fix or a suggestion.

    \b
    Examples:
      cleaner check article.txt
      cleaner check --fix articles/          clean them, and say what is left
      cleaner check --strict --select residue articles/
      cleaner check --format json article.txt | jq '.files[].findings[].rule'
      cleaner check --format sarif . > cleaner.sarif
      cleaner check --format html -o report.html articles/   a page to mail
      cleaner check --baseline known.json --write-baseline .   then, from now on:
      cleaner check --baseline known.json .
    """
    format = _form_of(output) if format is None else format
    if format not in _FORMS:
        raise UsageError(f"there is no format “{format}”; {did_you_mean(format, _FORMS)}")
    wanted = paths_of(paths)
    number = jobs_of(jobs)
    if profile:
        if (number or 1) > 1:
            raise UsageError("--profile measures one process; leave --jobs out")
        number = 1
    clock = Profile() if profile else None
    if write_baseline and not baseline:
        raise UsageError("--write-baseline goes with --baseline FILE")
    if write_baseline and output is not None:
        raise UsageError("--write-baseline shows nothing; leave --output out")
    if baseline and wanted == [STDIN] and not stdin_filename:
        what = "--baseline knows files by their names; give --stdin-filename NAME with -"
        raise UsageError(what)
    if fix and (baseline or wanted == [STDIN]):
        what = (
            "--baseline, whose findings it would mend" if baseline else "stdin; use cleaner fix -"
        )
        raise UsageError(f"--fix does not go with {what}")
    target = Target(output, wanted)
    history = _History(baseline, write=write_baseline)
    settings = given.settings()
    named = [*wanted, Path(stdin_filename or _STDIN_NAME)]
    with waiting("Reading the rules", quiet=given.quiet):
        selection = Selection(settings, named=named, tracer=clock or NO_TRACER)
    failing: Sequence[Level] = ("fix", "suggest", "report") if strict else ("fix", "suggest")
    fixed = None
    if fix:
        way = fixing.Way(report=target, quiet=given.quiet, verbose=given.verbose)
        fixed = fixing.fix_files(settings, wanted, way, jobs=number)
    tally = Tally(
        failing=() if write_baseline or exit_zero else failing,
        verbose=given.verbose,
        before=fixed,
    )
    finish = _Finish(history)
    if wanted == [STDIN]:
        all_checked = _check_stdin(settings, selection, stdin_filename, finish)
    else:
        own = [path for path in (baseline, target.path) if path]
        found, notes = discover(settings, wanted, own=own, names_all=given.verbose)
        for note in () if given.quiet or fixed else notes:
            say(note)
        apart = target.path is not None or not sys.stdout.isatty()
        shows = not given.quiet and (apart or format in _LINES)
        all_checked = _check_files(selection, target.others(found), finish, number, shows=shows)
    with closing(all_checked):
        entries = _entries(all_checked, tally, history, selection)
        if write_baseline:
            deque(entries, maxlen=0)
        else:
            target.write(entries, format, selection.cleaner.rules)
    change = history.close(settings)
    totals = tally.of_failures() if given.quiet else (*selection.idle(), *tally.of_findings())
    for line in totals:
        say(line)
    if clock:
        for line in profile_lines(clock, process_time()):
            say(line)
    target.confirm()
    confirm(change)
    raise typer.Exit(tally.exit_code)


def _form_of(output: str | None) -> str:
    """Return the form of a report that nobody has asked for by name.

    >>> _form_of("report.html"), _form_of("report.txt"), _form_of(None)
    ('html', 'text', 'text')
    """
    ending = Path(output or "").suffix.removeprefix(".").lower()
    return ending if ending in _FORMS else "text"


def _check_stdin(
    settings: Config, selection: Selection, filename: str | None, finish: _Finish
) -> Generator[_Checked]:
    """Check stdin, unless the configuration excludes its name."""
    data = files.read_stdin()
    note = skipped(settings, Path(filename)) if filename else None
    if note:
        say(note)
    else:
        yield finish(selection.clean_data(data, Path(filename or _STDIN_NAME)))


def _check_files(
    selection: Selection,
    found: Sequence[Path | RefusedError],
    finish: _Finish,
    jobs: int | None,
    *,
    shows: bool,
) -> Generator[_Checked]:
    """Check files; `shows` is whether people are shown how far it is."""
    with closing(selection.each(found, finish, jobs)) as all_checked:
        if shows:
            size, speaks = attrgetter("size"), attrgetter("findings")
            yield from progress(all_checked, "Checking", len(found), size=size, speaks=speaks)
        else:
            yield from all_checked


class _Checked(NamedTuple):
    """What was found in a file, as it is sent from the process that read it.

    Attributes:
        summary: see `tally.Summary`.
        size: of the file, in bytes.
        findings: those that the baseline does not know.
        known: how many the baseline knows.
        now: all findings, counted for the baseline, if there is one.
        used: the entries of `ignores` that suppressed something.
        sent: what a report says of the file, if there are findings.
    """

    summary: Summary
    size: int = 0
    findings: Sequence[Finding] = ()
    known: int = 0
    now: Counts | None = None
    used: Collection[Ignore] = ()
    sent: Sent | None = None


class _Finish:
    """Says what was found in a file; in any process."""

    def __init__(self, history: _History) -> None:
        self._history = history

    def __call__(self, outcome: Outcome) -> _Checked:
        if isinstance(outcome, Refused):
            return _Checked(summary(outcome))
        file, result = outcome.file, outcome.result
        new = self._history.new(file.path, result.findings)
        return _Checked(
            summary(outcome),
            size=len(file.data),
            findings=new,
            known=len(result.findings) - len(new),
            now=self._history.counted(result.findings),
            used=result.used,
            sent=sent(outcome, new) if new else None,
        )


class _History:
    """The findings of a baseline, if there is one, and what is found now."""

    def __init__(self, path: Path | None, *, write: bool) -> None:
        self._path, self._write = path, write
        self._known = KnownFindings(Baseline(), Path())
        if path:
            self._known = read_known(path, may_be_missing=write)
        self._now: dict[str, Counts] = {}  # by the names that the baseline has for files

    def new(self, path: Path, findings: Sequence[Finding]) -> Sequence[Finding]:
        """Return the findings of a file that are not in the baseline."""
        if self._path is None or self._write:
            return findings
        return self._known.unknown(path, findings)

    def counted(self, findings: Sequence[Finding]) -> Counts | None:
        """Return the findings as a baseline counts them; None if there is no baseline."""
        return None if self._path is None else counted(findings)

    def note(self, path: Path, counts: Counts) -> None:
        """Remember what was found in a file."""
        self._now[self._known.name_of(path)] = counts

    def close(self, settings: Config) -> Undo | None:
        """Write the baseline, or say how many of its entries are gone; return what was written."""
        if self._path is None:
            return None
        folder = self._path.parent
        now = dict(self._now)
        for name in self._known.baseline.files:
            if name not in now and not exists(folder / name):
                now[name] = Counter[Known]()
        act = partial(acts, settings)
        if self._write:
            change = revise(self._path, lambda text: self._renewed(text, now, act))
            done = "written" if change else "already up to date"
            say(f"{self._path}: {done}; the findings in it no longer count")
            return change
        gone = self._known.baseline.gone(now, act)
        if gone:
            entries = "1 entry is" if gone == 1 else f"{gone:,} entries are"
            say(f"{self._path}: {entries} gone; write it again with --write-baseline")
        return None

    def _renewed(self, text: str, now: Mapping[str, Counts], acts: Callable[[str], bool]) -> str:
        """Return the text of the baseline with what was found; others may have written it."""
        known = parse_baseline(text.encode(), str(self._path)) if text else Baseline()
        return str(known.renewed(now, acts))


def _entries(
    all_checked: Iterable[_Checked], tally: Tally, history: _History, selection: Selection
) -> Iterator[Entry]:
    """Count each file, and yield it as a report sees it."""
    for checked in all_checked:
        file = checked.summary
        tally.add(file)
        if file.refused:
            yield Entry(file.path, refused=file.refused)
            continue
        path = Path(file.path)
        selection.note(path, checked.used)
        if checked.now is not None:
            history.note(path, checked.now)
        tally.add_findings(file.path, checked.findings, known=checked.known)
        if checked.sent:
            yield checked.sent.entry
        else:
            yield Entry(file.path, left_out=file.left_out)

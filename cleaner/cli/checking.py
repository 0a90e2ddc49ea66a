"""What `cleaner check` does: say what is wrong, in files or in stdin.

Nothing here needs typer: `cleaner check FILE` starts without it.
"""

from __future__ import annotations

import sys
from collections import Counter, deque
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from operator import attrgetter
from pathlib import Path
from time import process_time
from typing import NamedTuple

from cleaner import process
from cleaner.cli import fixing, quick
from cleaner.cli.given import AUTO, Given, divided, jobs_of, paths_of
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
FORMS = forms.names()
_LINES = ("text", "concise")  # the forms of a report that people read on a terminal


def main() -> int:
    """Run `cleaner check` as the command line says, which `quick` must be able to read."""
    return process.run("cleaner", _main)


def _main() -> int:
    own, given = divided(quick.read(sys.argv[1:]) or {})
    return run(**own, given=given)


def run(
    paths: Sequence[str] | None,
    *,
    format: str | None = None,
    output: str | None = None,
    fix: bool = False,
    strict: bool = False,
    exit_zero: bool = False,
    baseline: Path | None = None,
    write_baseline: bool = False,
    jobs: str = AUTO,
    profile: bool = False,
    stdin_filename: str | None = None,
    given: Given,
) -> int:
    """Check files or stdin, as the options of `cleaner check` say; return the exit code."""
    way = Way(
        _form_of(output) if format is None else format,
        fix,
        strict,
        exit_zero,
        baseline,
        write_baseline,
        profile,
        stdin_filename,
    )
    way.check_form()
    wanted, number = paths_of(paths), jobs_of(jobs)
    way.refuse_contradictions(wanted, output, number)
    return _Run(way, wanted, Target(output, wanted), given, 1 if profile else number).run()


class Way(NamedTuple):
    """How to check and what to show of it: the options of `cleaner check` (see its help)."""

    form: str
    fix: bool
    strict: bool
    exit_zero: bool
    baseline: Path | None
    write_baseline: bool
    profile: bool
    stdin_filename: str | None

    @property
    def failing(self) -> Sequence[Level]:
        """The levels of which one finding makes the exit code 1."""
        if self.write_baseline or self.exit_zero:
            return ()
        return ("fix", "suggest", "report") if self.strict else ("fix", "suggest")

    def check_form(self) -> None:
        """Raise a usage error if there is no such form of a report."""
        if self.form not in FORMS:
            raise UsageError(f"there is no format “{self.form}”; {did_you_mean(self.form, FORMS)}")

    def refuse_contradictions(
        self, wanted: Sequence[Path], output: str | None, jobs: int | None
    ) -> None:
        """Raise a usage error if options exclude each other, or the paths that are wanted."""
        of_stdin = wanted == [STDIN]
        if self.profile and (jobs or 1) > 1:
            raise UsageError("--profile measures one process; leave --jobs out")
        if self.write_baseline and not self.baseline:
            raise UsageError("--write-baseline goes with --baseline FILE")
        if self.write_baseline and output is not None:
            raise UsageError("--write-baseline shows nothing; leave --output out")
        if self.baseline and of_stdin and not self.stdin_filename:
            what = "--baseline knows files by their names; give --stdin-filename NAME with -"
            raise UsageError(what)
        if self.fix and self.baseline:
            raise UsageError("--fix does not go with --baseline, whose findings it would mend")
        if self.fix and of_stdin:
            raise UsageError("--fix does not go with stdin; use cleaner fix -")


class _Run:
    """One run of `cleaner check`."""

    def __init__(
        self, way: Way, wanted: Sequence[Path], target: Target, given: Given, jobs: int | None
    ) -> None:
        self._way, self._wanted, self._target, self._given = way, wanted, target, given
        self._jobs = jobs
        self._history = _History(way.baseline, write=way.write_baseline)
        self._clock = Profile() if way.profile else None
        self._settings = given.settings()
        named = [*wanted, Path(way.stdin_filename or _STDIN_NAME)]
        with waiting("Reading the rules", quiet=given.quiet):
            self._selection = Selection(
                self._settings, named=named, tracer=self._clock or NO_TRACER
            )

    def run(self) -> int:
        """Check, report, and return the exit code."""
        fixed = self._fixed() if self._way.fix else None
        tally = Tally(failing=self._way.failing, verbose=self._given.verbose, before=fixed)
        with closing(self._checked(says_notes=not fixed)) as all_checked:
            entries = _entries(all_checked, tally, self._history, self._selection)
            if self._way.write_baseline:
                deque(entries, maxlen=0)
            else:
                self._target.write(entries, self._way.form, self._selection.cleaner.rules)
        change = self._history.close(self._settings)
        self._say_totals(tally)
        self._target.confirm()
        confirm(change)
        return tally.exit_code

    def _fixed(self) -> Tally:
        """Clean the files first, as `cleaner fix` does."""
        quiet, verbose = self._given.quiet, self._given.verbose
        way = fixing.Way(report=self._target, quiet=quiet, verbose=verbose)
        return fixing.fix_files(self._settings, self._wanted, way, jobs=self._jobs)

    def _checked(self, *, says_notes: bool) -> Generator[_Checked]:
        """Check stdin or files, and say what is left out of folders."""
        finish = _Finish(self._history)
        if self._wanted == [STDIN]:
            return _check_stdin(self._settings, self._selection, self._way.stdin_filename, finish)
        own = [path for path in (self._way.baseline, self._target.path) if path]
        verbose, quiet = self._given.verbose, self._given.quiet
        found, notes = discover(self._settings, self._wanted, own=own, names_all=verbose)
        for note in notes if says_notes and not quiet else ():
            say(note)
        apart = self._target.path is not None or not sys.stdout.isatty()
        shows = not quiet and (apart or self._way.form in _LINES)
        others = self._target.others(found)
        return _check_files(self._selection, others, finish, self._jobs, shows=shows)

    def _say_totals(self, tally: Tally) -> None:
        if self._given.quiet:
            totals = tally.of_failures()
        else:
            totals = (*self._selection.idle(), *tally.of_findings())
        for line in totals:
            say(line)
        if self._clock:
            for line in profile_lines(self._clock, process_time()):
                say(line)


def _form_of(output: str | None) -> str:
    """Return the form of a report that nobody has asked for by name.

    >>> _form_of("report.html"), _form_of("report.txt"), _form_of(None)
    ('html', 'text', 'text')
    """
    ending = Path(output or "").suffix.removeprefix(".").lower()
    return ending if ending in FORMS else "text"


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

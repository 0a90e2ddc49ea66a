"""What `cleaner fix` does, without typer, whose import takes as long as everything else.

A command line that `quick` can read comes here at once (see `__main__`). All others are read by
`fix`, which then calls the same function.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from cleaner import process
from cleaner.cli import quick
from cleaner.cli.given import AUTO, Given, divided, jobs_of, paths_of
from cleaner.cli.terminal import difference, print_diff_line, progress, say, waiting
from cleaner.errors import UsageError
from cleaner.project import files, writing
from cleaner.project.config import Config
from cleaner.project.corpus import Cleaned, InPlace, Outcome, Refused, leave, write_each
from cleaner.project.mirror import Mirror, is_for_copies
from cleaner.project.selection import Selection, discover, skipped
from cleaner.project.writing import UNCHANGED, Written
from cleaner.reading import is_folder
from cleaner.reports.tally import MOST_LISTED, Summary, Tally, edit_lines, lookup_lines, summary
from cleaner.rules.layers import display_path
from cleaner.text.counting import count

if TYPE_CHECKING:
    from cleaner.cli.reporting import Sent, Target
    from cleaner.reports.forms import Entry
    from cleaner.review.lookups import Lookup

STDIN = Path("-")


def main() -> int:
    """Run `cleaner fix` as the command line says, which `quick` must be able to read."""
    return process.run("cleaner", _main)


def _main() -> int:
    own, given = divided(quick.read(sys.argv[1:]) or {})
    return run(**own, given=given)


class Way(NamedTuple):
    """What to do with a cleaned file: put it in place, or one of the other ways.

    `page` is where a page goes that shows what `diff` shows, `report` where a report goes that
    somebody else writes. `mirror` writes copies if `output` is
    a folder. `keep` says whether what has to be looked up in the source is also kept in a file.
    `quiet` and `verbose` say how much is told of it.
    """

    diff: bool = False
    page: Target | None = None
    report: Target | None = None
    stdout: bool = False
    output: Path | None = None
    mirror: Mirror | None = None
    check: bool = False
    backup: bool | None = None
    keep: bool = False
    force: bool = False
    quiet: bool = False
    verbose: bool = False

    @property
    def would(self) -> bool:
        """Whether nothing is written: changes are only shown or counted."""
        return self.diff or self.check

    def refuse_contradictions(self, wanted: Sequence[Path]) -> None:
        """Raise a usage error if options exclude each other."""
        options = {
            "--diff": self.diff,
            "--stdout": self.stdout,
            "--output": self.output,
            "--check": self.check,
        }
        chosen = [option for option, value in options.items() if value]
        if len(chosen) > 1 and chosen != ["--diff", "--check"]:
            raise UsageError(f"{' and '.join(chosen)} exclude each other")
        if self.backup is not None and chosen:
            option = "--backup" if self.backup else "--no-backup"
            raise UsageError(f"{option} goes with cleaning in place, not with {chosen[0]}")
        if self.force and not self.output:
            raise UsageError("--force goes with -o")
        if self.stdout and (len(wanted) > 1 or is_folder(wanted[0])):
            raise UsageError("--stdout takes one file")

    def own(self) -> Sequence[Path]:
        """Return the files that nobody expects to be cleaned, because they are written."""
        return [target.path for target in (self.page, self.report) if target and target.path]

    def writer(self) -> Callable[[Cleaned], Written]:
        """Return the function that does it with one file."""
        if self.stdout:
            return _print
        if self.mirror:
            return self.mirror
        if self.output:
            return self._save
        if self.would:
            return leave
        return InPlace(backup=self.backup)

    def _save(self, cleaned: Cleaned) -> Written:
        assert self.output
        return writing.write_output(self.output, cleaned.data, force=self.force)


IN_PLACE = Way()
IN_REVIEW = Way(keep=True)


def _print(cleaned: Cleaned) -> Written:
    sys.stdout.buffer.write(cleaned.data)
    sys.stdout.buffer.flush()
    return UNCHANGED


class _Keeping(NamedTuple):
    """Where what has to be looked up in the source is kept, and with what in each entry."""

    file: Path
    folder: Path
    today: str

    def found_in(self, cleaned: Cleaned) -> tuple[Lookup, ...]:
        """Return what has to be looked up because of a file."""
        from cleaner.review.lookups import lookups_of

        return tuple(lookups_of(cleaned, self.folder, date=self.today))

    def keep(self, found: Sequence[Lookup]) -> None:
        """Write down what has to be looked up."""
        if found:
            from cleaner.review.lookups import keep

            keep(self.file, found)
            say(f"{display_path(self.file)}: keeps what to look up in the source")


def _keeping(settings: Config) -> _Keeping:
    """Return where a project keeps what has to be looked up.

    Raises:
        RuleError: what is there is wrong. That is said before a file is changed.
    """
    import datetime

    from cleaner.review.lookups import read_lookups
    from cleaner.review.project import Project

    project = Project(settings)
    read_lookups(project.lookups)
    return _Keeping(project.lookups, project.folder, datetime.date.today().isoformat())


class _Fixed(NamedTuple):
    """What `fix` did with a file, as it is sent from the process that did it.

    Attributes:
        summary: see `tally.Summary`.
        size: of the file, in bytes.
        wrote: whether it was written, or a copy of it.
        difference: what changes, if that is to be shown.
        changes: a line for each change, if these are to be told.
        to_look_up: a line for each report that has to be looked up.
        kept: the same for the file that keeps them, if there is one.
        sent: what a page says of the file, if there is one.
    """

    summary: Summary
    size: int = 0
    wrote: bool = False
    difference: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    to_look_up: tuple[str, ...] = ()
    kept: tuple[Lookup, ...] = ()
    sent: Sent | None = None

    def entry(self) -> Entry:
        """Return the file as a page shows it."""
        from cleaner.reports.forms import Entry

        if self.sent:
            return self.sent.entry
        file = self.summary
        return Entry(file.path, refused=file.refused, left_out=file.left_out)


class _Finish:
    """Does with a cleaned file what was asked for, and says what that was; in any process."""

    def __init__(self, way: Way, keeping: _Keeping | None = None) -> None:
        self._write, self._keeping = way.writer(), keeping
        self._shows_diff, self._shows_page = way.diff and not way.page, bool(way.page)
        self._tells_changes = way.verbose

    def __call__(self, cleaned: Outcome) -> _Fixed:
        (outcome,) = write_each([cleaned], self._write)
        if isinstance(outcome, Refused):
            return _Fixed(summary(outcome))
        return _Fixed(
            summary(outcome),
            size=len(outcome.file.data),
            wrote=outcome.written.changed,
            difference=tuple(difference(outcome)) if self._shows_diff else (),
            changes=tuple(edit_lines(outcome)) if self._tells_changes else (),
            to_look_up=tuple(lookup_lines(outcome)),
            kept=self._keeping.found_in(outcome) if self._keeping else (),
            sent=_sent(outcome) if self._shows_page else None,
        )


def _sent(cleaned: Cleaned) -> Sent | None:
    """Return what a page says of a file; None if nothing was found in it."""
    from cleaner.cli.reporting import sent

    findings = cleaned.result.findings
    return sent(cleaned, findings) if findings else None


class _Run:
    """Says what was done with each file, and sums it up."""

    def __init__(self, way: Way, named: Sequence[Path]) -> None:
        self._named = {str(path) for path in named}
        self._way = way
        self._of_interest = 0  # files that changed or were named
        self.tally = Tally(fails_on_change=way.check, would=way.would)
        self.kept: list[Lookup] = []
        self._last: _Fixed | None = None  # what was told
        self._says_nothing = True  # so far
        self.written = self.same = 0  # of the files that were not left alone

    def tell_each(self, all_fixed: Iterable[_Fixed], selection: Selection) -> None:
        """Say what was done with each file; show all of them in a page if one was asked for."""
        if self._way.page:
            entries = (fixed.entry() for fixed in self._told(all_fixed))
            self._way.page.write(entries, "html", selection.cleaner.rules)
        else:
            for _ in self._told(all_fixed):
                pass

    def _told(self, all_fixed: Iterable[_Fixed]) -> Iterator[_Fixed]:
        for fixed in all_fixed:
            self.tell(fixed)
            yield fixed

    def tell(self, fixed: _Fixed) -> None:
        """Say what was done with a file, unless that was the last thing said."""
        if fixed is self._last:
            return
        file = fixed.summary
        self.tally.add(file)
        self.written += fixed.wrote
        self.same += not (fixed.wrote or file.refused)
        for line in fixed.difference:
            print_diff_line(line)
        if self.is_worth_a_line(fixed):
            say(self.tally.of_file(file))
            self._says_nothing = False
        self._of_interest += self._is_of_interest(file)
        for line in (*fixed.changes, *fixed.to_look_up):
            say(line)
        self.kept += fixed.kept
        self._last = fixed

    def speaks_of(self, fixed: _Fixed) -> bool:
        """Return whether anything is printed about a file."""
        lines = fixed.difference or fixed.changes or fixed.to_look_up
        return bool(lines) or self.is_worth_a_line(fixed)

    def is_worth_a_line(self, fixed: _Fixed) -> bool:
        """Return whether something is said of a file.

        That is so if it was left alone; and, for the first files, if it changed or was named on the
        command line.
        """
        file = fixed.summary
        if file.refused or self._way.verbose:
            return True
        is_one_of_the_first = self._of_interest < MOST_LISTED
        return self._is_of_interest(file) and is_one_of_the_first and not self._way.quiet

    def _is_of_interest(self, file: Summary) -> bool:
        return not file.refused and (bool(file.edits) or file.path in self._named)

    def sum_up(self) -> None:
        """Say how many files there were, and what became of them."""
        if self._way.quiet:
            return
        others = self._of_interest - MOST_LISTED
        if others > 0 and not self._way.verbose:
            say(f"and {count(others, 'more file')}; --verbose names each")
        if self.tally.files != 1 or self._says_nothing:
            say(self.tally.of_files())
        if self._way.mirror:
            say(self._way.mirror.summary(self.written, self.same))


def run(
    paths: Sequence[str] | None = None,
    *,
    diff: bool = False,
    format: Literal["diff", "html"] = "diff",
    stdout: bool = False,
    output: str | None = None,
    check: bool = False,
    backup: bool | None = None,
    level: Literal["fix", "suggest"] = "fix",
    force: bool = False,
    jobs: str = AUTO,
    stdin_filename: str | None = None,
    given: Given,
) -> int:
    """Do what the command line says (see `cli.fix`); return the exit code.

    Raises:
        UsageError, ConfigError, RuleError: an option, the configuration or a rule is wrong.
    """
    wanted = paths_of(paths)
    number = jobs_of(jobs)
    page = None
    if format != "diff":
        if not diff:
            raise UsageError(f"--format {format} goes with --diff")
        page = _page(output, wanted, force=force)
        force = force and page.path is None  # else it is about the page
        output = None
    if output == "":
        raise UsageError("--output is empty; name a file or a folder")
    if output == str(STDIN):  # as everywhere, - is the standard stream
        stdout, output = True, None
    way = Way(
        diff=diff,
        page=page,
        stdout=stdout,
        output=None if output is None else Path(output),
        check=check,
        backup=backup,
        keep=bool(backup),
        force=force,
        quiet=given.quiet,
        verbose=given.verbose,
    )
    way.refuse_contradictions(wanted)
    if output and wanted != [STDIN] and is_for_copies(output, wanted):
        way = way._replace(mirror=Mirror(wanted, Path(output), force=force))
    return fix(wanted, given, way, level, number, stdin_filename)


def _page(output: str | None, wanted: Sequence[Path], *, force: bool) -> Target:
    from cleaner.cli.reporting import Target

    return Target(output, wanted, force=force)


def fix(
    wanted: Sequence[Path],
    given: Given,
    way: Way = IN_PLACE,
    level: Literal["fix", "suggest"] = "fix",
    jobs: int | None = None,
    stdin_filename: str | None = None,
) -> int:
    """Clean files, or stdin; return the exit code."""
    settings = given.settings()
    if wanted == [STDIN]:
        return _fix_stdin(settings, level, way, stdin_filename)
    return fix_files(settings, wanted, way, level, jobs).exit_code


def fix_files(
    settings: Config,
    paths: Sequence[Path],
    way: Way = IN_PLACE,
    level: Literal["fix", "suggest"] = "fix",
    jobs: int | None = None,
) -> Tally:
    """Clean files and say what was done; return what that was."""
    with waiting("Reading the rules", quiet=way.quiet):
        selection = Selection(settings, level, named=paths)
    found, notes = discover(settings, paths, own=way.own(), names_all=way.verbose)
    for note in () if way.quiet else notes:
        say(note)
    for target in (way.page, way.report):
        found = target.others(found) if target else found
    keeping = _keeping(settings) if way.keep else None
    run = _Run(way, paths)
    late: list[_Fixed] = []
    all_fixed = selection.each(found, _Finish(way, keeping), jobs, late)
    try:
        with closing(all_fixed):
            shown = progress(
                all_fixed,
                "Cleaning",
                len(found),
                size=attrgetter("size"),
                speaks=run.speaks_of,
                quiet=way.quiet,
            )
            run.tell_each(shown, selection)
    finally:  # also if somebody ends the program: what was done is told, and nothing else is lost
        for fixed in late:
            run.tell(fixed)
        if keeping:
            keeping.keep(run.kept)
    run.sum_up()
    if way.page:
        way.page.confirm()
    return run.tally


def _fix_stdin(
    settings: Config, level: Literal["fix", "suggest"], way: Way, filename: str | None
) -> int:
    """Clean stdin and print it, unless another way was asked for; return the exit code."""
    name = Path(filename or "<stdin>")
    with waiting("Reading the rules", quiet=way.quiet):
        selection = Selection(settings, level, named=[name])
    data = files.read_stdin()
    if not (way.diff or way.check or way.output):
        way = way._replace(stdout=True)
    note = skipped(settings, name) if filename else None
    if note:
        say(note)
        if way.stdout:
            sys.stdout.buffer.write(data)
        return 0
    run = _Run(way, [name])
    run.tell_each([_Finish(way)(selection.clean_data(data, name))], selection)
    if way.page:
        way.page.confirm()
    return run.tally.exit_code

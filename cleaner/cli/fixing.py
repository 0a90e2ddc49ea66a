"""What `cleaner fix` does, without typer, whose import takes as long as everything else.

`cleaner fix PATHS` without any option comes here at once (see `__main__`). All other command lines
are read by `fix`, which then calls the same functions.
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from cleaner import process
from cleaner.cli.given import Given, paths_of
from cleaner.cli.terminal import difference, print_diff_line, progress, say
from cleaner.errors import UsageError
from cleaner.project import files, writing
from cleaner.project.config import Config
from cleaner.project.corpus import Cleaned, InPlace, Outcome, Refused, leave, write_each
from cleaner.project.mirror import Mirror
from cleaner.project.selection import Selection, discover, skipped
from cleaner.project.writing import UNCHANGED, Written
from cleaner.reading import is_folder
from cleaner.reports.tally import Summary, Tally, lookup_lines, summary
from cleaner.rules.layers import display_path

if TYPE_CHECKING:
    from cleaner.review.lookups import Lookup

STDIN = Path("-")


def main() -> int:
    """Run `cleaner fix PATHS`; nothing else may be on the command line."""
    return process.run("cleaner", lambda: fix(paths_of(sys.argv[2:]), Given()))


class Way(NamedTuple):
    """What to do with a cleaned file: put it in place, or one of the other ways.

    `mirror` writes copies if `output` is a folder. `keep` says whether what has to be looked up in
    the source is also kept in a file.
    """

    diff: bool = False
    stdout: bool = False
    output: Path | None = None
    mirror: Mirror | None = None
    check: bool = False
    backup: bool | None = None
    keep: bool = False
    force: bool = False

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
        if len(chosen) > 1:
            raise UsageError(f"{' and '.join(chosen)} exclude each other")
        if self.backup is not None and chosen:
            option = "--backup" if self.backup else "--no-backup"
            raise UsageError(f"{option} goes with cleaning in place, not with {chosen[0]}")
        if self.force and not self.output:
            raise UsageError("--force goes with -o")
        if self.stdout and (len(wanted) > 1 or is_folder(wanted[0])):
            raise UsageError("--stdout takes one file")

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
        to_look_up: a line for each report that has to be looked up.
        kept: the same for the file that keeps them, if there is one.
    """

    summary: Summary
    size: int = 0
    wrote: bool = False
    difference: tuple[str, ...] = ()
    to_look_up: tuple[str, ...] = ()
    kept: tuple[Lookup, ...] = ()


class _Finish:
    """Does with a cleaned file what was asked for, and says what that was; in any process."""

    def __init__(self, way: Way, keeping: _Keeping | None = None) -> None:
        self._write, self._shows, self._keeping = way.writer(), way.diff, keeping

    def __call__(self, cleaned: Outcome) -> _Fixed:
        (outcome,) = write_each([cleaned], self._write)
        if isinstance(outcome, Refused):
            return _Fixed(summary(outcome))
        return _Fixed(
            summary(outcome),
            size=len(outcome.file.data),
            wrote=outcome.written.changed,
            difference=tuple(difference(outcome)) if self._shows else (),
            to_look_up=tuple(lookup_lines(outcome)),
            kept=self._keeping.found_in(outcome) if self._keeping else (),
        )


class _Run:
    """Says what was done with each file, and sums it up."""

    def __init__(self, way: Way, named: Sequence[Path]) -> None:
        self._named = {str(path) for path in named}
        self.tally = Tally(fails_on_change=way.check, would=way.would)
        self.kept: list[Lookup] = []
        self._last: _Fixed | None = None  # what was told
        self.written = self.same = 0  # of the files that were not left alone

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
        for line in fixed.to_look_up:
            say(line)
        self.kept += fixed.kept
        self._last = fixed

    def is_worth_a_line(self, fixed: _Fixed) -> bool:
        """Return whether a file changed, was left alone, or was named on the command line."""
        file = fixed.summary
        return bool(file.refused or file.edits) or file.path in self._named


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
    return fix_files(settings, wanted, way, level, jobs)


def fix_files(
    settings: Config,
    paths: Sequence[Path],
    way: Way = IN_PLACE,
    level: Literal["fix", "suggest"] = "fix",
    jobs: int | None = None,
) -> int:
    """Clean files and say what was done; return the exit code."""
    selection = Selection(settings, level, named=paths)
    found, notes = discover(settings, paths)
    for note in notes:
        say(note)
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
                speaks=run.is_worth_a_line,
            )
            for fixed in shown:
                run.tell(fixed)
    finally:  # also if somebody ends the program: what was done is told, and nothing else is lost
        for fixed in late:
            run.tell(fixed)
        if keeping:
            keeping.keep(run.kept)
    tally = run.tally
    if tally.files != 1:
        say(tally.of_files())
    if way.mirror:
        say(way.mirror.summary(run.written, run.same))
    return tally.exit_code


def _fix_stdin(
    settings: Config, level: Literal["fix", "suggest"], way: Way, filename: str | None
) -> int:
    """Clean stdin and print it, unless another way was asked for; return the exit code."""
    name = Path(filename or "<stdin>")
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
    run.tell(_Finish(way)(selection.clean_data(data, name)))
    return run.tally.exit_code

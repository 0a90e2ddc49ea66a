"""`cleaner fix`: clean files in place, or show what would change."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import typer

from cleaner.cli.options import CLEANING, Given, Paths, StdinFilename, paths_of, shared
from cleaner.cli.terminal import print_diff, progress, say
from cleaner.errors import UsageError
from cleaner.project import files
from cleaner.project.config import Config
from cleaner.project.corpus import Cleaned, Outcome, Refused, write_each
from cleaner.project.selection import Selection, discover, skipped
from cleaner.reports.tally import Tally

STDIN = Path("-")


@shared(*CLEANING)
def fix(
    paths: Paths = None,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what would change; write nothing.")
    ] = False,
    stdout: Annotated[
        bool, typer.Option("--stdout", help="Print the cleaned text of one file.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write the cleaned text of one file to FILE."
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if something would change.")
    ] = False,
    backup: Annotated[
        bool, typer.Option("--backup", help="Keep each file as it was, as NAME.orig.")
    ] = False,
    level: Annotated[
        Literal["fix", "suggest"],
        typer.Option("--level", help="suggest: also apply what rules only suggest."),
    ] = "fix",
    stdin_filename: StdinFilename = None,
    *,
    given: Given,
) -> None:
    """Clean files in place; with - as the only path, filter stdin to stdout.

    One line for each file goes to stderr. A file that cannot be cleaned safely is left as it is
    and named, and the exit code is 3; the other files are cleaned all the same.

    \b
    Examples:
      cleaner fix article.txt              clean it in place
      cleaner fix --diff articles/         show what would change in a folder
      cleaner fix - < raw.txt > clean.txt  as a filter
    """
    wanted = paths_of(paths)
    way = _Way(diff=diff, stdout=stdout, output=output, check=check, backup=backup)
    way.refuse_contradictions(wanted)
    settings = given.settings()
    if wanted == [STDIN]:
        raise typer.Exit(_fix_stdin(settings, level, way, stdin_filename))
    raise typer.Exit(fix_files(settings, wanted, way, level))


class _Way(NamedTuple):
    """What to do with a cleaned file: put it in place, or one of the other ways."""

    diff: bool = False
    stdout: bool = False
    output: Path | None = None
    check: bool = False
    backup: bool = False

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
        if self.backup and chosen:
            raise UsageError(f"--backup goes with cleaning in place, not with {chosen[0]}")
        one_file = len(wanted) == 1 and not wanted[0].is_dir()
        if chosen and chosen[0] in {"--stdout", "--output"} and not one_file:
            raise UsageError(f"{chosen[0]} takes one file")

    def writer(self) -> Callable[[Cleaned], None]:
        """Return the function that does it with one file."""
        if self.diff:
            return _show
        if self.stdout:
            return _print
        if self.output:
            return self._save
        if self.check:
            return _leave
        return self._put_in_place

    def _save(self, cleaned: Cleaned) -> None:
        assert self.output
        files.write_file(self.output, cleaned.data)

    def _put_in_place(self, cleaned: Cleaned) -> None:
        files.replace_file(cleaned.source, cleaned.result.text, backup=self.backup)


IN_PLACE = _Way()


def _show(cleaned: Cleaned) -> None:
    source = cleaned.source
    print_diff(source.path.as_posix(), source.data, cleaned.data, source.encoding)


def _print(cleaned: Cleaned) -> None:
    sys.stdout.buffer.write(cleaned.data)
    sys.stdout.buffer.flush()


def _leave(_: Cleaned) -> None:
    """Do nothing with a file."""


def fix_files(
    settings: Config,
    paths: Sequence[Path],
    way: _Way = IN_PLACE,
    level: Literal["fix", "suggest"] = "fix",
) -> int:
    """Clean files and say what was done; return the exit code."""
    selection = Selection(settings, level)
    found, notes = discover(settings, paths)
    for note in notes:
        say(note)
    tally = _run(selection.clean(progress(found, "Cleaning")), way, named=paths)
    if tally.files != 1:
        say(tally.of_files())
    return tally.exit_code


def _fix_stdin(
    settings: Config, level: Literal["fix", "suggest"], way: _Way, filename: str | None
) -> int:
    """Clean stdin and print it, unless another way was asked for; return the exit code."""
    selection = Selection(settings, level)
    data = files.read_stdin()
    name = Path(filename or "<stdin>")
    if not (way.diff or way.check or way.output):
        way = way._replace(stdout=True)
    note = skipped(settings, name) if filename else None
    if note:
        say(note)
        if way.stdout:
            sys.stdout.buffer.write(data)
        return 0
    return _run([selection.clean_data(data, name)], way, named=[name]).exit_code


def _run(outcomes: Iterable[Outcome], way: _Way, named: Sequence[Path]) -> Tally:
    """Do with each file what was asked for, and say so."""
    tally = Tally(fails_on_change=way.check, would=way.would)
    for outcome in write_each(outcomes, way.writer()):
        tally.add(outcome)
        if isinstance(outcome, Refused) or _is_worth_a_line(outcome, named):
            say(tally.of_file(outcome))
    return tally


def _is_worth_a_line(outcome: Cleaned, named: Sequence[Path]) -> bool:
    """Return whether a file changed, or was named on the command line."""
    return outcome.result.changed or outcome.source.path in named

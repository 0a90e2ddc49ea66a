"""`cleaner fix`: clean files in place, or show what would change."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import typer

from cleaner.cli.options import CLEANING, Given, Paths, StdinFilename, paths_of, shared
from cleaner.cli.terminal import print_difference, progress, say
from cleaner.errors import UsageError
from cleaner.project import files, writing
from cleaner.project.config import Config
from cleaner.project.corpus import Cleaned, InPlace, Outcome, Refused, leave, write_each
from cleaner.project.mirror import Mirror, is_for_copies
from cleaner.project.selection import Selection, discover, skipped
from cleaner.project.writing import UNCHANGED, Written
from cleaner.reading import is_folder
from cleaner.reports.tally import Tally, lookup_lines
from cleaner.rules.layers import display_path

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
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE|FOLDER/",
            help="Write the cleaned text of one file to FILE (- is stdout), or cleaned copies of"
            " all files into FOLDER; the originals stay.",
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if something would change.")
    ] = False,
    backup: Annotated[
        bool | None,
        typer.Option(
            "--backup/--no-backup",
            show_default=False,
            help="Keep each file as it was, as NAME.orig, and what to look up in the source, in "
            ".cleaner/lookups.yaml. Without either, only books and office files that git does not "
            "track are kept.",
        ),
    ] = None,
    level: Annotated[
        Literal["fix", "suggest"],
        typer.Option("--level", help="suggest: also apply what rules only suggest."),
    ] = "fix",
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            help="With -o: also write to a file that is read-only, has several hard links, or is a"
            " link out of the tree.",
        ),
    ] = False,
    stdin_filename: StdinFilename = None,
    *,
    given: Given,
) -> None:
    """Clean files in place; with - as the only path, filter stdin to stdout.

    One line for each file goes to stderr, and one for each report that a fix makes necessary:
    something was lost there, look it up in the source. A file that cannot be cleaned safely is
    left as it is and named, and the exit code is 3; the other files are cleaned all the same.

    With -o FOLDER/, every file that is read gets a copy there, also if nothing changes in it. The
    files of one folder keep their relative paths; each of several paths keeps its name.

    \b
    Examples:
      cleaner fix article.txt              clean it in place
      cleaner fix --diff articles/         show what would change in a folder
      cleaner fix season1/ -o cleaned/     write cleaned copies into a new folder
      cleaner fix - < raw.txt > clean.txt  as a filter
    """
    wanted = paths_of(paths)
    if output == "":
        raise UsageError("--output is empty; name a file or a folder")
    if output == str(STDIN):  # as everywhere, - is the standard stream
        stdout, output = True, None
    way = _Way(
        diff=diff,
        stdout=stdout,
        output=None if output is None else Path(output),
        check=check,
        backup=backup,
        keep=bool(backup),
        force=force,
    )
    way.refuse_contradictions(wanted)
    if output and wanted != [STDIN] and is_for_copies(output, wanted):
        way = way._replace(mirror=Mirror(wanted, Path(output), force=force))
    settings = given.settings()
    if wanted == [STDIN]:
        raise typer.Exit(_fix_stdin(settings, level, way, stdin_filename))
    raise typer.Exit(fix_files(settings, wanted, way, level))


class _Way(NamedTuple):
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
        if self.diff:
            return _show
        if self.stdout:
            return _print
        if self.mirror:
            return self.mirror
        if self.output:
            return self._save
        if self.check:
            return leave
        return InPlace(backup=self.backup)

    def _save(self, cleaned: Cleaned) -> Written:
        assert self.output
        return writing.write_output(self.output, cleaned.data, force=self.force)


IN_PLACE = _Way()
IN_REVIEW = _Way(keep=True)


def _show(cleaned: Cleaned) -> Written:
    print_difference(cleaned)
    return UNCHANGED


def _print(cleaned: Cleaned) -> Written:
    sys.stdout.buffer.write(cleaned.data)
    sys.stdout.buffer.flush()
    return UNCHANGED


def fix_files(
    settings: Config,
    paths: Sequence[Path],
    way: _Way = IN_PLACE,
    level: Literal["fix", "suggest"] = "fix",
) -> int:
    """Clean files and say what was done; return the exit code."""
    selection = Selection(settings, level, named=paths)
    found, notes = discover(settings, paths)
    for note in notes:
        say(note)
    with _kept_lookups(settings, way) as note_lookups:
        outcomes = selection.clean(progress(found, "Cleaning"))
        tally = _run(outcomes, way, named=paths, note=note_lookups)
    if tally.files != 1:
        say(tally.of_files())
    if way.mirror:
        say(way.mirror.summary())
    return tally.exit_code


def _fix_stdin(
    settings: Config, level: Literal["fix", "suggest"], way: _Way, filename: str | None
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
    return _run([selection.clean_data(data, name)], way, named=[name]).exit_code


@contextmanager
def _kept_lookups(settings: Config, way: _Way) -> Iterator[Callable[[Cleaned], object]]:
    """Return what is to be told of each cleaned file; at the end, keep what has to be looked up."""
    if not way.keep:
        yield leave
        return
    from cleaner.review import lookups
    from cleaner.review.project import Project

    project = Project(settings)
    lookups.read_lookups(project.lookups)  # if it is wrong, say so before a file is changed
    today = datetime.date.today().isoformat()
    found: list[lookups.Lookup] = []
    try:
        yield lambda cleaned: found.extend(lookups.lookups_of(cleaned, project.folder, date=today))
    finally:
        if found:
            lookups.keep(project.lookups, found)
            say(f"{display_path(project.lookups)}: keeps what to look up in the source")


def _run(
    outcomes: Iterable[Outcome],
    way: _Way,
    named: Sequence[Path],
    note: Callable[[Cleaned], object] = leave,
) -> Tally:
    """Do with each file what was asked for, and say so; `note` is told of each cleaned file."""
    tally = Tally(fails_on_change=way.check, would=way.would)
    for outcome in write_each(outcomes, way.writer()):
        tally.add(outcome)
        if isinstance(outcome, Refused) or _is_worth_a_line(outcome, named):
            say(tally.of_file(outcome))
        if isinstance(outcome, Cleaned):
            note(outcome)
            for line in lookup_lines(outcome):
                say(line)
    return tally


def _is_worth_a_line(outcome: Cleaned, named: Sequence[Path]) -> bool:
    """Return whether a file changed, or was named on the command line."""
    return outcome.result.changed or outcome.file.path in named

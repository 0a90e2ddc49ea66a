"""`cleaner fix`: clean files in place, or show what would change."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from cleaner.cli import fixing
from cleaner.cli.fixing import STDIN, Way
from cleaner.cli.given import AUTO, Given, jobs_of, paths_of
from cleaner.cli.options import CLEANING, Jobs, Paths, StdinFilename, shared
from cleaner.errors import UsageError
from cleaner.project.mirror import Mirror, is_for_copies


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
    jobs: Jobs = AUTO,
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
    number = jobs_of(jobs)
    if output == "":
        raise UsageError("--output is empty; name a file or a folder")
    if output == str(STDIN):  # as everywhere, - is the standard stream
        stdout, output = True, None
    way = Way(
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
    raise typer.Exit(fixing.fix(wanted, given, way, level, number, stdin_filename))

"""`cleaner fix`: clean files in place, or show what would change."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from cleaner.cli import fixing
from cleaner.cli.given import AUTO, Given
from cleaner.cli.options import CLEANING, TALKING, Jobs, Paths, StdinFilename, shared


@shared(*CLEANING, *TALKING)
def fix(
    paths: Paths = None,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what would change; write nothing.")
    ] = False,
    format: Annotated[
        Literal["diff", "html"],
        typer.Option(
            "--format",
            help="With --diff, how to show it: html is a page to read and to mail; -o writes it to"
            " a file.",
        ),
    ] = "diff",
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
      cleaner fix --diff --format html -o report.html articles/  as a page
      cleaner fix season1/ -o cleaned/     write cleaned copies into a new folder
      cleaner fix - < raw.txt > clean.txt  as a filter
    """
    code = fixing.run(
        paths,
        diff=diff,
        format=format,
        stdout=stdout,
        output=output,
        check=check,
        backup=backup,
        level=level,
        force=force,
        jobs=jobs,
        stdin_filename=stdin_filename,
        given=given,
    )
    raise typer.Exit(code)

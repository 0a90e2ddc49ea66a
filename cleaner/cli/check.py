"""`cleaner check`: say what is wrong, and change nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli import checking
from cleaner.cli.given import AUTO, Given
from cleaner.cli.options import CLEANING, TALKING, Jobs, Paths, StdinFilename, shared


@shared(*CLEANING, *TALKING)
def check(
    paths: Paths = None,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="|".join(checking.FORMS),
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
    code = checking.run(
        paths,
        format=format,
        output=output,
        fix=fix,
        strict=strict,
        exit_zero=exit_zero,
        baseline=baseline,
        write_baseline=write_baseline,
        jobs=jobs,
        profile=profile,
        stdin_filename=stdin_filename,
        given=given,
    )
    raise typer.Exit(code)

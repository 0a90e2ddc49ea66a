"""`cleaner fix`: clean files in place, or show what would change."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

import typer

from cleaner.cli import options
from cleaner.cli.terminal import complain, count, diff_line, progress
from cleaner.errors import RefusedError, UsageError
from cleaner.project import files
from cleaner.project.corpus import Cleaned, Refused
from cleaner.project.selection import Selection, discover, skipped
from cleaner.reports.diff import unified


def fix(
    paths: options.Paths = None,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what would change; write nothing.")
    ] = False,
    stdout: Annotated[
        bool, typer.Option("--stdout", help="Print the cleaned text of one file.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write the cleaned text of one file there."
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if something would change.")
    ] = False,
    backup: Annotated[
        bool, typer.Option("--backup", help="Keep what a file was as NAME.orig.")
    ] = False,
    level: Annotated[
        Literal["fix", "suggest"],
        typer.Option("--level", help="suggest: apply the suggestions of rules too."),
    ] = "fix",
    select: options.Select = None,
    ignore: options.Ignore = None,
    rules: options.Rules = None,
    bundled: options.Bundled = None,
    prefer: options.Prefer = None,
    encoding: options.Encoding = None,
    no_exclude: options.NoExclude = False,
    stdin_filename: options.StdinFilename = None,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
) -> None:
    """Clean files in place; with - as the only path, filter stdin to stdout.

    One line a file goes to stderr. A file that cannot be cleaned safely is left as it is, named,
    and makes the exit code 3; the others are done all the same.

    \b
    Examples:
      cleaner fix article.txt              clean it in place
      cleaner fix --diff articles/         show what would change in a folder
      cleaner fix - < raw.txt > clean.txt  as a filter
    """
    wanted = options.given(paths)
    _refuse_contradictions(
        wanted, backup, {"--diff": diff, "--stdout": stdout, "--output": output, "--check": check}
    )
    settings = options.settings(
        config,
        isolated,
        rules=rules,
        bundled=bundled,
        prefer=prefer,
        select=select,
        ignore=ignore,
        encoding=encoding,
        no_exclude=no_exclude,
    )
    chosen = Selection(settings, level)
    outcomes: Iterable[Cleaned | Refused]
    if wanted == [Path("-")]:
        wanted, data = [Path(stdin_filename or "<stdin>")], sys.stdin.buffer.read()
        stdout = not (diff or check or output)
        if stdin_filename and (note := skipped(settings, wanted[0])):
            complain(note)
            sys.stdout.buffer.write(data if stdout else b"")
            return
        outcomes, total = [chosen.clean_data(data, wanted[0])], 1
    else:
        found, notes = discover(settings, wanted)
        for note in notes:
            complain(note)
        outcomes, total = chosen.clean(progress(found, "Cleaning")), len(found)
    changed = refused = 0
    for outcome in outcomes:
        try:
            if isinstance(outcome, Refused):
                raise RefusedError(*outcome)
            if diff:
                _print_diff(outcome)
            elif stdout:
                sys.stdout.buffer.write(outcome.data)
                sys.stdout.buffer.flush()
            elif output:
                files.save(output, outcome.data)
            elif not check:
                files.write(outcome.source, outcome.result.text, backup=backup)
        except RefusedError as error:
            refused += 1
            complain(f"{error.path}: left alone: {error.why}")
        else:
            changed += outcome.result.changed
            if outcome.result.changed or outcome.source.path in wanted:
                complain(_summary(outcome, would=diff or check))
    if total != 1:
        clean = count(total - changed - refused, "file") + " already clean"
        left = f", {refused:,} left alone" if refused else ""
        complain(
            f"{count(total, 'file')}: {changed:,} {'would change' if diff or check else 'changed'}, {clean}{left}"
        )
    raise typer.Exit(3 if refused else int(check and changed > 0))


def _refuse_contradictions(wanted: list[Path], backup: bool, ways: dict[str, object]) -> None:
    chosen = [option for option, value in ways.items() if value]
    if len(chosen) > 1:
        raise UsageError(f"{' and '.join(chosen)} exclude each other")
    if backup and chosen:
        raise UsageError(f"--backup goes with cleaning in place, not with {chosen[0]}")
    if chosen and chosen[0] in {"--stdout", "--output"} and (len(wanted) > 1 or wanted[0].is_dir()):
        raise UsageError(f"{chosen[0]} takes one file")


def _print_diff(outcome: Cleaned) -> None:
    source = outcome.source
    for line in unified(source.path.as_posix(), source.text, outcome.result.text):
        typer.echo(diff_line(line), nl=False)


def _summary(outcome: Cleaned, *, would: bool) -> str:
    findings, edits = outcome.result.findings, outcome.result.edits
    done = "already clean"
    if edits:
        fixes = (
            f"{count(len(edits), 'fix')} by {count(len({edit.rules for edit in edits}), 'rule')}"
        )
        done = f"would make {fixes}" if would else fixes
    left = {"suggestion": "suggest", "report": "report"}
    made = {(edit.rules, edit.span) for edit in edits}
    open_ = [one for one in findings if one.level != "suggest" or (one.rules, one.span) not in made]
    numbers = {
        noun: sum(finding.level == level for finding in open_) for noun, level in left.items()
    }
    for_you = " and ".join(count(number, noun) for noun, number in numbers.items() if number)
    return f"{outcome.source.path}: {done}" + (
        f"; {for_you} for you to see (cleaner check)" if for_you else ""
    )

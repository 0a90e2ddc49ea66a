"""`cleaner check`: say what is wrong, and never write."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

import typer

from cleaner.cli import options
from cleaner.cli.terminal import complain, count, finding_line, progress
from cleaner.corpus import Cleaned, Refused
from cleaner.engine import Finding
from cleaner.reports import json, text
from cleaner.selection import Selection, discover, skipped


def check(
    paths: options.Paths = None,
    format: Annotated[
        Literal["text", "json"], typer.Option("--format", help="How to print the findings.")
    ] = "text",
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 for reports too.")] = False,
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
    """Say what is wrong with files; nothing is ever written.

    A line a finding: file:line:column: level rule: before -> after (why). Level fix is what `cleaner fix` does,
    suggest what it does when asked, report what only the source could tell. Exit 1 if there is a fix or a suggestion.

    \b
    Examples:
      cleaner check article.txt
      cleaner check --strict --select 'residue/*' articles/
      cleaner check --format json article.txt | jq '.files[].findings[].rule'
    """
    wanted = options.given(paths)
    settings = options.settings(
        config, isolated, rules=rules, bundled=bundled, prefer=prefer, select=select, ignore=ignore, encoding=encoding,
        no_exclude=no_exclude,
    )  # fmt: skip
    chosen = Selection(settings)
    outcomes: Iterable[Cleaned | Refused]
    if wanted == [Path("-")]:
        data = sys.stdin.buffer.read()
        note = skipped(settings, Path(stdin_filename)) if stdin_filename else None
        notes = [note] if note else []
        outcomes = [] if note else [chosen.clean_data(data, Path(stdin_filename or "<stdin>"))]
    else:
        paths_found, notes = discover(settings, wanted)
        outcomes = chosen.clean(progress(paths_found, "Checking"))
    for note in notes:
        complain(note)
    found: list[Finding] = []
    entries: list[dict[str, object]] = []
    refused: list[Refused] = []
    total = 0
    for outcome in outcomes:
        total += 1
        if isinstance(outcome, Refused):
            refused.append(outcome)
            continue
        name, before, findings = str(outcome.source.path), outcome.source.text, outcome.result.findings
        found += findings
        if format == "json":
            entries.append(json.file_entry(name, before, findings))
        else:
            for finding, line in zip(findings, text.lines(name, before, findings), strict=True):
                typer.echo(finding_line(line, finding.level))
    if format == "json":
        typer.echo(json.report(entries, refused))
    _summary(total, found, refused)
    seen = found if strict else [finding for finding in found if finding.level != "report"]
    raise typer.Exit(3 if refused else int(bool(seen)))


def _summary(total: int, found: list[Finding], refused: list[Refused]) -> None:
    for line in text.summary(found):
        complain(line)
    for name, why in refused:
        complain(f"{name}: left alone: {why}")
    levels = Counter[str](finding.level for finding in found)
    nouns = {"fix": "fix", "suggest": "suggestion", "report": "report"}
    counts = ", ".join(count(levels[level], noun) for level, noun in nouns.items() if levels[level])
    left = f", {len(refused):,} left alone" if refused else ""
    complain(f"{count(total, 'file')}: {counts or 'nothing found'}{left}")

"""`cleaner check`: say what is wrong, and change no text."""

from __future__ import annotations

import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer

from cleaner import __version__
from cleaner.cli import options
from cleaner.cli.terminal import complain, count, finding_line, progress
from cleaner.engine.cleaner import Cleaner
from cleaner.engine.findings import Finding
from cleaner.errors import UsageError
from cleaner.project import files
from cleaner.project.baseline import Baseline, Counts, Known, counted, parse_baseline
from cleaner.project.corpus import Cleaned, Refused
from cleaner.project.selection import Selection, acts, discover, skipped
from cleaner.reports import github, json, rdjson, sarif, text
from cleaner.reports.entry import Entry

Format = Literal["text", "json", "github", "sarif", "rdjson"]


def check(
    paths: options.Paths = None,
    format: Annotated[Format, typer.Option("--format", help="How to print the findings.")] = "text",
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 for reports too.")] = False,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FILE", help="Leave out the findings that FILE lists."),
    ] = None,
    write_baseline: Annotated[
        bool,
        typer.Option(
            "--write-baseline", help="List what is found now in that FILE; show nothing, exit 0."
        ),
    ] = False,
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
    """Say what is wrong with files; no text is ever changed.

    A line a finding: file:line:column: level rule: before -> after (why). Level fix is what
    `cleaner fix` does, suggest what it does when asked, report what only the source could tell.
    Exit 1 if there is a fix or a suggestion.

    \b
    Examples:
      cleaner check article.txt
      cleaner check --strict --select 'residue/*' articles/
      cleaner check --format json article.txt | jq '.files[].findings[].rule'
      cleaner check --format sarif . > cleaner.sarif
      cleaner check --baseline known.json --write-baseline .   then, from now on:
      cleaner check --baseline known.json .
    """
    wanted = options.given(paths)
    if write_baseline and not baseline:
        raise UsageError("--write-baseline goes with --baseline FILE")
    if baseline and wanted == [Path("-")] and not stdin_filename:
        raise UsageError("--baseline knows files by their names; say --stdin-filename NAME with -")
    known = _known(baseline, write=write_baseline) if baseline else Baseline()
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
    tally = _Tally()
    entries = _entries(outcomes, tally, Baseline() if write_baseline else known, baseline)
    if write_baseline:
        deque(entries, maxlen=0)
    elif format == "text":
        _print(entries)
    else:
        for piece in _report(entries, format, chosen.cleaner):
            typer.echo(piece, nl=False)
    if baseline:
        _compare(baseline, known, tally, partial(acts, settings), write=write_baseline)
    for line in chosen.idle():
        complain(line)
    _summary(tally)
    levels = {level for level, _ in tally.rules}
    seen = not write_baseline and (levels if strict else levels - {"report"})
    raise typer.Exit(3 if tally.refused else int(bool(seen)))


@dataclass(slots=True)
class _Tally:
    """What is counted while the findings pass by; `now` is for the baseline, by the names it has
    for files.
    """

    files: int = 0
    rules: Counter[tuple[str, str]] = field(default_factory=Counter)
    refused: list[Refused] = field(default_factory=list)
    now: dict[str, Counts] = field(default_factory=dict)
    held: int = 0


def _entries(
    outcomes: Iterable[Cleaned | Refused], tally: _Tally, known: Baseline, baseline: Path | None
) -> Iterator[Entry]:
    for outcome in outcomes:
        tally.files += 1
        if isinstance(outcome, Refused):
            tally.refused.append(outcome)
            yield Entry(outcome.path, refused=outcome.why)
            continue
        source, findings = outcome.source, outcome.result.findings
        new: Sequence[Finding] = findings
        if baseline:
            name = files.seen_from(source.path, baseline.parent)
            new = known.unknown(name, findings)
            tally.now[name] = counted(findings)
            tally.held += len(findings) - len(new)
        tally.rules.update((finding.level, finding.label) for finding in new)
        yield Entry(str(source.path), source.text, new, bom=source.bom)


def _print(entries: Iterable[Entry]) -> None:
    for path, before, findings, *_ in entries:
        for finding, line in zip(findings, text.lines(path, before, findings), strict=True):
            typer.echo(finding_line(line, finding.level))


def _report(entries: Iterable[Entry], format: Format, cleaner: Cleaner) -> Iterator[str]:
    if format == "json":
        return json.render(entries)
    here = (entry._replace(path=files.seen_from(Path(entry.path), Path())) for entry in entries)
    if format == "sarif":
        return sarif.render(here, cleaner.rules, __version__)
    return github.render(here) if format == "github" else rdjson.render(here)


def _known(baseline: Path, *, write: bool) -> Baseline:
    try:
        return parse_baseline(baseline.read_bytes(), str(baseline))
    except FileNotFoundError:
        if write:
            return Baseline()
        raise UsageError(f"{baseline}: there is no such file; --write-baseline makes it") from None
    except OSError as error:
        raise UsageError(f"{baseline}: cannot be read ({error.strerror})") from None


def _compare(
    baseline: Path, known: Baseline, tally: _Tally, acts: Callable[[str], bool], *, write: bool
) -> None:
    """Write the baseline, or say how much of it is history."""
    lost = {name: Counter[Known]() for name in known.files if not (baseline.parent / name).exists()}
    now = {**lost, **tally.now}
    if write:
        files.save(baseline, str(known.renewed(now, acts)).encode())
        complain(f"{baseline}: written; what it lists counts no more")
    elif gone := known.gone(now, acts):
        entries = "1 entry is" if gone == 1 else f"{gone:,} entries are"
        complain(f"{baseline}: {entries} gone; write it again with --write-baseline")


def _summary(tally: _Tally) -> None:
    for line in text.summary(tally.rules):
        complain(line)
    for name, why in tally.refused:
        complain(f"{name}: left alone: {why}")
    levels = Counter[str]()
    for (level, _), number in tally.rules.items():
        levels[level] += number
    nouns = {"fix": "fix", "suggest": "suggestion", "report": "report"}
    counts = ", ".join(count(levels[level], noun) for level, noun in nouns.items() if levels[level])
    held = f", {tally.held:,} held back by the baseline" if tally.held else ""
    left = f", {len(tally.refused):,} left alone" if tally.refused else ""
    complain(f"{count(tally.files, 'file')}: {counts or 'nothing found'}{held}{left}")

"""`cleaner corpus`: clean a table of documents of any size, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated, Literal

import typer

from cleaner.cli.given import AUTO, Given, jobs_of
from cleaner.cli.options import Jobs, shared
from cleaner.cli.terminal import Meter, say, waiting
from cleaner.corpora.daft import Cluster, clean_tables, find_tables
from cleaner.corpora.run import (
    SHARD,
    Advanced,
    Event,
    asked,
    check_apart,
    clean_corpus,
    find_inputs,
)
from cleaner.corpora.shards import Finished, Output
from cleaner.corpora.table import Counts, Failure
from cleaner.corpora.work import Job, Worker, portable, sources_of
from cleaner.errors import UsageError
from cleaner.project.pool import cores
from cleaner.reading import is_file
from cleaner.text.counting import count

_SHOWN = 20  # rows that could not be cleaned and get a line on stderr
_MEGABYTE = 1_000_000
_FAILED = 3


@shared(
    "select",
    "ignore",
    "rules",
    "bundled",
    "prefer",
    "read_as",
    "fields",
    "quiet",
    "config",
    "isolated",
)
def corpus(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="IN... OUT",
            help="Files of rows, or folders of them; the last one is the folder for the output.",
            show_default=False,
        ),
    ] = None,
    id_field: Annotated[
        str,
        typer.Option(
            "--id",
            metavar="NAME",
            help="The field that tells which document a finding is in; by default it is FILE:LINE.",
            show_default=False,
        ),
    ] = "",
    jobs: Jobs = AUTO,
    level: Annotated[
        Literal["fix", "suggest"],
        typer.Option("--level", help="suggest: also apply what rules only suggest."),
    ] = "fix",
    damaged: Annotated[
        bool,
        typer.Option(
            "--damaged", help="All documents are machine translations; none has to prove it."
        ),
    ] = False,
    shard_size: Annotated[
        int,
        typer.Option(
            "--shard-size", metavar="MB", min=1, help="How much of the input makes a part of OUT."
        ),
    ] = SHARD // _MEGABYTE,
    engine: Annotated[
        Literal["cleaner", "daft"],
        typer.Option(
            "--engine",
            help="daft: clean with Daft, which also reads Parquet; needs --id, sorts by it.",
        ),
    ] = "cleaner",
    runner: Annotated[
        Literal["native", "ray"],
        typer.Option("--runner", help="Where Daft runs: on this machine, or on a Ray cluster."),
    ] = "native",
    address: Annotated[
        str,
        typer.Option(
            "--address",
            metavar="URL",
            help="The address of the Ray cluster; by default Ray looks for one.",
            show_default=False,
        ),
    ] = "",
    *,
    given: Given,
) -> None:
    """Clean a table of documents: JSON Lines, CSV or TSV, one document in a row, of any size.

    The input stays as it is. OUT is a folder; in it are the cleaned rows in their order
    (part-00000.jsonl and so on), what was found in them (findings-00000.jsonl) and the rows that
    could not be cleaned (errors-00000.jsonl). Such a row is in its part as it was, is named on
    stderr, and makes the exit code 3. Whatever is not the text of a field stays byte for byte.

    Input that ends in .gz or .zst is read as it is, and the parts are compressed like it. Parts are
    written one after the other, each all or nothing. A run that was stopped, even by kill -9, goes
    on behind the last finished part if the same command is given again.

    \b
    Examples:
      cleaner corpus crawl.jsonl.gz cleaned/ --field text --id url
      cleaner corpus news.csv cleaned/ --field title --field body --jobs 4
      cat cleaned/part-*.jsonl > cleaned.jsonl
    """
    *paths_in, out = _paths(paths)
    if engine != "daft" and (runner != "native" or address):
        raise UsageError("--runner and --address go with --engine daft")
    if address and runner != "ray":
        raise UsageError("--address goes with --runner ray")
    settings = given.settings()
    check_apart(paths_in, out)
    inputs = find_tables(paths_in) if engine == "daft" else find_inputs(paths_in)
    job = Job(portable(settings), inputs, id_field, level, damaged)
    processes = _number(jobs_of(jobs), job)
    if engine != "daft":
        sources_of(job)
    with waiting("Reading the rules", quiet=given.quiet):
        Worker(job)  # so that what is wrong with the rules is said before there is any output
    size = shard_size * _MEGABYTE
    wanted = {"engine": engine, **asked(job, size)}
    with closing(Output(out, wanted)) as output:
        if output.finished and not given.quiet:
            before = count(len(output.finished), "part")
            say(f"{out}: {before} finished before; going on behind what is there")
        events: Iterable[Event]
        if engine == "daft":
            events = clean_tables(job, output, Cluster(runner, address, processes))
        else:
            events = clean_corpus(job, output, processes, size)
        code = _run(events, output, _Progress(inputs, quiet=given.quiet), quiet=given.quiet)
    raise typer.Exit(code)


def _paths(given: list[str] | None) -> list[Path]:
    if not given or len(given) < 2:
        raise UsageError("name the files to read, and the folder for the output")
    if "" in given:
        raise UsageError("one of the paths is empty; . means the working folder")
    if "-" in given:
        raise UsageError("a corpus is read from files, not from stdin; save it in a file")
    return [Path(path) for path in given]


def _number(jobs: int | None, job: Job) -> int:
    """Return how many processes to use; by default a further one for each MB, up to all cores."""
    if jobs is not None:
        return jobs
    megabytes = sum(path.stat().st_size for path in job.inputs if is_file(path)) // _MEGABYTE
    return min(cores(), 1 + megabytes)


def _run(events: Iterable[Event], output: Output, progress: _Progress, *, quiet: bool) -> int:
    """Say what happens, sum it up, and return the exit code."""
    failures = 0
    with closing(progress):
        for event in events:
            if isinstance(event, Advanced):
                progress.note(event)
                continue
            failures += isinstance(event, Failure)
            if isinstance(event, Failure) and failures > _SHOWN:
                continue
            if isinstance(event, Finished) and quiet:
                continue
            progress.close()
            if isinstance(event, Finished):
                say(f"{output.folder / event.part}: {event.counts.said()}")
            else:
                say(str(event))
    if failures > _SHOWN:
        others = count(failures - _SHOWN, "row")
        say(f"{output.folder}: and {others} more that could not be cleaned; see errors-*.jsonl")
    return _sum_up(output, quiet=quiet)


def _sum_up(output: Output, *, quiet: bool) -> int:
    counts = Counts()
    for shard in output.finished:
        counts = counts.plus(shard.counts)
    if not quiet:
        for line in counts.by_rule():
            say(line)
        say(f"{output.folder}: {count(len(output.finished), 'part')}, {counts.said()}")
    return _FAILED if counts.failed else 0


class _Progress:
    """How far it is, on a terminal. Files count by their size on the disk, also compressed ones."""

    def __init__(self, inputs: Sequence[Path], *, quiet: bool) -> None:
        self._meter = Meter("Cleaning", quiet=quiet)
        self._before = [0]  # the bytes of the files before each one, and of all
        for path in inputs:
            self._before.append(self._before[-1] + (path.stat().st_size if is_file(path) else 0))
        self._rows = self._bytes = 0

    def note(self, event: Advanced) -> None:
        """Show how far it is when some more rows are cleaned."""
        share = (self._before[event.input] + event.read) / max(self._before[-1], 1)
        if not self._rows:
            self._meter.skip(share)
        self._rows += event.rows
        self._bytes += event.size
        number, files = event.input + 1, len(self._before) - 1
        self._meter.show(f"{self._rows:,} rows, file {number:,} of {files:,}", self._bytes, share)

    def close(self) -> None:
        """Take it from the screen; it is shown again with the next rows."""
        self._meter.clear()

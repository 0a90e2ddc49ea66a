"""Cleaning a corpus: its chunks go to the processes, and come back in order into shards."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from cleaner import __version__
from cleaner.corpora import streams
from cleaner.corpora.chunks import CHUNK, Chunk, Place, chunks
from cleaner.corpora.shards import Finished, Output, Shard
from cleaner.corpora.table import Counts, Failure
from cleaner.corpora.work import Done, Job, Worker, portable, sources_of
from cleaner.errors import UsageError
from cleaner.project.pool import Died, in_order
from cleaner.reading import is_file, is_folder, real_path
from cleaner.rules import layers

SHARD = 64_000_000  # bytes of the input that make a shard


class Restarted(NamedTuple):
    """A process died; the rows that it had are cleaned again, in ever smaller pieces.

    Attributes:
        part: the shard that the rows belong to.
        file, line: where they begin.
        why: why it died.
    """

    part: int
    file: Path
    line: int
    why: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}"
        return f"part {self.part:05}: {self.why} at {place} or below; its rows are cleaned again"


class Advanced(NamedTuple):
    """Some more rows are cleaned.

    Attributes:
        input: the number of the file that they are from.
        rows: how many they are.
        size: how many bytes they have.
        read: how many bytes of the file, as it is on the disk, were read up to their end.
    """

    input: int
    rows: int
    size: int
    read: int


# What happens: rows were cleaned, one could not be, a process died, a shard is finished.
Event: TypeAlias = Advanced | Failure | Restarted | Finished


def clean_corpus(job: Job, output: Output, jobs: int, shard_size: int = SHARD) -> Iterator[Event]:
    """Clean all rows that are not in a finished shard yet; yield what happens.

    If it is closed, or killed, the finished shards stay, and the next call goes on behind them.

    Args:
        job: what to do.
        output: where the rows go.
        jobs: how many processes to use.
        shard_size: bytes of the input that make a shard.

    Raises:
        RefusedError: a file cannot be read, or the output cannot be written.
    """
    job = job._replace(config=portable(job.config))
    sources = sources_of(job)
    make = partial(Worker, job)
    sent: deque[tuple[Place, Place, int]] = deque()  # where chunks begin and end, what was read

    def items() -> Iterator[Chunk]:
        for chunk in chunks(sources, output.start, CHUNK, shard_size):
            sent.append((chunk.place, chunk.place.behind(chunk.data), chunk.read))
            yield chunk

    shard: Shard | None = None
    try:
        results: Iterator[Done | Died[Chunk]] = in_order(make, items(), jobs)
        for result in results:
            place, after, read = sent.popleft()
            if shard and shard.number != place.shard:
                yield output.finish(shard)
                shard = None
            source = sources[place.input]
            if shard is None:
                shard = output.begin(place, source.head, streams.ending_of(source.path.name))
            if isinstance(result, Died):
                yield Restarted(place.shard, source.path, place.line, result.why)
            done = _again(make, result) if isinstance(result, Died) else result
            output.add(shard, done, after)
            yield from done.failures
            yield Advanced(place.input, done.counts.rows, after.offset - place.offset, read)
        if shard:
            yield output.finish(shard)
            shard = None
    finally:
        if shard:
            shard.discard()


def _again(make: Callable[[], Worker], died: Died[Chunk]) -> Done:
    """Clean the rows that a process had when it died; leave the one alone that kills others."""
    worker = make()
    parts = worker.halves(died.item)
    results: Iterator[Done | Died[Chunk]] = in_order(make, parts, jobs=2)
    done: list[Done] = []
    for result in results:
        if isinstance(result, Done):
            done.append(result)
        elif len(parts) == 1:
            done.append(worker.leave(result.item, result.why))
        else:
            done.append(_again(make, result))
    return joined(done)


def joined(parts: list[Done]) -> Done:
    """Return what was done with several chunks that follow one another."""
    counts = Counts()
    for part in parts:
        counts = counts.plus(part.counts)
    return Done(
        b"".join(part.data for part in parts),
        b"".join(part.findings for part in parts),
        tuple(failure for part in parts for failure in part.failures),
        counts,
    )


def asked(job: Job, shard_size: int) -> dict[str, Any]:
    """Return what decides about the output, as JSON can hold it.

    Raises:
        RuleError: a rule file cannot be read.
    """
    config = job.config
    bundled = [layers.bundled()] if config.bundled else []
    settings = repr(
        (
            *(config.select, config.ignore, config.ignores),
            *(sorted(config.per_file_ignores.items()), sorted(config.levels.items())),
            *(sorted(config.prefer.items()), sorted(config.formats.items())),
        )
    )
    return {
        "version": __version__,
        "input": [_identity(path) for path in job.inputs],
        "field": [", ".join(config.fields_of(path)) for path in job.inputs],
        "id": job.id,
        "level": job.level,
        "damaged": "yes" if job.damaged else "",
        "read-as": config.read_as,
        "shard-size": shard_size,
        "rules": layers.fingerprint([*bundled, *config.rules], settings),
    }


def _identity(path: Path) -> str:
    """Return what tells a file from another one: its name, its size, its last change."""
    try:
        info = path.stat()
    except OSError:  # opening it will say what is wrong
        return str(path)
    return f"{path} ({info.st_size:,} bytes, {info.st_mtime_ns})"


def check_apart(paths: list[Path], output: Path) -> None:
    """Refuse an output that is in a folder of the input, or holds the input.

    Raises:
        UsageError: it is, or does.
    """
    for path in paths:
        if _is_within(output, path) or _is_within(path, output):
            what = f"{path} and {output} are one inside the other"
            raise UsageError(f"{what}; choose a folder for the output that is beside the input")


def find_inputs(paths: list[Path]) -> tuple[Path, ...]:
    """Return the files of rows that are meant by paths; a folder means all of them in it.

    Raises:
        UsageError: there are none in a folder.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if not is_folder(path):
            found[path] = None
            continue
        inside = [one for one in sorted(path.rglob("*")) if _is_wanted(one, path)]
        if not inside:
            endings = ", ".join(streams.row_endings())
            raise UsageError(f"{path}: there is no file in it that ends in {endings}")
        found.update(dict.fromkeys(inside))
    return tuple(found)


def _is_wanted(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not hidden and is_file(path) and streams.format_of(path) is not None


def _is_within(path: Path, folder: Path) -> bool:
    return real_path(path).is_relative_to(real_path(folder))

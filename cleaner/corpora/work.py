"""What a process does: it cleans the rows of a chunk and says what was found in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from cleaner.corpora import streams
from cleaner.corpora.batch import clean_each, failed
from cleaner.corpora.chunks import Chunk, Source
from cleaner.corpora.table import Counts, Failure, Where, as_line, findings_of
from cleaner.engine.findings import Result
from cleaner.errors import RefusedError, UsageError
from cleaner.formats import MalformedError, Rows
from cleaner.project.config import Config
from cleaner.project.selection import Selection
from cleaner.rules.model import Level

_NUL = "there is a NUL character in it, which is not text; leave it out"


class Job(NamedTuple):
    """What to do with some files of rows.

    Attributes:
        config: the settings; `portable` makes them fit for another process.
        inputs: the files.
        id: the field that tells which row it is; "" if none does.
        level: see `Cleaner`.
        damaged: see `Cleaner`.
    """

    config: Config
    inputs: tuple[Path, ...]
    id: str = ""
    level: Level = "fix"
    damaged: bool = False


def portable(config: Config) -> Config:
    """Return settings that can be pickled."""
    values: dict[str, Any] = {
        name: dict(value)
        for name, value in config._asdict().items()
        if isinstance(value, MappingProxyType)
    }
    return config._replace(**values)


class Done(NamedTuple):
    """A chunk after cleaning.

    Attributes:
        data: its rows.
        findings: the findings in it, an object in JSON on each line.
        failures: the rows that could not be cleaned; they are in `data` as they were.
        counts: how many there are of what.
    """

    data: bytes
    findings: bytes
    failures: tuple[Failure, ...]
    counts: Counts


def rows_of(job: Job, path: Path) -> tuple[Rows, bytes]:
    """Return how the rows of a file are read, and the bytes before the first of them.

    Raises:
        RefusedError: it cannot be read, or is not what its format says.
        UsageError: it is in no format that has rows.
    """
    module = streams.format_of(path, job.config.read_as or job.config.format_of(path))
    if module is None or not hasattr(module, "rows"):
        endings = ", ".join(streams.row_endings())
        what = f"{path}: cleaner corpus reads {endings}, each also with .gz or .zst"
        if path.suffix.lower() == ".parquet":
            raise UsageError(f"{what}; --engine daft reads Parquet")
        raise UsageError(f"{what}; --read-as names the format of a file with another ending")
    beginning, has_mark = streams.read_beginning(path)
    try:
        rows = module.rows(beginning, job.config.fields_of(path), job.id)
    except MalformedError as error:
        raise RefusedError(path, error.what) from None
    return rows, (streams.MARK if has_mark else b"") + rows.header.encode()


def sources_of(job: Job) -> list[Source]:
    """Return the files as they are divided.

    Raises:
        RefusedError, UsageError: see `rows_of`.
    """
    sources: list[Source] = []
    for path in job.inputs:
        rows, head = rows_of(job, path)
        sources.append(Source(path, head, rows.row))
    return sources


class Row(NamedTuple):
    """A row in bytes, its line end, and the number of its first line."""

    data: bytes
    end: bytes
    line: int


def split(chunk: Chunk, rows: Rows) -> Iterator[Row]:
    """Yield the rows of a chunk, also blank ones. What is no whole row is one up to the end."""
    at, place = 0, chunk.place
    while at < len(chunk.data):
        found = rows.row.match(chunk.data, at)
        end = found.end() if found and found.end() > at else len(chunk.data)
        data = found[1] if found and found.end() > at else chunk.data[at:]
        yield Row(data, chunk.data[at + len(data) : end], place.line)
        place = place.behind(chunk.data[at:end])
        at = end


class Worker:
    """Cleans chunks. It is made once in each process, and loads the rules unless they are given.

    Raises:
        RuleError, UsageError, ConfigError: see `Selection`.
    """

    def __init__(self, job: Job, selection: Selection | None = None) -> None:
        self._job = job
        self._selection = selection or Selection(
            job.config, job.level, named=job.inputs, damaged=job.damaged
        )
        self._file: _File | None = None

    def __call__(self, chunk: Chunk) -> Done:
        """Clean the rows of a chunk.

        Raises:
            RefusedError: the file cannot be read any more.
        """
        file = self._file_of(chunk)
        local = self._selection.local(file.path)
        cleaner = self._selection.cleaner.without(local.disabled)
        done = _Doing(file)
        for row in split(chunk, file.rows):
            source = done.begin(row)
            if source is not None:
                (result,) = clean_each(cleaner, [source], file.rows.read, local.ignores)
                done.end(row, source, result)
        return done.all()

    def leave(self, chunk: Chunk, why: str) -> Done:
        """Return a chunk of one row as it is, because it cannot be cleaned."""
        file = self._file_of(chunk)
        done = _Doing(file)
        for row in split(chunk, file.rows):
            source = done.begin(row)
            if source is not None:
                done.end(row, source, failed(source, why))
        return done.all()

    def halves(self, chunk: Chunk) -> list[Chunk]:
        """Return the rows of a chunk as two chunks; as one if it has one row only."""
        rows = list(split(chunk, self._file_of(chunk).rows))
        middle = sum(len(row.data) + len(row.end) for row in rows[: len(rows) // 2])
        first, second = chunk.data[:middle], chunk.data[middle:]
        parts = [Chunk(chunk.place, first), Chunk(chunk.place.behind(first), second)]
        return [part for part in parts if part.data]

    def _file_of(self, chunk: Chunk) -> _File:
        if self._file is None or self._file.number != chunk.place.input:
            self._file = _File(self._job, chunk.place.input)
        return self._file


class _File:
    """A file whose rows are cleaned: its number, its path and how its rows are read."""

    def __init__(self, job: Job, number: int) -> None:
        self.number, self.path = number, job.inputs[number]
        self.rows, _ = rows_of(job, self.path)
        self._has_ids = bool(job.id)

    def document(self, row: Row, source: str) -> object:
        """Return what tells which row it is: its id, or its place if ids are not asked for."""
        if not self._has_ids:
            return f"{self.path}:{row.line}"
        try:
            return self.rows.id_of(source)
        except MalformedError:
            return None


class _Doing:
    """What has become of the rows of a chunk so far."""

    def __init__(self, file: _File) -> None:
        self._file = file
        self._data: list[bytes] = []
        self._findings: list[str] = []
        self._failures: list[Failure] = []
        self._rules: Counter[tuple[Level, str]] = Counter()
        self._number = self._changed = 0

    def begin(self, row: Row) -> str | None:
        """Return the source of a row; None if it is blank or no text, so that it is done."""
        if not row.data.strip():
            self._data += (row.data, row.end)
            return None
        self._number += 1
        try:
            source = row.data.decode()
        except UnicodeDecodeError as error:
            what = f"byte 0x{row.data[error.start]:02X} at offset {error.start:,} of the row"
            self._fail(row, None, f"{what} is not UTF-8; save it as UTF-8")
            return None
        if "\0" in source:
            self._fail(row, self._file.document(row, source), _NUL)
            return None
        return source

    def end(self, row: Row, source: str, result: Result) -> None:
        """Keep the result of a row."""
        error = result.error
        if not error and (result.source != source) != result.changed:
            error = "the bytes would not follow the text"
        if error:
            self._fail(row, self._file.document(row, source), error)
            return
        self._data += (result.source.encode() if result.changed else row.data, row.end)
        self._changed += result.changed
        if result.findings:
            where = Where(self._file.document(row, source), str(self._file.path), row.line)
            self._findings += map(as_line, findings_of(result, where))
            self._rules.update((finding.level, finding.label) for finding in result.findings)

    def _fail(self, row: Row, document: object, why: str) -> None:
        self._data += (row.data, row.end)
        where = Where(document, str(self._file.path), row.line)
        self._failures.append(Failure(where, why))

    def all(self) -> Done:
        """Return the whole chunk."""
        failures = tuple(self._failures)
        counts = Counts(self._number, self._changed, len(failures), dict(self._rules))
        return Done(b"".join(self._data), "".join(self._findings).encode(), failures, counts)

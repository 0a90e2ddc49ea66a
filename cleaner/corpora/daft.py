"""The same work on Daft: Parquet, CSV and JSON Lines, on this machine or on a Ray cluster.

Daft reads the tables, gives their rows to processes, and sorts them by their id, because it gives
them back in any order. What is done with a row is what `work` does with it, so that the texts and
the findings are the same. Daft keeps nothing of a run that is stopped, so there is one part only,
which is there or is not.
"""

from __future__ import annotations

import csv
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol, TypeAlias

from cleaner.corpora.batch import clean_each
from cleaner.corpora.chunks import Place
from cleaner.corpora.shards import Finished, Output
from cleaner.corpora.streams import Ending
from cleaner.corpora.table import Counts, Failure, Where, as_line, findings_of
from cleaner.corpora.work import Done, Job, portable
from cleaner.errors import RefusedError, UsageError
from cleaner.formats import _fields, jsonl
from cleaner.project.selection import Selection
from cleaner.reading import is_folder

Runner: TypeAlias = Literal["native", "ray"]
_READERS = {".parquet": "read_parquet", ".csv": "read_csv", ".jsonl": "read_json"}
_RESULT, _FILE = "cleaner: result", "cleaner: file"  # columns that are added for a while
_BATCH = 256  # rows that a process gets at a time
# Neither of the two tells its makers what is done with it, nor draws on the terminal.
_SILENT = {"DO_NOT_TRACK": "1", "RAY_USAGE_STATS_ENABLED": "0", "DAFT_PROGRESS_BAR": "0"}


class Cluster(NamedTuple):
    """Where Daft runs.

    Attributes:
        runner: "native" on this machine, "ray" on a Ray cluster.
        address: that of the cluster; "" for the one that Ray knows of, or a new one here.
        jobs: how many processes clean.
    """

    runner: Runner = "native"
    address: str = ""
    jobs: int = 1


def find_tables(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return the tables that are meant by paths; a folder means all of them in it.

    Raises:
        UsageError: they are not all of one format that Daft reads.
    """
    found: dict[Path, None] = {}
    for path in paths:
        inside = [one for one in sorted(path.rglob("*")) if one.suffix.lower() in _READERS]
        found.update(dict.fromkeys(inside if is_folder(path) else [path]))
    endings = {path.suffix.lower() for path in found}
    if len(endings) != 1 or not endings.issubset(_READERS):
        known = ", ".join(_READERS)
        what = "--engine daft reads files that all have the same one of the endings"
        raise UsageError(f"{what} {known}; name such files, or a folder of them")
    return tuple(found)


def clean_tables(job: Job, output: Output, cluster: Cluster) -> Iterator[Failure | Finished]:
    """Clean all rows of the inputs, and write them sorted by their id; yield what happens.

    Raises:
        UsageError: a package is missing, or there is no id or no column of that name.
        RefusedError: a table cannot be read, or the output cannot be written.
    """
    if output.finished:
        return
    fields = tuple(job.config.fields_of(job.inputs[0]))
    daft = _daft(cluster)
    try:
        frame, kinds = _read(daft, job.inputs)
        names = [name for name in frame.column_names if name != _FILE]
        _check_columns(names, fields, job.id)
        cleaning = _remote(daft, cluster.jobs)(job._replace(config=portable(job.config)), fields)
        columns = [frame[name] for name in (job.id, _FILE, *fields)]
        frame = frame.with_column(_RESULT, cleaning.clean(*columns))
        frame = frame.sort(frame[job.id].cast(kinds[job.id]))
        batches = frame.to_arrow_iter()
        ending = Ending(job.inputs[0].suffix.lower())
        shard = output.begin(Place(), b"", ending)
        encoder = _ENCODERS[str(ending)]()
        place = Place()
        for batch in batches:
            done = _done(batch, names, fields, job.id, encoder)
            place = place._replace(line=place.line + batch.num_rows)
            output.add(shard, done, place)
            yield from done.failures
    except daft.exceptions.DaftCoreException as error:
        why = str(error).strip().partition("\n")[0]
        raise RefusedError(job.inputs[0], f"Daft cannot read it ({why})") from None
    output.add(shard, Done(encoder.end(), b"", (), Counts()), place)
    yield output.finish(shard)


def _daft(cluster: Cluster) -> Any:
    """Return the module, ready to run where it is wanted.

    Raises:
        UsageError: a package is missing.
    """
    for name, value in _SILENT.items():
        os.environ.setdefault(name, value)
    daft = _module("daft", "--engine daft")
    if cluster.runner == "ray":
        _module("ray", "--runner ray")
        daft.set_runner_ray(cluster.address or None, noop_if_initialized=True)
    elif daft.get_or_infer_runner_type() != "native":  # it can be set once in a process
        daft.set_runner_native()
    return daft


def _module(name: str, option: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError:
        what = f"{option} needs the package {name}: pip install {name}"
        raise UsageError(what) from None


def _read(daft: Any, inputs: Sequence[Path]) -> tuple[Any, Mapping[str, Any]]:
    """Return the tables as one, and the type of each column.

    All columns of CSV are read as texts, so that their values stay, whatever their type is.
    """
    ending = inputs[0].suffix.lower()
    read = getattr(daft, _READERS[ending])
    paths = [str(path) for path in inputs]
    kinds = {column.name: column.dtype for column in read(paths).schema()}
    options: dict[str, Any] = {"file_path_column": _FILE}
    if ending == ".csv":
        options["schema"] = dict.fromkeys(kinds, daft.DataType.string())
    return read(paths, **options), kinds


def _check_columns(names: Sequence[str], fields: Sequence[str], id: str) -> None:
    listed = ", ".join(names)
    if not fields:
        raise UsageError(f"name the columns that hold text with --field (columns: {listed})")
    if not id:
        what = "Daft gives rows back in any order; name the column to sort them by with --id"
        raise UsageError(f"{what} (columns: {listed})")
    for name in (id, *fields):
        if name not in names:
            raise UsageError(f"there is no column “{name}” (columns: {listed})")


def _remote(daft: Any, jobs: int) -> Any:
    """Return the class of what cleans rows in processes of Daft's."""
    text = daft.DataType.string()
    result = daft.DataType.struct(
        {"texts": daft.DataType.list(text), "findings": text, "error": text}
    )

    in_batches: Callable[[Any], Any] = daft.method.batch(return_dtype=result, batch_size=_BATCH)

    class Cleaning:
        def __init__(self, job: Job, fields: Sequence[str]) -> None:
            self._rows = _Rows(job, fields)

        @in_batches
        def clean(self, ids: Any, files: Any, *texts: Any) -> list[Mapping[str, object]]:
            columns = [column.to_pylist() for column in (ids, files, *texts)]
            return [self._rows.clean(*row) for row in zip(*columns, strict=True)]

    return daft.cls(Cleaning, use_process=True, max_concurrency=jobs)


class _Rows:
    """Cleans the texts of rows. Those of a row are one object in JSON, as in a file of rows."""

    def __init__(self, job: Job, fields: Sequence[str]) -> None:
        self._fields = fields
        selection = Selection(job.config, job.level, named=job.inputs, damaged=job.damaged)
        self._cleaner, self._local = selection.cleaner, selection.local
        ways = [_fields.written([field]) for field in fields]
        self._read = jsonl.rows("", ways).read

    def clean(self, id: object, file: str, *texts: object) -> Mapping[str, object]:
        """Return the cleaned texts, the findings as JSON Lines, and why it was not cleaned."""
        path = Path(file.removeprefix("file://"))
        row = dict(zip(self._fields, texts, strict=True))
        filled = {name: text for name, text in row.items() if text is not None}
        try:
            source = json.dumps(filled, ensure_ascii=False)
        except TypeError:  # a column of something that JSON cannot hold is no column of texts
            source = "{}"
        local = self._local(path)
        cleaner = self._cleaner.without(local.disabled)
        (result,) = clean_each(cleaner, [source], self._read, local.ignores)
        where = Where(id, str(path), None)
        cleaned = json.loads(result.source) if result.changed else row
        return {
            "texts": [cleaned.get(name) for name in self._fields] if result.changed else None,
            "findings": "".join(map(as_line, findings_of(result, where))),
            "error": result.error,
        }


def _done(
    batch: Any, names: Sequence[str], fields: Sequence[str], id: str, encoder: _Encoder
) -> Done:
    """Return what became of some rows, encoded as their part wants them."""
    results = batch.column(_RESULT).to_pylist()
    ids, files = batch.column(id).to_pylist(), batch.column(_FILE).to_pylist()
    failures: list[Failure] = []
    rules: Counter[tuple[Any, str]] = Counter()
    for number, result in enumerate(results):
        if result["error"]:
            where = Where(ids[number], files[number].removeprefix("file://"), None)
            failures.append(Failure(where, result["error"]))
        for line in result["findings"].splitlines():
            found = json.loads(line)
            rules[found["level"], found["rule"]] += 1
    changed = sum(result["texts"] is not None for result in results)
    counts = Counts(len(results), changed, len(failures), dict(rules))
    findings = "".join(result["findings"] for result in results).encode()
    data = encoder.encode(_with_texts(batch.select(names), results, fields))
    return Done(data, findings, tuple(failures), counts)


def _with_texts(batch: Any, results: Sequence[Mapping[str, Any]], fields: Sequence[str]) -> Any:
    """Return rows with their cleaned texts."""
    pyarrow = import_module("pyarrow")
    for number, field in enumerate(fields):
        at = batch.schema.get_field_index(field)
        before = batch.column(at).to_pylist()
        after = [
            old if result["texts"] is None else result["texts"][number]
            for old, result in zip(before, results, strict=True)
        ]
        column = pyarrow.array(after, batch.schema.field(at).type)
        batch = batch.set_column(at, batch.schema.field(at), column)
    return batch


class _Encoder(Protocol):
    """Makes the bytes of a file of rows, some rows at a time."""

    def encode(self, batch: Any) -> bytes:
        """Return the bytes of some rows."""

    def end(self) -> bytes:
        """Return the bytes behind all rows."""


class _JsonLines:
    def encode(self, batch: Any) -> bytes:
        rows = (as_line(row) for row in batch.to_pylist())
        return "".join(rows).encode()

    def end(self) -> bytes:
        return b""


class _Csv:
    def __init__(self) -> None:
        self._has_header = False

    def encode(self, batch: Any) -> bytes:
        stream = StringIO()
        writer = csv.DictWriter(stream, batch.schema.names)
        if not self._has_header:
            writer.writeheader()
            self._has_header = True
        writer.writerows(batch.to_pylist())
        return stream.getvalue().encode()

    def end(self) -> bytes:
        return b""


class _Parquet:
    def __init__(self) -> None:
        self._sink = _Sink()
        self._writer: Any = None

    def encode(self, batch: Any) -> bytes:
        if self._writer is None:
            self._writer = import_module("pyarrow.parquet").ParquetWriter(self._sink, batch.schema)
        self._writer.write_batch(batch)
        return self._sink.take()

    def end(self) -> bytes:
        if self._writer is not None:
            self._writer.close()
        return self._sink.take()


class _Sink:
    """A file whose bytes are taken away while it grows."""

    closed = False

    def __init__(self) -> None:
        self._size, self._pieces = 0, list[bytes]()

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        self._size += len(data)
        return len(data)

    def tell(self) -> int:
        return self._size

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass

    def take(self) -> bytes:
        """Return what was written since the last time."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


_ENCODERS: Mapping[str, type[_Encoder]] = {
    ".parquet": _Parquet,
    ".csv": _Csv,
    ".jsonl": _JsonLines,
}

"""The folder that cleaned rows go to, a shard after the other, and what is finished in it.

It holds, for the shard with the number 0:

- `part-00000.jsonl`: the rows, with the ending that the input has;
- `findings-00000.jsonl`: what was found in them;
- `errors-00000.jsonl`: the rows that could not be cleaned, if there are any;

and for all of them `manifest.json`, which says what was asked for, and `finished.jsonl`, which has
a line for each shard that is finished. A file gets its name when it is complete, and a shard its
line when all its files are safely on the disk. So a run that was killed goes on behind the last
line, and what is there beyond it is removed.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from cleaner.corpora import streams
from cleaner.corpora.chunks import Place
from cleaner.corpora.streams import Ending
from cleaner.corpora.table import Counts, as_line
from cleaner.corpora.work import Done
from cleaner.errors import RefusedError, UsageError
from cleaner.project import writing
from cleaner.reading import exists, is_folder, read_file

if os.name == "posix":
    import fcntl

MANIFEST, FINISHED = "manifest.json", "finished.jsonl"
_MOST = 1_000_000_000  # bytes of these two
_TEMPORARY = ".cleaner-tmp"
_OURS = re.compile(r"\.?(?:part|findings|errors)-(\d{5,})\.[\w.-]+")


class Finished(NamedTuple):
    """A finished shard.

    Attributes:
        part: the name of the file with its rows.
        size: the bytes of that file.
        after: where the next shard begins.
        counts: what was found in it.
    """

    part: str
    size: int
    after: Place
    counts: Counts

    def line(self) -> str:
        """Return it as a line of `finished.jsonl`."""
        after, counts = self.after._asdict(), self.counts.as_data()
        return as_line({**self._asdict(), "after": after, "counts": counts})

    @classmethod
    def of_line(cls, line: bytes) -> Finished:
        """Return the shard that a line is about.

        Raises:
            ValueError, KeyError, TypeError: it is no such line.
        """
        data = json.loads(line)
        counts = Counts.of_data(data["counts"])
        return cls(data["part"], data["size"], Place(**data["after"]), counts)


class Shard:
    """The files of a shard while they are written, under temporary names."""

    def __init__(self, folder: Path, place: Place, head: bytes, ending: Ending) -> None:
        self.number = place.shard
        self._folder, self._after, self._counts = folder, place, Counts()
        self._rows = _Growing(folder, f"part-{self.number:05}{ending}", ending.of_compression)
        self._findings = _Growing(folder, f"findings-{self.number:05}.jsonl")
        self._errors: _Growing | None = None
        self._rows.write(head)

    def add(self, done: Done, after: Place) -> None:
        """Add a chunk, behind which the next one begins at `after`."""
        self._rows.write(done.data)
        self._findings.write(done.findings)
        for failure in done.failures:
            self._error_file().write(as_line(failure.entry()).encode())
        self._counts = self._counts.plus(done.counts)
        self._after = after

    def _error_file(self) -> _Growing:
        if self._errors is None:
            self._errors = _Growing(self._folder, f"errors-{self.number:05}.jsonl")
        return self._errors

    def finish(self) -> Finished:
        """Give the files their names; say what is in them."""
        for file in filter(None, (self._errors, self._findings)):
            file.finish()
        size = self._rows.finish()
        after = self._after._replace(shard=self.number + 1)
        return Finished(self._rows.name, size, after, self._counts)

    def discard(self) -> None:
        """Remove the files that have no name yet."""
        for file in filter(None, (self._rows, self._errors, self._findings)):
            file.discard()


class _Growing:
    """A file that grows under a temporary name until it is complete."""

    def __init__(self, folder: Path, name: str, compression: str = "") -> None:
        self.name = name
        self._path, self._temp = folder / name, folder / f".{name}{_TEMPORARY}"
        self._file: BinaryIO = self._temp.open("xb")
        self._stream = streams.compressing(self._file, compression)

    def write(self, data: bytes) -> None:
        if data:
            self._stream.write(data)

    def finish(self) -> int:
        """Give it its name, safely on the disk; return its size."""
        if self._stream is not self._file:
            self._stream.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        size = self._file.tell()
        self._file.close()
        self._temp.replace(self._path)
        return size

    def discard(self) -> None:
        self._file.close()
        with suppress(OSError):
            self._temp.unlink()


class Output:
    """The folder. Only one process at a time may write in it.

    Args:
        folder: is made if it does not exist.
        asked: what is asked for, as JSON can hold it. Whoever goes on has to ask for the same.

    Raises:
        UsageError: it is not a folder, holds something else, or something else was asked for.
        RefusedError: it cannot be written, or another process writes in it.
    """

    def __init__(self, folder: Path, asked: Mapping[str, Any]) -> None:
        self.folder = folder
        writing.destination(folder)
        if exists(folder) and not is_folder(folder):
            raise UsageError(f"{folder} is not a folder; name one, or a new name for one")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._check_manifest(asked)
            with ExitStack() as until_it_is_ready:
                self._journal = (folder / FINISHED).open("ab")
                until_it_is_ready.enter_context(self._journal)
                self._lock()
                self.finished = self._read_finished()
                self._remove_unfinished()
                until_it_is_ready.pop_all()
        except OSError as error:
            raise self._unwritable(error) from None

    @property
    def start(self) -> Place:
        """Where the first shard begins that is not finished."""
        return self.finished[-1].after if self.finished else Place()

    def begin(self, place: Place, head: bytes, ending: Ending) -> Shard:
        """Begin the shard whose rows begin at a place; `head` is what every shard begins with."""
        try:
            return Shard(self.folder, place, head, ending)
        except OSError as error:
            raise self._unwritable(error) from None

    def add(self, shard: Shard, done: Done, after: Place) -> None:
        """Add a chunk to a shard; see `Shard.add`."""
        try:
            shard.add(done, after)
        except OSError as error:
            raise self._unwritable(error) from None

    def finish(self, shard: Shard) -> Finished:
        """Finish a shard, so that no later run does it again."""
        try:
            finished = shard.finish()
            _sync(self.folder)
            self._journal.write(finished.line().encode())
            self._journal.flush()
            os.fsync(self._journal.fileno())
        except OSError as error:
            raise self._unwritable(error) from None
        self.finished.append(finished)
        return finished

    def close(self) -> None:
        """Let another process write into the folder."""
        self._journal.close()

    def _unwritable(self, error: OSError) -> RefusedError:
        what = f"cannot be written ({error.strerror})"
        return RefusedError(self.folder, f"{what}; run again to go on behind the finished parts")

    def _check_manifest(self, asked: Mapping[str, Any]) -> None:
        path = self.folder / MANIFEST
        if not exists(path):
            if os.listdir(self.folder):  # noqa: PTH208
                what = f"{self.folder} holds other files, and no {MANIFEST} of this command"
                raise UsageError(f"{what}; name a new folder, or an empty one")
            data = json.dumps(asked, ensure_ascii=False, indent=1) + "\n"
            writing.write(path, data.encode(), expected=None)
            return
        try:
            before = json.loads(read_file(path, _MOST))
        except ValueError:
            before = None
        if not isinstance(before, dict):
            raise UsageError(f"{path} is not what this command wrote; name a new folder")
        for key in {**asked, **before}:
            if before.get(key) != asked.get(key):
                what = f"{self.folder} was begun with {_said(key, before.get(key))}"
                now = f"and now it is {_said(key, asked.get(key))}"
                raise UsageError(f"{what}, {now}; name a new folder, or ask for the same again")

    def _lock(self) -> None:
        if os.name == "posix":
            try:
                fcntl.lockf(self._journal, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                what = "another cleaner is writing into it; wait for it"
                raise RefusedError(self.folder, what) from None

    def _read_finished(self) -> list[Finished]:
        """Return the finished shards; drop a last line that is not complete."""
        data = read_file(self.folder / FINISHED, _MOST)
        whole = data[: data.rfind(b"\n") + 1]
        self._journal.truncate(len(whole))
        try:
            finished = [Finished.of_line(line) for line in whole.splitlines()]
        except (ValueError, KeyError, TypeError):
            what = f"{self.folder / FINISHED} is not what this command wrote; name a new folder"
            raise UsageError(what) from None
        for shard in finished:
            path = self.folder / shard.part
            if not exists(path) or path.stat().st_size != shard.size:
                what = f"{path} is finished, and now it is gone or has another size"
                raise UsageError(f"{what}; put it back, or name a new folder")
        return finished

    def _remove_unfinished(self) -> None:
        """Remove what a run has left that was killed."""
        for name in os.listdir(self.folder):  # noqa: PTH208
            found = _OURS.fullmatch(name)
            if found and (int(found[1]) >= len(self.finished) or name.endswith(_TEMPORARY)):
                with suppress(FileNotFoundError):
                    (self.folder / name).unlink()


def _sync(folder: Path) -> None:
    why = writing.sync_folder(folder)
    if why:
        raise OSError(None, why)


def _said(key: str, value: object) -> str:
    """Return something that was asked for, in words.

    >>> _said("field", ["text"]), _said("id", ""), _said("rules", "a1b2")
    ('field text', 'no id', 'rules a1b2')
    """
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    return f"{key} {value}" if value not in ("", None) else f"no {key}"

"""Many documents through one cleaner, one at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

from cleaner import formats
from cleaner.engine.cleaner import Cleaner
from cleaner.engine.findings import Result
from cleaner.engine.silence import Ignore
from cleaner.engine.trace import NO_TRACER, Tracer
from cleaner.errors import GuaranteeError, RefusedError, fault
from cleaner.formats import MalformedError, Reader
from cleaner.project import files, git, temporary, writing
from cleaner.project.writing import Written
from cleaner.reading import is_file
from cleaner.text.packed import Packed


class Cleaned(NamedTuple):
    """A file, the result of cleaning it, and what became of the file."""

    file: files.File
    result: Result
    written: Written = writing.UNCHANGED

    @property
    def data(self) -> bytes:
        """The cleaned bytes; those of the file itself, and no copy, if nothing changes."""
        if not self.changes_bytes:
            return self.file.data
        return self.file.encoded(self.result.source)

    @property
    def changes_bytes(self) -> bool:
        """Whether the bytes change. `prove` compared a packed text that did not change."""
        if isinstance(self.file.kept, Packed) and not self.result.changed:
            return False
        return not self.file.is_source(self.result.source)


class Refused(NamedTuple):
    """A file that was left alone, and why."""

    path: str
    why: str


Outcome: TypeAlias = Cleaned | Refused


class Local(NamedTuple):
    """What is special about one file.

    Attributes:
        disabled: the ids of rules that do not act in it.
        ignores: texts in it that rules must not change.
        read_as: the name of the format to read it as; "" for the one that its own name tells.
        fields: the fields that hold text, in formats that have fields.
        required: whether data without one of these fields is refused; else it is left out if it
            has none of them.
    """

    disabled: Collection[str] = ()
    ignores: Sequence[Ignore] = ()
    read_as: str = ""
    fields: Sequence[str] = ()
    required: bool = True

    def reader(self, path: Path) -> Reader:
        """Return how the file is read.

        Raises:
            RefusedError: no format has the ending of its name, and no format is asked for.
        """
        return formats.for_name(str(path), self.read_as, self.fields, required=self.required)


NOTHING_SPECIAL = Local()


def clean_files(
    cleaner: Cleaner,
    paths: Iterable[Path | RefusedError],
    encoding: str = "utf-8",
    local: Callable[[Path], Local] = lambda _: NOTHING_SPECIAL,
) -> Iterator[Outcome]:
    """Read and clean each file. One that cannot be cleaned does not stop the others."""
    for path in paths:
        if isinstance(path, RefusedError):
            yield refused(path)
        else:
            yield clean_path(cleaner, path, encoding, local)


def clean_path(
    cleaner: Cleaner,
    path: Path,
    encoding: str = "utf-8",
    local: Callable[[Path], Local] = lambda _: NOTHING_SPECIAL,
    tracer: Tracer = NO_TRACER,
) -> Outcome:
    """Read and clean a file. Whatever goes wrong, it is refused with the reason."""
    try:
        special = local(path)
        return clean_file(cleaner, read_file(path, encoding, special), special, tracer)
    except RefusedError as error:
        return refused(error)
    except GuaranteeError as error:
        return unproven(path, error)
    except MemoryError:
        return Refused(str(path), "there is not enough memory for it; it is unchanged")
    except Exception as error:  # a fault in one file must not stop the others
        return Refused(str(path), fault(error))


def refused(error: RefusedError) -> Refused:
    """Return what becomes of a file that was refused."""
    return Refused(str(error.path), error.why)


def unproven(path: Path, error: GuaranteeError) -> Refused:
    """Return what becomes of a file whose cleaning could not be proven harmless."""
    return Refused(str(path), f"{error}; it is unchanged")


def read_file(path: Path, encoding: str = "utf-8", local: Local = NOTHING_SPECIAL) -> files.File:
    """Read a file in the format that its name, or the command line, stands for.

    What is not a regular file is read all the same, because that gives a better reason.

    Raises:
        RefusedError: no format has the ending of its name, or see `files.read`.
    """
    reader = local.reader(path) if is_file(path) else formats.PLAIN
    return files.read(path, encoding, reader)


def clean_file(
    cleaner: Cleaner,
    file: files.File,
    local: Local = NOTHING_SPECIAL,
    tracer: Tracer = NO_TRACER,
) -> Cleaned:
    """Clean what was read from a file; `tracer` is told what becomes of every edit.

    Raises:
        GuaranteeError: the result could not be proven harmless.
        RefusedError: the file is not what its format says, or the result cannot be written in the
            encoding of the file.
    """
    able = cleaner.without(local.disabled)
    try:
        result = able.clean(file.kept, file.reader.read, local.ignores, tracer)
    except MalformedError as error:
        raise file.malformed(error) from None
    cleaned = Cleaned(file, result)
    if isinstance(file.kept, Packed):  # it is UTF-8, which can write whatever it reads
        bytes_changed = cleaned.changes_bytes
    else:
        bytes_changed = cleaned.data != file.data
    if bytes_changed != result.changed:
        raise GuaranteeError("the bytes would not follow the text")
    return cleaned


class InPlace:
    """Puts cleaned files in place, and sweeps each folder once (see `temporary.sweep`).

    Args:
        backup: whether each old file is kept as NAME.orig. None means: a container that git does
            not track, because nobody can see in a diff what was changed in it.
    """

    def __init__(self, *, backup: bool | None = None) -> None:
        self._backup = backup
        self._swept: set[str] = set()

    def __call__(self, cleaned: Cleaned) -> Written:
        """Write a file if its bytes change.

        Raises:
            RefusedError: see `writing.write`.
        """
        file = cleaned.file
        self._sweep(os.path.dirname(os.path.realpath(file.path)))  # noqa: PTH120
        backup = self._backup
        if backup is None:
            is_changed_container = cleaned.result.changed and cleaned.result.document.is_container
            backup = is_changed_container and not git.tracks(Path(os.path.realpath(file.path)))
        return writing.write(file.path, cleaned.data, expected=file.data, backup=backup)

    def _sweep(self, folder: str) -> None:
        if folder not in self._swept:
            self._swept.add(folder)
            temporary.sweep(Path(folder))


def leave(_: Cleaned) -> Written:
    """Write nothing."""
    return writing.UNCHANGED


def write_each(
    outcomes: Iterable[Outcome], write: Callable[[Cleaned], Written]
) -> Iterator[Outcome]:
    """Give each cleaned file to `write`. One that cannot be written becomes a refused file.

    `write` puts the file in place, or prints it, or does nothing; it raises `RefusedError` if it
    cannot, and has then changed nothing.
    """
    for outcome in outcomes:
        if isinstance(outcome, Refused):
            yield outcome
            continue
        try:
            written = write(outcome)
        except RefusedError as error:
            yield refused(error)
        else:
            yield outcome._replace(written=written)

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
from cleaner.errors import GuaranteeError, RefusedError
from cleaner.project import files, writing
from cleaner.project.writing import Written
from cleaner.reading import is_file


class Cleaned(NamedTuple):
    """A file and the result of cleaning it.

    `unsynced` is why a power cut may still bring the old file back after it was written; "" if it
    cannot, or if nothing was written.
    """

    source: files.Source
    result: Result
    unsynced: str = ""

    @property
    def data(self) -> bytes:
        """The cleaned bytes."""
        return self.source.encoded(self.result.text)


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
    """

    disabled: Collection[str] = ()
    ignores: Sequence[Ignore] = ()
    read_as: str = ""


NOTHING_SPECIAL = Local()


def clean_files(
    cleaner: Cleaner,
    paths: Iterable[Path | RefusedError],
    encoding: str = "utf-8",
    local: Callable[[Path], Local] = lambda _: NOTHING_SPECIAL,
) -> Iterator[Outcome]:
    """Read and clean each file. One that cannot be cleaned does not stop the others."""
    for path in paths:
        try:
            if isinstance(path, RefusedError):
                raise path
            special = local(path)
            refuse_unknown(path, special.read_as)
            yield clean_source(cleaner, files.read_source(path, encoding), special)
        except RefusedError as error:
            yield Refused(str(error.path), error.why)
        except GuaranteeError as error:
            yield Refused(str(path), f"{error}; it is unchanged")


def refuse_unknown(path: Path, read_as: str) -> None:
    """Refuse a file that no format reads, before it is read in vain; see `formats.for_name`.

    What is not a regular file is let through, because reading it gives a better reason.

    Raises:
        RefusedError: no format has the ending of its name, and no format is asked for.
    """
    if is_file(path):
        formats.for_name(str(path), read_as)


def clean_source(cleaner: Cleaner, source: files.Source, local: Local = NOTHING_SPECIAL) -> Cleaned:
    """Clean what was read from a file, in the format that its name stands for.

    Raises:
        GuaranteeError: the result could not be proven harmless.
        RefusedError: no format has the ending of its name, or the result cannot be written in the
            encoding of the file.
    """
    document = formats.for_name(str(source.path), local.read_as)
    result = cleaner.without(local.disabled).clean(source.text, document, local.ignores)
    cleaned = Cleaned(source, result)
    bytes_changed = cleaned.data != source.data
    if bytes_changed != result.changed:
        raise GuaranteeError("the bytes would not follow the text")
    return cleaned


class InPlace:
    """Puts cleaned files in place, and sweeps each folder once (see `writing.sweep`).

    Args:
        backup: whether each old file is kept as NAME.orig.
    """

    def __init__(self, *, backup: bool = False) -> None:
        self._backup = backup
        self._swept: set[str] = set()

    def __call__(self, cleaned: Cleaned) -> Written:
        """Write a file if its bytes change.

        Raises:
            RefusedError: see `writing.write`.
        """
        source = cleaned.source
        self._sweep(os.path.dirname(os.path.realpath(source.path)))  # noqa: PTH120
        return writing.write(source.path, cleaned.data, expected=source.data, backup=self._backup)

    def _sweep(self, folder: str) -> None:
        if folder not in self._swept:
            self._swept.add(folder)
            writing.sweep(Path(folder))


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
            yield Refused(str(error.path), error.why)
        else:
            yield outcome._replace(unsynced=written.unsynced)

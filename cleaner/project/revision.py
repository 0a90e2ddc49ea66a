"""Change a file that others may change at the same time, and undo the change.

Every command that changes a file which people share does it here. Two of them never lose what the
other one wrote: whoever holds the lock of the folder reads the file again before writing. An editor
asks for no lock, so a file that was changed all the same is left alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import RefusedError, UnsyncedError
from cleaner.project import files, temporary, writing
from cleaner.reading import exists, read_file

try:
    import fcntl
except ImportError:  # on Windows, only the comparison protects a file
    fcntl = None  # type: ignore[assignment]

CHANGED_SINCE = "it was changed since; undo the change by hand"


class Undo(NamedTuple):
    """A change of a file: its bytes before and after. None means that there is no such file.

    `unsynced` is why a power cut may still take the change back; "" if it cannot.
    """

    path: Path
    before: bytes | None
    after: bytes | None
    unsynced: str = ""

    def undo(self) -> None:
        """Give the file the bytes that it had before the change.

        Raises:
            RefusedError: it was changed since, or cannot be written; it is then unchanged.
        """
        with locked(self.path.parent):
            self.restore()

    def restore(self) -> None:
        """Do what `undo` does; the caller already holds the lock of the folder."""
        if _bytes(self.path) != self.after:
            raise RefusedError(self.path, CHANGED_SINCE)
        if self.before is not None:
            writing.write(self.path, self.before, expected=self.after)
            return
        _unlink(self.path)


def undo(changes: Iterable[Undo]) -> None:
    """Undo several changes, the last one first.

    Raises:
        RefusedError: see `Undo.undo`; nothing is undone if one of the files was changed since.
    """
    latest = {change.path: change.after for change in changes}
    for path, after in latest.items():
        if _bytes(path) != after:
            raise RefusedError(path, CHANGED_SINCE)
    for change in reversed(list(changes)):
        change.undo()


def confirm(*changes: Undo | None) -> None:
    """Check that changes last, once all of them are made and reported.

    Raises:
        UnsyncedError: the disk did not confirm one of them.
    """
    for change in changes:
        if change and change.unsynced:
            raise UnsyncedError(change.path, change.unsynced)


def create(path: Path, data: bytes) -> Undo | None:
    """Make a file, and the folders that it is in. The result is None if it already exists.

    Raises:
        RefusedError: the disk refused; then there is no such file.
    """
    with _locked_for(path) as target:
        if os.path.lexists(path):
            return None
        return change_file(target, None, data)


def revise(path: Path, change: Callable[[str], str]) -> Undo | None:
    """Replace the text of a file by what `change` returns for it.

    If there is no such file, `change` is given "". The result is None if the text stays the same.

    Raises:
        RefusedError: the file is not text, is read-only, was changed meanwhile, or the disk
            refused. It is then unchanged.
    """
    with _locked_for(path):
        file = files.read(path) if exists(path) else files.File(path, b"", "")
        text = change(file.source)
        if text == file.source:
            return None
        return change_file(path, file.data if exists(path) else None, file.encoded(text))


def replace_data(path: Path, expected: bytes | None, data: bytes) -> Undo | None:
    """Give a file new bytes if it still has the expected ones (None if there is no such file).

    Raises:
        RefusedError: it has others, or cannot be written; it is then unchanged.
    """
    with _locked_for(path):
        return None if data == expected else change_file(path, expected, data)


def replace_text(path: Path, expected: str, text: str) -> Undo | None:
    """Give a file a new text if it still has the expected one ("" if there is no such file).

    Raises:
        RefusedError: it has another one, or cannot be written; it is then unchanged.
    """

    def change(current: str) -> str:
        if current != expected:
            raise RefusedError(path, writing.CHANGED)
        return text

    return revise(path, change)


def change_file(path: Path, before: bytes | None, after: bytes) -> Undo:
    """Write a file; the caller holds the lock of its folder.

    Raises:
        RefusedError: see `cleaner.project.writing.write`.
    """
    written = writing.write(path, after, expected=before)
    return Undo(path, before, after, written.unsynced)


def remove_file(path: Path, before: bytes | None) -> Undo:
    """Remove a file that still has these bytes; the caller holds the lock of its folder.

    Raises:
        RefusedError: it has others, or cannot be removed; it is then unchanged.
    """
    if _bytes(path) != before:
        raise RefusedError(path, CHANGED_SINCE)
    _unlink(path)
    return Undo(path, before, None)


def _unlink(path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        raise RefusedError(path, f"cannot be removed ({error.strerror})") from None


@contextmanager
def _locked_for(path: Path) -> Iterator[Path]:
    """Hold the lock of the folder in which a file is written; make the folder if it is missing."""
    target = writing.destination(path)
    make_folder(target.parent)
    with locked(target.parent):
        yield target


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, unless they exist.

    Raises:
        RefusedError: one of them cannot be made, or is reached by a link that leaves the tree.
    """
    try:
        writing.destination(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RefusedError(folder, f"cannot be made ({error.strerror})") from None


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Wait until nobody else revises a file in this folder, and keep others out meanwhile.

    It is a lock of the operating system, so it ends with the process. Temporary files that dead
    processes left in the folder are swept.

    Raises:
        RefusedError: the folder cannot be read.
    """
    try:
        handle = os.open(folder, os.O_RDONLY) if fcntl else -1
    except OSError as error:
        raise RefusedError(folder, f"cannot be read ({error.strerror})") from None
    try:
        if fcntl:
            fcntl.flock(handle, fcntl.LOCK_EX)
        temporary.sweep(folder)
        yield
    finally:
        if fcntl:
            with suppress(OSError):  # the lock ends with the process at the latest
                os.close(handle)


def _bytes(path: Path) -> bytes | None:
    try:
        return read_file(path, files.MAX_BYTES)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RefusedError(path, f"cannot be read ({error.strerror})") from None

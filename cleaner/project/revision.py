"""Change a file that others may change at the same time, and undo the change.

Two reviewers never lose what the other one wrote: whoever holds the lock of the folder reads the
file again before writing. An editor asks for no lock, so a file that was changed all the same is
left alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import RefusedError
from cleaner.project import files
from cleaner.reading import read_file

try:
    import fcntl
except ImportError:  # on Windows, only the comparison protects a file
    fcntl = None  # type: ignore[assignment]

_CHANGED_SINCE = "it was changed since; undo the change by hand"


class Undo(NamedTuple):
    """A change of a file: its bytes before (None if there was no such file) and after."""

    path: Path
    before: bytes | None
    after: bytes

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
            raise RefusedError(self.path, _CHANGED_SINCE)
        if self.before is not None:
            files.write_file(self.path, self.before)
            return
        try:
            self.path.unlink()
        except OSError as error:
            raise RefusedError(self.path, f"cannot be removed ({error.strerror})") from None


def undo(changes: Iterable[Undo]) -> None:
    """Undo several changes, the last one first.

    Raises:
        RefusedError: see `Undo.undo`; nothing is undone if one of the files was changed since.
    """
    latest = {change.path: change.after for change in changes}
    for path, after in latest.items():
        if _bytes(path) != after:
            raise RefusedError(path, _CHANGED_SINCE)
    for change in reversed(list(changes)):
        change.undo()


def revise(path: Path, change: Callable[[str], str]) -> Undo | None:
    """Replace the text of a file by what `change` returns for it.

    If there is no such file, `change` is given "". The result is None if the text stays the same.

    Raises:
        RefusedError: the file is no text, is read-only, was changed meanwhile, or the disk
        refused;
            it is then unchanged.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RefusedError(path.parent, f"cannot be made ({error.strerror})") from None
    with locked(path.parent):
        source = files.read_source(path) if path.exists() else files.Source(path, b"", "")
        text = change(source.text)
        if text == source.text:
            return None
        before = source.data if path.exists() else None
        if before is None:
            files.write_file(path, text.encode())
        else:
            files.replace_file(source, text)
        return Undo(path, before, source.encoded(text))


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Wait until no other reviewer writes in this folder, and keep others out meanwhile.

    It is a lock of the operating system, so it ends with the process.

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
        yield
    finally:
        if fcntl:
            os.close(handle)


def _bytes(path: Path) -> bytes | None:
    try:
        return read_file(path, files.MAX_BYTES)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RefusedError(path, f"cannot be read ({error.strerror})") from None

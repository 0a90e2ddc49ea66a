"""Changing a file that others may change at the same time: lock, read, compare, replace; and taking
it back.

Two reviewers, or a reviewer and an editor, never lose what the other one wrote: whoever holds the
folder's lock reads the file afresh, and a file that changed in between all the same (an editor asks
for no lock) is left alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import RefusedError
from cleaner.project import files

try:
    import fcntl
except ImportError:  # Windows: there the comparison alone has to do
    fcntl = None  # type: ignore[assignment]


class Undo(NamedTuple):
    """A file, its bytes before a change (None: there was no such file) and after it."""

    path: Path
    before: bytes | None
    after: bytes

    def undo(self) -> None:
        """Give the file the bytes it had before.

        Raises:
            RefusedError: it was changed since, or cannot be written; it is then left as it is.
        """
        with locked(self.path.parent):
            self.restore()

    def restore(self) -> None:
        """Do what `undo` does; the caller already holds the lock of the folder."""
        if _bytes(self.path) != self.after:
            raise RefusedError(self.path, "it was changed since; take the change back by hand")
        if self.before is not None:
            files.save(self.path, self.before)
            return
        try:
            self.path.unlink()
        except OSError as error:
            raise RefusedError(self.path, f"cannot be removed ({error.strerror})") from None


def undo(changes: Iterable[Undo]) -> None:
    """Take several changes back, the last one first.

    Raises:
        RefusedError: see `Undo.undo`; nothing is taken back if one of the files was changed since.
    """
    latest = {change.path: change.after for change in changes}
    for path, after in latest.items():
        if _bytes(path) != after:
            raise RefusedError(path, "it was changed since; take the change back by hand")
    for change in reversed(list(changes)):
        change.undo()


def revise(path: Path, change: Callable[[str], str]) -> Undo | None:
    """Replace a text by what `change` makes of it ("" if there is no such file); None if that is
    the same.

    Raises:
        RefusedError: it is no text, read-only, changed meanwhile, or the disk said no; it is then
        unchanged.
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
            files.save(path, text.encode())
        else:
            files.write(source, text)
        return Undo(path, before, source.encoded(text))


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Wait until no other reviewer writes in this folder. The lock is the system's: it ends with
    the process.

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
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RefusedError(path, f"cannot be read ({error.strerror})") from None

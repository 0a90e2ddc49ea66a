"""Replacing a file on disk without ever losing one: the only place that writes what people keep.

A temporary file beside the target gets the new bytes and the mode, owner and attributes of the old
file. Once it is safely on the disk, and if the old file is still what was read, it takes the
target's place. So whatever fails, the file is the whole old one or the whole new one.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import RefusedError
from cleaner.project import tomlfile
from cleaner.project.contents import OPEN_FLAGS, Summary, close, holds, summary
from cleaner.project.temporary import (
    HAS_LOCKS,
    FileAttributeError,
    SweptError,
    TemporaryFile,
    remove,
    sweep,
)
from cleaner.reading import is_folder

_ATTEMPTS = 20  # to have a temporary file that no other process sweeps away
_READ_ONLY = {errno.EACCES, errno.EPERM, errno.EROFS}
# What a file system says that cannot sync a folder at all: then there is nothing to wait for.
_CANNOT_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}
CHANGED = "it was changed by somebody else meanwhile; run again"


class Written(NamedTuple):
    """What became of a file that was to be written.

    Attributes:
        changed: whether anything was written.
        unsynced: why a power cut may still bring the old file back; "" if it cannot.
    """

    changed: bool
    unsynced: str = ""


UNCHANGED = Written(changed=False)


def write(path: Path, data: bytes, *, expected: bytes | None, backup: bool = False) -> Written:
    """Give a file new bytes, all or nothing. If it has them already, nothing is written.

    Mode, owner, access list and extended attributes stay. A link stays a link; its target is
    replaced.

    Args:
        path: the file.
        data: its new bytes.
        expected: the bytes that it must still have; None if there must be no such file.
        backup: whether the old file is kept as NAME.orig.

    Raises:
        RefusedError: the file is read-only, has several hard links, is a link that leaves the
            tree, was changed meanwhile, or the disk refused. It is then as it was.
    """
    if data == expected:
        return UNCHANGED
    target = destination(path)
    try:
        return _Job(path, target, data, expected).run(backup=backup)
    except OSError as error:
        raise RefusedError(path, _failure(error, expected)) from None


def write_output(path: Path, data: bytes, *, force: bool = False) -> Written:
    """Write a result to a file that the user named, whatever it holds now.

    With `force` the file may be read-only, have several hard links, or be a link that leaves the
    tree.

    Raises:
        RefusedError: see `write`.
    """
    target = destination(path, force=force)
    sweep(target.parent)
    return _overwrite(_Job(path, target, data, None, force=force))


def write_copy(
    path: Path, data: bytes, folder: Path, *, like: Path, force: bool = False
) -> Written:
    """Write a file somewhere below a folder, whatever it holds now; make the folders on the way.

    No link below the folder is followed, so that a copy never takes the place of another file.

    Args:
        path: the file.
        data: its bytes.
        folder: the folder that it is below, which may not exist yet.
        like: the file whose permissions a new one gets; its owner may write to it in any case.
        force: whether the file may be read-only or have several hard links.

    Raises:
        RefusedError: there is a link on the way; see also `write`.
    """
    target = Path(os.path.realpath(path))
    if target != Path(os.path.realpath(folder), path.relative_to(folder)):
        what = f"a link leads from it to {target}, and copies follow no links"
        raise RefusedError(path, f"{what}; remove the link or choose another folder")
    try:
        mode = (like.stat().st_mode & 0o777) | stat.S_IWUSR
        _make_folder(target.parent)
    except OSError as error:
        raise RefusedError(path, _failure(error, None)) from None
    return _overwrite(_Job(path, target, data, None, force=force, mode=mode))


def _overwrite(job: _Job) -> Written:
    """Do a job whatever its target holds now."""
    try:
        if holds(job.target, job.data):
            return UNCHANGED
        job = job._replace(expected=summary(job.target))
        return job.run()
    except OSError as error:
        raise RefusedError(job.path, _failure(error, job.expected)) from None


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, and wait until the disk knows them."""
    if is_folder(folder):
        return
    _make_folder(folder.parent)
    with suppress(FileExistsError):  # somebody else made it; if it is no folder, writing will fail
        folder.mkdir()
    sync_folder(folder.parent)


def destination(path: Path, *, force: bool = False) -> Path:
    """Return the file that a path leads to, which may not exist yet.

    Raises:
        RefusedError: a link on the way leaves the tree (unless `force` is given), or goes round
            in a circle.
    """
    try:
        target = Path(os.path.realpath(path))
        if force or target == Path(os.path.abspath(path)):  # noqa: PTH100 - links must stay
            return target
        tree = _tree(path)
    except OSError as error:
        raise RefusedError(path, f"cannot be found ({error.strerror})") from None
    if not target.is_relative_to(tree):
        what = f"a link leads from it to {target}, outside of {tree}"
        raise RefusedError(path, f"{what}; name that file itself")
    return target


def _tree(path: Path) -> Path:
    """Return the root of the tree that a path is in, resolved.

    It is the repository of the working folder, or that folder. For a path outside of it, it is
    the repository of that path, or its folder.
    """
    tree = tomlfile.home(Path.cwd())
    folder = Path(os.path.abspath(path)).parent  # noqa: PTH100 - links must stay
    if not folder.is_relative_to(tree):
        tree = tomlfile.home(folder)
    return Path(os.path.realpath(tree))


def _failure(error: OSError, expected: bytes | Summary | None) -> str:
    rest = "nothing is written" if expected is None else "it is unchanged"
    return f"cannot be written ({error.strerror}); {rest}"


class _Job(NamedTuple):
    """One file to be written."""

    path: Path  # as the user names it
    target: Path  # where it leads
    data: bytes
    expected: bytes | Summary | None  # what the target holds; None if there is none
    force: bool = False
    mode: int = 0o666  # of a new file; the user's mask is taken from it

    def run(self, *, backup: bool = False) -> Written:
        """Write the file; keep the old one as NAME.orig if that is wanted."""
        old = None if self.expected is None else self._open_old()
        try:
            kept = self._keep(old) if backup else None
            try:
                written = self._place(old)
            except BaseException:
                remove(kept)
                raise
            if not written.changed:
                remove(kept)
            return written
        finally:
            close(old)

    def _open_old(self) -> int | None:
        """Open the file that will be replaced, and check that it may be.

        None on Windows, which replaces no open file, and where there is nothing to copy.
        """
        access = os.O_RDONLY if self.force else os.O_RDWR
        try:
            self._check(os.lstat(self.target))
            old = os.open(self.target, access | OPEN_FLAGS)
        except FileNotFoundError:
            raise RefusedError(self.path, CHANGED) from None
        except OSError as error:
            if error.errno in _READ_ONLY:
                raise RefusedError(self.path, "read-only; make it writable first") from None
            raise
        try:
            self._check(os.fstat(old))
        except BaseException:
            close(old)
            raise
        if not HAS_LOCKS:
            close(old)
            return None
        return old

    def _check(self, info: os.stat_result) -> None:
        if not stat.S_ISREG(info.st_mode):
            raise RefusedError(self.path, "this is not a regular file")
        if self.force:
            return
        if not info.st_mode & 0o222:
            raise RefusedError(self.path, "read-only; make it writable first")
        if info.st_nlink > 1:
            what = f"it has {info.st_nlink} hard links, which replacing it would break apart"
            raise RefusedError(self.path, what)

    def _keep(self, old: int | None) -> Path | None:
        """Copy the old file, if there is one, to a free name; return that."""
        if not isinstance(self.expected, bytes):
            return None
        name = _backup_name(self.target)
        try:
            _Job(name, name, self.expected, None)._place(old)
        except OSError as error:
            what = f"cannot be kept as {name.name} ({error.strerror}); it is unchanged"
            raise RefusedError(self.path, what) from None
        return name

    def _place(self, like: int | None) -> Written:
        """Let a new file take the target's place. `like` is an open file with its attributes."""
        for _ in range(_ATTEMPTS):
            with suppress(SweptError):
                return self._try_to_place(like)
        what = "its temporary file is removed again and again by somebody else; run again"
        raise RefusedError(self.path, what)

    def _try_to_place(self, like: int | None) -> Written:
        temp = TemporaryFile(self.target.parent)
        try:
            temp.fill(self.data)
            if like is None:
                temp.give_mode(self.mode)
            else:
                self._copy_attributes(like, temp)
            temp.sync()
            if not holds(self.target, self.expected):
                if holds(self.target, self.data):
                    return UNCHANGED  # somebody else wrote the very same
                raise RefusedError(self.path, CHANGED)
            temp.move_to(self.target)
        finally:
            temp.discard()
        return Written(changed=True, unsynced=sync_folder(self.target.parent))

    def _copy_attributes(self, like: int, temp: TemporaryFile) -> None:
        try:
            temp.copy_attributes(like)
        except FileAttributeError as error:
            what = f"its {error.what} cannot be kept ({error.why}); it is unchanged"
            raise RefusedError(self.path, what) from None


def sync_folder(path: Path) -> str:
    """Wait until the disk knows the new name; return what went wrong, or ""."""
    if not hasattr(os, "O_DIRECTORY"):
        return ""
    try:
        folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        return "" if error.errno in _CANNOT_SYNC else str(error.strerror)
    return ""


def _backup_name(target: Path) -> Path:
    """Return `NAME.orig`, or the first free one of `NAME.orig2` and so on: no backup is lost."""
    name = target.with_name(f"{target.name}.orig")
    number = 2
    while os.path.lexists(name):
        name = target.with_name(f"{target.name}.orig{number}")
        number += 1
    return name

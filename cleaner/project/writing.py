"""Replacing a file on disk without ever losing one.

A file is replaced only if its text changed, and then all or nothing: a temporary file next to it
takes its place once it is safely on the disk.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from cleaner.errors import RefusedError
from cleaner.project.files import Source

_TEMP = ".cleaner-tmp"
_STALE = 3600  # seconds after which a temporary file cannot be in use any more
_LONGEST_NAME = 200  # characters of a file's name that the name of its temporary file keeps


def replace_file(source: Source, text: str, *, backup: bool = False) -> bool:
    """Replace a file by its cleaned text; return whether anything was written.

    Mode, owner and extended attributes stay. A link stays a link; its target is replaced. With
    `backup` the old file is kept as NAME.orig.

    Raises:
        RefusedError: the file is read-only, has several hard links, was changed meanwhile, or the
            disk refused. The file is then as it was.
    """
    data = source.encoded(text)
    if data == source.data:
        return False
    try:
        target = source.path.resolve(strict=True)
        info = target.stat()
        if not (os.access(target, os.W_OK) and info.st_mode & 0o222):
            raise RefusedError(source.path, "read-only; make it writable first")
        if info.st_nlink > 1:
            what = f"it has {info.st_nlink} hard links, which replacing it would break apart"
            raise RefusedError(source.path, what)
        _remove_stale(target)
        if backup:
            _replace(_backup_name(target), source.data, info)
        _replace(target, data, info, source.data)
    except OSError as error:
        what = f"cannot be written ({error.strerror}); it is unchanged"
        raise RefusedError(source.path, what) from None
    return True


def write_file(path: Path, data: bytes) -> None:
    """Write a file of our own, all or nothing. A file of that name is replaced and keeps its mode.

    Raises:
        RefusedError: the disk refused, or something that is no regular file has that name.
    """
    try:
        target = path.resolve()
        info = target.stat() if target.exists() else None
        if info and not stat.S_ISREG(info.st_mode):
            raise RefusedError(path, "this is no regular file")
        _replace(target, data, info)
    except OSError as error:
        raise RefusedError(path, f"cannot be written ({error.strerror})") from None


def _replace(
    target: Path, data: bytes, info: os.stat_result | None, expected: bytes | None = None
) -> None:
    """Write a temporary file next to the target, then let it take the target's place.

    Args:
        target: the file to replace or make.
        data: the bytes that it gets.
        info: of the file whose mode, owner and attributes it gets; None for a new file.
        expected: the bytes that it must still have; None if it does not matter.
    """
    name = f".{target.name[:_LONGEST_NAME]}.{os.urandom(4).hex()}{_TEMP}"
    temp = target.with_name(name)
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    handle = os.open(temp, flags, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            if info:
                _copy_attributes(temp, target, info)
            else:
                temp.chmod(0o666 & ~_umask())
            os.fsync(handle)
        if expected is not None and target.read_bytes() != expected:
            what = "it was changed by somebody else meanwhile; run again"
            raise RefusedError(target, what)
        temp.replace(target)
    except BaseException:
        temp.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(path: Path) -> None:
    """Wait until the disk knows the new name, where the system can do that."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _copy_attributes(temp: Path, target: Path, info: os.stat_result) -> None:
    """Give a temporary file the owner, extended attributes and mode of the file it replaces."""
    now = temp.stat()
    if hasattr(os, "chown") and (now.st_uid, now.st_gid) != (info.st_uid, info.st_gid):
        os.chown(temp, info.st_uid, info.st_gid)
    if hasattr(os, "listxattr") and target.exists():
        for name in os.listxattr(target):
            os.setxattr(temp, name, os.getxattr(target, name))
    temp.chmod(stat.S_IMODE(info.st_mode))


def _backup_name(target: Path) -> Path:
    """Return `NAME.orig`, or the first free one of `NAME.orig2` and so on: no backup is lost."""
    name = target.with_name(f"{target.name}.orig")
    number = 2
    while name.exists():
        name = target.with_name(f"{target.name}.orig{number}")
        number += 1
    return name


def _remove_stale(target: Path) -> None:
    """Remove temporary files of this target that a killed process left behind."""
    import time
    from glob import escape

    pattern = f".{escape(target.name[:_LONGEST_NAME])}.*{_TEMP}"
    for temp in target.parent.glob(pattern):
        with suppress(OSError):
            if time.time() - temp.stat().st_mtime > _STALE:
                temp.unlink()

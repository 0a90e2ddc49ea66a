"""Temporary files that become new files, and what dead processes left of them.

A temporary file is locked while it is in use. The lock ends with its process, so one that is not
locked was left by a process that is dead, and is swept.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from cleaner.project.contents import OPEN_FLAGS, close

try:
    import fcntl

    HAS_LOCKS = True
except ImportError:  # on Windows, where a file that is open cannot be removed anyway
    HAS_LOCKS = False

_TEMP_NAME = re.compile(r"\.([0-9a-z]{5})[0-9a-z]{3}\.cleaner-tmp")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class SweptError(Exception):
    """Another process took a temporary file for a stale one and removed it."""


class FileAttributeError(Exception):
    """An attribute of the old file cannot be given to the new one."""

    def __init__(self, what: str, error: OSError) -> None:
        super().__init__(what)
        self.what, self.why = what, error.strerror


class TemporaryFile:
    """A new file beside a target, for nobody else to read; all is done to its open handle."""

    def __init__(self, folder: Path) -> None:
        """Make the file and lock it.

        Raises:
            SweptError: another process removed it before it was locked, or has its name.
        """
        self._path = folder / _temp_name()
        self._handle: int | None = None
        self._is_placed = False
        try:
            flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | OPEN_FLAGS
            self._handle = os.open(self._path, flags, 0o600)
            if not _lock(self._handle) or not os.path.lexists(self._path):
                raise SweptError
        except FileExistsError:
            raise SweptError from None
        except BaseException:  # perhaps a signal, between the system's answer and this line
            self.discard()
            raise

    @property
    def _open(self) -> int:
        assert self._handle is not None
        return self._handle

    def fill(self, data: bytes) -> None:
        """Write all bytes."""
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._open, rest) :]

    def give_mode(self, mode: int) -> None:
        """Give it the mode that a new file gets where this one is wanted."""
        if hasattr(os, "fchmod"):
            os.fchmod(self._open, mode & ~_umask())

    def copy_attributes(self, old: int) -> None:
        """Take over owner, extended attributes and mode, in the order in which they last."""
        info, now = os.fstat(old), os.fstat(self._open)
        if hasattr(os, "fchown") and (now.st_uid, now.st_gid) != (info.st_uid, info.st_gid):
            try:
                os.fchown(self._open, info.st_uid, info.st_gid)
            except OSError as error:
                raise FileAttributeError("owner", error) from None
        if hasattr(os, "listxattr"):
            _copy_extended_attributes(old, self._open)
        if hasattr(os, "fchmod"):
            os.fchmod(self._open, stat.S_IMODE(info.st_mode))

    def sync(self) -> None:
        """Wait until it is safely on the disk."""
        os.fsync(self._open)

    def move_to(self, target: Path) -> None:
        """Let it take the place of another file.

        Raises:
            SweptError: it is gone.
        """
        if not HAS_LOCKS:  # Windows renames no open file
            self._close()
        try:
            os.replace(self._path, target)  # noqa: PTH105 - one way to call the system
        except FileNotFoundError:
            if os.path.lexists(self._path):
                raise
            raise SweptError from None
        self._is_placed = True

    def discard(self) -> None:
        """Remove the file, unless it took its target's place. It stays locked until then."""
        if not HAS_LOCKS:
            self._close()
        if not self._is_placed:
            remove(self._path)
        self._close()

    def _close(self) -> None:
        close(self._handle)
        self._handle = None


def _temp_name() -> str:
    """Return a name that holds the id of this process, as five digits to the base 36."""
    rest, pid = os.getpid(), ""
    for _ in range(5):
        rest, digit = divmod(rest, 36)
        pid = _DIGITS[digit] + pid
    chance = "".join(_DIGITS[byte % 36] for byte in os.urandom(3))
    return f".{pid}{chance}.cleaner-tmp"


def sweep(folder: Path) -> None:
    """Remove the temporary files that dead processes left in a folder."""
    with suppress(OSError):
        for name in os.listdir(folder):  # noqa: PTH208 - one way to call the system
            found = _TEMP_NAME.fullmatch(name)
            if found:
                with suppress(OSError):
                    _sweep_file(folder / name, int(found[1], 36))


def _sweep_file(temp: Path, pid: int) -> None:
    """Remove a temporary file unless a process uses it.

    One that is just being made may be removed, too: its process notices and makes another one.
    """
    if not HAS_LOCKS:
        remove(temp)  # Windows refuses if it is open
        return
    handle = os.open(temp, os.O_RDONLY | OPEN_FLAGS)
    try:
        if stat.S_ISREG(os.fstat(handle).st_mode) and not _is_in_use(handle, pid):
            remove(temp)
    finally:
        close(handle)


def _is_in_use(handle: int, pid: int) -> bool:
    """Return whether a living process uses a temporary file: its lock says so.

    On a file system without locks it is used if there is a process of its id.
    """
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return _is_alive(pid)
    return False


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        pass
    return True


def _lock(handle: int) -> bool:
    """Lock a file until it is closed; return False if another process has locked it."""
    if HAS_LOCKS:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            pass  # a file system without locks; the id of the process has to do
    return True


def _copy_extended_attributes(old: int, new: int) -> None:
    """Give a file the extended attributes of another one; access lists are among them.

    Those of the system itself (`security.`) are set by the system where a process may not.
    """
    wanted, had = _extended_attributes(old), _extended_attributes(new)
    for name in {**wanted, **had}:
        value = wanted.get(name)
        if value == had.get(name):
            continue
        try:
            if value is None:
                os.removexattr(new, name)
            else:
                os.setxattr(new, name, value)
        except OSError as error:
            if not name.startswith("security."):
                raise FileAttributeError(f"attribute {name}", error) from None


def _extended_attributes(handle: int) -> Mapping[str, bytes]:
    try:
        return {name: os.getxattr(handle, name) for name in os.listxattr(handle)}
    except OSError as error:
        if error.errno in {errno.ENOTSUP, errno.ENOSYS}:  # a file system without any
            return {}
        raise


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def remove(path: Path | None) -> None:
    """Remove a file, if there is one to remove and the system lets us."""
    if path is not None:
        with suppress(OSError):
            os.unlink(path)  # noqa: PTH108 - one way to call the system

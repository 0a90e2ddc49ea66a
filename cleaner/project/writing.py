"""Replacing a file on disk without ever losing one: the only place that writes what people keep.

A temporary file beside the target gets the new bytes and the mode, owner and attributes of the old
file. Once it is safely on the disk, and if the old file is still what was read, it takes the
target's place. So whatever fails, the file is the whole old one or the whole new one.

A temporary file is locked while it is in use. The lock ends with its process, so one that is not
locked was left by a process that is dead, and is swept.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import RefusedError
from cleaner.project import tomlfile
from cleaner.reading import is_folder

try:
    import fcntl

    _HAS_LOCKS = True
except ImportError:  # on Windows, where a file that is open cannot be removed anyway
    _HAS_LOCKS = False

_TEMP_NAME = re.compile(r"\.([0-9a-z]{5})[0-9a-z]{3}\.cleaner-tmp")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_MOST = 200_000_000  # bytes: no text is as large, so what is there is something else
_TOGETHER = 1_000_000  # bytes that are read and compared at once
_ATTEMPTS = 20  # to have a temporary file that no other process sweeps away
_PLAIN = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
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
        if _holds(job.target, job.data):
            return UNCHANGED
        job = job._replace(expected=_seen(job.target))
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


def _failure(error: OSError, expected: bytes | _Seen | None) -> str:
    rest = "nothing is written" if expected is None else "it is unchanged"
    return f"cannot be written ({error.strerror}); {rest}"


class _Seen(NamedTuple):
    """What a file holds that is not kept in memory."""

    size: int
    digest: bytes


class _Job(NamedTuple):
    """One file to be written."""

    path: Path  # as the user names it
    target: Path  # where it leads
    data: bytes
    expected: bytes | _Seen | None  # what the target holds; None if there is none
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
                _remove(kept)
                raise
            if not written.changed:
                _remove(kept)
            return written
        finally:
            _close(old)

    def _open_old(self) -> int | None:
        """Open the file that will be replaced, and check that it may be.

        None on Windows, which replaces no open file, and where there is nothing to copy.
        """
        access = os.O_RDONLY if self.force else os.O_RDWR
        try:
            self._check(os.lstat(self.target))
            old = os.open(self.target, access | _PLAIN)
        except FileNotFoundError:
            raise RefusedError(self.path, CHANGED) from None
        except OSError as error:
            if error.errno in _READ_ONLY:
                raise RefusedError(self.path, "read-only; make it writable first") from None
            raise
        try:
            self._check(os.fstat(old))
        except BaseException:
            _close(old)
            raise
        if not _HAS_LOCKS:
            _close(old)
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
            with suppress(_SweptError):
                return self._try_to_place(like)
        what = "its temporary file is removed again and again by somebody else; run again"
        raise RefusedError(self.path, what)

    def _try_to_place(self, like: int | None) -> Written:
        temp = _Temp(self.target.parent)
        try:
            temp.fill(self.data)
            if like is None:
                temp.give_mode(self.mode)
            else:
                self._copy_attributes(like, temp)
            temp.sync()
            if not _holds(self.target, self.expected):
                if _holds(self.target, self.data):
                    return UNCHANGED  # somebody else wrote the very same
                raise RefusedError(self.path, CHANGED)
            temp.move_to(self.target)
        finally:
            temp.discard()
        return Written(changed=True, unsynced=sync_folder(self.target.parent))

    def _copy_attributes(self, like: int, temp: _Temp) -> None:
        try:
            temp.copy_attributes(like)
        except _AttributeError as error:
            what = f"its {error.what} cannot be kept ({error.why}); it is unchanged"
            raise RefusedError(self.path, what) from None


class _SweptError(Exception):
    """Another process took a temporary file for a stale one and removed it."""


class _AttributeError(Exception):
    """An attribute of the old file cannot be given to the new one."""

    def __init__(self, what: str, error: OSError) -> None:
        super().__init__(what)
        self.what, self.why = what, error.strerror


class _Temp:
    """A new file beside a target, for nobody else to read; all is done to its open handle."""

    def __init__(self, folder: Path) -> None:
        """Make the file and lock it.

        Raises:
            _SweptError: another process removed it before it was locked, or has its name.
        """
        self._path = folder / _temp_name()
        self._handle: int | None = None
        self._is_placed = False
        try:
            flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | _PLAIN
            self._handle = os.open(self._path, flags, 0o600)
            if not _lock(self._handle) or not os.path.lexists(self._path):
                raise _SweptError
        except FileExistsError:
            raise _SweptError from None
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
                raise _AttributeError("owner", error) from None
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
            _SweptError: it is gone.
        """
        if not _HAS_LOCKS:  # Windows renames no open file
            self._close()
        try:
            os.replace(self._path, target)  # noqa: PTH105 - one way to call the system
        except FileNotFoundError:
            if os.path.lexists(self._path):
                raise
            raise _SweptError from None
        self._is_placed = True

    def discard(self) -> None:
        """Remove the file, unless it took its target's place. It stays locked until then."""
        if not _HAS_LOCKS:
            self._close()
        if not self._is_placed:
            _remove(self._path)
        self._close()

    def _close(self) -> None:
        _close(self._handle)
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
    if not _HAS_LOCKS:
        _remove(temp)  # Windows refuses if it is open
        return
    handle = os.open(temp, os.O_RDONLY | _PLAIN)
    try:
        if stat.S_ISREG(os.fstat(handle).st_mode) and not _is_in_use(handle, pid):
            _remove(temp)
    finally:
        _close(handle)


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
    if _HAS_LOCKS:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            pass  # a file system without locks; the id of the process has to do
    return True


def _holds(path: Path, expected: bytes | _Seen | None) -> bool:
    """Return whether a file holds what is expected, without keeping its bytes in memory."""
    if isinstance(expected, _Seen):
        return _seen(path) == expected
    try:
        with _opened(path) as handle:
            return expected is not None and _gives(handle, expected)
    except FileNotFoundError:
        return expected is None


def _gives(handle: int, expected: bytes) -> bool:
    """Return whether the bytes of an open file are the expected ones."""
    at = 0
    for piece in _pieces(handle):
        if not expected.startswith(piece, at):
            return False
        at += len(piece)
    return at == len(expected)


def _seen(path: Path) -> _Seen | None:
    """Return what a file holds; None if there is none."""
    from hashlib import blake2b

    digest = blake2b()
    size = 0
    try:
        with _opened(path) as handle:
            for piece in _pieces(handle):
                digest.update(piece)
                size += len(piece)
    except FileNotFoundError:
        return None
    return _Seen(size, digest.digest())


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """Open a regular file, no link, for reading; close it at the end."""
    handle = os.open(path, os.O_RDONLY | _PLAIN)
    try:
        info = os.fstat(handle)
        if not stat.S_ISREG(info.st_mode):
            raise OSError(errno.EINVAL, "this is not a regular file")
        if info.st_size > _MOST:
            raise OSError(errno.EFBIG, f"what is there has more than {_MOST:,} bytes")
        yield handle
    finally:
        _close(handle)


def _pieces(handle: int) -> Iterator[bytes]:
    """Yield the bytes of an open file in pieces."""
    while piece := os.read(handle, _TOGETHER):
        yield piece


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
                raise _AttributeError(f"attribute {name}", error) from None


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


def _close(handle: int | None) -> None:
    if handle is not None:
        with suppress(OSError):  # what was written is safe already, or does not matter
            os.close(handle)


def _remove(path: Path | None) -> None:
    if path is not None:
        with suppress(OSError):
            os.unlink(path)  # noqa: PTH108 - one way to call the system

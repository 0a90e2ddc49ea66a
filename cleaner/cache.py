"""Results that are computed once and kept in the cache folder of the user.

The cache is safe to delete and safe to share between processes: whatever is wrong with the folder
or with a file in it, the result is computed again. It holds data, never code, and it is never
shared between users.
"""

from __future__ import annotations

import os
import stat
import sys
import zlib
from contextlib import suppress
from pathlib import Path

_KEPT = 16  # files of one sort that are kept: the newest ones


def folder() -> Path | None:
    """Return the cache folder, which may not exist yet; None if the user can have none.

    It is the variable CLEANER_CACHE_DIR, or the place that the system has for caches.
    """
    chosen = os.environ.get("CLEANER_CACHE_DIR")
    if chosen:
        return Path(chosen)
    with suppress(RuntimeError, KeyError):  # a user without a home
        base = _system_folder()
        if base.is_absolute():
            return base / "cleaner"
    return None


def _system_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ["LOCALAPPDATA"])
    if sys.platform == "darwin":
        return Path("~/Library/Caches").expanduser()
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()


def recall(name: str) -> bytes | None:
    """Return what was kept under a name, or None if it is missing, damaged or somebody else's."""
    place = folder()
    if place is None:
        return None
    try:
        with (place / name).open("rb") as file:
            if not _is_ours(os.fstat(file.fileno())):
                return None
            checksum, _, data = file.read().partition(b"\n")
    except OSError:
        return None
    return data if checksum == _checksum(data) else None


def remember(name: str, data: bytes) -> None:
    """Keep data under a name, if that is possible.

    The oldest files of the same sort are deleted; the sort is the part of the name before the
    first hyphen.
    """
    place = folder()
    if place is None:
        return
    with suppress(OSError):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _is_ours(place.stat()):
            _write(place / name, data)
            _delete_oldest(place, name.partition("-")[0])


def _write(path: Path, data: bytes) -> None:
    """Write a file all or nothing, so that another process never reads half of it."""
    temp = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(temp, flags, 0o600), "wb") as file:
            file.write(_checksum(data) + b"\n" + data)
        temp.replace(path)
    finally:
        temp.unlink(missing_ok=True)


def _delete_oldest(place: Path, sort: str) -> None:
    files = list(place.glob(f"{sort}-*"))
    files.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in files[_KEPT:]:
        path.unlink()


def _checksum(data: bytes) -> bytes:
    return b"%08x" % zlib.crc32(data)


def _is_ours(info: os.stat_result) -> bool:
    """Return whether only this user can have written it, where the system knows owners."""
    if not hasattr(os, "getuid"):
        return True
    return info.st_uid == os.getuid() and not info.st_mode & stat.S_IWOTH

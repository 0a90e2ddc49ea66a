"""What is worked out once and kept in the user's cache folder.

It is safe to lose and safe to race for: whatever is wrong with the folder or a file in it, the work
is done again. It holds data, never code, and is never shared between users.
"""

from __future__ import annotations

import os
import stat
import sys
import zlib
from contextlib import suppress
from pathlib import Path

_MOST = 16  # files of one sort that are kept, the newest ones


def folder() -> Path | None:
    """The folder, which need not exist yet: the variable CLEANER_CACHE_DIR, or what the system has
    for caches.

    None if there is no such place, as for a user without a home.
    """
    if chosen := os.environ.get("CLEANER_CACHE_DIR"):
        return Path(chosen)
    with suppress(RuntimeError, KeyError):  # no home, no such folder
        if sys.platform == "win32":
            base = Path(os.environ["LOCALAPPDATA"])
        elif sys.platform == "darwin":
            base = Path("~/Library/Caches").expanduser()
        else:
            base = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
        if base.is_absolute():
            return base / "cleaner"
    return None


def recall(name: str) -> bytes | None:
    """What was kept under that name, if it is there, whole, and this user's."""
    if (place := folder()) is None:
        return None
    try:
        with (place / name).open("rb") as file:
            if not _ours(os.fstat(file.fileno())):
                return None
            mark, _, data = file.read().partition(b"\n")
    except OSError:
        return None
    return data if mark == _mark(data) else None


def remember(name: str, data: bytes) -> None:
    """Keep it, if that can be done; older files of that sort (what stands before the hyphen) make
    room.
    """
    if (place := folder()) is None:
        return
    temp = place / f".{name}.{os.urandom(4).hex()}"
    with suppress(OSError):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _ours(place.stat()):
            return
        try:
            handle = os.open(
                temp, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600
            )
            with os.fdopen(handle, "wb") as file:
                file.write(_mark(data) + b"\n" + data)
            temp.replace(place / name)
        finally:
            temp.unlink(missing_ok=True)
        sort = name.partition("-")[0]
        kept = sorted(
            place.glob(f"{sort}-*"), key=lambda path: path.stat().st_mtime_ns, reverse=True
        )
        for path in kept[_MOST:]:
            path.unlink()


def _mark(data: bytes) -> bytes:
    return b"%08x" % zlib.crc32(data)


def _ours(info: os.stat_result) -> bool:
    """Whether nobody else could have written it (where the system knows owners at all)."""
    return not hasattr(os, "getuid") or (
        info.st_uid == os.getuid() and not info.st_mode & stat.S_IWOTH
    )

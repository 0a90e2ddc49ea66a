"""Results that are computed once and kept in the cache folder of the user.

The cache is safe to delete and safe to share between processes: whatever is wrong with the folder
or with a file in it, the result is computed again. A folder in which others can write is not used
at all: what is in it may be theirs. It holds data, never code, and it is never
shared between users.
"""

from __future__ import annotations

import os
import stat
import sys
import zlib
from collections.abc import Hashable, Mapping
from contextlib import suppress
from functools import cache as once
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Protocol, Union, cast, get_args, get_origin, get_type_hints

from cleaner.reading import open_regular, read_stream

_MAX_BYTES = 500_000_000  # of a file
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


def distrusted() -> Path | None:
    """Return the cache folder if it is there and is not used, because others can write to it."""
    place = folder()
    if place is None:
        return None
    with suppress(OSError):
        if not _is_ours(place.stat()):
            return place
    return None


def recall(name: str) -> bytes | None:
    """Return what was kept under a name, or None if it is missing, damaged or somebody else's."""
    place = folder()
    if place is None:
        return None
    try:
        if not _is_ours(place.stat()):
            return None
        with open_regular(place / name) as file:
            if not _is_ours(os.fstat(file.fileno())):
                return None
            checksum, _, data = read_stream(file, _MAX_BYTES).partition(b"\n")
    except OSError:
        return None
    return data if checksum == _checksum(data) else None


def has_shape(value: object, shape: Any) -> bool:
    """Return whether a value that was kept is of a type, in all of its parts.

    The type is `bool`, `int`, `str`, a choice (`Literal`), a tuple or a mapping of values of one
    type, a named tuple, a protocol (any named tuple will do), or a union of these.

    >>> has_shape(("a", "b"), tuple[str, ...]), has_shape(("a", 1), tuple[str, ...])
    (True, False)
    """
    inner = get_args(shape)
    origin = get_origin(shape)
    if origin is Literal:
        return isinstance(value, str) and value in inner
    if origin in (Union, UnionType):
        return any(has_shape(value, one) for one in inner)
    if origin is tuple:
        return isinstance(value, tuple) and all(has_shape(item, inner[0]) for item in value)
    if origin is Mapping:
        return isinstance(value, Mapping) and all(
            has_shape(key, inner[0]) and has_shape(item, inner[1]) for key, item in value.items()
        )
    if hasattr(value, "_fields"):
        return _is_named_tuple(value, shape)
    return type(value) is shape


def _is_named_tuple(value: Any, shape: type) -> bool:
    if type(value) is not shape and Protocol not in shape.__mro__:
        return False
    types = _types(cast(Hashable, type(value)))
    return all(has_shape(getattr(value, name), types[name]) for name in value._fields)


@once
def _types(named_tuple: Hashable) -> Mapping[str, Any]:
    return get_type_hints(cast(type, named_tuple))


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
    if not hasattr(os, "geteuid"):
        return True
    by_others = stat.S_IWGRP | stat.S_IWOTH
    return info.st_uid == os.geteuid() and not info.st_mode & by_others

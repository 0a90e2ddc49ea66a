"""Results that are computed once and kept in the cache folder of the user.

The cache is safe to delete and safe to share between processes: whatever is wrong with the folder
or with a file in it, the result is computed again. A folder in which others can write is not used
at all: what is in it may be theirs. It holds data, never code, and it is never
shared between users.
"""

from __future__ import annotations

import os
import re
import stat
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from contextlib import suppress
from functools import cache as once
from mmap import ACCESS_READ, mmap
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Protocol, Union, cast, get_args, get_origin, get_type_hints

from cleaner.reading import open_regular

_MOST_BYTES = 500_000_000  # of all files that are kept, and of one of them
_KEPT = 16  # files of one sort that are kept: those that were used last
_DAY = 86_400  # seconds
_HEAD_SIZE = 9  # bytes of the checksum and the line end before the data
_PLAIN = frozenset({bool, int, str})  # types of values without parts
_PIECE = 1_000_000  # bytes of a file that are checked at once
# A file of the cache: its sort, and what tells it from others. One that is being written has a dot
# before its name and something behind it.
_NAME = re.compile(r"\.?([a-z]+)-[0-9a-f-]+(\.[0-9a-f]+)?")


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
    data = mapped(name)
    return None if data is None else data.tobytes()


def mapped(name: str) -> memoryview | None:
    """Return what `recall` returns, as a view of the file: nothing but what is used takes memory.

    The file may be deleted or replaced meanwhile.
    """
    place = folder()
    if place is None:
        return None
    try:
        if not _is_ours(place.stat()):
            return None
        with open_regular(place / name) as file:
            info = os.fstat(file.fileno())
            if not _is_ours(info) or info.st_size > _MOST_BYTES:
                return None
            checksum = file.readline(_HEAD_SIZE)
            if checksum != _checksum_of(iter(lambda: file.read(_PIECE), b"")) + b"\n":
                return None
            data = memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))[_HEAD_SIZE:]
        _note_use(place / name, info)
        return data
    except (OSError, ValueError):  # it was cut while it was read
        return None


def _note_use(path: Path, info: os.stat_result) -> None:
    """Set the time of a file to now, once a day: files that are not used are deleted first."""
    if time.time() - info.st_mtime > _DAY:
        with suppress(OSError):  # the folder may be read-only
            os.utime(path)


def kept_for(sort: str, key: bytes, make: Callable[[], bytes]) -> bytes:
    """Return what `make` returns, which depends on nothing but `key`; it is kept.

    Unlike `recall`, this needs no hash in a name: the key is kept beside what belongs to it.

    Args:
        sort: the beginning of the name in the cache, in small letters.
        key: anything that is short.
        make: returns what belongs to the key.
    """
    name = f"{sort}-{zlib.crc32(key):08x}"
    head = b"%d:%b" % (len(key), key)
    known = recall(name)
    if known is not None and known.startswith(head):
        return known[len(head) :]
    data = make()
    remember(name, head + data)
    return data


def has_shape(value: object, shape: Any) -> bool:
    """Return whether a value that was kept is of a type, in all of its parts.

    The type is `bool`, `int`, `str`, a choice (`Literal`), a tuple or a mapping of values of one
    type, a named tuple, a protocol (any named tuple will do), or a union of these.

    >>> has_shape(("a", "b"), tuple[str, ...]), has_shape(("a", 1), tuple[str, ...])
    (True, False)
    """
    if shape in _PLAIN:
        return type(value) is shape
    origin, inner = _parts_of(shape)
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


@once
def _parts_of(shape: Hashable) -> tuple[Any, tuple[Any, ...]]:
    return get_origin(shape), get_args(shape)


def _is_named_tuple(value: Any, shape: type) -> bool:
    if type(value) is not shape and Protocol not in shape.__mro__:
        return False
    types = _types(cast(Hashable, type(value)))
    defaults = value._field_defaults
    for name, given in zip(value._fields, value, strict=True):
        is_default = name in defaults and given is defaults[name]
        if not is_default and not has_shape(given, types[name]):
            return False
    return True


@once
def _types(named_tuple: Hashable) -> Mapping[str, Any]:
    return get_type_hints(cast(type, named_tuple))


def remember(name: str, data: bytes) -> None:
    """Keep data under a name, if that is possible.

    The name is a sort in small letters, a hyphen, and hexadecimal digits or more hyphens. The
    files that were used longest ago are deleted if there are too many of this sort, or if all
    files together have too many bytes.
    """
    place = folder()
    if place is None:
        return
    with suppress(OSError):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _is_ours(place.stat()):
            _write(place / name, data)
            _delete_oldest(place)


def _write(path: Path, data: bytes) -> None:
    """Write a file all or nothing, so that another process never reads half of it."""
    temp = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(temp, flags, 0o600), "wb") as file:
            file.write(_checksum(data) + b"\n")
            file.write(data)
        temp.replace(path)
    finally:
        temp.unlink(missing_ok=True)


def _delete_oldest(place: Path) -> None:
    """Delete files of the cache until few enough are left; other files are left alone.

    Those go first that were not used, or written, for the longest time.
    """
    found = [(entry.stat(), entry) for entry in os.scandir(place) if _NAME.fullmatch(entry.name)]
    found.sort(key=lambda file: file[0].st_mtime_ns, reverse=True)
    left = _MOST_BYTES
    count = Counter[str]()
    for info, entry in found:
        sort = entry.name.partition("-")[0]
        left -= info.st_size
        count[sort] += 1
        if (left < 0 or count[sort] > _KEPT) and entry.is_file(follow_symlinks=False):
            with suppress(OSError):  # another process may have it open, or have deleted it
                os.unlink(entry.path)  # noqa: PTH108


def _checksum(*pieces: bytes) -> bytes:
    return _checksum_of(pieces)


def _checksum_of(pieces: Iterable[bytes]) -> bytes:
    checksum = 0
    for piece in pieces:
        checksum = zlib.crc32(piece, checksum)
    return b"%08x" % checksum


def _is_ours(info: os.stat_result) -> bool:
    """Return whether only this user can have written it, where the system knows owners."""
    if not hasattr(os, "geteuid"):
        return True
    by_others = stat.S_IWGRP | stat.S_IWOTH
    return info.st_uid == os.geteuid() and not info.st_mode & by_others

"""What a file on disk holds, compared in pieces: its bytes are never in memory as a whole."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

_MOST = 200_000_000  # bytes: no text is as large, so what is there is something else
_TOGETHER = 1_000_000  # bytes that are read and compared at once
# How files are opened: as bytes, through no link, without waiting for what is no file.
OPEN_FLAGS = (
    getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
)


class Summary(NamedTuple):
    """What tells whether a file still holds the same: its size in bytes and a digest of them."""

    size: int
    digest: bytes


def holds(path: Path, expected: bytes | Summary | None) -> bool:
    """Return whether a file holds what is expected; None means that there is no file.

    Raises:
        OSError: it cannot be read, is no regular file, or is too large to be a text.
    """
    if isinstance(expected, Summary):
        return summary(path) == expected
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


def summary(path: Path) -> Summary | None:
    """Return what a file holds; None if there is none. See `holds` for errors."""
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
    return Summary(size, digest.digest())


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """Open a regular file, no link, for reading; close it at the end."""
    handle = os.open(path, os.O_RDONLY | OPEN_FLAGS)
    try:
        info = os.fstat(handle)
        if not stat.S_ISREG(info.st_mode):
            raise OSError(errno.EINVAL, "this is not a regular file")
        if info.st_size > _MOST:
            raise OSError(errno.EFBIG, f"what is there has more than {_MOST:,} bytes")
        yield handle
    finally:
        close(handle)


def _pieces(handle: int) -> Iterator[bytes]:
    """Yield the bytes of an open file in pieces."""
    while piece := os.read(handle, _TOGETHER):
        yield piece


def close(handle: int | None) -> None:
    """Close a file that is open; errors do not matter any more."""
    if handle is not None:
        with suppress(OSError):  # what was written is safe already, or does not matter
            os.close(handle)

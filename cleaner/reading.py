"""Reading a file that somebody else may have prepared.

A rule file, a configuration or a text may come from a stranger. What has its name can be a pipe
that never ends, a device, or a file of many gigabytes. Only a regular file is read, and never more
of it than the caller has use for. Everything that reads a file of a user goes through here.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

# Opening a pipe must not wait for somebody who writes into it, and a terminal must not become ours.
_FLAGS = os.O_RDONLY
for _name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"):
    _FLAGS |= getattr(os, _name, 0)


class NotRegularError(OSError):
    """What has that name is no regular file: a folder, a pipe, a socket or a device."""

    def __init__(self, path: Path, *, folder: bool = False) -> None:
        what = os.strerror(errno.EISDIR) if folder else "it is not a regular file"
        super().__init__(errno.EINVAL, what, str(path))


class TooLargeError(OSError):
    """The file has more bytes than it may have; `size` are those that are known of."""

    def __init__(self, size: int, most: int, path: Path | None) -> None:
        super().__init__(errno.EFBIG, f"it has more than {most:,} bytes", path and str(path))
        self.size = size


def open_regular(path: Path) -> BinaryIO:
    """Open a regular file for reading; links are followed.

    What was opened is checked, and not what had that name a moment before.

    Raises:
        NotRegularError: it is no regular file.
        OSError: it cannot be opened.
    """
    try:
        handle = os.open(path, _FLAGS)
    except OSError as error:
        if error.errno == errno.ENXIO:  # a socket cannot even be opened
            raise NotRegularError(path) from None
        raise
    mode = os.fstat(handle).st_mode
    if not stat.S_ISREG(mode):
        os.close(handle)
        raise NotRegularError(path, folder=stat.S_ISDIR(mode))
    return os.fdopen(handle, "rb")


def read_file(path: Path, most: int) -> bytes:
    """Return the bytes of a regular file.

    Raises:
        NotRegularError, TooLargeError: it is no regular file, or has more than `most` bytes.
        OSError: it cannot be read.
    """
    with open_regular(path) as file:
        return read_stream(file, most, path)


def read_stream(stream: BinaryIO, most: int, path: Path | None = None) -> bytes:
    """Return all bytes of an open file, or of a stream such as stdin; `path` is for messages.

    Raises:
        TooLargeError: it has more than `most` bytes.
        OSError: it cannot be read.
    """
    size = os.fstat(stream.fileno()).st_size
    if size > most:
        raise TooLargeError(size, most, path)
    data = stream.read(most + 1)  # the size may be unknown, or have grown since
    if len(data) > most:
        raise TooLargeError(len(data), most, path)
    return data


def real_path(path: Path) -> Path:
    """Return the absolute path without links. Links that lead in a circle stay as they are."""
    return Path(os.path.realpath(path))


# The methods of `Path` raise an error for what is in a folder that may not be entered. Whoever asks
# these is told no, and reading the file then says why.


def exists(path: Path) -> bool:
    """Return whether a path leads to something that can be seen."""
    return os.path.exists(path)  # noqa: PTH110


def is_file(path: Path) -> bool:
    """Return whether a path leads to a regular file that can be seen."""
    return os.path.isfile(path)  # noqa: PTH113


def is_folder(path: Path) -> bool:
    """Return whether a path leads to a folder that can be seen."""
    return os.path.isdir(path)  # noqa: PTH112


def is_link(path: Path) -> bool:
    """Return whether a path is a link that can be seen."""
    return os.path.islink(path)  # noqa: PTH114

"""Files that may be compressed: their names, and what is read from them and written into them."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from cleaner import formats
from cleaner.errors import RefusedError, UsageError
from cleaner.formats import BEGINNING, Format
from cleaner.reading import NotRegularError, open_regular

GZIP, ZSTD = ".gz", ".zst"
MARK = b"\xef\xbb\xbf"
_NO_ZSTD = "needs the package backports.zstd: pip install backports.zstd"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class Ending(NamedTuple):
    """How the name of a file of rows ends: `.jsonl.gz` is `.jsonl` and `.gz`.

    Attributes:
        of_format: the ending that tells the format, in small letters.
        of_compression: ".gz", ".zst" or "".
    """

    of_format: str
    of_compression: str = ""

    def __str__(self) -> str:
        return self.of_format + self.of_compression


def ending_of(name: str) -> Ending:
    """Return how the name of a file ends.

    >>> str(ending_of("a/Crawl.JSONL.gz")), str(ending_of("b.csv")), str(ending_of("c.gz"))
    ('.jsonl.gz', '.csv', '.gz')
    """
    last = formats.suffix_of(name)
    if last in {GZIP, ZSTD}:
        return Ending(formats.suffix_of(name[: -len(last)]), last)
    return Ending(last)


def format_of(path: Path, read_as: str = "") -> Format | None:
    """Return the format of a file of rows; None if it is in no format that has rows."""
    if read_as:
        return formats.named(read_as)
    return formats.row_suffixes().get(ending_of(path.name).of_format)


@contextmanager
def open_data(path: Path) -> Iterator[BinaryIO]:
    """Open a file for reading; one that is compressed gives what was compressed.

    Raises:
        RefusedError: it cannot be opened, or is in UTF-16.
        UsageError: it takes a package that is not installed.
    """
    compression = ending_of(path.name).of_compression
    if compression == ZSTD:
        _zstd()
    try:
        file = open_regular(path)
    except FileNotFoundError:
        raise RefusedError(path, "there is no such file") from None
    except NotRegularError:
        raise RefusedError(path, "this is not a regular file; name a file of rows") from None
    except OSError as error:
        raise RefusedError(path, f"cannot be read ({error.strerror})") from None
    with file:
        if not compression:
            yield file
            return
        with _decompressing(file, compression) as stream:
            yield stream


def _decompressing(file: BinaryIO, compression: str) -> BinaryIO:
    if compression == GZIP:
        return cast(BinaryIO, gzip.GzipFile(fileobj=file, mode="rb"))
    return cast(BinaryIO, _zstd().ZstdFile(file, "rb"))


def compressing(file: BinaryIO, compression: str) -> BinaryIO:
    """Return a stream that compresses into an open file, or that file if nothing is to be done.

    The same data gives the same bytes. Closing the stream leaves the file open.
    """
    if compression == GZIP:
        return cast(BinaryIO, gzip.GzipFile("", "wb", 6, file, mtime=0))
    if compression == ZSTD:
        return cast(BinaryIO, _zstd().ZstdFile(file, "wb"))
    return file


def _zstd() -> Any:
    """Return the module that knows Zstandard: Python has one since 3.14."""
    name = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"
    try:
        return import_module(name)
    except ModuleNotFoundError:
        raise UsageError(f"{ZSTD} {_NO_ZSTD}") from None


def damage_of(error: Exception) -> str:
    """Return what is wrong with a file that could be opened but not read to its end."""
    if isinstance(error, EOFError):
        return "it ends too early; get a whole copy of it"
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read ({error.strerror})"
    return f"what is compressed in it is damaged ({error}); get a whole copy of it"


def read_errors() -> tuple[type[Exception], ...]:
    """Return the errors that reading a file may raise."""
    import zlib

    try:
        return OSError, EOFError, zlib.error, _zstd().ZstdError
    except UsageError:
        return OSError, EOFError, zlib.error


def read_beginning(path: Path) -> tuple[str, bool]:
    """Return the beginning of a file of rows, and whether a byte order mark is before it.

    Bytes that are not UTF-8 are replaced in it: a row is decoded when it is cleaned.

    Raises:
        RefusedError: it cannot be read, or is in UTF-16.
    """
    with open_data(path) as file:
        try:
            if file.read(2) in _UTF_16:
                raise RefusedError(path, "this is UTF-16; save it as UTF-8")
            file.seek(0)
            with TextIOWrapper(file, "utf-8", "replace", newline="") as decoded:
                text = decoded.read(BEGINNING + 1)
        except read_errors() as error:
            raise RefusedError(path, damage_of(error)) from None
    mark = MARK.decode()
    return text.removeprefix(mark)[:BEGINNING], text.startswith(mark)


def row_endings() -> Sequence[str]:
    """Return the endings of files of rows, sorted, without those of compression."""
    return sorted(formats.row_suffixes())

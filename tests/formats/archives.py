"""Zip archives for the tests: as `zipfile` writes them, and as it would never write them."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO, RawIOBase
from typing import NamedTuple
from unittest.mock import patch

TEXT = b"Ma Yun founded Alibaba. " * 20


class _Pipe(RawIOBase):
    """A file that can only be written from its beginning to its end, so sizes come late."""

    def __init__(self) -> None:
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.written += data
        return len(data)


class Entry(NamedTuple):
    """A member as `zipfile` is to write it."""

    name: str
    content: bytes = TEXT
    method: int = zipfile.ZIP_DEFLATED
    comment: bytes = b""
    extra: bytes = b""


BOOK = (
    Entry("mimetype", b"application/epub+zip", zipfile.ZIP_STORED),
    Entry("text/", b"", zipfile.ZIP_STORED),
    Entry("text/one.xhtml", TEXT),
    Entry("text/empty.xhtml", b""),
    Entry("text/two.xhtml", TEXT[::-1], comment=b"the second", extra=b"\x99\x99\x02\x00ab"),
)


@contextmanager
def everything_is_large() -> Iterator[None]:
    """Make `zipfile` use zip64 for whatever is more than nothing."""
    with patch.object(zipfile, "ZIP64_LIMIT", 0), patch.object(zipfile, "ZIP_FILECOUNT_LIMIT", 0):
        yield


def _write(file: BytesIO | _Pipe, entries: Sequence[Entry], comment: bytes, *, wide: bool) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        for entry in entries:
            info = zipfile.ZipInfo(entry.name, (2012, 3, 4, 5, 6, 8))
            info.compress_type = entry.method
            info.comment, info.extra = entry.comment, entry.extra
            info.external_attr = 0o640 << 16
            with archive.open(info, "w", force_zip64=wide) as stream:
                stream.write(entry.content)
        archive.comment = comment


def zipped(
    entries: Sequence[Entry] = BOOK,
    *,
    comment: bytes = b"",
    prefix: bytes = b"",
    streamed: bool = False,
    zip64: bool = False,
) -> bytes:
    """An archive as `zipfile` writes it."""
    file = _Pipe() if streamed else BytesIO()
    if zip64:
        with everything_is_large():
            _write(file, entries, comment, wide=True)
    else:
        _write(file, entries, comment, wide=False)
    return prefix + bytes(file.written if isinstance(file, _Pipe) else file.getvalue())


class Raw(NamedTuple):
    """A member as it is written byte by byte, for what `zipfile` would never write."""

    name: bytes
    content: bytes = TEXT
    stored: bytes | None = None
    method: int = zipfile.ZIP_STORED
    flags: int = 0
    descriptor: str = ""
    """A form for `struct`, in which the descriptor is written."""

    gap: bytes = b""
    offset: int | None = None
    """What the directory says instead of the true position."""

    size: int | None = None
    """What the headers say instead of the true size."""


def raw_zip(*entries: Raw, promised: int | None = None) -> bytes:
    """An archive written byte by byte; its end says that it has `promised` members."""
    body, directory = b"", b""
    for entry in entries:
        stored = entry.content if entry.stored is None else entry.stored
        size = len(entry.content) if entry.size is None else entry.size
        numbers = zlib.crc32(entry.content), len(stored), size
        flags = entry.flags | (8 if entry.descriptor else 0)
        common = struct.pack("<HHHHH", 20, flags, entry.method, 0, 0x21)
        at = len(body) if entry.offset is None else entry.offset
        local = (0, 0, 0) if entry.descriptor else numbers
        body += b"PK\3\4" + common + struct.pack("<LLLHH", *local, len(entry.name), 0)
        body += entry.name + stored
        if entry.descriptor:
            signature = [b"PK\7\x08"] if "s" in entry.descriptor else []
            body += struct.pack(entry.descriptor, *signature, *numbers)
        body += entry.gap
        directory += b"PK\1\2\x14\0" + common
        directory += struct.pack("<LLLHHHHHLL", *numbers, len(entry.name), 0, 0, 0, 0, 0, at)
        directory += entry.name
    count = len(entries) if promised is None else promised
    end = struct.pack("<4s4HLLH", b"PK\5\6", 0, 0, count, count, len(directory), len(body), 0)
    return body + directory + end


def _legacy_names() -> bytes:
    """Return an archive with a name in code page 437, as old programs write it."""
    archive = zipped([Entry("caf~.txt"), Entry("b.txt"), Entry("마윈.txt")])
    return archive.replace(b"caf~.txt", b"caf\x82.txt")


def _only_in_zip64(archive: bytes) -> bytes:
    """Return a zip64 archive whose old end record says of everything: look in the new one."""
    end = archive.rindex(b"PK\5\6")
    return archive[: end + 8] + b"\xff" * 12 + archive[end + 20 :]


def _backwards(archive: bytes) -> bytes:
    """Return the archive with the first two records of its directory in the other order."""
    first = archive.index(b"PK\1\2")
    second = archive.index(b"PK\1\2", first + 1)
    third = archive.index(b"PK\1\2", second + 1)
    return archive[:first] + archive[second:third] + archive[first:second] + archive[third:]


ARCHIVES = {
    "one member": zipped([Entry("a.txt")]),
    "no member": zipped([]),
    "book": zipped(),
    "comment": zipped(comment="마윈 and Jack".encode()),
    "something before it": zipped(prefix=b"#!/bin/sh\nexit\n"),
    "streamed": zipped(streamed=True),
    "streamed, something before it": zipped(streamed=True, prefix=b"MZ"),
    "zip64": zipped(zip64=True),
    "zip64, something before it": zipped(zip64=True, prefix=b"MZ", comment=b"large"),
    "zip64, streamed": zipped(zip64=True, streamed=True),
    "zip64, nothing in 32 bits": _only_in_zip64(zipped(zip64=True)),
    "legacy names": _legacy_names(),
    "directory in another order": _backwards(zipped()),
    "descriptor": raw_zip(Raw(b"a", descriptor="<4sLLL"), Raw(b"b")),
    "descriptor without signature": raw_zip(Raw(b"a", descriptor="<LLL"), Raw(b"b")),
    "wide descriptor": raw_zip(Raw(b"a", descriptor="<4sLQQ"), Raw(b"b")),
    "wide descriptor without signature": raw_zip(Raw(b"a", descriptor="<LQQ"), Raw(b"b")),
    "descriptor promised and not there": raw_zip(Raw(b"a", flags=8), Raw(b"b")),
    "descriptor of an empty member": raw_zip(
        Raw(b"a", b"", descriptor="<LLL"), Raw(b"b", b"", descriptor="<4sLQQ")
    ),
    "gaps": raw_zip(Raw(b"a", gap=b"junk PK\3\4"), Raw(b"b", gap=b"\0" * 9)),
    "names that leave the folder": raw_zip(Raw(b"../a"), Raw(b"/etc/b"), Raw(b"C:\\c")),
}

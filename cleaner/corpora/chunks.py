"""A file of rows in pieces: chunks that processes clean, and shards, which are what is written.

Where a chunk or a shard ends depends on the file alone, never on how many processes there are.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from cleaner.corpora import streams
from cleaner.errors import RefusedError

CHUNK = 262_144  # bytes that a process gets at a time, or one row of more
MOST = 100_000_000  # bytes of a row
_LINE_END = re.compile(rb"\r\n?|\n")


class Place(NamedTuple):
    """Where rows are.

    Attributes:
        input: the number of the file, from 0.
        shard: the number of the shard that they belong to.
        offset: how many bytes of the file are before them, not compressed.
        line: the number of the first line.
    """

    input: int = 0
    shard: int = 0
    offset: int = 0
    line: int = 1

    def behind(self, data: bytes) -> Place:
        """Return the place behind rows that begin here."""
        lines = len(_LINE_END.findall(data))
        return self._replace(offset=self.offset + len(data), line=self.line + lines)


class Chunk(NamedTuple):
    """Some whole rows, in bytes, and where they begin.

    Attributes:
        read: how many bytes of the file, as it is on the disk, were read up to their end.
    """

    place: Place
    data: bytes
    read: int = 0


class Source(NamedTuple):
    """A file of rows as it is divided.

    Attributes:
        path: the file.
        head: the bytes before the first row: a byte order mark, the names of the columns.
        row: matches a row with its line end.
    """

    path: Path
    head: bytes
    row: re.Pattern[bytes]


def chunks(sources: Sequence[Source], start: Place, size: int, shard_size: int) -> Iterator[Chunk]:
    """Yield all rows of some files in order, from a place on, where a shard begins.

    A chunk has at least `size` bytes, or is the last one of its file. A shard ends with the chunk
    that makes it have `shard_size` bytes, and with its file.

    Raises:
        RefusedError: a file cannot be read to its end, or has a row that is too long.
    """
    place = start
    for number, source in enumerate(sources):
        if number < start.input:
            continue
        if number > start.input:
            place = Place(number, place.shard)
        if not place.offset:
            place = place.behind(source.head)
        began = place.offset
        for data, read in _pieces(source, place, size):
            if place.offset - began >= shard_size:
                place = place._replace(shard=place.shard + 1)
                began = place.offset
            yield Chunk(place, data, read)
            place = place.behind(data)
        if place.offset > began:
            place = place._replace(shard=place.shard + 1)


def _pieces(source: Source, place: Place, size: int) -> Iterator[tuple[bytes, int]]:
    """Yield some rows at a time, and how much of the file on the disk was read so far."""
    with streams.open_data(source.path) as stream:
        try:
            stream.seek(place.offset)  # what is compressed is read for that
            for data in divide(stream, source.row, size):
                yield data, os.lseek(stream.fileno(), 0, os.SEEK_CUR)
        except TooLongError as error:
            line = place.line + error.lines
            what = f"this row has more than {MOST:,} bytes"
            hint = "if it is a table, a quotation mark may not be closed in it"
            raise RefusedError(f"{source.path}:{line}", f"{what}; shorten it ({hint})") from None
        except streams.read_errors() as error:
            raise RefusedError(source.path, streams.damage_of(error)) from None


class TooLongError(Exception):
    """A row is too long; `lines` are those before it."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self.lines = lines


def divide(
    stream: BinaryIO, row: re.Pattern[bytes], size: int, most: int = MOST
) -> Iterator[bytes]:
    r"""Yield the rows of a stream, some whole rows at a time, which have at least `size` bytes.

    What is no whole row at the end comes as it is.

    >>> from io import BytesIO
    >>> list(divide(BytesIO(b"a\nb\nc"), re.compile(rb"(.*)(?:\n|\Z)"), size=3))
    [b'a\nb\n', b'c']

    Raises:
        TooLongError: a row has more than `most` bytes.
    """
    buffer = b""
    lines = end = 0  # of the whole rows at the beginning of the buffer
    is_over = False
    while not is_over:
        more = stream.read(max(size, len(buffer) - end))  # so much that a long row is read once
        is_over = not more
        buffer += more
        while True:
            found = row.match(buffer, end)
            if not found or found.end() == len(buffer):
                break  # unless the stream is over, it may go on
            end = found.end()
            if end >= size:
                lines += len(_LINE_END.findall(buffer, 0, end))
                yield buffer[:end]
                buffer, end = buffer[end:], 0
        if len(buffer) - end > most:
            raise TooLongError(lines + len(_LINE_END.findall(buffer, 0, end)))
    if buffer:
        yield buffer

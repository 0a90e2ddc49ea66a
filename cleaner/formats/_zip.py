"""Zip archives: reading members, and replacing some without touching a byte of the others.

The standard `zipfile` reads and checks. It cannot replace a member: it would write the archive
anew, and so compress again and encode names again. Here the new archive is copied from the old
one. Only the headers that give the size or the position of something that changed are patched,
in place, so no header ever grows.

Numbers in a zip file are little-endian. The names of the parts are those of APPNOTE.TXT, the
specification by PKWARE: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from cleaner.errors import UnreadableError
from cleaner.text.visible import shortened, visible

if TYPE_CHECKING:
    from zipfile import ZipInfo

# The most that is read of an archive: bytes of all its members together, after decompression.
MOST_BYTES = 100_000_000

# The most members an archive may have.
MOST_MEMBERS = 100_000

_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 1 << 0
_STREAMED = 1 << 3  # sizes and CRC follow the content, in a data descriptor

_END, _END_LENGTH = b"PK\x05\x06", 22
_END64, _END64_LENGTH = b"PK\x06\x06", 56
_LOCATOR, _LOCATOR_LENGTH = b"PK\x06\x07", 20
_DESCRIPTOR = b"PK\x07\x08"
_LONGEST_COMMENT = 0xFFFF
_ZIP64 = 0x0001  # the extra field that holds numbers too large for 32 bits
_ELSEWHERE = 0xFFFFFFFF  # a number of 32 bits that says: look in that extra field

_SAVE_AGAIN = "save the file again with the program that made it"
_GET_ANOTHER = "get an undamaged copy of it"


class Member(NamedTuple):
    """A member of an archive. Positions count bytes from the beginning of the archive."""

    name: str
    info: ZipInfo
    """What the central directory says about it: date, compression, sizes, comment."""

    record: int
    """Where its record begins in the central directory."""

    start: int
    """Where its content begins, behind its local header, as it is stored."""

    end: int
    """Where its content ends. A data descriptor may follow."""


class Archive:
    """The bytes of a zip file and its members, in the order of the central directory.

    Raises:
        UnreadableError: the bytes are no zip file, are damaged, or hold what cannot be read:
            encrypted members, two members of one name, members that share bytes, compression
            other than deflate.
    """

    def __init__(self, data: bytes) -> None:
        from io import BytesIO
        from zipfile import BadZipFile, ZipFile

        self._data = data
        self._directory = _find_directory(data)
        records = _find_records(data, self._directory)
        try:
            self._zip = ZipFile(BytesIO(data))
        except (BadZipFile, NotImplementedError, ValueError) as error:
            raise UnreadableError(f"its directory is damaged ({error})", _GET_ANOTHER) from None
        infos = self._zip.infolist()
        members: dict[str, Member] = {}
        for info, record in zip(infos, records, strict=True):
            if info.filename in members:
                raise UnreadableError(f"has two members named {_quoted(info)}", _SAVE_AGAIN)
            members[info.filename] = _member(data, info, record, self._directory.start)
        self._members = members
        self._by_position = sorted(members.values(), key=_position)
        _check_apart(self._by_position)
        self._sizes: dict[str, int] = {}  # of the members that were read
        self._bytes_read = 0

    @property
    def members(self) -> list[Member]:
        """Its members, in the order of the central directory."""
        return list(self._members.values())

    @property
    def names(self) -> list[str]:
        """The names of its members. A name that ends in “/” is that of a folder."""
        return list(self._members)

    def read(self, name: str) -> bytes:
        """Return the content of a member.

        Raises:
            KeyError: there is no such member.
            UnreadableError: the member is damaged, or all members that were read have more than
                `MOST_BYTES` together.
        """
        from zipfile import BadZipFile
        from zlib import error as ZlibError  # noqa: N812

        info = self._members[name].info
        most = MOST_BYTES - self._bytes_read + self._sizes.get(name, 0)
        if info.file_size > most:
            what = f"with {_quoted(info)}, more than {MOST_BYTES:,} bytes would be read of it"
            raise UnreadableError(what, "split the file")
        try:
            with self._zip.open(info) as stream:
                content = stream.read(info.file_size + 1)  # never more, whatever is stored
        except (BadZipFile, ZlibError, EOFError, NotImplementedError, ValueError) as error:
            what = f"{_quoted(info)} is damaged ({visible(str(error))})"
            raise UnreadableError(what, _GET_ANOTHER) from None
        if len(content) != info.file_size:
            what = f"{_quoted(info)} is damaged (it has {len(content):,} bytes, "
            raise UnreadableError(f"{what}and should have {info.file_size:,})", _GET_ANOTHER)
        self._bytes_read += len(content) - self._sizes.get(name, 0)
        self._sizes[name] = len(content)
        return content

    def replaced(self, changed: Mapping[str, bytes]) -> bytes:
        """Return the archive with other contents for these members.

        A changed member keeps its name, place, kind of compression, date, comment and attributes.
        Everything else is copied as it is.

        Raises:
            KeyError: there is no such member.
            UnreadableError: a header has no room for the new size or position.
        """
        for name in changed:
            self._members[name]
        directory = bytearray(self._data[self._directory.start :])
        out = bytearray()
        copied = 0  # how much of the old archive is in `out`, or replaced there
        begins = [*map(_position, self._by_position), self._directory.start]
        for member, (begin, following) in zip(self._by_position, pairwise(begins), strict=True):
            out += self._data[copied:begin]
            copied = begin
            record = member.record - self._directory.start
            _move(directory, record, len(out) - copied)
            if member.name in changed:
                content = changed[member.name]
                stored = _compressed(content, member.info.compress_type)
                header = bytearray(self._data[begin : member.start])
                _describe(_LOCAL, header, 0, content, stored)
                _describe(_CENTRAL, directory, record, content, stored)
                out += header + stored
                copied = member.end + _descriptor_length(
                    member.info, self._data[member.end : following]
                )
        out += self._data[copied : self._directory.start]
        _move_end(directory, self._directory, len(out) - self._directory.start)
        return bytes(out + directory)


def read(data: bytes) -> Archive:
    """Return the archive that these bytes are.

    Raises:
        UnreadableError: see `Archive`.
    """
    return Archive(data)


class _Directory(NamedTuple):
    """Where the central directory and what follows it stand. Positions are those of bytes."""

    start: int
    stop: int
    promised: int
    """How many records it should have. Of a large number, the last 16 bits may be all there is."""

    end: int
    """Where the end of central directory record begins."""

    end64: int | None
    """Where its zip64 form begins, if there is one. A locator follows it."""


def _find_directory(data: bytes) -> _Directory:
    end = data.rfind(_END, max(0, len(data) - _END_LENGTH - _LONGEST_COMMENT))
    is_whole = 0 <= end <= len(data) - _END_LENGTH
    if not is_whole or end + _END_LENGTH + _number("<H", data, end + 20) != len(data):
        what = "this is not a zip file, or its end is missing"
        raise UnreadableError(what, "get a whole copy of it")
    locator = end - _LOCATOR_LENGTH
    if locator < 0 or not data.startswith(_LOCATOR, locator):
        stop, end64 = end, None
        count, size = _number("<H", data, end + 10), _number("<L", data, end + 12)
    else:
        stop = end64 = locator - _END64_LENGTH
        if end64 < 0 or not data.startswith(_END64, end64):
            raise UnreadableError("its zip64 end record is damaged", _GET_ANOTHER)
        count, size = _number("<Q", data, end64 + 32), _number("<Q", data, end64 + 40)
    if size > stop:
        raise UnreadableError("its directory is damaged (the beginning is missing)", _GET_ANOTHER)
    return _Directory(stop - size, stop, count, end, end64)


def _find_records(data: bytes, directory: _Directory) -> list[int]:
    """Return where each record of the central directory begins."""
    records: list[int] = []
    at = directory.start
    while at < directory.stop:
        if len(records) == MOST_MEMBERS:
            raise UnreadableError(f"has more than {MOST_MEMBERS:,} members", "split the file")
        fixed_end = at + _CENTRAL.length
        if fixed_end > directory.stop or not data.startswith(_CENTRAL.signature, at):
            break
        records.append(at)
        at = fixed_end + sum(struct.unpack_from("<HHH", data, at + _CENTRAL.lengths))
    if at != directory.stop or (len(records) - directory.promised) % 0x10000:
        raise UnreadableError("its directory is damaged (records do not fit)", _GET_ANOTHER)
    return records


def _member(data: bytes, info: ZipInfo, record: int, stop: int) -> Member:
    """Return the member, whose local header and content must stand before `stop`."""
    if info.flag_bits & _ENCRYPTED:
        raise UnreadableError(f"{_quoted(info)} is encrypted", "save the file without a password")
    if info.compress_type not in (_STORED, _DEFLATED):
        what = f"{_quoted(info)} is compressed by method {info.compress_type}, not by deflate"
        raise UnreadableError(what, _SAVE_AGAIN)
    header = info.header_offset
    fixed_end = header + _LOCAL.length
    if header >= 0 and fixed_end <= stop and data.startswith(_LOCAL.signature, header):
        start = fixed_end + sum(struct.unpack_from("<HH", data, header + _LOCAL.lengths))
        if start + info.compress_size <= stop:
            return Member(info.filename, info, record, start, start + info.compress_size)
    raise UnreadableError(f"{_quoted(info)} is not where the directory says", _GET_ANOTHER)


def _position(member: Member) -> int:
    return member.info.header_offset


def _check_apart(by_position: Sequence[Member]) -> None:
    for one, other in pairwise(by_position):
        if _position(other) < one.end:
            what = f"{_quoted(one.info)} and {_quoted(other.info)} share bytes"
            raise UnreadableError(what, "do not use this file, it may be an attack")


def _quoted(info: ZipInfo) -> str:
    return f"“{shortened(visible(info.filename))}”"


def _compressed(content: bytes, method: int) -> bytes:
    if method == _STORED:
        return content
    from zlib import MAX_WBITS, compress

    return compress(content, wbits=-MAX_WBITS)  # less than 0: without a header of zlib


def _descriptor_length(info: ZipInfo, gap: bytes) -> int:
    """Return the length of the data descriptor that bytes behind a member begin with, or 0.

    It may have a signature or not, and numbers of 32 or 64 bits, and no flag says which. So it
    is recognised by what it must say.
    """
    if not info.flag_bits & _STREAMED:
        return 0
    for signature in (_DESCRIPTOR, b""):
        for width in (8, 4):
            descriptor = signature + info.CRC.to_bytes(4, "little")
            for size in (info.compress_size, info.file_size):
                descriptor += size.to_bytes(8, "little")[:width]
            if gap.startswith(descriptor):
                return len(descriptor)
    return 0


class _Header(NamedTuple):
    """Where the fields of a local header, or of a record of the directory, stand in it."""

    signature: bytes
    flags: int
    crc: int
    numbers: Sequence[int]
    """The size, the size as stored and the position, which zip64 can move to an extra field."""

    lengths: int
    """The lengths of the name and of the extra fields, which stand behind the fixed part."""

    length: int
    """How long the fixed part is."""


_LOCAL = _Header(b"PK\x03\x04", flags=6, crc=14, numbers=(22, 18), lengths=26, length=30)
_CENTRAL = _Header(b"PK\x01\x02", flags=8, crc=16, numbers=(24, 20, 42), lengths=28, length=46)
_SIZE, _STORED_SIZE, _OFFSET = 0, 1, 2  # the order of `numbers`


def _describe(kind: _Header, headers: bytearray, at: int, content: bytes, stored: bytes) -> None:
    """Write into the header at `at` what it must say about a new content.

    The header then gives the sizes itself, so the content needs no data descriptor.
    """
    from zlib import crc32

    flags = _number("<H", headers, at + kind.flags)
    _put("<H", headers, at + kind.flags, flags & ~_STREAMED)
    struct.pack_into("<L", headers, at + kind.crc, crc32(content))
    places = _number_places(kind, headers, at)
    for which, number in ((_SIZE, len(content)), (_STORED_SIZE, len(stored))):
        form, place = places[which]
        _put(form, headers, place, number)


def _move(directory: bytearray, record: int, shift: int) -> None:
    """Add `shift` to the position of the member that the record at `record` is about."""
    if shift:
        form, at = _number_places(_CENTRAL, directory, record)[_OFFSET]
        _put(form, directory, at, _number(form, directory, at) + shift)


def _move_end(tail: bytearray, directory: _Directory, shift: int) -> None:
    """Add `shift` to the positions that the end of the archive gives.

    Args:
        tail: the archive from the beginning of its central directory.
        directory: what was found there, in the old archive.
        shift: how many bytes the new archive has more before its central directory.
    """
    end = directory.end - directory.start
    places = [("<L", end + 16)]
    if directory.end64 is not None:
        end64 = directory.end64 - directory.start
        places += [("<Q", end64 + 48), ("<Q", end64 + _END64_LENGTH + 8)]
        if _number("<L", tail, end + 16) == _ELSEWHERE:
            del places[0]
    for form, at in places:
        _put(form, tail, at, _number(form, tail, at) + shift)


def _number_places(kind: _Header, headers: bytearray, at: int) -> list[tuple[str, int]]:
    """Return where each of `kind.numbers` stands, and its form for `struct`.

    Raises:
        UnreadableError: one should stand in the zip64 extra field and does not.
    """
    wide = _zip64_numbers(kind, headers, at)
    places: list[tuple[str, int]] = []
    used = 0
    for field in kind.numbers:
        if _number("<L", headers, at + field) != _ELSEWHERE:
            places.append(("<L", at + field))
        elif used < len(wide):
            places.append(("<Q", wide[used]))
            used += 1
        else:
            raise UnreadableError("a zip64 extra field is damaged or missing", _GET_ANOTHER)
    return places


def _zip64_numbers(kind: _Header, headers: bytearray, at: int) -> Sequence[int]:
    """Return where the numbers of 64 bits stand in the extra fields of a header."""
    name_length, extra_length = struct.unpack_from("<HH", headers, at + kind.lengths)
    field = at + kind.length + name_length
    stop = field + extra_length
    while field + 4 <= stop:
        tag, length = struct.unpack_from("<HH", headers, field)
        content = field + 4
        field = content + length
        if tag == _ZIP64 and field <= stop:
            return range(content, field - 7, 8)
    return []


def _number(form: str, data: bytes | bytearray, at: int) -> int:
    number: int = struct.unpack_from(form, data, at)[0]
    return number


def _put(form: str, data: bytearray, at: int, number: int) -> None:
    if form == "<L" and number >= _ELSEWHERE:
        raise UnreadableError("it would become larger than 4 GB", "split the file")
    struct.pack_into(form, data, at, number)

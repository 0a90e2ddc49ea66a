"""Zip archives: what is read, what is refused, and that replacing touches nothing else."""

from __future__ import annotations

import shutil
import struct
import subprocess
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO, RawIOBase
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import UnreadableError
from cleaner.formats import _zip

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


class _Entry(NamedTuple):
    """A member as `zipfile` is to write it."""

    name: str
    content: bytes = TEXT
    method: int = zipfile.ZIP_DEFLATED
    comment: bytes = b""
    extra: bytes = b""


BOOK = (
    _Entry("mimetype", b"application/epub+zip", zipfile.ZIP_STORED),
    _Entry("text/", b"", zipfile.ZIP_STORED),
    _Entry("text/one.xhtml", TEXT),
    _Entry("text/empty.xhtml", b""),
    _Entry("text/two.xhtml", TEXT[::-1], comment=b"the second", extra=b"\x99\x99\x02\x00ab"),
)


@contextmanager
def _everything_is_large() -> Iterator[None]:
    """Make `zipfile` use zip64 for whatever is more than nothing."""
    with patch.object(zipfile, "ZIP64_LIMIT", 0), patch.object(zipfile, "ZIP_FILECOUNT_LIMIT", 0):
        yield


def _write(file: BytesIO | _Pipe, entries: Sequence[_Entry], comment: bytes, *, wide: bool) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        for entry in entries:
            info = zipfile.ZipInfo(entry.name, (2012, 3, 4, 5, 6, 8))
            info.compress_type = entry.method
            info.comment, info.extra = entry.comment, entry.extra
            info.external_attr = 0o640 << 16
            with archive.open(info, "w", force_zip64=wide) as stream:
                stream.write(entry.content)
        archive.comment = comment


def _archive(
    entries: Sequence[_Entry] = BOOK,
    *,
    comment: bytes = b"",
    prefix: bytes = b"",
    streamed: bool = False,
    zip64: bool = False,
) -> bytes:
    file = _Pipe() if streamed else BytesIO()
    if zip64:
        with _everything_is_large():
            _write(file, entries, comment, wide=True)
    else:
        _write(file, entries, comment, wide=False)
    return prefix + bytes(file.written if isinstance(file, _Pipe) else file.getvalue())


class _Raw(NamedTuple):
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


def _raw_archive(*entries: _Raw, promised: int | None = None) -> bytes:
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
    archive = _archive([_Entry("caf~.txt"), _Entry("b.txt"), _Entry("마윈.txt")])
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
    "one member": _archive([_Entry("a.txt")]),
    "no member": _archive([]),
    "book": _archive(),
    "comment": _archive(comment="마윈 and Jack".encode()),
    "something before it": _archive(prefix=b"#!/bin/sh\nexit\n"),
    "streamed": _archive(streamed=True),
    "streamed, something before it": _archive(streamed=True, prefix=b"MZ"),
    "zip64": _archive(zip64=True),
    "zip64, something before it": _archive(zip64=True, prefix=b"MZ", comment=b"large"),
    "zip64, streamed": _archive(zip64=True, streamed=True),
    "zip64, nothing in 32 bits": _only_in_zip64(_archive(zip64=True)),
    "legacy names": _legacy_names(),
    "directory in another order": _backwards(_archive()),
    "descriptor": _raw_archive(_Raw(b"a", descriptor="<4sLLL"), _Raw(b"b")),
    "descriptor without signature": _raw_archive(_Raw(b"a", descriptor="<LLL"), _Raw(b"b")),
    "wide descriptor": _raw_archive(_Raw(b"a", descriptor="<4sLQQ"), _Raw(b"b")),
    "wide descriptor without signature": _raw_archive(_Raw(b"a", descriptor="<LQQ"), _Raw(b"b")),
    "descriptor promised and not there": _raw_archive(_Raw(b"a", flags=8), _Raw(b"b")),
    "descriptor of an empty member": _raw_archive(
        _Raw(b"a", b"", descriptor="<LLL"), _Raw(b"b", b"", descriptor="<4sLQQ")
    ),
    "gaps": _raw_archive(_Raw(b"a", gap=b"junk PK\3\4"), _Raw(b"b", gap=b"\0" * 9)),
    "names that leave the folder": _raw_archive(_Raw(b"../a"), _Raw(b"/etc/b"), _Raw(b"C:\\c")),
}
EVERY_ARCHIVE = pytest.mark.parametrize(
    "archive", [pytest.param(archive, id=name) for name, archive in ARCHIVES.items()]
)


def _raw_members(archive: bytes) -> dict[str, tuple[bytes, bytes]]:
    """Return of each member all bytes up to the next one, and its record without the position."""
    with zipfile.ZipFile(BytesIO(archive)) as opened:
        infos, directory = opened.infolist(), opened.start_dir
    starts = sorted([*(info.header_offset for info in infos), directory])
    until = dict(pairwise(starts))
    found: dict[str, tuple[bytes, bytes]] = {}
    for info in infos:
        name, extra, comment = struct.unpack_from("<HHH", archive, directory + 28)
        record = bytearray(archive[directory : directory + 46 + name + extra + comment])
        directory += len(record)
        if record[42:46] == b"\xff" * 4:  # then the position is the last number of zip64
            at = 46 + name + record[46 + name :].index(b"\1\0")
            length = struct.unpack_from("<H", record, at + 2)[0]
            record[at + length - 4 : at + length + 4] = b""
        record[42:46] = b""
        whole = archive[info.header_offset : until[info.header_offset]]
        found[info.filename] = (whole, bytes(record))
    return found


def _fixed(info: zipfile.ZipInfo) -> list[object]:
    """Return what stays of a member, whatever its content is."""
    return [
        info.orig_filename,
        info.date_time,
        info.compress_type,
        info.comment,
        info.internal_attr,
        info.external_attr,
        info.create_system,
        info.create_version,
        info.extract_version,
        info.flag_bits & ~8,
        len(info.extra),
    ]


def _by_position(archive: zipfile.ZipFile) -> list[str]:
    infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    return [info.filename for info in infos]


def _local_numbers(archive: bytes, info: zipfile.ZipInfo) -> tuple[int, ...]:
    """Return the CRC and the sizes that a local header gives, which `zipfile` never reads."""
    at = info.header_offset
    crc, stored, size, name, extra = struct.unpack_from("<LLLHH", archive, at + 14)
    if size == 0xFFFFFFFF:
        extras = archive[at + 30 + name : at + 30 + name + extra]
        size, stored = struct.unpack_from("<QQ", extras, extras.index(b"\1\0\x10\0") + 4)
    return crc, stored, size


def _check_replaced(archive: bytes, changed: Mapping[str, bytes]) -> bytes:
    """Check the archive in which these members are replaced, and return it."""
    read = _zip.read(archive)
    contents = {name: read.read(name) for name in read.names}
    replaced = read.replaced(changed)
    before, after = _raw_members(archive), _raw_members(replaced)
    assert list(before) == list(after) == read.names
    for name in before.keys() - changed.keys():
        assert after[name] == before[name]
    first = min((member.info.header_offset for member in read.members), default=0)
    assert replaced[:first] == archive[:first]
    with zipfile.ZipFile(BytesIO(archive)) as old, zipfile.ZipFile(BytesIO(replaced)) as new:
        assert new.testzip() is None
        assert {name: new.read(name) for name in new.namelist()} == {**contents, **changed}
        assert new.comment == old.comment
        assert _by_position(old) == _by_position(new)
        for one, other in zip(old.infolist(), new.infolist(), strict=True):
            assert _fixed(one) == _fixed(other)
            if other.filename in changed:
                numbers = other.CRC, other.compress_size, other.file_size
                assert _local_numbers(replaced, other) == numbers
    again = _zip.read(replaced)
    assert {name: again.read(name) for name in again.names} == {**contents, **changed}
    back = _zip.read(again.replaced({name: contents[name] for name in changed}))
    assert {name: back.read(name) for name in back.names} == contents
    return replaced


@EVERY_ARCHIVE
def test_reading_gives_what_zipfile_gives(archive: bytes) -> None:
    read = _zip.read(archive)
    with zipfile.ZipFile(BytesIO(archive)) as expected:
        assert read.names == expected.namelist()
        for name in read.names:
            assert read.read(name) == expected.read(name)


@EVERY_ARCHIVE
def test_replacing_nothing_gives_the_same_bytes(archive: bytes) -> None:
    assert _zip.read(archive).replaced({}) == archive


@EVERY_ARCHIVE
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"Jack Ma", id="short"),
        pytest.param(bytes(range(256)) * 50, id="long"),
    ],
)
def test_each_member_is_replaced(archive: bytes, content: bytes) -> None:
    names = _zip.read(archive).names
    for name in names:
        _check_replaced(archive, {name: content})
    _check_replaced(archive, dict.fromkeys(names, content))


def test_legacy_names_are_decoded_and_stay() -> None:
    archive = ARCHIVES["legacy names"]
    assert _zip.read(archive).names == ["café.txt", "b.txt", "마윈.txt"]
    replaced = _check_replaced(archive, {"café.txt": b"x", "b.txt": b"y"})
    assert replaced.count(b"caf\x82.txt") == 2


@pytest.mark.parametrize("form", ["<4sLLL", "<LLL", "<4sLQQ", "<LQQ"])
def test_a_changed_member_needs_no_descriptor(form: str) -> None:
    archive = _raw_archive(_Raw(b"a", descriptor=form, gap=b"gap"), _Raw(b"b"))
    replaced = _zip.read(archive).replaced({"a": b"new"})
    plain = _raw_archive(_Raw(b"a", b"new", gap=b"gap"), _Raw(b"b"))
    assert replaced == plain


def test_what_is_stored_stays_stored() -> None:
    replaced = _zip.read(ARCHIVES["book"]).replaced({"mimetype": TEXT, "text/one.xhtml": TEXT * 2})
    mimetype, _, one = zipfile.ZipFile(BytesIO(replaced)).infolist()[:3]
    assert mimetype.compress_size == len(TEXT)
    assert one.compress_size < len(TEXT)
    assert replaced[30:].startswith(b"mimetype" + TEXT)


@pytest.mark.parametrize("prefix", [pytest.param(b"", id="bare"), pytest.param(b"MZ", id="prefix")])
def test_the_zip64_end_is_found_where_the_locator_says(prefix: bytes) -> None:
    archive = _archive(zip64=True, prefix=prefix)
    replaced = _zip.read(archive).replaced({"mimetype": TEXT})
    for data in (archive, replaced):
        locator = data.rindex(b"PK\6\7")
        says = struct.unpack_from("<Q", data, locator + 8)[0]
        assert says + len(prefix) == data.rindex(b"PK\6\6")


@pytest.mark.parametrize("act", ["read", "replace"])
def test_a_name_that_is_not_there(act: str) -> None:
    archive = _zip.read(ARCHIVES["book"])
    with pytest.raises(KeyError):
        archive.read("no") if act == "read" else archive.replaced({"no": b""})


def _flagged(archive: bytes, flag: int) -> bytes:
    """Return an archive with one member with this flag set in both of its headers."""
    changed = bytearray(archive)
    changed[6] |= flag
    changed[archive.index(b"PK\1\2") + 8] |= flag
    return bytes(changed)


ONE = _archive([_Entry("a.txt")])
NO_ZIP = "this is not a zip file, or its end is missing; get a whole copy of it"
DAMAGED = "its directory is damaged"
ELSEWHERE = "“b” is not where the directory says; get an undamaged copy of it"
OVERLAP = "“a” and “b” share bytes; do not use this file, it may be an attack"
INNER = _raw_archive(_Raw(b"inner"))


@pytest.mark.parametrize(
    ("archive", "why"),
    [
        pytest.param(b"", NO_ZIP, id="empty"),
        pytest.param(TEXT, NO_ZIP, id="text"),
        pytest.param(b"PK\5\6", NO_ZIP, id="only the first bytes of the end"),
        pytest.param(ONE + b"\n", NO_ZIP, id="something behind the end"),
        pytest.param(ARCHIVES["comment"][:-3], NO_ZIP, id="comment cut"),
        pytest.param(_raw_archive(_Raw(b"a", INNER))[:-30], NO_ZIP, id="end of a member inside"),
        pytest.param(
            ONE[60:],
            "“a.txt” is not where the directory says; get an undamaged copy of it",
            id="beginning missing",
        ),
        pytest.param(ONE[ONE.index(b"PK\1\2") + 9 :], DAMAGED, id="only the end"),
        pytest.param(_raw_archive(_Raw(b"a"), promised=2), DAMAGED, id="records missing"),
        pytest.param(ONE.replace(b"PK\1\2", b"PK\1\3"), DAMAGED, id="no record"),
        pytest.param(
            _raw_archive(_Raw(b"\xff", flags=1 << 11)), DAMAGED, id="name that is not UTF-8"
        ),
        pytest.param(
            ARCHIVES["zip64"].replace(b"PK\6\6", b"PK\6\5"),
            "its zip64 end record is damaged",
            id="zip64 end",
        ),
        pytest.param(
            _flagged(ONE, 1),
            "“a.txt” is encrypted; save the file without a password",
            id="encrypted",
        ),
        pytest.param(
            _archive([_Entry("a.txt", method=zipfile.ZIP_BZIP2)]),
            "“a.txt” is compressed by method 12, not by deflate; save the file again with",
            id="bzip2",
        ),
        pytest.param(_raw_archive(_Raw(b"a", method=99)), "by method 99", id="unknown method"),
        pytest.param(
            _archive([_Entry("a.txt"), _Entry("b.txt")]).replace(b"b.txt", b"a.txt"),
            "has two members named “a.txt”; save the file again",
            id="same name twice",
        ),
        pytest.param(
            _raw_archive(_Raw(b"a\n\x1b"), _Raw(b"a\n\x1b")),
            "has two members named “a<U+000A><U+001B>”",
            id="name with controls",
        ),
        pytest.param(_raw_archive(_Raw(b"a"), _Raw(b"b", offset=0)), OVERLAP, id="one for two"),
        pytest.param(
            _raw_archive(_Raw(b"a", INNER), _Raw(b"b", offset=31)), OVERLAP, id="one in another"
        ),
        pytest.param(_raw_archive(_Raw(b"a"), _Raw(b"b", offset=9)), ELSEWHERE, id="no header"),
        pytest.param(
            _raw_archive(_Raw(b"a"), _Raw(b"b", offset=10**9)), ELSEWHERE, id="behind the end"
        ),
        pytest.param(
            _raw_archive(_Raw(b"b")).replace(b"\1\0\0\0b", b"\1\0\xff\0b", 1),
            ELSEWHERE,
            id="reaches into the directory",
        ),
    ],
)
def test_refused(archive: bytes, why: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        _zip.read(archive)
    assert why in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1
    assert ";" in str(refused.value)


@EVERY_ARCHIVE
def test_a_truncated_archive_is_refused(archive: bytes) -> None:
    for length in {*range(0, len(archive), 50), *range(len(archive) - 30, len(archive))}:
        with pytest.raises(UnreadableError):
            _zip.read(archive[: max(length, 0)])


def test_too_many_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_zip, "MOST_MEMBERS", 5)
    assert len(_zip.read(_archive(BOOK)).names) == 5
    with pytest.raises(UnreadableError, match="has more than 5 members; split the file"):
        _zip.read(_archive([*BOOK, _Entry("sixth")]))


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        pytest.param(
            _Raw(b"a", TEXT, b"X" + TEXT[1:]), r"“a” is damaged \(Bad CRC-32", id="bad CRC"
        ),
        pytest.param(
            _Raw(b"a", TEXT, b"\xff" * 9, method=8), r"“a” is damaged \(Error -3", id="no deflate"
        ),
        pytest.param(
            _Raw(b"a", TEXT, size=len(TEXT) + 1),
            r"“a” is damaged \(it has 480 bytes, and should have 481\); get an undamaged copy",
            id="shorter than it says",
        ),
        pytest.param(_Raw(b"a", TEXT, size=9), "“a” is damaged", id="longer than it says"),
        pytest.param(_Raw(b"a", flags=1 << 5), "“a” is damaged", id="patched data"),
    ],
)
def test_a_damaged_member_is_refused_when_it_is_read(entry: _Raw, why: str) -> None:
    archive = _zip.read(_raw_archive(entry, _Raw(b"b")))
    assert archive.read("b") == TEXT
    with pytest.raises(UnreadableError, match=why) as refused:
        archive.read("a")
    assert len(str(refused.value).splitlines()) == 1


def test_a_local_header_of_another_name_is_refused() -> None:
    archive = _zip.read(_raw_archive(_Raw(b"a")).replace(b"a", b"z", 1))
    with pytest.raises(UnreadableError, match="“a” is damaged"):
        archive.read("a")


@pytest.mark.parametrize(
    ("says", "why"),
    [
        pytest.param(0, "“a” is damaged", id="nothing"),
        pytest.param(100, "“a” is damaged", id="little"),
        pytest.param(_zip.MOST_BYTES, "“a” is damaged", id="as much as may be"),
        pytest.param(_zip.MOST_BYTES + 1, "“a”, more than 100,000,000 bytes", id="the truth"),
        pytest.param(2**32 - 2, "“a”, more than 100,000,000 bytes", id="too much"),
    ],
)
def test_a_bomb_is_not_believed(says: int, why: str) -> None:
    packed = zlib.compress(bytes(_zip.MOST_BYTES + 1), wbits=-15)
    bomb = _raw_archive(_Raw(b"a", bytes(9), packed, method=8, size=says))
    with pytest.raises(UnreadableError, match=why):
        _zip.read(bomb).read("a")


def test_all_that_is_read_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_zip, "MOST_BYTES", 1000)
    archive = _zip.read(_archive([_Entry("a"), _Entry("b"), _Entry("c")]))
    for _ in range(3):  # the same member again is no more
        assert archive.read("a") == archive.read("b") == TEXT
    why = "with “c”, more than 1,000 bytes would be read of it; split the file"
    with pytest.raises(UnreadableError, match=f"^{why}$"):
        archive.read("c")
    assert archive.read("b") == TEXT


def test_what_no_longer_fits_in_32_bits_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_zip, "_ELSEWHERE", 1000)
    with pytest.raises(UnreadableError, match="larger than 4 GB; split the file"):
        _zip.read(_raw_archive(_Raw(b"a"))).replaced({"a": bytes(1000)})


def test_a_local_header_without_its_zip64_field_is_refused() -> None:
    archive = bytearray(_raw_archive(_Raw(b"a"), _Raw(b"b")))
    archive[18:26] = b"\xff" * 8
    read = _zip.read(bytes(archive))
    assert read.read("a") == TEXT
    with pytest.raises(UnreadableError, match="a zip64 extra field is damaged or missing"):
        read.replaced({"a": b"x"})


NAMES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20
)
EXTRAS = st.binary(max_size=9).map(lambda data: struct.pack("<HH", 0x9999, len(data)) + data)
ENTRIES = st.lists(
    st.builds(
        _Entry,
        name=NAMES,
        content=st.binary(max_size=300),
        method=st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]),
        comment=st.binary(max_size=9),
        extra=st.just(b"") | EXTRAS,
    ),
    max_size=6,
    unique_by=lambda entry: entry.name,
)
UNSIGNED = st.binary(max_size=40).filter(lambda data: b"PK" not in data)


@given(
    data=st.data(),
    entries=ENTRIES,
    comment=UNSIGNED,
    prefix=UNSIGNED,
    streamed=st.booleans(),
    zip64=st.booleans(),
)
def test_only_what_is_replaced_changes(
    data: st.DataObject,
    entries: list[_Entry],
    comment: bytes,
    prefix: bytes,
    streamed: bool,
    zip64: bool,
) -> None:
    archive = _archive(entries, comment=comment, prefix=prefix, streamed=streamed, zip64=zip64)
    names = _zip.read(archive).names
    changed = data.draw(
        st.dictionaries(st.sampled_from(names), st.binary(max_size=300)) if names else st.just({})
    )
    _check_replaced(archive, changed)


@given(
    archive=st.sampled_from(list(ARCHIVES.values())),
    changes=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=6),
)
def test_damage_never_raises_another_error(archive: bytes, changes: list[tuple[int, int]]) -> None:
    damaged = bytearray(archive)
    for at, value in changes:
        damaged[-(at % len(damaged)) - 1] = value
    try:
        read = _zip.read(bytes(damaged))
        for name in read.names:
            read.read(name)
        assert read.replaced({}) == damaged
        read.replaced(dict.fromkeys(read.names, b"x"))
    except UnreadableError as error:
        assert len(str(error).splitlines()) == 1


@EVERY_ARCHIVE
@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["unzip", "-tqq"], id="unzip"),
        pytest.param(["zip", "-Tq"], id="zip"),
        pytest.param(["7z", "t"], id="7z"),
    ],
)
def test_other_programs_read_it(archive: bytes, command: list[str], tmp_path: Path) -> None:
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed")

    def test(data: bytes) -> int:
        (tmp_path / "a.zip").write_bytes(data)
        full = [*command, str(tmp_path / "a.zip")]
        return subprocess.run(full, capture_output=True, check=False).returncode

    read = _zip.read(archive)
    as_good_as_before = {0, test(archive)}  # some of them are odd, and complained about
    assert test(read.replaced(dict.fromkeys(read.names[:1], TEXT * 3))) in as_good_as_before
    assert test(read.replaced(dict.fromkeys(read.names[-1:], b"x"))) in as_good_as_before

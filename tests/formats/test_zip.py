"""Zip archives: what is read, what is refused, and that replacing touches nothing else."""

from __future__ import annotations

import shutil
import struct
import subprocess
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import UnreadableError
from cleaner.formats import _zip
from tests.formats.archives import ARCHIVES, BOOK, TEXT, Entry, Raw, raw_zip, zipped

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
    archive = raw_zip(Raw(b"a", descriptor=form, gap=b"gap"), Raw(b"b"))
    replaced = _zip.read(archive).replaced({"a": b"new"})
    plain = raw_zip(Raw(b"a", b"new", gap=b"gap"), Raw(b"b"))
    assert replaced == plain


def test_what_is_stored_stays_stored() -> None:
    replaced = _zip.read(ARCHIVES["book"]).replaced({"mimetype": TEXT, "text/one.xhtml": TEXT * 2})
    mimetype, _, one = zipfile.ZipFile(BytesIO(replaced)).infolist()[:3]
    assert mimetype.compress_size == len(TEXT)
    assert one.compress_size < len(TEXT)
    assert replaced[30:].startswith(b"mimetype" + TEXT)


@pytest.mark.parametrize("prefix", [pytest.param(b"", id="bare"), pytest.param(b"MZ", id="prefix")])
def test_the_zip64_end_is_found_where_the_locator_says(prefix: bytes) -> None:
    archive = zipped(zip64=True, prefix=prefix)
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


ONE = zipped([Entry("a.txt")])
NO_ZIP = "this is not a zip file, or its end is missing; get a whole copy of it"
DAMAGED = "its directory is damaged"
ELSEWHERE = "“b” is not where the directory says; get an undamaged copy of it"
OVERLAP = "“a” and “b” share bytes; do not use this file, it may be an attack"
INNER = raw_zip(Raw(b"inner"))


@pytest.mark.parametrize(
    ("archive", "why"),
    [
        pytest.param(b"", NO_ZIP, id="empty"),
        pytest.param(TEXT, NO_ZIP, id="text"),
        pytest.param(b"PK\5\6", NO_ZIP, id="only the first bytes of the end"),
        pytest.param(ONE + b"\n", NO_ZIP, id="something behind the end"),
        pytest.param(ARCHIVES["comment"][:-3], NO_ZIP, id="comment cut"),
        pytest.param(raw_zip(Raw(b"a", INNER))[:-30], NO_ZIP, id="end of a member inside"),
        pytest.param(
            ONE[60:],
            "“a.txt” is not where the directory says; get an undamaged copy of it",
            id="beginning missing",
        ),
        pytest.param(ONE[ONE.index(b"PK\1\2") + 9 :], DAMAGED, id="only the end"),
        pytest.param(raw_zip(Raw(b"a"), promised=2), DAMAGED, id="records missing"),
        pytest.param(ONE.replace(b"PK\1\2", b"PK\1\3"), DAMAGED, id="no record"),
        pytest.param(raw_zip(Raw(b"\xff", flags=1 << 11)), DAMAGED, id="name that is not UTF-8"),
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
            zipped([Entry("a.txt", method=zipfile.ZIP_BZIP2)]),
            "“a.txt” is compressed by method 12, not by deflate; save the file again with",
            id="bzip2",
        ),
        pytest.param(raw_zip(Raw(b"a", method=99)), "by method 99", id="unknown method"),
        pytest.param(
            zipped([Entry("a.txt"), Entry("b.txt")]).replace(b"b.txt", b"a.txt"),
            "has two members named “a.txt”; save the file again",
            id="same name twice",
        ),
        pytest.param(
            raw_zip(Raw(b"a\n\x1b"), Raw(b"a\n\x1b")),
            "has two members named “a<U+000A><U+001B>”",
            id="name with controls",
        ),
        pytest.param(raw_zip(Raw(b"a"), Raw(b"b", offset=0)), OVERLAP, id="one for two"),
        pytest.param(raw_zip(Raw(b"a", INNER), Raw(b"b", offset=31)), OVERLAP, id="one in another"),
        pytest.param(raw_zip(Raw(b"a"), Raw(b"b", offset=9)), ELSEWHERE, id="no header"),
        pytest.param(raw_zip(Raw(b"a"), Raw(b"b", offset=10**9)), ELSEWHERE, id="behind the end"),
        pytest.param(
            raw_zip(Raw(b"b")).replace(b"\1\0\0\0b", b"\1\0\xff\0b", 1),
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
    assert len(_zip.read(zipped(BOOK)).names) == 5
    with pytest.raises(UnreadableError, match="has more than 5 members; split the file"):
        _zip.read(zipped([*BOOK, Entry("sixth")]))


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        pytest.param(
            Raw(b"a", TEXT, b"X" + TEXT[1:]), r"“a” is damaged \(Bad CRC-32", id="bad CRC"
        ),
        pytest.param(
            Raw(b"a", TEXT, b"\xff" * 9, method=8), r"“a” is damaged \(Error -3", id="no deflate"
        ),
        pytest.param(
            Raw(b"a", TEXT, size=len(TEXT) + 1),
            r"“a” is damaged \(it has 480 bytes, and should have 481\); get an undamaged copy",
            id="shorter than it says",
        ),
        pytest.param(Raw(b"a", TEXT, size=9), "“a” is damaged", id="longer than it says"),
        pytest.param(Raw(b"a", flags=1 << 5), "“a” is damaged", id="patched data"),
    ],
)
def test_a_damaged_member_is_refused_when_it_is_read(entry: Raw, why: str) -> None:
    archive = _zip.read(raw_zip(entry, Raw(b"b")))
    assert archive.read("b") == TEXT
    with pytest.raises(UnreadableError, match=why) as refused:
        archive.read("a")
    assert len(str(refused.value).splitlines()) == 1


def test_a_local_header_of_another_name_is_refused() -> None:
    archive = _zip.read(raw_zip(Raw(b"a")).replace(b"a", b"z", 1))
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
    bomb = raw_zip(Raw(b"a", bytes(9), packed, method=8, size=says))
    with pytest.raises(UnreadableError, match=why):
        _zip.read(bomb).read("a")


def test_all_that_is_read_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_zip, "MOST_BYTES", 1000)
    archive = _zip.read(zipped([Entry("a"), Entry("b"), Entry("c")]))
    for _ in range(3):  # the same member again is no more
        assert archive.read("a") == archive.read("b") == TEXT
    why = "with “c”, more than 1,000 bytes would be read of it; split the file"
    with pytest.raises(UnreadableError, match=f"^{why}$"):
        archive.read("c")
    assert archive.read("b") == TEXT


def test_what_no_longer_fits_in_32_bits_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_zip, "_ELSEWHERE", 1000)
    with pytest.raises(UnreadableError, match="larger than 4 GB; split the file"):
        _zip.read(raw_zip(Raw(b"a"))).replaced({"a": bytes(1000)})


def test_a_local_header_without_its_zip64_field_is_refused() -> None:
    archive = bytearray(raw_zip(Raw(b"a"), Raw(b"b")))
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
        Entry,
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
    entries: list[Entry],
    comment: bytes,
    prefix: bytes,
    streamed: bool,
    zip64: bool,
) -> None:
    archive = zipped(entries, comment=comment, prefix=prefix, streamed=streamed, zip64=zip64)
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

"""Files: bytes are kept, what is no text is refused, and a write is all or nothing."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from cleaner import Cleaner, RefusedError
from cleaner.formats import PLAIN, MalformedError
from cleaner.project import files, writing
from cleaner.project.corpus import Cleaned, clean_files
from tests.samples import names

BOM = b"\xef\xbb\xbf"
LIKE = "is not UTF-8; it looks like {}: pass --encoding {}"
NOT_UTF_8 = "is not UTF-8; save it as UTF-8"


def engine() -> Cleaner:
    return names("canonical: Ma Yun, variants: [Ma Win]")


def cleaned(path: Path, data: bytes, *, backup: bool = False) -> bytes:
    """Write a file, clean it in place, and give back its bytes."""
    path.write_bytes(data)
    file = files.read(path)
    text = engine().clean(file.source).text
    writing.write(path, file.encoded(text), expected=file.data, backup=backup)
    assert not list(path.parent.glob(".*cleaner-tmp"))
    return path.read_bytes()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(b"a\r\nMa Win\r\n", b"a\r\nMa Yun\r\n", id="CRLF"),
        pytest.param(b"a\rMa Win\r", b"a\rMa Yun\r", id="CR only"),
        pytest.param(
            b"a\r\nb\nMa Win\rc", b"a\r\nb\nMa Yun\rc", id="mixed line ends, none at the end"
        ),
        pytest.param(BOM + b"Ma Win", BOM + b"Ma Yun", id="byte order mark kept"),
        pytest.param(
            b"a " + BOM + b" Ma Win", b"a " + BOM + b" Ma Yun", id="mark in the middle kept"
        ),
        pytest.param(
            "Ma Win\u2028x\x85\x0b\x0c".encode(),
            "Ma Yun\u2028x\x85\x0b\x0c".encode(),
            id="other separators",
        ),
        pytest.param(
            "e\u0301 Ma Win é".encode(), "e\u0301 Ma Yun é".encode(), id="nothing is normalised"
        ),
        pytest.param(b"", b"", id="empty"),
        pytest.param(b"x", b"x", id="one byte"),
        pytest.param(b"\n\n\n", b"\n\n\n", id="only line ends"),
    ],
)
def test_every_other_byte_stays(before: bytes, after: bytes, tmp_path: Path) -> None:
    assert cleaned(tmp_path / "a.txt", before) == after


@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(
            "뉴스".encode("cp949"),
            f"byte 0xB4 at offset 0 (line 1) {LIKE.format('CP949', 'cp949')}",
            id="CP949",
        ),
        pytest.param(
            b"a\nna\xefve \x93x\x94",
            f"byte 0xEF at offset 4 (line 2) {LIKE.format('CP1252', 'cp1252')}",
            id="1252",
        ),
        pytest.param(
            BOM + b"ab\xff", f"byte 0xFF at offset 5 (line 1) {NOT_UTF_8}", id="after a mark"
        ),
        pytest.param(b"\xc0\xaf\x81", f"byte 0xC0 at offset 0 (line 1) {NOT_UTF_8}", id="overlong"),
        pytest.param(
            b"\xed\xa0\x80\x81", f"byte 0xED at offset 0 (line 1) {NOT_UTF_8}", id="surrogate"
        ),
        pytest.param("Ma Win".encode("utf-32"), "this is UTF-32; save it as UTF-8", id="UTF-32"),
        pytest.param(
            b"Ma Win\0",
            "this is not text (there is a NUL byte at offset 6); leave it out",
            id="binary",
        ),
        pytest.param(
            b"a\n<<<<<<< HEAD\n",
            "git conflict marker in line 2; resolve the conflict first",
            id="conflict",
        ),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, why: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(RefusedError) as caught:
        files.read(path)
    assert (caught.value.why, caught.value.exit_code) == (why, 3)
    assert str(caught.value) == f"{path}: {why}"


LEFT, RIGHT, MIDDLE = "<" * 7, ">" * 7, "=" * 7

CONFLICTS = [
    pytest.param(f"{LEFT} HEAD\na\n{MIDDLE}\nb\n{RIGHT} x\n", 1, id="a whole conflict"),
    pytest.param(f"a\n\n{LEFT} HEAD\n", 3, id="the first marker"),
    pytest.param(f"a\n{RIGHT} some/branch\n", 2, id="the last marker"),
    pytest.param(f"a\n{LEFT}\n", 2, id="bare"),
    pytest.param(f"a\n{RIGHT}", 2, id="bare, at the end"),
    pytest.param(f"a\r\n{LEFT}\r\n", 2, id="bare, CRLF"),
    pytest.param(f"a\r\n{LEFT} HEAD\r\nb\r\n", 2, id="CRLF"),
    pytest.param(f"a\r{LEFT} HEAD\rb", 2, id="CR"),
    pytest.param(f"a\r{RIGHT}\rb", 2, id="bare, CR"),
    pytest.param(f"a\n{LEFT}\tHEAD\n", 2, id="a tab"),
    pytest.param(f"\ufeff{LEFT} HEAD\n", 1, id="behind a byte order mark"),
    pytest.param(f"\ufeff{LEFT}\r\n", 1, id="behind a byte order mark, bare"),
    pytest.param(f"a\n\ufeff{LEFT} HEAD\n", 2, id="behind a mark that was in the middle"),
]

NO_CONFLICTS = [
    pytest.param(f"A heading\n{MIDDLE}\n\nText.\n", id="a heading"),
    pytest.param(f"A heading\r\n{MIDDLE}\r\n", id="a heading, CRLF"),
    pytest.param(f"{MIDDLE}\nTitle\n{MIDDLE}\n", id="a heading with a line above it"),
    pytest.param(f"a {LEFT} HEAD\n", id="in a line"),
    pytest.param(f"{LEFT}< HEAD\n{RIGHT}> x\n", id="eight of them"),
    pytest.param("<<<<<< HEAD\n>>>>>> x\n", id="six of them"),
    pytest.param(f"{LEFT}HEAD\n", id="a word behind it"),
    pytest.param(f" {LEFT} HEAD\n", id="indented"),
    pytest.param(f"a\u2028{LEFT} b\n", id="behind what ends no line"),
]


@pytest.mark.parametrize(("text", "line"), CONFLICTS)
def test_a_conflict_is_refused(text: str, line: int) -> None:
    with pytest.raises(RefusedError) as caught:
        files.decode(text.encode(), Path("a.txt"))
    assert caught.value.why == f"git conflict marker in line {line}; resolve the conflict first"


@pytest.mark.parametrize("text", NO_CONFLICTS)
def test_what_is_no_conflict_is_read(text: str) -> None:
    assert files.decode(text.encode(), Path("a.txt")).source == text


def test_another_encoding_is_written_back_in_kind(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Ma Win 뉴스".encode("cp949"))
    file = files.read(path, "cp949")
    text = engine().clean(file.source).text
    writing.write(path, file.encoded(text), expected=file.data)
    assert path.read_bytes() == "Ma Yun 뉴스".encode("cp949")
    with pytest.raises(RefusedError, match="“é” cannot be written in cp949"):
        file.encoded("é")
    with pytest.raises(RefusedError, match="there is no encoding “klingon”"):
        files.read(path, "klingon")


def test_sizes_and_kinds_of_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "big.txt").write_bytes(b"12345")
    monkeypatch.setattr(files, "MAX_BYTES", 4)
    for name, why in {
        "fifo": "not a regular file",
        "big.txt": "more than 4 bytes",
        "none": "no such file",
    }.items():
        with pytest.raises(RefusedError, match=why):
            files.read(tmp_path / name)


def tree(root: Path) -> None:
    for name in (
        "b.txt",
        "a.TXT",
        "sub/c.text",
        "sub/d.py",
        "e.yaml",
        ".hidden/f.txt",
        "ignored/g.txt",
        ".h.txt",
    ):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text("Ma Win")
    (root / "link.txt").symlink_to("b.txt")
    (root / ".gitignore").write_text("ignored/\n")


def found(*paths: Path) -> list[str]:
    return [path.name for path in files.discover(paths) if isinstance(path, Path)]


def test_a_walk_outside_a_repository(tmp_path: Path) -> None:
    tree(tmp_path)
    assert found(tmp_path) == ["a.TXT", "b.txt", "g.txt", "c.text"]
    assert found(tmp_path / "b.txt", tmp_path, tmp_path / "e.yaml") == [
        "b.txt",
        "a.TXT",
        "g.txt",
        "c.text",
        "e.yaml",
    ]


def test_a_walk_in_a_repository_skips_what_git_ignores(tmp_path: Path) -> None:
    tree(tmp_path)
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    assert found(tmp_path) == [".h.txt", "f.txt", "a.TXT", "b.txt", "c.text"]
    assert found(tmp_path / "sub") == ["c.text"]


def test_an_unreadable_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path)
    scan = os.scandir

    def refuse(path: object = ".") -> object:
        if str(path).endswith("sub"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)  # type: ignore[call-overload]

    monkeypatch.setattr(os, "scandir", refuse)
    errors = [str(path) for path in files.discover([tmp_path]) if isinstance(path, RefusedError)]
    assert errors == [f"{tmp_path / 'sub'}: cannot be read (Permission denied)"]


def test_one_bad_file_does_not_keep_the_others_from_being_done(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\0")
    (tmp_path / "good.txt").write_text("Ma Win")
    outcomes = list(
        clean_files(engine(), [tmp_path / "bad.txt", tmp_path / "none.txt", tmp_path / "good.txt"])
    )
    assert [isinstance(outcome, Cleaned) for outcome in outcomes] == [False, False, True]


DECLARED = re.compile(rb"charset=([\w-]+)")


def declared(data: bytes) -> str | None:
    """Return what a file of an imaginary format declares."""
    found = DECLARED.search(data)
    return found[1].decode() if found else None


DECLARES = PLAIN._replace(declared_encoding=declared)
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["", "a", "가 나", "　가 나\n", "“Ma Yun” 마윈"])
def test_the_order_of_bytes_without_a_mark(text: str, encoding: str) -> None:
    file = files.decode(text.encode(encoding), Path("a.txt"), "utf-16")
    assert (file.source, file.encoded(text)) == (text, text.encode(encoding))


@pytest.mark.parametrize("name", ["idna", "punycode", "undefined", "unicode_escape", "rot13", "x"])
def test_what_is_no_encoding_of_texts(name: str) -> None:
    assert files.text_encoding(name) is None


@pytest.mark.parametrize(
    ("data", "source", "encoding"),
    [
        pytest.param(
            UTF_16[0] + "Ma ‘뉴스’".encode("utf-16-le"), "Ma ‘뉴스’", "utf-16-le", id="LE"
        ),
        pytest.param(
            UTF_16[1] + "Ma ‘뉴스’".encode("utf-16-be"), "Ma ‘뉴스’", "utf-16-be", id="BE"
        ),
        pytest.param(
            "<charset=UTF-16 뉴스".encode("utf-16-be"),
            "<charset=UTF-16 뉴스",
            "utf-16-be",
            id="declared",
        ),
        pytest.param(
            UTF_16[0] + "charset=utf-8".encode("utf-16-le"),
            "charset=utf-8",
            "utf-16-le",
            id="the mark counts more than a declaration",
        ),
        pytest.param(
            BOM + b"charset=euc-kr", "charset=euc-kr", "utf-8", id="the mark of UTF-8 does too"
        ),
        pytest.param(
            "charset=cp1252 ‘é’".encode("cp1252"), "charset=cp1252 ‘é’", "cp1252", id="Windows"
        ),
        pytest.param(
            "charset=euc-kr 뷁".encode("cp949"),
            "charset=euc-kr 뷁",
            "cp949",
            id="what browsers read",
        ),
        pytest.param("charset=utf-8 뉴스".encode(), "charset=utf-8 뉴스", "utf-8", id="UTF-8"),
    ],
)
def test_a_declared_encoding_counts(data: bytes, source: str, encoding: str) -> None:
    file = files.decode(data, Path("a.txt"), "ascii", DECLARES)
    assert (file.source, file.encoding) == (source, encoding)
    assert file.encoded(file.source) == data
    assert file.encoded(f"{source} Ma Yun") == data + " Ma Yun".encode(encoding)


WRONG = "which the file declares; correct what it declares, or save it as that"


@pytest.mark.parametrize(
    ("data", "encoding", "why"),
    [
        pytest.param(
            b"a\ncharset=utf-8 \xef.",
            "utf-8",
            f"byte 0xEF at offset 16 (line 2) is not UTF-8, {WRONG}",
            id="not what it declares",
        ),
        pytest.param(
            b"charset=klingon",
            "utf-8",
            "it declares the encoding “klingon”, which cleaner does not know; "
            "save it as UTF-8 and declare that",
            id="unknown",
        ),
        pytest.param(
            b"charset=hex",
            "utf-8",
            "it declares the encoding “hex”, which cleaner does not know; "
            "save it as UTF-8 and declare that",
            id="no encoding of texts",
        ),
        pytest.param(
            b"charset=utf-16 abc",
            "utf-8",
            "it declares UTF-16 and is in another encoding; correct what it declares",
            id="no UTF-16",
        ),
        pytest.param(
            b"charset=cp037",
            "utf-8",
            "it declares the encoding “cp037” and is in another one; correct what it declares",
            id="in which the declaration could not be read",
        ),
        pytest.param(
            "Ma".encode("utf-32"), "utf-8", "this is UTF-32; save it as UTF-8", id="UTF-32"
        ),
        pytest.param(
            "News ‘뉴스’".encode("utf-16-le"),
            "utf-8",
            "this looks like UTF-16 without a byte order mark: pass --encoding utf-16-le",
            id="UTF-16 LE that does not say so",
        ),
        pytest.param(
            "<p>a".encode("utf-16-be"),
            "utf-8",
            "this looks like UTF-16 without a byte order mark: pass --encoding utf-16-be",
            id="UTF-16 BE that does not say so",
        ),
        pytest.param(
            UTF_16[0] + b"a\0\n\0b",
            "utf-8",
            "byte 0x62 at offset 6 (line 2) is not UTF-16-LE; save it as UTF-8",
            id="half a character of UTF-16",
        ),
        pytest.param(
            UTF_16[0] + b"a\0\0\0",
            "utf-8",
            "this is not text (there is a NUL byte at offset 4); leave it out",
            id="NUL in UTF-16",
        ),
        pytest.param(
            "a\n<<<<<<< HEAD\n".encode("utf-16"),
            "utf-8",
            "git conflict marker in line 2; resolve the conflict first",
            id="conflict in UTF-16",
        ),
        pytest.param(
            "Alibaba ‘뉴스’".encode(),
            "UTF16",
            "this is not UTF16; it looks like UTF-8: pass --encoding utf-8",
            id="UTF-8 that is said to be UTF-16",
        ),
        pytest.param(
            "Alibaba, ‘뉴스’".encode(),
            "utf-16-be",
            "this is not UTF-16-BE; it looks like UTF-8: pass --encoding utf-8",
            id="UTF-8 that is said to be UTF-16 BE",
        ),
        pytest.param(
            "‘뉴스’".encode(),
            "ascii",
            "byte 0xE2 at offset 0 (line 1) is not ASCII; it looks like UTF-8: "
            "pass --encoding utf-8",
            id="UTF-8 that is said to be ASCII",
        ),
        pytest.param(
            b"ab",
            "utf-16",
            "there is no byte order mark that tells which UTF-16 this is; "
            "pass --encoding utf-16-le or utf-16-be",
            id="which UTF-16",
        ),
    ],
)
def test_a_wrong_encoding_is_refused(data: bytes, encoding: str, why: str) -> None:
    with pytest.raises(RefusedError) as caught:
        files.decode(data, Path("a.txt"), encoding, DECLARES)
    assert caught.value.why == why


def test_a_container_is_unpacked_and_packed() -> None:
    def unpack(data: bytes) -> str:
        if not data.startswith(b"box\0"):
            raise MalformedError("no box; pack it again", line=(3, 5), member="a.xml")
        return data.removeprefix(b"box\0").decode()

    reader = PLAIN._replace(unpack=unpack, pack=lambda _, source: b"box\0" + source.encode())
    file = files.decode(b"box\0Ma Win \0", Path("a.box"), "ascii", reader)
    assert (file.source, file.bom) == ("Ma Win \0", False)
    assert file.encoded("‘Ma Yun’") == b"box\0" + "‘Ma Yun’".encode()
    with pytest.raises(RefusedError) as caught:
        files.decode(b"PK", Path("a.box"), "ascii", reader)
    assert str(caught.value) == "a.box:a.xml:3:5: no box; pack it again"

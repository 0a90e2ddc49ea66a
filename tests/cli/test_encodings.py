"""`--encoding` for fix, check and stdin: what is not edited stays, byte for byte, or one line says
why not.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.here import run_here

TEXT = "Alibaba fell, and Marwin’s “wealth” shrank.\r\n\r\n마윈 가 나.\n"
ASCII = "Alibaba fell, and Marwin shrank.\r\n"
# name -> the encoding that is given, what the file is encoded in, its mark, its text.
READ: Mapping[str, tuple[str, str, bytes, str]] = {
    "utf-16, with a mark": ("utf-16", "utf-16-le", b"\xff\xfe", TEXT),
    "utf-16, with the mark of BE": ("UTF16", "utf-16-be", b"\xfe\xff", TEXT),
    "utf-16, without a mark": ("utf-16", "utf-16-le", b"", TEXT),
    "utf-16, BE without a mark": ("utf_16", "utf-16-be", b"", TEXT),
    "utf-16, Hangul first": ("utf-16", "utf-16-le", b"", f"마윈 {TEXT}"),
    "utf-16-le": ("utf-16-le", "utf-16-le", b"", TEXT),
    "utf-16-be": ("UTF-16BE", "utf-16-be", b"", TEXT),
    "a mark counts more": ("utf-16-be", "utf-16-le", b"\xff\xfe", TEXT),
    "cp949": ("cp949", "cp949", b"", TEXT),
    "euc-kr": ("euc-kr", "euc-kr", b"", TEXT),
    "latin-1": ("latin-1", "latin-1", b"", f"{ASCII}café\x85 ÿ"),
    "cp1252": ("cp1252", "cp1252", b"", f"{ASCII}café “x”"),
    "utf-8-sig": ("utf-8-sig", "utf-8", b"\xef\xbb\xbf", TEXT),
    "utf-8-sig, without a mark": ("utf-8-sig", "utf-8", b"", TEXT),
    "ascii": ("ascii", "ascii", b"", ASCII),
}


@pytest.mark.parametrize("name", READ)
def test_what_is_read_in_an_encoding(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    given, encoding, mark, text = READ[name]
    path = Path("a.txt")
    path.write_bytes(mark + text.encode(encoding))
    cleaned = mark + text.replace("Marwin", "Ma Yun").encode(encoding)
    checked = run_here("cleaner", "check", "--encoding", given, "a.txt")
    assert (checked.code, "Marwin" in checked.out) == (1, True)
    filtered = run_here("cleaner", "fix", "--encoding", given, "-", stdin=path)
    assert filtered.code == 0
    assert filtered.out.encode("utf-8", "surrogateescape") == cleaned
    assert run_here("cleaner", "fix", "--encoding", given, "a.txt").code == 0
    assert path.read_bytes() == cleaned
    assert run_here("cleaner", "fix", "--check", "--encoding", given, "a.txt").code == 0


UTF_8 = "it looks like UTF-8: pass --encoding utf-8"
# name -> the encoding that is given, the bytes, the exit code, what is said.
REFUSED: Mapping[str, tuple[str, bytes, int, str]] = {
    "UTF-8 as utf-16": ("utf-16", TEXT.encode(), 3, UTF_8),
    "UTF-8 as utf-16-be": ("utf-16-be", TEXT.encode(), 3, UTF_8),
    "UTF-8 as ascii": ("ascii", TEXT.encode(), 3, UTF_8),
    "UTF-8 as cp949": ("cp949", "“x”".encode(), 3, UTF_8),
    "half a character": ("utf-16-le", ASCII.encode("utf-16-le") + b"x", 3, "is not UTF-16-LE"),
    "no order of bytes": ("utf-16", "가".encode("utf-16-le"), 3, "pass --encoding utf-16-le or"),
    "utf-32": ("utf-32", ASCII.encode("utf-32"), 2, "UTF-32 is not supported; save"),
    "nonsense": ("utf-99", b"", 2, "there is no encoding “utf-99”; did you mean `utf-"),
    "of no texts": ("rot13", b"", 2, "there is no encoding “rot13”; known are: utf-8, "),
    "of programs": ("unicode_escape", b"", 2, "there is no encoding “unicode_escape”; "),
    "hostile": ("x\x1b\n", b"", 2, "there is no encoding “x<U+001B>"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_said_of_an_encoding(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    given, data, code, said = REFUSED[name]
    path = Path("a.txt")
    path.write_bytes(data)
    for words in (["fix", "a.txt"], ["check", "a.txt"], ["fix", "-"]):
        done = run_here("cleaner", words[0], "--encoding", given, words[1], stdin=path)
        assert (done.code, path.read_bytes()) == (code, data), done
        assert said in done.err
        assert "\x1b" not in done.err
        if code == 2:
            assert done.err.count("\n") == 1

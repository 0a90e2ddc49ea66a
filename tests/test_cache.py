"""What is kept in the cache under a key of its own."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from cleaner import cache


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def kept(key: bytes, data: bytes) -> tuple[bytes, int]:
    """Return what is kept for a key, and how often it had to be made."""
    made: list[bytes] = []

    def make() -> bytes:
        made.append(data)
        return data

    return cache.kept_for("tests", key, make), len(made)


def test_it_is_made_once() -> None:
    assert kept(b"key", b"data") == (b"data", 1)
    assert kept(b"key", b"other data") == (b"data", 0)
    assert kept(b"another key", b"other data") == (b"other data", 1)


@pytest.mark.parametrize(
    ("one", "other"), [(b"ab", b"a"), (b"a", b"ab"), (b"", b"a"), (b"1:a", b"a")]
)
def test_keys_with_one_name_are_told_apart(
    one: bytes, other: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    checksum = zlib.crc32
    monkeypatch.setattr(
        zlib, "crc32", lambda data, start=0: 0 if data in (one, other) else checksum(data, start)
    )
    assert kept(one, b"b") == (b"b", 1)
    assert kept(other, b"of the other") == (b"of the other", 1)


def test_a_damaged_file_is_made_again(folder: Path) -> None:
    kept(b"key", b"data")
    (file,) = folder.iterdir()
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    assert kept(b"key", b"new data") == (b"new data", 1)


def test_without_a_folder_it_is_made_each_time(folder: Path) -> None:
    folder.write_text("no folder")
    assert kept(b"key", b"data") == kept(b"key", b"data") == (b"data", 1)

"""Writing: all or nothing, and a file keeps all that is not its text."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from cleaner.errors import RefusedError
from cleaner.project import files, writing
from tests.project.test_files import cleaned


def test_an_unchanged_file_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"fine")
    os.utime(path, ns=(1, 1))
    before = path.stat()
    assert not writing.replace_file(files.read_source(path), "fine")
    after = path.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_mode_owner_and_attributes_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"Ma Win")
    path.chmod(0o2750)
    attributes = True
    try:
        os.setxattr(path, "user.note", b"kept")
    except OSError:
        attributes = False
    if os.geteuid() == 0:
        os.chown(path, 12345, 23456)
        path.chmod(0o2750)
    before = path.stat()
    writing.replace_file(files.read_source(path), "Ma Yun")
    after = path.stat()
    assert (before.st_mode, before.st_uid, before.st_gid) == (
        after.st_mode,
        after.st_uid,
        after.st_gid,
    )
    assert not attributes or os.getxattr(path, "user.note") == b"kept"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "a.txt").symlink_to("real/b.txt")
    assert cleaned(tmp_path / "a.txt", b"Ma Win") == b"Ma Yun"
    assert (tmp_path / "a.txt").is_symlink()
    assert (tmp_path / "real/b.txt").read_bytes() == b"Ma Yun"


def check_left_alone(path: Path, why: str) -> None:
    """Writing is refused for that reason, and the file is what it was, with nothing beside it."""
    before = path.read_bytes()
    listing = sorted(path.parent.iterdir())
    with pytest.raises(RefusedError, match=why):
        writing.replace_file(files.read_source(path), "Ma Yun")
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == listing


def test_hard_links_and_read_only_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"Ma Win")
    path.chmod(0o444)
    check_left_alone(path, "read-only")
    path.chmod(0o644)
    (tmp_path / "b.txt").hardlink_to(path)
    check_left_alone(path, "2 hard links")


def test_a_file_changed_meanwhile_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"Ma Win")
    source = files.read_source(path)
    path.write_bytes(b"Ma Win, and more")
    with pytest.raises(RefusedError, match="changed by somebody else"):
        writing.replace_file(source, "Ma Yun")
    assert path.read_bytes() == b"Ma Win, and more"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("call", ["open", "fsync", "replace", "chmod", "fdopen"])
def test_a_failing_disk_loses_nothing(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"Ma Win")
    source = files.read_source(path)

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path if call in {"replace", "chmod"} else os, call, fail)
        with pytest.raises(RefusedError, match=r"No space left on device\); it is unchanged"):
            writing.replace_file(source, "Ma Yun")
    assert path.read_bytes() == b"Ma Win"
    assert list(tmp_path.iterdir()) == [path]


def test_backups_are_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    assert cleaned(path, b"Ma Win 1", backup=True) == b"Ma Yun 1"
    assert cleaned(path, b"Ma Win 2", backup=True) == b"Ma Yun 2"
    kept = {name.name: name.read_bytes() for name in tmp_path.iterdir() if name != path}
    assert kept == {"a.txt.orig": b"Ma Win 1", "a.txt.orig2": b"Ma Win 2"}


def test_temporary_files_of_killed_processes_are_swept(tmp_path: Path) -> None:
    old, young = tmp_path / ".a.txt.0123.cleaner-tmp", tmp_path / ".a.txt.4567.cleaner-tmp"
    for temp in (old, young):
        temp.write_bytes(b"half")
    os.utime(old, (1, 1))
    (tmp_path / "a.txt").write_bytes(b"Ma Win")
    writing.replace_file(files.read_source(tmp_path / "a.txt"), "Ma Yun")
    assert {path.name for path in tmp_path.iterdir()} == {"a.txt", young.name}


def test_a_name_as_long_as_the_disk_allows(tmp_path: Path) -> None:
    assert cleaned(tmp_path / ("n" * 251 + ".txt"), b"Ma Win") == b"Ma Yun"


def test_new_files_get_the_usual_mode(tmp_path: Path) -> None:
    writing.write_file(tmp_path / "new.txt", b"x")
    writing.write_file(tmp_path / "new.txt", b"y")
    mask = os.umask(0o022)
    os.umask(mask)
    assert stat.S_IMODE((tmp_path / "new.txt").stat().st_mode) == 0o666 & ~mask
    with pytest.raises(RefusedError, match="cannot be written"):
        writing.write_file(tmp_path / "none" / "new.txt", b"x")

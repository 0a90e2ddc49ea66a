"""Writing: all or nothing, and a file keeps all that is not its text."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest

from cleaner.errors import RefusedError
from cleaner.project import contents, files, temporary, tomlfile, writing
from cleaner.project.writing import UNCHANGED, Written
from tests.project.test_files import cleaned

OLD, NEW = b"Ma Win", b"Ma Yun"


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write(path: Path, data: bytes = NEW, expected: bytes | None = OLD) -> Written:
    return writing.write(path, data, expected=expected)


def test_an_unchanged_file_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"fine")
    os.utime(path, ns=(1, 1))
    before = path.stat()
    assert write(path, b"fine", b"fine") == UNCHANGED
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
    write(path)
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
        write(path)
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
    file = files.read(path)
    path.write_bytes(b"Ma Win, and more")
    with pytest.raises(RefusedError, match="changed by somebody else"):
        write(path, NEW, file.data)
    assert path.read_bytes() == b"Ma Win, and more"
    assert list(tmp_path.iterdir()) == [path]


def test_backups_are_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    assert cleaned(path, b"Ma Win 1", backup=True) == b"Ma Yun 1"
    assert cleaned(path, b"Ma Win 2", backup=True) == b"Ma Yun 2"
    kept = {name.name: name.read_bytes() for name in tmp_path.iterdir() if name != path}
    assert kept == {"a.txt.orig": b"Ma Win 1", "a.txt.orig2": b"Ma Win 2"}


def test_a_name_as_long_as_the_disk_allows(tmp_path: Path) -> None:
    assert cleaned(tmp_path / ("n" * 251 + ".txt"), b"Ma Win") == b"Ma Yun"


def test_new_files_get_the_usual_mode(tmp_path: Path) -> None:
    write(tmp_path / "new.txt", b"x", None)
    mask = os.umask(0o022)
    os.umask(mask)
    assert stat.S_IMODE((tmp_path / "new.txt").stat().st_mode) == 0o666 & ~mask
    with pytest.raises(RefusedError, match="cannot be written"):
        write(tmp_path / "none" / "new.txt", b"x", None)


# -- names


@pytest.mark.parametrize("kind", ["fix", "output", "new"])
@pytest.mark.parametrize(
    "name",
    [
        pytest.param("n" * 251 + ".txt", id="255 letters"),
        pytest.param("가" * 83 + ".txt", id="83 syllables"),
        pytest.param("가" * 83 + "x.yaml", id="255 bytes"),
        pytest.param("\N{PILE OF POO}" * 62 + ".txt", id="62 symbols"),
        pytest.param(os.fsdecode(b"\xff" * 251 + b".txt"), id="no UTF-8"),
        pytest.param("a\nb\x1b[31m.txt", id="line end and escape"),
        pytest.param("-rf.txt", id="leading dash"),
    ],
)
def test_any_name_that_the_disk_allows(name: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if kind == "new":
        write(path, NEW, None)
    else:
        path.write_bytes(OLD)
        if kind == "fix":
            write(path)
        else:
            writing.write_output(path, NEW)
    assert path.read_bytes() == NEW
    assert listing(tmp_path) == [name]


def test_a_backup_whose_name_is_too_long_is_refused(tmp_path: Path) -> None:
    path = tmp_path / ("가" * 83 + ".txt")
    path.write_bytes(OLD)
    with pytest.raises(RefusedError, match=r"kept as .*\.orig \(File name too long\); it is"):
        writing.write(path, NEW, expected=OLD, backup=True)
    assert path.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [path]


# -- links that leave the tree


def test_links_inside_the_tree_are_followed_and_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "root"
    (root / "real").mkdir(parents=True)
    (root / "real/a.txt").write_bytes(OLD)
    (root / "folder").symlink_to("real")
    (root / "a.txt").symlink_to("folder/a.txt")
    monkeypatch.chdir(root)
    assert write(Path("a.txt")).changed
    assert (root / "a.txt").is_symlink()
    assert (root / "real/a.txt").read_bytes() == NEW
    assert write(root / "folder" / "a.txt", OLD, NEW).changed
    monkeypatch.chdir("real")
    assert write(Path("../a.txt"), NEW, OLD).changed


LINKS = [
    pytest.param("a.txt", "{outside}/a.txt", id="a link to a file"),
    pytest.param("a.txt", "../outside/a.txt", id="a relative one"),
    pytest.param("a.txt", "../outside/new.txt", id="to a file that is not there"),
    pytest.param("a.txt", "inner", id="a link to a link"),
    pytest.param("docs/a.txt", "{outside}", id="a link to a folder"),
    pytest.param("docs/sub/a.txt", "{outside}", id="a folder below that"),
]


@pytest.mark.parametrize("git", [False, True], ids=["no git", "git"])
@pytest.mark.parametrize("where", ["inside", "from elsewhere"])
@pytest.mark.parametrize(("name", "to"), LINKS)
def test_links_that_leave_the_tree_are_refused(
    name: str, to: str, where: str, git: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    (outside / "sub").mkdir(parents=True)
    for file in ("a.txt", "sub/a.txt"):
        (outside / file).write_bytes(OLD)
    root.mkdir()
    if git:
        (root / ".git").mkdir()
    (root / "inner").symlink_to(outside / "a.txt")
    (root / name.partition("/")[0]).symlink_to(to.format(outside=outside))
    monkeypatch.chdir(root if where == "inside" else "/")
    if where != "inside":
        monkeypatch.setattr(tomlfile, "home", elsewhere(tomlfile.home))
    if where != "inside" and not git and "/" in name:
        return  # a folder that the user names himself, without a tree around it
    before = {path: path.read_bytes() for path in outside.rglob("*.txt")}
    for write_it in (write, writing.write_output):
        with pytest.raises(RefusedError, match=r"a link leads from it to .*, outside of"):
            write_it(root / name if where != "inside" else Path(name), NEW)
    assert {path: path.read_bytes() for path in outside.rglob("*.txt")} == before
    assert listing(root) == sorted({"inner", name.partition("/")[0], *[".git"] * git})


def elsewhere(home: Callable[[Path], Path]) -> Callable[[Path], Path]:
    """The working folder is one without files of ours, not the root of the disk."""
    return lambda folder: Path("/proc") if folder == Path("/") else home(folder)


# -- attributes


def test_a_swapped_link_gives_nothing_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All is done to the handle of the temporary file: a link in its place gets nothing."""
    secret, path = tmp_path / "secret", tmp_path / "a.txt"
    secret.write_bytes(b"for one")
    secret.chmod(0o600)
    path.write_bytes(OLD)
    path.chmod(0o666)
    real = os.write

    def swap(handle: int, data: bytes) -> int:
        (temp,) = tmp_path.glob(".*.cleaner-tmp")
        temp.unlink()
        temp.symlink_to(secret)
        return real(handle, data)

    monkeypatch.setattr(os, "write", swap)
    write(path)
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert secret.read_bytes() == b"for one"


def test_an_access_list_stays_and_none_is_inherited(tmp_path: Path) -> None:
    """Access lists are the attribute system.posix_acl_access; version 2, entries of 8 bytes."""

    def entry(tag: int, rights: int, id_: int = 0xFFFFFFFF) -> bytes:
        return tag.to_bytes(2, "little") + rights.to_bytes(2, "little") + id_.to_bytes(4, "little")

    head = (2).to_bytes(4, "little")
    own = head + entry(1, 6) + entry(2, 6, 12345) + entry(4, 4) + entry(16, 6) + entry(32, 0)
    path, plain = tmp_path / "a.txt", tmp_path / "b.txt"
    for file in (path, plain):
        file.write_bytes(OLD)
    try:
        os.setxattr(path, "system.posix_acl_access", own)
        os.setxattr(tmp_path, "system.posix_acl_default", own)
    except OSError:
        pytest.skip("this file system has no access lists")
    mode = path.stat().st_mode
    for file in (path, plain):
        write(file)
    assert os.getxattr(path, "system.posix_acl_access") == own
    assert path.stat().st_mode == mode
    assert "system.posix_acl_access" not in os.listxattr(plain)


def test_an_attribute_that_cannot_be_kept_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(OLD)
    try:
        os.setxattr(path, "user.note", b"kept")
    except OSError:
        pytest.skip("this file system has no extended attributes")

    def fail(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "setxattr", fail)
    check_left_alone(path, r"its attribute user.note cannot be kept \(Operation not permitted\)")


# -- results that the user names


OUTPUTS = [
    pytest.param(lambda path: path.chmod(0o444), "read-only", id="read-only"),
    pytest.param(lambda path: (path.parent / "b").hardlink_to(path), "hard links", id="hard link"),
]


@pytest.mark.parametrize(("make", "why"), OUTPUTS)
def test_a_result_replaces_a_precious_file_only_by_force(
    make: Callable[[Path], object], why: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(OLD)
    make(path)
    mode = path.stat().st_mode
    with pytest.raises(RefusedError, match=why):
        writing.write_output(path, NEW)
    assert path.read_bytes() == OLD
    assert writing.write_output(path, NEW, force=True).changed
    assert (path.read_bytes(), path.stat().st_mode) == (NEW, mode)


def test_a_result_that_is_there_already_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(NEW)
    os.utime(path, ns=(1, 1))
    before = path.stat()
    assert writing.write_output(path, NEW) == UNCHANGED
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, 1)


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["FIFO", "folder"])
def test_a_result_goes_to_a_regular_file(make: Callable[[Path], None], tmp_path: Path) -> None:
    make(tmp_path / "x")
    with pytest.raises(RefusedError, match=r"not a regular file|is a directory"):
        writing.write_output(tmp_path / "x", NEW)
    assert listing(tmp_path) == ["x"]


# -- others who write at the same time


def test_the_same_change_by_somebody_else_is_no_conflict(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(NEW)
    before = path.stat()
    assert write(path) == UNCHANGED
    assert path.stat() == before


def test_a_file_that_vanished_stays_away(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="changed by somebody else"):
        write(tmp_path / "a.txt")
    assert listing(tmp_path) == []


# -- every call of the system fails in turn


class Disk:
    """Stands in for `os` where files are written: counts its calls, and lets one of them fail."""

    CALLS = frozenset(
        {
            *("open", "read", "write", "fstat", "lstat", "fsync", "close", "replace", "unlink"),
            *("fchmod", "fchown", "listxattr", "getxattr", "setxattr", "removexattr"),
            *("listdir", "flock"),
        }
    )

    def __init__(self, failing: int = 0, error: int = errno.EIO) -> None:
        self.calls: list[str] = []
        self._failing, self.error = failing, error
        self.fcntl = SimpleNamespace(**{**vars(fcntl), "flock": self._call("flock")})

    def stand_in(self, patch: pytest.MonkeyPatch) -> None:
        """Take the place of the system in all modules that write a file."""
        for module in (contents, temporary, writing):
            patch.setattr(module, "os", self)
        patch.setattr(temporary, "fcntl", self.fcntl)

    def __getattr__(self, name: str) -> Any:
        return self._call(name) if name in self.CALLS else getattr(os, name)

    def _call(self, name: str) -> Callable[..., Any]:
        real = fcntl.flock if name == "flock" else getattr(os, name)

        def call(*args: Any, **options: Any) -> Any:
            self.calls.append(name)
            if len(self.calls) != self._failing:
                return real(*args, **options)
            if name == "close":
                real(*args)  # the system closes a file even if it then says that this failed
            raise OSError(self.error, os.strerror(self.error))

        return call


class Case(NamedTuple):
    """Something to write into `a.txt`, and what the file was before."""

    before: bytes | None
    act: Callable[[Path], Written]


CASES = {
    "fix": Case(OLD, write),
    "backup": Case(OLD, lambda path: writing.write(path, NEW, expected=OLD, backup=True)),
    "output": Case(OLD, lambda path: writing.write_output(path, NEW)),
    "new": Case(None, lambda path: write(path, NEW, None)),
    "new output": Case(None, lambda path: writing.write_output(path, NEW)),
}


@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC, errno.EACCES], ids=errno.errorcode.get)
@pytest.mark.parametrize("name", CASES)
def test_every_call_may_fail(
    name: str, error: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting = Disk()
    outcomes = [attempt(name, tmp_path / "0", counting, monkeypatch)]
    assert outcomes == ["written"]
    assert {"open", "write", "fsync", "replace", "flock"} <= set(counting.calls)
    for number in range(1, len(counting.calls) + 1):
        disk = Disk(number, error)
        outcomes.append(attempt(name, tmp_path / str(number), disk, monkeypatch))
    assert {"written", "refused", "unsynced"} == set(outcomes)


def attempt(name: str, folder: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch) -> str:
    """Write with a disk that fails; return what was said, after checking that it is true."""
    case = CASES[name]
    folder.mkdir()
    path = folder / "a.txt"
    if case.before is not None:
        path.write_bytes(case.before)
        path.chmod(0o640)
        if os.geteuid() == 0:
            os.chown(path, 12345, 23456)
    with monkeypatch.context() as patch:
        disk.stand_in(patch)
        try:
            said = "unsynced" if case.act(path).unsynced else "written"
        except RefusedError as refused:
            said = "refused"
            why = refused.why
    now = path.read_bytes() if path.exists() else None
    if said == "refused":
        assert now == case.before, disk.calls
        said_why = f"({os.strerror(disk.error)}); "
        true = [f"{said_why}it is unchanged", f"{said_why}nothing is written", "read-only; make"]
        assert any(one in why for one in true), why
    else:
        assert now == NEW, disk.calls
    if case.before is not None:
        info = path.stat()
        assert stat.S_IMODE(info.st_mode) == 0o640
        assert os.geteuid() != 0 or (info.st_uid, info.st_gid) == (12345, 23456)
    temporary.sweep(folder)  # as the next run does
    kept = {"a.txt.orig"} if name == "backup" and said != "refused" else set()
    assert set(listing(folder)) - kept <= {"a.txt"}, disk.calls
    return said


@pytest.mark.parametrize("force", [False, True])
def test_a_file_that_is_too_large_to_be_a_text_is_not_replaced(tmp_path: Path, force: bool) -> None:
    """Nor is it read into memory to compare it."""
    path = tmp_path / "disk.img"
    with path.open("wb") as file:
        file.truncate(8 << 30)
    with pytest.raises(RefusedError, match=r"more than 200,000,000 bytes.*; nothing is written"):
        writing.write_output(path, b"x", force=force)
    assert path.stat().st_size == 8 << 30

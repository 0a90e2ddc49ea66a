"""Temporary files: what dead processes left is swept, and nothing else."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.project import temporary
from tests.command import USUAL
from tests.project.test_writing import NEW, OLD, listing, write
from tests.samples import ROOT


def leftover(folder: Path, pid: int) -> Path:
    """A temporary file as a process of that id would leave it."""
    digits = ""
    for _ in range(5):
        pid, digit = divmod(pid, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    path = folder / f".{digits}abc.cleaner-tmp"
    path.write_bytes(b"half")
    return path


@pytest.mark.parametrize("age", [0, 10**6], ids=["young", "old"])
def test_what_dead_processes_left_is_swept(age: int, tmp_path: Path) -> None:
    """A reused id makes no difference: the lock is gone."""
    for pid in (999_999, os.getpid(), 1):
        temp = leftover(tmp_path, pid)
        os.utime(temp, (temp.stat().st_mtime - age,) * 2)
    temporary.sweep(tmp_path)
    assert listing(tmp_path) == []


def test_what_a_living_process_uses_stays(tmp_path: Path) -> None:
    code = """
import sys, pathlib
from cleaner.project.temporary import TemporaryFile
temp = TemporaryFile(pathlib.Path(sys.argv[1]))
print("made", flush=True)
sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", code, tmp_path],
        cwd=ROOT,
        env=USUAL,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout
        process.stdout.readline()
        (temp,) = tmp_path.iterdir()
        assert int(temp.name[1:6], 36) == process.pid
        assert stat.S_IMODE(temp.stat().st_mode) == 0o600
        os.utime(temp, (1, 1))
        temporary.sweep(tmp_path)
        assert list(tmp_path.iterdir()) == [temp]
        process.kill()
        process.wait()
    temporary.sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_without_locks_the_process_id_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def flock(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", flock)
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    dead, alive = leftover(tmp_path, ended.pid), leftover(tmp_path, os.getpid())
    temporary.sweep(tmp_path)
    assert (dead.exists(), alive.exists()) == (False, True)


@pytest.mark.parametrize(
    "name",
    [
        ".cleaner-tmp",
        ".abc.cleaner-tmp",
        "0000zabc.cleaner-tmp",
        ".0000zabc.cleaner-tmp.txt",
        ".0000ZABC.cleaner-tmp",
    ],
)
def test_other_files_are_never_swept(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"mine")
    os.utime(tmp_path / name, (1, 1))
    temporary.sweep(tmp_path)
    assert listing(tmp_path) == [name]


@pytest.mark.parametrize("kind", ["link", "folder", "FIFO"])
def test_only_regular_files_are_swept(kind: str, tmp_path: Path) -> None:
    path = tmp_path / ".0000zabc.cleaner-tmp"
    (tmp_path / "mine").write_bytes(b"mine")
    make = {"link": lambda: path.symlink_to("mine"), "folder": path.mkdir}
    make.get(kind, lambda: os.mkfifo(path))()
    temporary.sweep(tmp_path)
    assert listing(tmp_path) == [path.name, "mine"]


def test_a_temporary_file_that_is_swept_while_it_is_made_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other processes sweep at the worst moments: before the lock, and before the new name."""
    path, real_flock, real_fsync = tmp_path / "a.txt", fcntl.flock, os.fsync
    path.write_bytes(OLD)
    done: list[str] = []

    def remove() -> None:
        for temp in tmp_path.glob(".*.cleaner-tmp"):
            temp.unlink()

    def flock(handle: int, how: int) -> None:
        if "flock" not in done:
            done.append("flock")
            remove()
        real_flock(handle, how)

    def fsync(handle: int) -> None:
        if "fsync" not in done:
            done.append("fsync")
            remove()
        real_fsync(handle)

    monkeypatch.setattr(fcntl, "flock", flock)
    monkeypatch.setattr(os, "fsync", fsync)
    assert write(path).changed
    assert done == ["flock", "fsync"]
    assert path.read_bytes() == NEW
    assert list(tmp_path.iterdir()) == [path]

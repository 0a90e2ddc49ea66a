"""Runs the command `cleaner` as a user does: a real process, its exit code, its two streams."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from tests.forking import Server

DAMAGED = "Alibaba fell, and Marwin’s wealth shrank."
CLEAN = "Alibaba fell, and Ma Yun’s wealth shrank."
USUAL = {
    key: value for key, value in os.environ.items() if key not in {"CI", "NO_COLOR", "FORCE_COLOR"}
}
_LATER = 4_000_000_000  # seconds: a time later than that of any other file


def run(
    *args: str | Path,
    cwd: Path,
    stdin: bytes | BinaryIO = b"",
    env: dict[str, str] | None = None,
) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of `cleaner ARGS`."""
    words = [str(arg) for arg in args]
    if sys.platform == "linux" and not env and isinstance(stdin, bytes):
        code, out_bytes, err_bytes = _server().run(words, cwd, stdin)
    else:
        code, out_bytes, err_bytes = _started(words, cwd, stdin, env or {})
    out, err = (data.decode(errors="surrogateescape") for data in (out_bytes, err_bytes))
    assert "Traceback" not in err
    assert "fault of the program" not in err, err
    return code, out, err


@cache
def _server() -> Server:
    """Return the process that runs commands which need no Python of their own."""
    _keep_what_is_bundled()
    return Server(USUAL)


def _keep_what_is_bundled() -> None:
    """Fill the cache with what is made of the bundled rules and names, so that it stays there.

    The cache keeps a few files of each sort, those that were used last. The rules of tests would
    push out the bundled ones again and again, which take three seconds to read, and those of a
    folder that was just set up. Benchmarks have no cache of their own, and leave the user's alone.
    """
    if "CLEANER_CACHE_DIR" not in USUAL:
        return
    kept = Path(USUAL["CLEANER_CACHE_DIR"])
    kept.mkdir(mode=0o700, exist_ok=True)
    with TemporaryDirectory(dir=kept.parent) as name:
        suggest = ["suggest", "--no-keep", "--pivot", "ko", "-"]
        for args in (["check", "-"], suggest, ["init"], ["check", "-"]):
            _started(args, Path(name), DAMAGED.encode(), {"CLEANER_CACHE_DIR": f"{name}/cache"})
        for made in Path(name, "cache").iterdir():
            os.utime(made, (_LATER, _LATER))
            made.replace(kept / made.name)


def _started(
    args: list[str], cwd: Path, stdin: bytes | BinaryIO, env: dict[str, str]
) -> tuple[int, bytes, bytes]:
    done = subprocess.run(
        [sys.executable, "-m", "cleaner", *args],
        cwd=cwd,
        input=stdin if isinstance(stdin, bytes) else None,
        stdin=None if isinstance(stdin, bytes) else stdin,
        capture_output=True,
        env={**USUAL, **env},
        timeout=120,
    )
    return done.returncode, done.stdout, done.stderr

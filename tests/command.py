"""Runs the command `cleaner` as a user does: a real process, its exit code, its two streams."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

DAMAGED = "Alibaba fell, and Marwin’s wealth shrank."
CLEAN = "Alibaba fell, and Ma Yun’s wealth shrank."
USUAL = {
    key: value for key, value in os.environ.items() if key not in {"CI", "NO_COLOR", "FORCE_COLOR"}
}


def run(
    *args: str | Path,
    cwd: Path,
    stdin: bytes | BinaryIO = b"",
    env: dict[str, str] | None = None,
) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of `cleaner ARGS`."""
    command = [sys.executable, "-m", "cleaner", *map(str, args)]
    done = subprocess.run(
        command,
        cwd=cwd,
        input=stdin if isinstance(stdin, bytes) else None,
        stdin=None if isinstance(stdin, bytes) else stdin,
        capture_output=True,
        env={**USUAL, **(env or {})},
        timeout=60,
    )
    out, err = (
        done.stdout.decode(errors="surrogateescape"),
        done.stderr.decode(errors="surrogateescape"),
    )
    assert "Traceback" not in err
    assert "fault of the program" not in err, err
    return done.returncode, out, err

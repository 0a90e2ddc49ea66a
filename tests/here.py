"""Runs `cleaner` and `cleaner-hook` in this process, as `tests.command` does in one of its own.

A command takes a tenth of the time here, so that many can be run. Signals, streams that are closed
and what is imported need a real process.
"""

from __future__ import annotations

import io
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TextIO
from unittest import mock

from cleaner import hook
from cleaner.cli import commands


class Said(NamedTuple):
    """What a command ended with, and what it wrote."""

    code: int
    out: str
    err: str


def run_here(
    program: str, *args: str | Path, stdin: Path | None = None, is_terminal: bool = False
) -> Said:
    """Run a program in the working folder; its stdin is empty, or a file.

    `is_terminal` is whether stderr is a terminal.
    """
    out, err = terminal_stream(is_terminal=False), terminal_stream(is_terminal=is_terminal)
    code = code_here(program, *args, stdin=stdin, out=out, err=err)
    return Said(code, written(out), written(err))


def code_here(
    program: str, *args: str | Path, stdin: Path | None = None, out: TextIO, err: TextIO
) -> int:
    """Run a program whose output goes to these streams; return its exit code."""
    main = {"cleaner": commands.main, "cleaner-hook": hook.main}[program]
    with (
        (stdin or Path("/dev/null")).open(encoding="utf-8") as given,
        mock.patch.object(sys, "argv", [program, *map(str, args)]),
        mock.patch.object(sys, "stdin", given),
        mock.patch.object(sys, "stdout", out),
        mock.patch.object(sys, "stderr", err),
        _signals_as_they_were(),
    ):
        return main()


@contextmanager
def _signals_as_they_were() -> Iterator[None]:
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.getsignal(number) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


class _Stream(io.TextIOWrapper):
    """A stream in memory."""

    is_terminal = False

    def isatty(self) -> bool:
        return self.is_terminal


def terminal_stream(*, is_terminal: bool) -> TextIO:
    """Return a stream in memory that is a terminal, or is none."""
    stream = _Stream(io.BytesIO(), encoding="utf-8", write_through=True)
    stream.is_terminal = is_terminal
    return stream


def written(stream: TextIO) -> str:
    """Return what was written to a stream in memory."""
    stream.flush()
    data = stream.buffer.getvalue()  # type: ignore[attr-defined]
    return str(data.decode("utf-8", "surrogateescape"))

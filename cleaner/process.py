"""A command as a process: its streams, the signals that end it, and its exit code.

No traceback reaches a user.
"""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from collections.abc import Callable

from cleaner.errors import CleanerError, fault
from cleaner.text.visible import visible

# What a shell reports for a process that SIGINT or SIGTERM ended.
INTERRUPTED, TERMINATED = 130, 143
_STDERR = 2  # its file descriptor
# New objects until garbage is looked for. With 700, Python's own number, a seventh of the time of
# `cleaner fix --check` over 351 README files is spent on that, and the memory is the same.
_MANY = 20_000


def run(name: str, command: Callable[[], int]) -> int:
    """Run a command and return its exit code, whatever goes wrong.

    A signal ends the command as an exception does, so a file that is being written is either
    finished or untouched. `name` is what the command is called in messages.
    """
    _prepare_streams()
    _prepare_signals()
    gc.set_threshold(_MANY)
    try:
        code = _code_of(command)
        gc.freeze()  # the end of the interpreter looks through all objects otherwise: 10 ms
        sys.stdout.flush()
    except CleanerError as error:
        _say(f"{name}: {error}")
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader of the output has seen enough
        sys.stdout = None
        return 1
    except OSError as error:
        _say(f"{name}: the output cannot be written ({error.strerror})")
        sys.stdout = None
        return 3
    except Exception as error:  # a fault that no test has found yet
        _say(f"{name}: {fault(error)}")
        return 3
    return code


def _code_of(command: Callable[[], int]) -> int:
    """Run a command that returns its exit code, or ends with it as `sys.exit` does."""
    try:
        return command()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)


class _Messages(io.FileIO):
    """What messages are written to. If it is full or closed, they are lost and the work goes on."""

    def write(self, data: object) -> int:
        """Write bytes, and say that all of them were written."""
        view = memoryview(data).cast("B")  # type: ignore[arg-type]
        try:
            return super().write(view) or len(view)
        except OSError:
            return len(view)


def _prepare_streams() -> None:
    """Make streams that fail neither because of their encoding nor because one is closed.

    What is no terminal gets UTF-8, whatever the locale, unless PYTHONIOENCODING says otherwise.
    """
    for stream, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, stream) is None:
            nowhere = open(os.devnull, mode, encoding="utf-8")  # noqa: PTH123, SIM115
            setattr(sys, stream, nowhere)
    for out in (sys.stdout, sys.stderr):
        if isinstance(out, io.TextIOWrapper):
            fixed = out.isatty() or os.environ.get("PYTHONIOENCODING")
            encoding = out.encoding if fixed else "utf-8"
            out.reconfigure(encoding=encoding, errors="backslashreplace")
    if sys.stderr is sys.__stderr__ and isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr = io.TextIOWrapper(
            io.BufferedWriter(_Messages(_STDERR, "w", closefd=False)),
            encoding=sys.stderr.encoding,
            errors="backslashreplace",
            line_buffering=True,
        )


def _prepare_signals() -> None:
    """Let SIGINT and SIGTERM raise an exception, unless the caller has them ignored."""
    for number, handler in (
        (signal.SIGINT, signal.default_int_handler),
        (signal.SIGTERM, _terminate),
    ):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)


def _say(line: str) -> None:
    sys.stderr.write(f"{visible(line)}\n")


def _terminate(*_: object) -> None:
    sys.exit(TERMINATED)

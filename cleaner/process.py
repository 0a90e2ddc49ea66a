"""A command as a process: its streams, the signals that end it, and its exit code. No traceback
reaches a user.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from io import TextIOWrapper

from cleaner.errors import CleanerError
from cleaner.text.visible import visible

INTERRUPTED, TERMINATED = 130, 143  # what a shell says of a process that SIGINT or SIGTERM ended


def run(name: str, command: Callable[[], int]) -> int:
    """Run a command; its exit code, also for what went wrong.

    Files that are being written are finished or untouched when a signal ends the process: it ends
    as an exception.
    """
    for stream, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, stream) is None:  # closed by the caller
            setattr(sys, stream, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
    for out in (sys.stdout, sys.stderr):
        if isinstance(out, TextIOWrapper):  # a terminal of another encoding shows what it can
            out.reconfigure(errors="backslashreplace")
    signal.signal(signal.SIGTERM, _terminate)
    try:
        code = command()
        sys.stdout.flush()
    except CleanerError as error:
        sys.stderr.write(visible(f"{name}: {error}") + "\n")
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read has seen enough
        sys.stdout = None
        return 1
    except OSError as error:
        sys.stderr.write(visible(f"{name}: the output cannot be written ({error.strerror})") + "\n")
        sys.stdout = None
        return 3
    return code


def _terminate(*_: object) -> None:
    sys.exit(TERMINATED)

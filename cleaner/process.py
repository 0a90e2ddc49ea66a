"""A command as a process: its streams, the signals that end it, and its exit code.

No traceback reaches a user.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from io import TextIOWrapper

from cleaner.errors import CleanerError
from cleaner.text.visible import visible

# What a shell reports for a process that SIGINT or SIGTERM ended.
INTERRUPTED, TERMINATED = 130, 143


def run(name: str, command: Callable[[], int]) -> int:
    """Run a command and return its exit code, whatever goes wrong.

    A signal ends the command as an exception does, so a file that is being written is either
    finished or untouched. `name` is what the command is called in messages.
    """
    _prepare_streams()
    signal.signal(signal.SIGTERM, _terminate)
    try:
        code = command()
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
    return code


def _prepare_streams() -> None:
    """Open streams that the caller closed, and let output never fail because of its encoding."""
    for stream, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, stream) is None:
            nowhere = open(os.devnull, mode, encoding="utf-8")  # noqa: PTH123, SIM115
            setattr(sys, stream, nowhere)
    for out in (sys.stdout, sys.stderr):
        if isinstance(out, TextIOWrapper):
            out.reconfigure(errors="backslashreplace")


def _say(line: str) -> None:
    sys.stderr.write(f"{visible(line)}\n")


def _terminate(*_: object) -> None:
    sys.exit(TERMINATED)

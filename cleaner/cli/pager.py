"""Shows long texts screen by screen, as git and man do."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping

# What less does unless the variable LESS says otherwise: end at once if the text fits on the screen
# (F), and leave the text on the screen at the end (X). It always has to show colours (-R).
_LESS = "FX"
# Commands that are run in another way: cat shows texts as they are shown without a pager.
_INSTEAD = {"cat": "", "less": "less -R"}
# What a shell reports for a command that cannot be run, or that it did not find.
_NOT_RUN = (126, 127)


def show(text: str) -> None:
    """Show a text on the terminal, screen by screen if there is a pager for that.

    The pager is what the variable PAGER names, otherwise less. Leaving it early is no error.
    """
    command = named(os.environ) if sys.stdin.isatty() else ""
    if not (command and _paged(text, command)):
        sys.stdout.write(text)


def named(environment: Mapping[str, str]) -> str:
    """Return the command of the pager; "" if texts are to be printed as a whole.

    >>> named({"PAGER": "most -w"}), named({"PAGER": "less"}), named({"PAGER": "cat"})
    ('most -w', 'less -R', '')
    """
    less = "less" if shutil.which("less") else ""
    command = environment.get("PAGER", less).strip()
    return _INSTEAD.get(command, command)


def _paged(text: str, command: str) -> bool:
    """Show a text in a pager and wait for its end; return whether the pager could be run."""
    sys.stdout.flush()
    pager = subprocess.Popen(
        command,
        shell=True,  # PAGER is written for a shell: it may have options and quotation marks
        stdin=subprocess.PIPE,
        env={"LESS": _LESS, **os.environ},
    )
    usual = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the pager
    try:
        pager.communicate(text.encode(errors="backslashreplace"))
    finally:
        signal.signal(signal.SIGINT, usual)
        pager.terminate()  # it has ended, unless this process is being terminated
    return pager.returncode not in _NOT_RUN

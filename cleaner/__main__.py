"""Where the commands begin: `cleaner`, which is also `python -m cleaner`, and `cleaner-hook`.

Importing a command takes longer than anything else in a short run. Until that is done there is
nothing to clean up, so that a signal ends the process at once, without a traceback.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from importlib import import_module
from typing import NoReturn

_CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}  # what a shell reports for such an end


def main() -> NoReturn:
    """Run `cleaner`."""
    _end_on_signals()
    from cleaner.cli import quick

    words = sys.argv[1:]
    _run("cleaner.cli.commands" if quick.read(words) is None else quick.MODULES[words[0]])


def hook() -> NoReturn:
    """Run `cleaner-hook`."""
    _end_on_signals()
    _run("cleaner.hook")


def _run(module: str) -> NoReturn:
    """Import a command, run its `main`, and end with the exit code that it returns."""
    gc.disable()  # whatever is imported stays
    command = import_module(module).main
    gc.enable()
    try:
        code = command()
    finally:  # nothing is left to interrupt but the end of the interpreter
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(code)


def _end_on_signals() -> None:
    for number in _CODES:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)


def _end(number: int, _: object) -> NoReturn:
    os._exit(_CODES[signal.Signals(number)])


if __name__ == "__main__":
    main()

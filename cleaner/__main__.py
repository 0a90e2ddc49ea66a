"""Where the commands begin: `cleaner`, which is also `python -m cleaner`, and `cleaner-hook`.

Importing a command takes longer than anything else in a short run. Until that is done there is
nothing to clean up, so that a signal ends the process at once, without a traceback.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

_CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}  # what a shell reports for such an end


def main() -> NoReturn:
    """Run `cleaner`."""
    _run("cleaner.cli.fixing" if _is_plain_fix(sys.argv[1:]) else "cleaner.cli.commands")


def hook() -> NoReturn:
    """Run `cleaner-hook`."""
    _run("cleaner.hook")


def _is_plain_fix(arguments: Sequence[str]) -> bool:
    """Return whether this is `cleaner fix PATHS`, without any option.

    Then nothing has to be read from the command line, and typer need not be imported, which takes
    twice as long as all else. On Windows, it is typer that finds the files of `*.txt`.
    """
    command, paths = arguments[:1], arguments[1:]
    is_alone = bool(paths) and all(path == "-" or not path.startswith("-") for path in paths)
    completes = "_CLEANER_COMPLETE" in os.environ  # a shell asks what could be given
    return command == ["fix"] and is_alone and not completes and sys.platform != "win32"


def _run(module: str) -> NoReturn:
    """Import a command, run its `main`, and end with the exit code that it returns."""
    for number in _CODES:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)
    command = import_module(module).main
    try:
        code = command()
    finally:  # nothing is left to interrupt but the end of the interpreter
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(code)


def _end(number: int, _: object) -> NoReturn:
    os._exit(_CODES[signal.Signals(number)])


if __name__ == "__main__":
    main()

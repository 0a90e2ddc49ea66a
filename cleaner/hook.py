"""`cleaner-hook`: what pre-commit runs.

It does what `cleaner fix` does, starts in a fraction of the time, and says every single change:
pre-commit may roll the files back, and what was done must not vanish with them.
"""

from __future__ import annotations

import gc
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from cleaner import __version__, process
from cleaner.errors import RefusedError
from cleaner.project import config, files
from cleaner.project.config import Config
from cleaner.project.corpus import Cleaned, Refused
from cleaner.project.selection import Selection
from cleaner.reports import text
from cleaner.text.visible import visible

_EXIT_CODES = "Exit codes: 0 nothing to change, 1 something changed or would, 2 wrong usage or a wrong rule, 3 a file left alone."


def main() -> int:
    """Clean the files on the command line; returns the exit code."""
    gc.disable()  # a short life
    return process.run("cleaner-hook", lambda: _clean(_parser().parse_args()))


def _clean(wish: Namespace) -> int:
    settings = Config() if wish.isolated else config.load(Path.cwd())
    settings = settings.overlaid(rules=tuple(wish.rules) or None)
    chosen = Selection(settings, remarks=False)
    wanted = [path for path in wish.files if not settings.excludes(path)]
    return max(
        (_report(outcome, write=not wish.check) for outcome in chosen.clean(wanted)), default=0
    )


def _report(outcome: Cleaned | Refused, *, write: bool) -> int:
    """Say what a file's outcome is, and write it; the exit code of this one file."""
    try:
        if isinstance(outcome, Refused):
            raise RefusedError(*outcome)
        if not outcome.result.changed:
            return 0
        source = outcome.source
        if write:
            files.write(source, outcome.result.text)
        for line in text.edits(str(source.path), source.text, outcome.result):
            sys.stdout.write(f"{line}\n")
    except RefusedError as error:
        sys.stderr.write(visible(f"{error.path}: left alone: {error.why}") + "\n")
        return error.exit_code
    return 1


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        "cleaner-hook",
        description="Clean files in place, and say every change as file:line:column: rule: before -> after.",
        epilog=_EXIT_CODES,
        allow_abbrev=False,
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="what to clean")
    parser.add_argument("--check", action="store_true", help="only say what would change")
    parser.add_argument(
        "--rules",
        action="append",
        default=[],
        type=Path,
        metavar="PATH",
        help="your own rules, a file or a folder",
    )
    parser.add_argument("--isolated", action="store_true", help="read no configuration")
    parser.add_argument(
        "--version", action="version", version=f"cleaner-hook {__version__}", help="say the version"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())

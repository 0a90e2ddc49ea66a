"""`cleaner-hook`: what pre-commit runs.

It does what `cleaner fix` does, but starts in a fraction of the time, and says every single
change: pre-commit may roll the files back, and then the user still has to know what was found.
"""

from __future__ import annotations

import gc
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import NoReturn

from cleaner import __version__, process
from cleaner.project import config, files
from cleaner.project.config import Config
from cleaner.project.corpus import Cleaned, Outcome, Refused, write_each
from cleaner.project.selection import Selection
from cleaner.reports.tally import Tally, edit_lines, refusal
from cleaner.text.visible import visible

_EXIT_CODES = (
    "Exit codes: 0 nothing to change, 1 something changed or would change, "
    "2 wrong usage or a wrong rule, 3 a file was left alone."
)


def main() -> int:
    """Clean the files on the command line; return the exit code."""
    gc.disable()  # the process ends before a collection would pay
    return process.run("cleaner-hook", lambda: _clean(_parser().parse_args()))


def _clean(asked: Namespace) -> int:
    settings = Config() if asked.isolated else config.load(Path.cwd())
    settings = settings.overlaid(rules=tuple(asked.rules) or None)
    selection = Selection(settings, remarks=False)
    wanted = [path for path in asked.files if not settings.excludes(path)]
    tally = Tally(fails_on_change=True)
    write = _leave if asked.check else _replace
    for outcome in write_each(selection.clean(wanted), write):
        tally.add(outcome)
        _say(outcome)
    return tally.exit_code


def _replace(cleaned: Cleaned) -> None:
    files.replace_file(cleaned.source, cleaned.result.text)


def _leave(_: Cleaned) -> None:
    """Write nothing: --check only says what would change."""


def _say(outcome: Outcome) -> None:
    if isinstance(outcome, Refused):
        sys.stderr.write(f"{visible(refusal(outcome))}\n")
        return
    for line in edit_lines(outcome):
        sys.stdout.write(f"{line}\n")


class _Parser(ArgumentParser):
    """A parser whose messages are harmless on a terminal."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and end."""
        super().error(visible(message))


def _parser() -> ArgumentParser:
    parser = _Parser(
        "cleaner-hook",
        description="Clean files in place and say every change: file:line:column: rule: a -> b",
        epilog=_EXIT_CODES,
        allow_abbrev=False,
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="the files to clean")
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
    version = f"cleaner-hook {__version__}"
    parser.add_argument("--version", action="version", version=version, help="say the version")
    return parser


if __name__ == "__main__":
    sys.exit(main())

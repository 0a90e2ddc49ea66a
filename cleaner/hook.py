"""`cleaner-hook`: what pre-commit runs.

It does what `cleaner fix` does, but starts in a fraction of the time, and says every single
change, and what has to be looked up because of it: pre-commit may roll the files back, and then
the user still has to know what was found.
"""

from __future__ import annotations

import gc
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import NoReturn

from cleaner import __version__, formats, process
from cleaner.project import config
from cleaner.project.config import Config
from cleaner.project.corpus import InPlace, Outcome, Refused, leave, write_each
from cleaner.project.selection import Selection
from cleaner.reports.tally import Tally, doubt, edit_lines, lookup_lines, refusal, summary
from cleaner.text.visible import visible

_EXIT_CODES = (
    "Exit codes: 0 nothing to change, 1 something changed or would change, "
    "2 wrong usage or a wrong rule, 3 a file was left alone, or may not last."
)


def main() -> int:
    """Clean the files on the command line; return the exit code."""
    gc.disable()  # the process ends before a collection would pay
    return process.run("cleaner-hook", lambda: _clean(parser().parse_args()))


def _clean(asked: Namespace) -> int:
    settings = Config() if asked.isolated else config.load(Path.cwd())
    if asked.read_as is not None:
        formats.check_name(asked.read_as)
    settings = settings.overlaid(
        rules=tuple(asked.rules) or None,
        read_as=asked.read_as,
        fields={config.ALL_FILES: tuple(asked.fields)} if asked.fields else None,
    )
    selection = Selection(settings, remarks=False, named=asked.files, required=False)
    wanted = [path for path in asked.files if not settings.excludes(path)]
    tally = Tally(fails_on_change=True)
    write = leave if asked.check else InPlace()
    for outcome in write_each(selection.clean(wanted), write):
        tally.add(summary(outcome))
        _say(outcome)
    return tally.exit_code


def _say(outcome: Outcome) -> None:
    if isinstance(outcome, Refused):
        sys.stderr.write(f"{visible(refusal(*outcome))}\n")
        return
    for line in (*edit_lines(outcome), *lookup_lines(outcome)):
        sys.stdout.write(f"{line}\n")
    if outcome.written.unsynced:
        sys.stderr.write(f"{visible(doubt(outcome))}\n")


class _Parser(ArgumentParser):
    """A parser whose messages are harmless on a terminal."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and end."""
        super().error(visible(message))

    def format_help(self) -> str:
        """Return the help, with the names of all formats, which cost time to find."""
        return f"{super().format_help()}Formats: {', '.join(formats.names())}\n"


def parser() -> ArgumentParser:
    """Return what reads the command line."""
    reads = _Parser(
        "cleaner-hook",
        description="Clean files in place and say every change: file:line:column: rule: a -> b",
        epilog=_EXIT_CODES,
        allow_abbrev=False,
    )
    reads.add_argument("files", nargs="*", type=Path, metavar="FILE", help="the files to clean")
    reads.add_argument("--check", action="store_true", help="only say what would change")
    reads.add_argument(
        "--rules",
        action="append",
        default=[],
        type=Path,
        metavar="PATH",
        help="your own rules, a file or a folder",
    )
    reads.add_argument(
        "--read-as",
        metavar="FORMAT",
        help="read files as this format, whatever their names end in",
    )
    reads.add_argument(
        "--field",
        dest="fields",
        action="append",
        default=[],
        metavar="NAME",
        help="a field that holds text, in data and in the front matter of Markdown",
    )
    reads.add_argument("--isolated", action="store_true", help="read no configuration")
    version = f"cleaner-hook {__version__}"
    reads.add_argument("--version", action="version", version=version, help="say the version")
    return reads


if __name__ == "__main__":
    sys.exit(main())

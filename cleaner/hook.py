"""`cleaner-hook`: what pre-commit runs.

It does what `cleaner fix` does, but starts in a fraction of the time, and says every single
change, and what has to be looked up because of it: pre-commit may roll the files back, and then
the user still has to know what was found.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from cleaner import __version__, arguments, formats, process
from cleaner.arguments import Option
from cleaner.project import config
from cleaner.project.config import Config
from cleaner.project.corpus import InPlace, Outcome, Refused, leave, write_each
from cleaner.project.selection import Selection
from cleaner.reports.tally import Tally, doubt, edit_lines, lookup_lines, refusal, summary
from cleaner.text.visible import visible

if TYPE_CHECKING:
    from argparse import ArgumentParser

OPTIONS: Mapping[str, Option] = {
    "--check": Option("check"),
    "--rules": Option("rules", "path", several=True),
    "--read-as": Option("read_as", "text"),
    "--field": Option("fields", "text", several=True),
    "--isolated": Option("isolated"),
}
_DEFAULTS = {"check": False, "rules": (), "read_as": None, "fields": (), "isolated": False}
_EXIT_CODES = (
    "Exit codes: 0 nothing to change, 1 something changed or would change, "
    "2 wrong usage or a wrong rule, 3 a file was left alone, or may not last."
)


def main() -> int:
    """Clean the files on the command line; return the exit code."""
    gc.disable()  # the process ends before a collection would pay
    return process.run("cleaner-hook", lambda: _clean(**asked(sys.argv[1:])))


def asked(words: Sequence[str]) -> Mapping[str, Any]:
    """Return what the command line asks for: the parameters of `_clean`.

    Raises:
        SystemExit: it was a mistake, or asked for the help or the version; it has been answered.
    """
    given = arguments.read(words, OPTIONS)
    if given is None:
        given = vars(parser().parse_intermixed_args(words))
    return {**_DEFAULTS, **given}


def _clean(
    paths: Sequence[str],
    rules: Sequence[Path],
    read_as: str | None,
    fields: Sequence[str],
    *,
    check: bool,
    isolated: bool,
) -> int:
    settings = Config() if isolated else config.load(Path.cwd())
    if read_as is not None:
        formats.check_name(read_as)
    settings = settings.overlaid(
        rules=tuple(rules) or None,
        read_as=read_as,
        fields={config.ALL_FILES: tuple(fields)} if fields else None,
    )
    files = list(map(Path, paths))
    selection = Selection(settings, remarks=False, named=files, required=False)
    wanted = [path for path in files if not settings.excludes(path)]
    tally = Tally(fails_on_change=True)
    write = leave if check else InPlace()
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


def parser() -> ArgumentParser:
    """Return what reads a command line that `OPTIONS` do not explain."""
    from argparse import ArgumentParser

    class Parser(ArgumentParser):
        """A parser whose messages are harmless on a terminal."""

        def error(self, message: str) -> NoReturn:
            """Say what is wrong with the command line, and end."""
            super().error(visible(message))

        def format_help(self) -> str:
            """Return the help, with the names of all formats in a line of their own."""
            return f"{super().format_help()}Formats: {', '.join(formats.names())}\n"

    reads = Parser(
        "cleaner-hook",
        description="Clean files in place and say every change: file:line:column: rule: a -> b",
        epilog=_EXIT_CODES,
        allow_abbrev=False,
    )
    reads.add_argument("paths", nargs="*", metavar="FILE", help="the files to clean")
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

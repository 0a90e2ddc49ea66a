"""`cleaner-hook`: what pre-commit runs.

It does what `cleaner fix` does, but starts in a fraction of the time, and says every single
change, and what has to be looked up because of it: pre-commit may roll the files back, and then
the user still has to know what was found.
"""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from cleaner import __version__, arguments, formats, process
from cleaner.arguments import Option
from cleaner.errors import GuaranteeError, UsageError, closest_option
from cleaner.formats import MalformedError
from cleaner.project import config
from cleaner.project.config import Config
from cleaner.project.corpus import Cleaned, InPlace, Outcome, Refused, leave, write_each
from cleaner.project.selection import Selection
from cleaner.reports.tally import Tally, doubt, edit_lines, lookup_lines, refusal, summary, to_see
from cleaner.rules.model import Level
from cleaner.text.visible import visible

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from cleaner.project.known import KnownFindings

OPTIONS: Mapping[str, Option] = {
    "--check": Option("check"),
    "--rules": Option("rules", "path", several=True),
    "--read-as": Option("read_as", "text"),
    "--field": Option("fields", "text", several=True),
    "--baseline": Option("baseline", "path"),
    "--isolated": Option("isolated"),
}
_DEFAULTS = {
    "check": False,
    "rules": (),
    "read_as": None,
    "fields": (),
    "baseline": None,
    "isolated": False,
}
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
        UsageError: it was a mistake.
        SystemExit: it asked for the help or the version; that has been answered.
    """
    given = arguments.read(words, OPTIONS)
    if given is None:
        found, others = parser().parse_known_intermixed_args(words)
        if others:
            raise UsageError(_no_option(others[0]))
        given = vars(found)
    return {**_DEFAULTS, **given}


def _no_option(word: str) -> str:
    close = closest_option(word, [*OPTIONS, "--help", "--version"])
    hint = f"did you mean `{close}`?" if close else "cleaner-hook -h says what can be given"
    return f"there is no option “{word}”; {hint}"


def _clean(
    paths: Sequence[str],
    rules: Sequence[Path],
    read_as: str | None,
    fields: Sequence[str],
    baseline: Path | None,
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
    known = _read_known(baseline) if baseline else None
    tally = Tally(fails_on_change=True)
    write = leave if check else InPlace()
    left: Counter[Level] = Counter()
    outcomes: Iterable[Outcome] = selection.clean(wanted)
    if known:
        outcomes = (_new(outcome, known, selection, check=check) for outcome in outcomes)
    for outcome in write_each(outcomes, write):
        tally.add(summary(outcome))
        _say(outcome)
        if isinstance(outcome, Cleaned) and outcome.result.changed:
            left += _left(selection, outcome, known)
    said = to_see(left)
    if said:
        sys.stderr.write(f"cleaner-hook: {said}\n")
    return tally.exit_code


def _read_known(path: Path) -> KnownFindings:
    from cleaner.project.known import read_known

    return read_known(path)


def _new(outcome: Outcome, known: KnownFindings, selection: Selection, *, check: bool) -> Outcome:
    """Return what was found in a file, without what a baseline lists.

    That stays in the text as it is, also where the file is cleaned because of something new.
    """
    if isinstance(outcome, Refused):
        return outcome
    result = known.without_known(outcome.file.path, outcome.result)
    if check or len(result.edits) == len(outcome.result.edits):
        return outcome._replace(result=result)
    if result.edits:
        old = set(outcome.result.findings).difference(result.findings)
        return selection.leaving(outcome, sorted(old))
    document = result.document
    same = result._replace(text=document.text, source=document.source, source_edits=())
    return outcome._replace(result=same)


def _say(outcome: Outcome) -> None:
    if isinstance(outcome, Refused):
        sys.stderr.write(f"{visible(refusal(*outcome))}\n")
        return
    for line in (*edit_lines(outcome), *lookup_lines(outcome)):
        sys.stdout.write(f"{line}\n")
    if outcome.written.unsynced:
        sys.stderr.write(f"{visible(doubt(outcome))}\n")


def _left(selection: Selection, cleaned: Cleaned, known: KnownFindings | None) -> Counter[Level]:
    """Return how many suggestions and reports there are in a file that was cleaned.

    They stop no commit, so the hook does not look for them unless it stops the commit anyway.
    """
    try:
        left = selection.what_is_left(cleaned)
    except (GuaranteeError, MalformedError):  # the file is clean; only the hint is missing
        return Counter()
    if known:
        left = known.without_known(cleaned.file.path, left)
    return Counter(finding.level for finding in left.findings if finding.level != "fix")


def parser() -> ArgumentParser:
    """Return what reads a command line that `OPTIONS` do not explain."""
    from argparse import ArgumentParser

    class Parser(ArgumentParser):
        """A parser whose messages are one line."""

        def error(self, message: str) -> NoReturn:
            """Say what is wrong with the command line."""
            option, _, what = message.removeprefix("argument ").partition(": ")
            if what.startswith("expected"):
                message = f"{option} is without its value"
            elif what.startswith("ignored"):
                message = f"{option} takes no value"
            raise UsageError(f"{message}; cleaner-hook -h says what can be given")

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
    reads.add_argument(
        "--baseline",
        type=Path,
        metavar="FILE",
        help="leave the findings as they are that FILE lists; see cleaner check",
    )
    reads.add_argument("--isolated", action="store_true", help="read no configuration")
    version = f"cleaner-hook {__version__}"
    reads.add_argument("--version", action="version", version=version, help="say the version")
    return reads


if __name__ == "__main__":
    sys.exit(main())

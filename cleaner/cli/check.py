"""`cleaner check`: say what is wrong, and change nothing."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from cleaner import __version__
from cleaner.cli.options import CLEANING, Given, Paths, StdinFilename, paths_of, shared
from cleaner.cli.terminal import paint, progress, say
from cleaner.engine.findings import Finding
from cleaner.errors import UsageError, did_you_mean
from cleaner.project import files
from cleaner.project.baseline import Baseline, Counts, Known, counted, parse_baseline
from cleaner.project.config import Config
from cleaner.project.corpus import Outcome, Refused
from cleaner.project.revision import Undo, confirm, revise
from cleaner.project.selection import Selection, acts, discover, skipped
from cleaner.reading import exists, read_file
from cleaner.reports import forms
from cleaner.reports.forms import About, Entry
from cleaner.reports.tally import Tally
from cleaner.rules.model import Level

STDIN = Path("-")
_STDIN_NAME = "<stdin>"
_FORMS = forms.names()


@shared(*CLEANING)
def check(
    paths: Paths = None,
    format: Annotated[
        str,
        typer.Option("--format", metavar="|".join(_FORMS), help="How to print the findings."),
    ] = "text",
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 for reports too.")] = False,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FILE", help="Leave out the findings that FILE lists."),
    ] = None,
    write_baseline: Annotated[
        bool,
        typer.Option(
            "--write-baseline", help="Write what is found now to that FILE; show nothing, exit 0."
        ),
    ] = False,
    stdin_filename: StdinFilename = None,
    *,
    given: Given,
) -> None:
    """Say what is wrong with files; no text is ever changed.

    One line for each finding: file:line:column: level rule: before -> after (why). Level fix is
    what `cleaner fix` does, suggest is what it does when asked, report is what only the source
    could tell. The exit code is 1 if there is a fix or a suggestion.

    \b
    Examples:
      cleaner check article.txt
      cleaner check --strict --select 'residue/*' articles/
      cleaner check --format json article.txt | jq '.files[].findings[].rule'
      cleaner check --format sarif . > cleaner.sarif
      cleaner check --baseline known.json --write-baseline .   then, from now on:
      cleaner check --baseline known.json .
    """
    if format not in _FORMS:
        raise UsageError(f"there is no format “{format}”; {did_you_mean(format, _FORMS)}")
    wanted = paths_of(paths)
    if write_baseline and not baseline:
        raise UsageError("--write-baseline goes with --baseline FILE")
    if baseline and wanted == [STDIN] and not stdin_filename:
        what = "--baseline knows files by their names; give --stdin-filename NAME with -"
        raise UsageError(what)
    history = _History(baseline, write=write_baseline)
    settings = given.settings()
    selection = Selection(settings, named=[*wanted, Path(stdin_filename or _STDIN_NAME)])
    failing: Sequence[Level] = ("fix", "suggest", "report") if strict else ("fix", "suggest")
    tally = Tally(failing=() if write_baseline else failing)
    outcomes = _outcomes(settings, selection, wanted, stdin_filename, baseline)
    entries = _entries(outcomes, tally, history)
    if write_baseline:
        deque(entries, maxlen=0)
    else:
        _print(entries, format, About(selection.cleaner.rules, __version__, paint))
    change = history.close(settings)
    for line in (*selection.idle(), *tally.of_findings()):
        say(line)
    confirm(change)
    raise typer.Exit(tally.exit_code)


def _outcomes(
    settings: Config,
    selection: Selection,
    wanted: Sequence[Path],
    stdin_filename: str | None,
    baseline: Path | None,
) -> Iterable[Outcome]:
    """Clean what is to be checked; say which paths are skipped."""
    if wanted == [STDIN]:
        data = files.read_stdin()
        note = skipped(settings, Path(stdin_filename)) if stdin_filename else None
        if note:
            say(note)
            return []
        return [selection.clean_data(data, Path(stdin_filename or _STDIN_NAME))]
    found, notes = discover(settings, wanted, own=[baseline] if baseline else [])
    for note in notes:
        say(note)
    return selection.clean(progress(found, "Checking"))


class _History:
    """The findings of a baseline, if there is one, and what is found now."""

    def __init__(self, path: Path | None, *, write: bool) -> None:
        self._path, self._write = path, write
        self._known = _read_baseline(path, may_be_missing=write) if path else Baseline()
        self._now: dict[str, Counts] = {}  # by the names that the baseline has for files

    def new(self, path: Path, findings: Sequence[Finding]) -> Sequence[Finding]:
        """Return the findings of a file that are not in the baseline."""
        if self._path is None:
            return findings
        name = files.seen_from(path, self._path.parent)
        self._now[name] = counted(findings)
        return findings if self._write else self._known.unknown(name, findings)

    def close(self, settings: Config) -> Undo | None:
        """Write the baseline, or say how many of its entries are gone; return what was written."""
        if self._path is None:
            return None
        folder = self._path.parent
        now = dict(self._now)
        for name in self._known.files:
            if name not in now and not exists(folder / name):
                now[name] = Counter[Known]()
        act = partial(acts, settings)
        if self._write:
            change = revise(self._path, lambda text: self._renewed(text, now, act))
            done = "written" if change else "already up to date"
            say(f"{self._path}: {done}; the findings in it no longer count")
            return change
        gone = self._known.gone(now, act)
        if gone:
            entries = "1 entry is" if gone == 1 else f"{gone:,} entries are"
            say(f"{self._path}: {entries} gone; write it again with --write-baseline")
        return None

    def _renewed(self, text: str, now: Mapping[str, Counts], acts: Callable[[str], bool]) -> str:
        """Return the text of the baseline with what was found; others may have written it."""
        known = parse_baseline(text.encode(), str(self._path)) if text else Baseline()
        return str(known.renewed(now, acts))


def _read_baseline(path: Path, *, may_be_missing: bool) -> Baseline:
    try:
        return parse_baseline(read_file(path, files.MAX_BYTES), str(path))
    except FileNotFoundError:
        if may_be_missing:
            return Baseline()
        raise UsageError(f"{path}: there is no such file; --write-baseline makes it") from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from None


def _entries(outcomes: Iterable[Outcome], tally: Tally, history: _History) -> Iterator[Entry]:
    """Count each file, and yield it as a report sees it."""
    for outcome in outcomes:
        tally.add(outcome)
        if isinstance(outcome, Refused):
            yield Entry(outcome.path, refused=outcome.why)
            continue
        file, findings = outcome.file, outcome.result.findings
        new = history.new(file.path, findings)
        tally.add_findings(str(file.path), new, known=len(findings) - len(new))
        yield Entry(str(file.path), outcome.result.document, new, bom=file.bom)


def _print(entries: Iterable[Entry], format: str, about: About) -> None:
    form = forms.form(format)
    if form.RELATIVE:
        entries = map(_relative, entries)
    for piece in form.render(entries, about):
        typer.echo(piece, nl=False)


def _relative(entry: Entry) -> Entry:
    return entry._replace(path=files.seen_from(Path(entry.path), Path()))

"""Reports on their way out: from the process that read a file, to stdout or into a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from cleaner import __version__
from cleaner.cli.terminal import columns, paint, say, show
from cleaner.engine.findings import Finding, Result
from cleaner.errors import RefusedError, UnsyncedError, UsageError
from cleaner.project import files, writing
from cleaner.project.corpus import Cleaned
from cleaner.reading import is_folder, real_path
from cleaner.reports import forms
from cleaner.reports.forms import About, Entry
from cleaner.rules.model import Rule
from cleaner.text.document import ReadDocument
from cleaner.text.edits import Edit

STDOUT = "-"


class Sent:
    """The entry of a file in a report. Another process reads the document again from its source."""

    def __init__(self, entry: Entry, read: ReadDocument) -> None:
        self.entry, self._read = entry, read

    def __reduce__(self) -> tuple[Callable[..., Sent], tuple[object, ...]]:
        rest = self.entry._asdict()
        source = rest.pop("document").source
        return _read_again, (source, self._read, rest)


def _read_again(source: str, read: ReadDocument, rest: dict[str, object]) -> Sent:
    return Sent(Entry(document=read(source), **rest), read)  # type: ignore[arg-type]


def sent(cleaned: Cleaned, findings: Sequence[Finding]) -> Sent:
    """Return what a report says of a file: some of its findings."""
    file, result = cleaned.file, cleaned.result
    edits = _edits_of(result, findings)
    entry = Entry(str(file.path), result.document, findings, edits, bom=file.bom)
    return Sent(entry, file.reader.read)


def _edits_of(result: Result, findings: Sequence[Finding]) -> Sequence[Edit]:
    """Return the edits that some findings of a result are about."""
    if len(findings) == len(result.findings):
        return result.edits
    known = {(finding.rules, finding.span) for finding in findings}
    return [edit for edit in result.edits if (edit.rules, edit.span) in known]


class Target:
    """Where a report goes: to stdout, or into a file that is written when it is complete.

    Args:
        output: what was given with --output.
        wanted: the paths that were given; none of them may be the report.
        force: see `writing.write_output`.

    Raises:
        UsageError: the output is empty, a folder, or one of the files to be read.
        RefusedError: it is a link that leaves the tree, without `force`.
    """

    def __init__(self, output: str | None, wanted: Sequence[Path], *, force: bool = False) -> None:
        self._force = force
        self._unsynced = ""
        self.path = None if output in {None, STDOUT} else Path(output or "")
        if output == "":
            raise UsageError("--output is empty; name a file")
        if self.path is None:
            return
        if is_folder(self.path):
            raise UsageError(f"--output {self.path}: this is a folder; name a file in it")
        if self._is_there(wanted):
            what = f"--output {self.path}: the report would take the place of a file to be read"
            raise UsageError(f"{what}; choose another name")
        writing.destination(self.path, force=force)

    def _is_there(self, paths: Iterable[Path]) -> bool:
        assert self.path
        place = real_path(self.path)
        return any(real_path(path) == place for path in paths)

    def others(self, found: Iterable[Path | RefusedError]) -> list[Path | RefusedError]:
        """Return what was found without the report of an earlier run."""
        if self.path is None:
            return list(found)
        place = real_path(self.path)
        return [one for one in found if isinstance(one, RefusedError) or real_path(one) != place]

    def write(self, entries: Iterable[Entry], form: str, rules: Mapping[str, Rule]) -> None:
        """Write a report of that form, and say so if it goes into a file.

        Raises:
            RefusedError: the file cannot be written; see `writing.write_output`.
        """
        about = About(rules, __version__)
        if self.path is None:
            about = about._replace(paint=paint, columns=columns())
        pieces = _pieces(entries, form, about)
        if self.path is None:
            for piece in pieces:
                show(piece)
            return
        data = "".join(pieces).encode("utf-8", "backslashreplace")
        written = writing.write_output(self.path, data, force=self._force)
        say(f"{self.path}: {'written' if written.changed else 'already up to date'}")
        self._unsynced = written.unsynced

    def confirm(self) -> None:
        """Check that what was written lasts, once all else is said.

        Raises:
            UnsyncedError: the disk did not confirm it.
        """
        if self.path and self._unsynced:
            raise UnsyncedError(self.path, self._unsynced)


def _pieces(entries: Iterable[Entry], name: str, about: About) -> Iterator[str]:
    form = forms.form(name)
    if form.RELATIVE:
        entries = map(_relative, entries)
    return form.render(entries, about)


def _relative(entry: Entry) -> Entry:
    return entry._replace(path=files.seen_from(Path(entry.path), Path()))

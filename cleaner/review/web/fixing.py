"""The end of a review: what `cleaner fix` changes in the documents, and doing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from cleaner.project import git
from cleaner.project.config import Config
from cleaner.project.corpus import Cleaned, InPlace, Outcome, Refused, write_each
from cleaner.project.files import seen_from
from cleaner.project.selection import Selection
from cleaner.reading import exists, is_file
from cleaner.reports.diff import unified
from cleaner.review import lookups
from cleaner.review.web.sitting import Sitting
from cleaner.review.web.views import Plain, visible_lines
from cleaner.text.visible import visible

_MOST_LINES = 20_000  # of all diffs together


def preview(sitting: Sitting) -> Plain:
    """Return what `fix` would change now: by rule, by file, and every line."""
    rules: Counter[str] = Counter()
    files: list[Plain] = []
    diffs: list[Plain] = []
    lines_left = _MOST_LINES
    paths = _paths(sitting)
    for name, outcome in zip(paths, _cleaned(sitting, list(paths.values())), strict=True):
        shown = visible(name)
        if isinstance(outcome, Refused):
            files.append({"name": shown, "fixes": 0, "refused": visible(outcome.why)})
            continue
        rules.update(rule for edit in outcome.result.edits for rule in edit.rules)
        files.append({"name": shown, "fixes": len(outcome.result.edits), "refused": ""})
        lines = [visible(line.rstrip("\r\n")) for line in _difference(name, outcome)]
        if lines:
            kept = lines[:lines_left]
            lines_left -= len(kept)
            cut = {"cut": len(lines) - len(kept)} if len(kept) < len(lines) else {}
            diffs.append({"name": shown, "lines": kept, **cut})
    by_number = sorted(rules.items(), key=lambda item: (-item[1], item[0]))
    return {
        "rules": [{"rule": visible(rule), "fixes": number} for rule, number in by_number],
        "files": files,
        "diff": diffs,
        "in_git": all(git.tracks(path) for path in paths.values()),
    }


def cleaned_text(sitting: Sitting, id_: int) -> Plain:
    """Return a document as `fix` would write it, if it is text.

    Raises:
        NotFoundError, RefusedError: there is no such document, or it cannot be read or cleaned.
    """
    name, _ = sitting.file(id_)
    (outcome,) = _cleaned(sitting, [sitting.path(name)])
    if isinstance(outcome, Refused):
        return {"name": visible(name), "text": "", "binary": False, "refused": visible(outcome.why)}
    if outcome.result.document.is_container:
        return {"name": visible(name), "text": "", "binary": True, "refused": ""}
    text = visible_lines(outcome.result.source)
    return {"name": visible(name), "text": text, "binary": False, "refused": ""}


def fix(sitting: Sitting, *, backup: bool) -> Plain:
    """Clean the documents in place, and keep what has to be looked up in the source.

    Raises:
        RuleError, ConfigError: the rules or the settings are wrong; nothing is written.
    """
    with sitting.lock:
        paths = _paths(sitting)
        in_git = all(git.tracks(path) for path in paths.values())
        before = {path: _backups(path) for path in paths.values()}
        lookups.read_lookups(sitting.project.lookups)  # if it is wrong, nothing is written
        written: list[str] = []
        refused: list[Plain] = []
        found: list[lookups.Lookup] = []
        today = date.today().isoformat()
        cleaned = _cleaned(sitting, list(paths.values()))
        try:
            outcomes = write_each(cleaned, InPlace(backup=backup or None))
            for name, outcome in zip(paths, outcomes, strict=True):
                if isinstance(outcome, Refused):
                    refused.append({"name": visible(name), "why": visible(outcome.why)})
                    continue
                found += lookups.lookups_of(outcome, sitting.project.folder, date=today)
                if outcome.written.changed:
                    written.append(visible(name))
        finally:  # also if somebody ends the program: what is covered up now is on record
            lookups.keep(sitting.project.lookups, found)
            sitting.files_changed()
        kept = [path.name for old, known in before.items() for path in _backups(old) - known]
        return {
            "written": written,
            "refused": refused,
            "kept": sorted(visible(name) for name in kept),
            "way_back": _way_back(written, kept, in_git=in_git),
        }


def _way_back(written: Sequence[str], kept: Sequence[str], *, in_git: bool) -> str:
    if not written:
        return "Nothing was changed."
    if len(kept) >= len(written):
        return "Each file as it was is beside it, with .orig behind its name."
    if in_git:
        return "git has each file as you committed it: git restore FILE brings it back."
    return "The files as they were are not kept."


def _paths(sitting: Sitting) -> dict[str, Path]:
    """Return the documents that exist, by name."""
    paths = {name: sitting.path(name) for name in sitting.names}
    return {name: path for name, path in paths.items() if is_file(path)}


def _cleaned(sitting: Sitting, paths: Sequence[Path]) -> Iterator[Outcome]:
    """Clean documents with the rules as they are now, and with those that were accepted."""
    here = [Path(seen_from(path, Path.cwd())) for path in paths]
    return Selection(_settings(sitting), named=here).clean(here)


def _settings(sitting: Sitting) -> Config:
    """Return the settings; accepted rules count, whether or not the configuration reads them."""
    project = sitting.project
    if project.unused() and exists(project.accept_to):
        return project.config.overlaid(rules=(project.accept_to,))
    return project.config


def _difference(name: str, cleaned: Cleaned) -> Iterator[str]:
    """Yield what changes in a file as the lines of a diff; of a container, in its text."""
    result = cleaned.result
    if result.document.is_container:
        return unified(name, result.document.text, result.text)
    return unified(name, result.document.source, result.source)


def _backups(path: Path) -> set[Path]:
    return {one for one in path.parent.iterdir() if one.name.startswith(f"{path.name}.orig")}

"""Which rules act on which files: what the configuration and the command line ask for, made ready
for use.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from cleaner import rulebook
from cleaner.engine.cleaner import IDLE, Cleaner
from cleaner.engine.index import Index
from cleaner.engine.silence import Ignore
from cleaner.errors import RefusedError, UsageError
from cleaner.project import files
from cleaner.project.config import Config, Ignored
from cleaner.project.corpus import Cleaned, Local, Refused, clean_files, clean_source
from cleaner.rules.model import Level, RuleSet, check_glob
from cleaner.text.visible import shortened


@contextmanager
def _placed(config: Config) -> Iterator[None]:
    """What is wrong with the configuration is said with its line."""
    try:
        yield
    except UsageError as error:
        raise config.placed(error) from None


def ruleset(config: Config) -> RuleSet:
    """The rules, proven, at the levels and with the canonical forms they were written with.

    Raises:
        RuleError: a rule file is wrong.
        UsageError, ConfigError: there are no rules, or not where the configuration says.
    """
    with _placed(config):
        _check_paths(config)
        rules = rulebook.load_rules(*config.rules, bundled=config.bundled)
        _check_number(len(rules))
    return rules


def _check_paths(config: Config) -> None:
    for path in config.file.table.get("rules", ()) if config.file else ():
        if config.file and not (config.file.folder / path).exists():
            raise UsageError(
                f"there is no file or folder “{path}”; paths are seen from this file", "rules", path
            )


def _check_number(rules: int) -> None:
    if not rules:
        raise UsageError(
            "there are no rules: give --rules PATH, or use those that come with cleaner", "bundled"
        )


def styled(config: Config, rules: RuleSet) -> RuleSet:
    """The rules at the project's levels and in its house style.

    Raises:
        UsageError, ConfigError: no rule has that name or that id, or it cannot be at that level.
    """
    with _placed(config):
        return rulebook.with_settings(rules, prefer=config.prefer, levels=config.levels)


def index(config: Config) -> Index:
    """The rules as the project wants them, ready for a `Cleaner`; from the cache, if no rule file
    has changed.

    Raises:
        RuleError, UsageError, ConfigError: see `ruleset` and `styled`.
    """
    with _placed(config):
        _check_paths(config)
        found = rulebook.load_index(
            *config.rules, bundled=config.bundled, prefer=config.prefer, levels=config.levels
        )
        _check_number(len(found.rules))
    return found


def cleaner(config: Config, rules: Index, level: Level = "fix", *, remarks: bool = True) -> Cleaner:
    """A `Cleaner` in which only the rules that the globs of the configuration leave may act.

    Raises:
        UsageError, ConfigError: a glob matches no rule.
    """
    ids = (*rules.rules, *rules.off, IDLE)
    with _placed(config):
        for key, globs in (("select", config.select), ("ignore", config.ignore)):
            for glob in globs:
                check_glob(ids, glob, key)
        for number, entry in enumerate(config.ignores):
            check_glob(ids, entry.rule, "ignores", number)
        for pattern, globs in config.per_file_ignores.items():
            for glob in globs:
                check_glob(ids, glob, "per-file-ignores", pattern)
    return Cleaner(rules, level=level, acts=lambda id_: acts(config, id_), remarks=remarks)


def acts(config: Config, rule: str) -> bool:
    """Whether the configuration lets a rule act, by its id."""
    return (not config.select or _matches(rule, config.select)) and not _matches(
        rule, config.ignore
    )


class Selection:
    """Cleans files as a project wants it: its rules, and in each file those that are not ignored
    there.

    Raises:
        RuleError, UsageError, ConfigError: see `index` and `cleaner`.
    """

    def __init__(self, config: Config, level: Level = "fix", *, remarks: bool = True) -> None:
        rules = index(config)
        self.cleaner = cleaner(config, rules, level, remarks=remarks)
        self._config = config
        self._ids = tuple(rules.rules)
        self._wanted: set[Ignored] = set()  # entries about files that were seen
        self._used: set[Ignored] = set()

    def clean(self, paths: Iterable[Path | RefusedError]) -> Iterator[Cleaned | Refused]:
        """What becomes of each file; nothing is written."""
        for outcome in clean_files(self.cleaner, paths, self._config.encoding, self.local):
            if isinstance(outcome, Cleaned):
                self._note(outcome)
            yield outcome

    def clean_data(self, data: bytes, name: Path) -> Cleaned:
        """What becomes of bytes that a file of that name might hold.

        Raises:
            RefusedError, GuaranteeError: they are no text, or the result could not be proven
            harmless.
        """
        source = files.decode(data, name, self._config.encoding)
        self._note(outcome := clean_source(self.cleaner, source, self.local(name)))
        return outcome

    def idle(self) -> list[str]:
        """A line for each entry of `ignores` about files that were cleaned in which it silenced
        nothing.
        """
        entries = self._config.ignores
        return [
            f"{self._config.place('ignores', number)}: silences nothing: {entry.rule} says nothing about "
            f"“{shortened(entry.text)}” in {entry.file}; take the entry out"
            for number, entry in enumerate(entries)
            if entry in self._wanted - self._used
            and all(acts(self._config, id_) for id_ in self._of(entry))
        ]

    def local(self, path: Path) -> Local:
        """What is special about a file: rules that do not act there, and texts in it that rules
        leave alone.
        """
        return Local(_matching(self._config.ignored(path), (*self._ids, IDLE)), self._ignores(path))

    def _ignores(self, path: Path) -> list[Ignore]:
        return [Ignore(entry.rule, entry.text) for entry in self._config.ignores_for(path)]

    def _note(self, outcome: Cleaned) -> None:
        for entry in self._config.ignores_for(outcome.source.path):
            self._wanted.add(entry)
            if Ignore(entry.rule, entry.text) in outcome.result.used:
                self._used.add(entry)

    def _of(self, entry: Ignored) -> Collection[str]:
        return _matching((entry.rule,), self._ids)


@cache
def _matching(globs: tuple[str, ...], ids: tuple[str, ...]) -> frozenset[str]:
    return frozenset(id_ for id_ in ids if _matches(id_, globs))


def _matches(id_: str, globs: Iterable[str]) -> bool:
    return any(fnmatchcase(id_, glob) for glob in globs)


def discover(config: Config, paths: Iterable[Path]) -> tuple[list[Path | RefusedError], list[str]]:
    """The files meant by `paths` (see `files.discover`) without those that the configuration
    excludes, and a note for each path that was given by name and is passed over.
    """
    notes = {path: skipped(config, path) for path in paths}
    found = files.discover([path for path, note in notes.items() if not note], config.excludes)
    return list(found), [note for note in notes.values() if note]


def skipped(config: Config, path: Path) -> str | None:
    """Why a path that was given by name is passed over, and the way out; None if it is not."""
    if pattern := config.excludes(path, folder=path.is_dir()):
        return f"{path}: skipped: {config.origin('exclude')} excludes “{pattern}” (--no-exclude does it all the same)"
    return None

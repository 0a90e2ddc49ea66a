"""Which rules act on which files: the configuration and the command line, made ready for use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from cleaner import formats, rulebook
from cleaner.engine.cleaner import IDLE, Cleaner
from cleaner.engine.index import Index
from cleaner.engine.silence import Ignore
from cleaner.errors import RefusedError, UsageError
from cleaner.project import files
from cleaner.project.config import Config, Ignored
from cleaner.project.corpus import Cleaned, Local, Outcome, clean_files, clean_source
from cleaner.reading import exists, is_folder, real_path
from cleaner.rules.model import Level, RuleSet, check_glob
from cleaner.text.counting import count
from cleaner.text.visible import shortened

_LISTED = 5  # endings of files that are left out, the most frequent ones


@contextmanager
def _placed(config: Config) -> Iterator[None]:
    """Add the line of the configuration to an error that the configuration caused."""
    try:
        yield
    except UsageError as error:
        raise config.placed(error) from None


def ruleset(config: Config) -> RuleSet:
    """Return the rules of a project, proven, at the levels and with the forms they were written.

    Raises:
        RuleError: a rule file is wrong.
        UsageError, ConfigError: there are no rules, or none where the configuration says.
    """
    with _placed(config):
        _check_paths(config)
        rules = rulebook.load_rules(*config.rules, bundled=config.bundled)
        _check_number(len(rules))
    return rules


def _check_paths(config: Config) -> None:
    file = config.file
    if file is None:
        return
    for path in file.table.get("rules", ()):
        if not exists(file.folder / path):
            what = f"there is no file or folder “{path}”; paths are relative to this file"
            raise UsageError(what, "rules", path)


def _check_number(rules: int) -> None:
    if not rules:
        what = "there are no rules: give --rules PATH, or use those that come with cleaner"
        raise UsageError(what, "bundled")


def styled(config: Config, rules: RuleSet) -> RuleSet:
    """Return rules at the project's levels and in its house style.

    Raises:
        UsageError, ConfigError: no rule has that name or that id, or it cannot be at that level.
    """
    with _placed(config):
        return rulebook.with_settings(rules, prefer=config.prefer, levels=config.levels)


def index(config: Config) -> Index:
    """Return the rules of a project, styled and compiled.

    They come from the cache if no rule file has changed.

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
    """Return a cleaner in which only the rules that the configuration selects may act.

    Raises:
        UsageError, ConfigError: a glob matches no rule.
    """
    ids = (*rules.rules, *rules.off, IDLE)
    with _placed(config):
        _check_globs(config, ids)
    return Cleaner(rules, level=level, acts=lambda id_: acts(config, id_), remarks=remarks)


def _check_globs(config: Config, ids: Collection[str]) -> None:
    for glob in config.select:
        check_glob(ids, glob, "select")
    for glob in config.ignore:
        check_glob(ids, glob, "ignore")
    for number, entry in enumerate(config.ignores):
        check_glob(ids, entry.rule, "ignores", number)
    for pattern, globs in config.per_file_ignores.items():
        for glob in globs:
            check_glob(ids, glob, "per-file-ignores", pattern)


def acts(config: Config, rule: str) -> bool:
    """Return whether the configuration lets a rule act, by its id."""
    selected = not config.select or _matches(rule, config.select)
    return selected and not _matches(rule, config.ignore)


class Selection:
    """Cleans files with the rules of a project; in each file without those that are ignored there.

    `named` are the paths that were given by name; see `read_as`.

    Raises:
        RuleError, UsageError, ConfigError: see `index` and `cleaner`.
    """

    def __init__(
        self,
        config: Config,
        level: Level = "fix",
        *,
        remarks: bool = True,
        named: Iterable[Path] = (),
    ) -> None:
        rules = index(config)
        self._named = frozenset(named)
        self.cleaner = cleaner(config, rules, level, remarks=remarks)
        self._config = config
        self._ids = tuple(rules.rules)
        self._seen: set[Ignored] = set()  # entries of `ignores` about files that were cleaned
        self._used: set[Ignored] = set()  # those of them that suppressed a rule

    def clean(self, paths: Iterable[Path | RefusedError]) -> Iterator[Outcome]:
        """Clean each file; nothing is written."""
        for outcome in clean_files(self.cleaner, paths, self._config.encoding, self.local):
            if isinstance(outcome, Cleaned):
                self._note(outcome)
            yield outcome

    def clean_data(self, data: bytes, name: Path) -> Cleaned:
        """Clean bytes as if they were read from a file of that name.

        Raises:
            RefusedError, GuaranteeError: they are no text, or the result could not be proven
                harmless.
        """
        source = files.decode(data, name, self._config.encoding)
        cleaned = clean_source(self.cleaner, source, self.local(name))
        self._note(cleaned)
        return cleaned

    def local(self, path: Path) -> Local:
        """Return what is special about a file, by the configuration."""
        disabled = _matching(self._config.ignored(path), (*self._ids, IDLE))
        entries = self._config.ignores_for(path)
        ignores = [Ignore(entry.rule, entry.text) for entry in entries]
        return Local(disabled, ignores, read_as(self._config, path, self._named))

    def idle(self) -> list[str]:
        """Return a line for each entry of `ignores` that suppressed nothing.

        Only entries about files that were cleaned count, and only those whose rules may act.
        """
        lines: list[str] = []
        for number, entry in enumerate(self._config.ignores):
            if entry not in self._seen or entry in self._used:
                continue
            rules = _matching((entry.rule,), self._ids)
            if all(acts(self._config, id_) for id_ in rules):
                place = self._config.place("ignores", number)
                text = shortened(entry.text)
                what = f"{entry.rule} finds nothing in “{text}” in {entry.file}"
                lines.append(f"{place}: suppresses nothing: {what}; remove the entry")
        return lines

    def _note(self, outcome: Cleaned) -> None:
        """Remember which entries of `ignores` are about this file, and which suppressed a rule."""
        for entry in self._config.ignores_for(outcome.source.path):
            self._seen.add(entry)
            if Ignore(entry.rule, entry.text) in outcome.result.used:
                self._used.add(entry)


@cache
def _matching(globs: tuple[str, ...], ids: tuple[str, ...]) -> frozenset[str]:
    return frozenset(id_ for id_ in ids if _matches(id_, globs))


def _matches(id_: str, globs: Iterable[str]) -> bool:
    return any(fnmatchcase(id_, glob) for glob in globs)


def read_as(config: Config, path: Path, named: Collection[Path]) -> str:
    """Return the format that the command line wants a file to be read as; "" for that of its name.

    A file that was found in a folder, and has a reader of its own, is read by that one.
    """
    if config.read_as and (path in named or not files.has_reader(path)):
        return config.read_as
    return ""


def discover(
    config: Config, paths: Iterable[Path], *, own: Collection[Path] = ()
) -> tuple[list[Path | RefusedError], list[str]]:
    """Return the files that are meant by paths, without those that the configuration excludes.

    The second list has a note for each path that was given by name and is skipped, and one about
    the files in folders that no format reads. It does not count the configuration, its rules and
    what is in `own`. See `files.discover` for how folders are walked.
    """
    wanted: list[Path] = []
    notes: list[str] = []
    for path in dict.fromkeys(paths):
        note = skipped(config, path)
        if note:
            notes.append(note)
        else:
            wanted.append(path)
    left_out: set[Path] = set()
    not_texts = [real_path(one) for one in (*own, *_own(config))]

    def reads(path: Path) -> bool:
        if files.has_reader(path):
            return True
        is_hidden = path.name.startswith(".")  # git lists these too
        if not (is_hidden or config.read_as or _is_below(path, not_texts)):
            left_out.add(path)
        return not is_hidden and bool(config.read_as)

    found = list(files.discover(wanted, config.excludes, reads))
    if left_out:
        notes.append(_left_out(left_out))
    return found, notes


def _own(config: Config) -> Sequence[Path]:
    """Return the configuration and its rules, which nobody expects to be cleaned."""
    return [config.file.path, *config.rules] if config.file else []


def _is_below(path: Path, parents: Iterable[Path]) -> bool:
    resolved = real_path(path)
    return any(resolved.is_relative_to(parent) for parent in parents)


def _left_out(paths: Iterable[Path]) -> str:
    """Say how many files of which endings no format reads.

    >>> _left_out([Path("a.html"), Path("b.po"), Path("c.HTML"), Path("LICENSE")])
    'left out: 4 files of formats that cleaner does not read (.html 2, .po 1, no ending 1); \
--read-as text reads them as plain text'
    """
    endings = Counter(formats.suffix_of(path.name) for path in paths)
    by_number = sorted(endings.items(), key=lambda item: (-item[1], item[0] == "", item[0]))
    listed = [f"{ending or 'no ending'} {number:,}" for ending, number in by_number[:_LISTED]]
    others = sum(number for _, number in by_number[_LISTED:])
    if others:
        listed.append(f"others {others:,}")
    number = count(endings.total(), "file")
    what = f"{number} of formats that cleaner does not read ({', '.join(listed)})"
    return f"left out: {what}; --read-as {formats.plain.NAME} reads them as plain text"


def skipped(config: Config, path: Path) -> str | None:
    """Say why a path that was given by name is skipped, and what to do; None if it is not."""
    pattern = config.excludes(path, folder=is_folder(path))
    if not pattern:
        return None
    where = config.origin("exclude")
    return f"{path}: skipped: {where} excludes “{pattern}” (--no-exclude reads it all the same)"

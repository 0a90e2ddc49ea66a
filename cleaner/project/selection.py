"""Which rules act on which files: the configuration and the command line, made ready for use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TypeVar

from cleaner import formats, rulebook
from cleaner.engine.cleaner import Cleaner
from cleaner.engine.comments import IDLE
from cleaner.engine.findings import Finding, Result
from cleaner.engine.index import Index
from cleaner.engine.silence import Ignore, ignores_for
from cleaner.engine.trace import NO_TRACER, Tracer
from cleaner.errors import GuaranteeError, RefusedError, UsageError
from cleaner.project import corpus, files
from cleaner.project.config import Config, Ignored
from cleaner.project.corpus import (
    Cleaned,
    Local,
    Outcome,
    Refused,
    clean_file,
    clean_files,
    clean_path,
    refused,
    unproven,
)
from cleaner.reading import exists, is_folder, open_regular, real_path
from cleaner.rules.model import Level, RuleSet
from cleaner.rules.selectors import any_selects, check_selector
from cleaner.text.counting import count
from cleaner.text.visible import shortened

R = TypeVar("R")

# From so many files, or so many bytes in several files, a pool of processes pays.
_MANY = 100
_LARGE = 1_000_000
_FEWEST = 2
_AT_ONCE = 8  # files that a process gets at a time
_LISTED = 5  # endings of files that are left out, the most frequent ones
_BEGINNING = 65_536  # bytes of a file in which it declares its language


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
        check_paths(config)
        rules = rulebook.load_rules(*config.rules, bundled=config.bundled)
        _check_number(len(rules))
    return rules


def check_paths(config: Config, *, later: Path | None = None) -> None:
    """Refuse a configuration that names rules which do not exist.

    Args:
        config: the configuration.
        later: a file that may be made later, and the folders above it.

    Raises:
        ConfigError: it names some.
    """
    file = config.file
    if file is None:
        return
    for path in file.table.get("rules", ()):
        place = file.folder / path
        if exists(place) or (later and later.is_relative_to(place)):
            continue
        what = f"there is no file or folder “{path}”; paths are relative to this file"
        raise config.placed(UsageError(what, "rules", path))


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
        check_paths(config)
        found = rulebook.load_index(
            *config.rules, bundled=config.bundled, prefer=config.prefer, levels=config.levels
        )
        _check_number(len(found.rules))
    return found


def written(config: Config) -> Index:
    """Return what `ruleset` does, compiled and without examples.

    The rules come from the cache if no rule file has changed: reading and proving them takes a
    second.

    Raises:
        RuleError, UsageError, ConfigError: see `ruleset`.
    """
    with _placed(config):
        check_paths(config)
        found = rulebook.load_index(*config.rules, bundled=config.bundled)
        _check_number(len(found.rules))
    return found


def cleaner(
    config: Config,
    rules: Index,
    level: Level = "fix",
    *,
    remarks: bool = True,
    damaged: bool = False,
) -> Cleaner:
    """Return a cleaner in which only the rules that the configuration selects may act.

    Raises:
        UsageError, ConfigError: a selector stands for no rule.
    """
    check_selectors(config, rules)
    return Cleaner(
        rules,
        level=level,
        acts=lambda id_: acts(config, id_),
        remarks=remarks,
        damaged=damaged,
    )


def check_selectors(config: Config, rules: Index) -> None:
    """Refuse a selector of the configuration or the command line that stands for no rule.

    Raises:
        UsageError, ConfigError: there is one.
    """
    if not (config.select or config.ignore or config.ignores or config.per_file_ignores):
        return  # the ids are many, and each has to be read
    ids = (*rules.rules, *rules.off, IDLE)
    with _placed(config):
        for selector in config.select:
            check_selector(ids, selector, "select")
        for selector in config.ignore:
            check_selector(ids, selector, "ignore")
        for number, entry in enumerate(config.ignores):
            check_selector(ids, entry.rule, "ignores", number)
        for pattern, selectors in config.per_file_ignores.items():
            for selector in selectors:
                check_selector(ids, selector, "per-file-ignores", pattern)


def acts(config: Config, rule: str) -> bool:
    """Return whether the configuration lets a rule act, by its id."""
    selected = not config.select or any_selects(config.select, rule)
    return selected and not any_selects(config.ignore, rule)


class Selection:
    """Cleans files with the rules of a project; in each file without those that are ignored there.

    `named` are the paths that were given by name; see `read_as`. `required` is whether data among
    them has to have the fields that are asked for. `damaged` treats every file as damaged. `tracer`
    is told what becomes of every edit, in this process only.

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
        required: bool = True,
        damaged: bool = False,
        tracer: Tracer = NO_TRACER,
    ) -> None:
        rules = index(config)
        self._named, self._required = frozenset(named), required
        self.cleaner = cleaner(config, rules, level, remarks=remarks, damaged=damaged)
        self._config, self._level, self._tracer = config, level, tracer
        self._seen: set[Ignored] = set()  # entries of `ignores` about files that were noted
        self._used: set[Ignored] = set()  # those of them that suppressed a rule

    @cached_property
    def _ids(self) -> tuple[str, ...]:
        return tuple(self.cleaner.rules)

    def __reduce__(self) -> tuple[Callable[..., Selection], tuple[object, ...]]:
        """Return how another process makes the same selection: it loads the rules itself."""
        make = partial(
            Selection,
            self._config,
            self._level,
            remarks=self.cleaner.remarks,
            named=self._named,
            required=self._required,
            damaged=self.cleaner.damaged,
        )
        return make, ()

    def clean(self, paths: Iterable[Path | RefusedError]) -> Iterator[Outcome]:
        """Clean each file; nothing is written."""
        return clean_files(self.cleaner, paths, self._config.encoding, self.local)

    def each(
        self,
        found: Sequence[Path | RefusedError],
        finish: Callable[[Outcome], R],
        jobs: int | None = None,
        late: list[R] | None = None,
    ) -> Generator[R]:
        """Clean each file and yield what `finish` returns for it, in the order of the files.

        Args:
            found: the files, and what cannot be read.
            finish: is never interrupted; it may write the file. See `pool.in_order`.
            jobs: how many processes to use at most; None means one for each core if that pays.
            late: gets what was finished when this generator was closed, from the result that was
                yielded last. See `pool.in_order`.
        """
        items = [refused(one) if isinstance(one, RefusedError) else one for one in found]
        if jobs is None and not _pays(items):
            jobs = 1
        if jobs == 1 or len(items) < _FEWEST:
            yield from map(finish, map(self._cleaned, items))
            return
        from cleaner.project import pool

        number = min(jobs or pool.cores(), len(items))
        make = partial(getattr, self, "_cleaned")
        results = pool.in_order(make, items, number, finish=finish, at_once=_AT_ONCE, late=late)
        with closing(results):
            for result in results:
                if isinstance(result, pool.Died):
                    why = f"{result.why}; see whether it was changed, and run again"
                    yield finish(Refused(str(result.item), why))
                else:
                    yield result

    def _cleaned(self, item: Path | Refused) -> Outcome:
        if isinstance(item, Refused):
            return item
        return clean_path(self.cleaner, item, self._config.encoding, self.local, self._tracer)

    def clean_data(self, data: bytes, name: Path) -> Cleaned:
        """Clean bytes as if they were read from a file of that name.

        Raises:
            RefusedError, GuaranteeError: they are no text, or the result could not be proven
                harmless.
        """
        local = self.local(name)
        file = files.decode(data, name, self._config.encoding, local.reader(name))
        return clean_file(self.cleaner, file, local, self._tracer)

    def leaving(self, cleaned: Cleaned, findings: Iterable[Finding]) -> Outcome:
        """Clean a file again, and leave some of its findings in the text as they are."""
        path = cleaned.file.path
        places = [(finding.rules, finding.span) for finding in findings]
        local = self.local(path)
        left = ignores_for(cleaned.result.document.text, places)
        try:
            return clean_file(
                self.cleaner, cleaned.file, local._replace(ignores=[*local.ignores, *left])
            )
        except RefusedError as error:
            return refused(error)
        except GuaranteeError as error:
            return unproven(path, error)

    def what_is_left(self, cleaned: Cleaned) -> Result:
        """Return what rules still have to say of a cleaned file, also what changes nothing."""
        local = self.local(cleaned.file.path)
        cleaner = self.cleaner.with_remarks().without(local.disabled)
        return cleaner.clean(cleaned.result.source, cleaned.file.reader.read, local.ignores)

    def local(self, path: Path) -> Local:
        """Return what is special about a file, by the configuration."""
        ignored = self._config.ignored(path)
        disabled = _matching(ignored, (*self._ids, IDLE)) if ignored else frozenset[str]()
        entries = self._config.ignores_for(path)
        ignores = [Ignore(entry.rule, entry.text) for entry in entries]
        local = reading(self._config, path, self._named)
        required = local.required and self._required
        return local._replace(disabled=disabled, ignores=ignores, required=required)

    def idle(self) -> list[str]:
        """Return a line for each entry of `ignores` that suppressed nothing.

        Only entries about files that were noted count, and only those whose rules may act.
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

    def note(self, path: Path, used: Collection[Ignore]) -> None:
        """Remember that a file was cleaned, and which of its `ignores` suppressed a rule there."""
        for entry in self._config.ignores_for(path):
            self._seen.add(entry)
            if Ignore(entry.rule, entry.text) in used:
                self._used.add(entry)


def _pays(items: Sequence[Path | Refused]) -> bool:
    """Return whether there is so much to do that several processes are done before one is."""
    if len(items) >= _MANY:
        return True
    size = 0
    for item in items:
        with suppress(OSError, ValueError):
            size += item.stat().st_size if isinstance(item, Path) else 0
    return len(items) >= _FEWEST and size >= _LARGE


@cache
def _matching(selectors: tuple[str, ...], ids: tuple[str, ...]) -> frozenset[str]:
    return frozenset(id_ for id_ in ids if any_selects(selectors, id_))


def read_as(config: Config, path: Path, named: Collection[Path]) -> str:
    """Return the name of the format to read a file as; "" for the one that its own name tells.

    The command line counts for what it names, and in folders for files that nothing else would
    read; then comes the configuration.
    """
    by_config = config.format_of(path)
    if config.read_as and (path in named or not (by_config or files.has_reader(path))):
        return config.read_as
    return by_config


def reading(config: Config, path: Path, named: Collection[Path]) -> Local:
    """Return how a file is read, by the configuration and the command line; see `read_as`.

    Data that was found in a folder, where there may be any, need not have the fields.
    """
    format = read_as(config, path, named)
    return Local(read_as=format, fields=config.fields_of(path), required=path in named)


def read_file(config: Config, path: Path, named: Collection[Path] = ()) -> files.File:
    """Read a file as the configuration says; `named` are the paths on the command line.

    Raises:
        RefusedError: no format reads it, or it cannot be read.
    """
    return corpus.read_file(path, config.encoding, reading(config, path, named))


def discover(
    config: Config,
    paths: Iterable[Path],
    *,
    own: Collection[Path] = (),
    names_all: bool = False,
) -> tuple[list[Path | RefusedError], list[str]]:
    """Return the files that are meant by paths, without those that the configuration excludes.

    The second list has a note for each path that was given by name and is skipped, and notes about
    the files in folders that are left out, and with `names_all` their names. They do not count
    the configuration, its rules and what is in `own`. See `files.discover` for how folders are
    walked.
    """
    wanted: list[Path] = []
    notes: list[str] = []
    for path in dict.fromkeys(paths):
        note = skipped(config, path)
        if note:
            notes.append(note)
        else:
            wanted.append(path)
    left_out: dict[Path, str] = {}
    excluded: list[Path] = []
    not_texts = [real_path(one) for one in (*own, *_own(config))]

    def reads(path: Path) -> bool:
        why = _why_left_out(config, path)
        if why and not path.name.startswith(".") and not _is_below(path, not_texts):
            left_out[path] = why
        return not why

    def excludes(path: Path) -> bool:
        if not config.excludes(path):
            return False
        excluded.append(path)
        return True

    found = list(files.discover(wanted, excludes, reads))
    notes += _empty(wanted, found, excluded)
    for why in _REASONS:
        paths_left_out = [path for path, its in left_out.items() if its == why]
        if paths_left_out:
            notes.append(_left_out(paths_left_out, why))
            notes += (f"    {path}" for path in paths_left_out if names_all)
    return found, notes


def _empty(
    wanted: Sequence[Path], found: Sequence[Path | RefusedError], excluded: Sequence[Path]
) -> Iterator[str]:
    """Say which folders have nothing to read in them, or nothing that is not excluded.

    If there is only one, the command says that it has read nothing.
    """
    texts = [Path(one.path) if isinstance(one, RefusedError) else one for one in found]
    for folder in filter(is_folder, wanted):
        if _has(folder, texts):
            continue
        if _has(folder, excluded):
            yield f"{folder}: all files in it are excluded; cleaner config shows by what"
        elif len(wanted) > 1:
            yield f"{folder}: there is no file to read in it"


def _has(folder: Path, paths: Sequence[Path]) -> bool:
    """Return whether one of the paths is below a folder, however it is written."""
    if any(path.is_relative_to(folder) for path in paths):
        return True
    place = real_path(folder)
    return any(real_path(path).is_relative_to(place) for path in paths)


_UNREAD = "of formats that cleaner does not read"
_UNNAMED = "whose fields are not named"
_FOREIGN = "not declared to be English"
# Why files in a folder are left out, each with what to do about it.
_REASONS = {
    _UNREAD: f"--read-as {formats.plain.NAME} reads them as plain text",
    _UNNAMED: "name their fields with --field, or with `fields` in the configuration",
    _FOREIGN: "name them on the command line to read them all the same",
}


def _why_left_out(config: Config, path: Path) -> str:
    """Return why a file in a folder is left out, one of `_REASONS`; "" if it is read."""
    name = read_as(config, path, ())
    is_hidden = path.name.startswith(".")  # git lists these too
    suffix = formats.suffix_of(path.name)
    module = formats.named(name) if name else formats.with_suffix(suffix)
    if module is None or (is_hidden and name == config.read_as != ""):
        return _UNREAD
    needs = formats.in_folders(module)
    if needs == "fields" and not config.fields_of(path):
        return _UNNAMED
    if needs == "english" and not name and not _declares_english(module, path):
        return _FOREIGN
    return ""


def _declares_english(module: formats.Format, path: Path) -> bool:
    """Return whether a file declares that its text is English.

    One that cannot be read counts as English: reading it will say why it cannot be.
    """
    try:
        with open_regular(path) as file:
            return module.declares_english(file.read(_BEGINNING))
    except OSError:
        return True


def _own(config: Config) -> Sequence[Path]:
    """Return the configuration and its rules, which nobody expects to be cleaned."""
    return [config.file.path, *config.rules] if config.file else []


def _is_below(path: Path, parents: Iterable[Path]) -> bool:
    resolved = real_path(path)
    return any(resolved.is_relative_to(parent) for parent in parents)


def _left_out(paths: Iterable[Path], why: str) -> str:
    """Say how many files of which endings are left out, why, and what to do about it.

    >>> _left_out([Path("a.html"), Path("b.po"), Path("c.HTML"), Path("LICENSE")], _UNREAD)
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
    return f"left out: {number} {why} ({', '.join(listed)}); {_REASONS[why]}"


def skipped(config: Config, path: Path) -> str | None:
    """Say why a path that was given by name is skipped, and what to do; None if it is not."""
    pattern = config.excludes(path, folder=is_folder(path))
    if not pattern:
        return None
    if pattern in config.exclude_here:
        return f"{path}: skipped: --exclude {pattern}"
    where = config.origin("exclude")
    return f"{path}: skipped: {where} excludes “{pattern}” (--no-exclude reads it all the same)"

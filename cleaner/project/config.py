"""What a project sets once for all its commands: [tool.cleaner] in pyproject.toml, or cleaner.toml.

A file on the way of every start, so it is TOML (in the standard library), and nothing heavy is
imported for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, cast

from cleaner.errors import CleanerError, ConfigError, UsageError, did_you_mean
from cleaner.project.globs import Globs
from cleaner.project.tomlfile import TomlFile, nearest
from cleaner.rules.model import LEVELS, Level

Pivot = Literal["auto", "ko", "none"]
_PIVOTS = ("auto", "ko", "none")
_SHAPES = {
    bool: "true or false",
    str: "text",
    list: "a list",
    dict: "a table",
    int: "a number",
    float: "a number",
}
# what the command line replaces; it adds to others
_REPLACED = frozenset({"bundled", "exclude", "select", "encoding"})


class Ignored(NamedTuple):
    """A place where a rule is to hold its tongue: this text, in the files that match."""

    file: str  # a glob, as in `exclude`
    rule: str  # a glob of rule ids, as in `ignore`
    text: str  # what the rule would speak of, to the letter
    reason: str = ""


class Config(NamedTuple):
    """The settings of a project, those of the command line laid over them.

    Attributes:
        rules: files and folders of rules, later ones shadowing earlier ones, all of them the
            bundled ones.
        exclude: patterns of files that are left alone (see `cleaner.project.globs`).
        select: globs of rule ids; only these act. None given, all do.
        ignore: globs of rule ids that do not act.
        per_file_ignores: pattern of files -> globs of rule ids that do not act there.
        levels: glob of rule ids -> the level they get.
        prefer: house style, canonical form -> the alias to write.
        accept_to: the rules file into which review writes.
        pivot: the language between; "auto" looks for it, "none" does without.
        encoding: of the files that are cleaned.
        ignores: places where a rule is to hold its tongue.
        file: where the settings were read; None if there was no configuration.
        options: the keys that the command line set.
    """

    rules: tuple[Path, ...] = ()
    bundled: bool = True
    exclude: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    levels: Mapping[str, Level] = MappingProxyType({})
    prefer: Mapping[str, str] = MappingProxyType({})
    accept_to: Path | None = None
    pivot: Pivot = "auto"
    encoding: str = "utf-8"
    ignores: tuple[Ignored, ...] = ()
    file: TomlFile | None = None
    options: frozenset[str] = frozenset()

    def excludes(self, path: Path, *, folder: bool = False) -> str | None:
        """The pattern that excludes a file (or a folder), or None."""
        return (
            Globs(self.file.folder, self.exclude).match(path, folder=folder) if self.file else None
        )

    def ignored(self, path: Path) -> tuple[str, ...]:
        """The globs of rule ids that do not act in this file."""
        if not (self.file and self.per_file_ignores):
            return ()
        folder = self.file.folder
        found = [
            ids
            for pattern, ids in self.per_file_ignores.items()
            if Globs(folder, (pattern,)).match(path)
        ]
        return tuple(sorted({id_ for ids in found for id_ in ids}))

    def ignores_for(self, path: Path) -> list[Ignored]:
        """The entries of `ignores` that are about this file."""
        if not (self.file and self.ignores):
            return []
        folder = self.file.folder
        return [entry for entry in self.ignores if Globs(folder, (entry.file,)).match(path)]

    def place(self, *keys: str | int) -> str:
        """Where in the file a key stands: `cleaner.toml:3`."""
        return self.file.place(*keys) if self.file else "default"

    def overlaid(self, **options: Any) -> Config:
        """The settings with those of the command line over them.

        `bundled`, `exclude`, `select` and `encoding` take the place of the file's; `rules` and
        `ignore` are added to them, and so is `prefer`, where the command line has the last word on
        a name. None means: was not given.

        >>> config = Config(select=("names/*",), ignore=("names/places/*",))
        >>> laid = config.overlaid(select=("quotes/*",), ignore=("quotes/stray",))
        >>> laid.select, laid.ignore
        (('quotes/*',), ('names/places/*', 'quotes/stray'))
        """
        given = {key: value for key, value in options.items() if value is not None}
        laid: dict[str, Any] = dict(given)
        if "rules" in given:  # a layer named again is not loaded twice
            again = {path.resolve() for path in given["rules"]}
            laid["rules"] = (
                *(path for path in self.rules if path.resolve() not in again),
                *given["rules"],
            )
        if "ignore" in given:
            laid["ignore"] = (*self.ignore, *given["ignore"])
        if "prefer" in given:
            laid["prefer"] = {**self.prefer, **given["prefer"]}
        return self._replace(**laid, options=self.options | given.keys())

    def origin(self, key: str) -> str:
        """Where the value of a key comes from: `cleaner.toml:3`, `command line`, both, or
        `default`.
        """
        sources = [self.file.place(key)] if self.file and self._from_file(key) else []
        return (
            ", ".join([*sources, *(["command line"] if key in self.options else [])]) or "default"
        )

    def placed(self, error: UsageError) -> CleanerError:
        """The same error at its line, if it is about something that the configuration file asks
        for.
        """
        if self.file and error.about and self._from_file(key := str(error.about[0])):
            values, item = self.file.table[key], error.about[1:2]
            if (
                not item
                or isinstance(item[0], int)
                or (isinstance(values, (dict, list)) and item[0] in values)
            ):
                what, _, remedy = f"`{key}`: {error}".partition("; ")
                return self.file.error(error.about, what, remedy)
        return error

    def _from_file(self, key: str) -> bool:
        replaced = key in self.options & _REPLACED
        return bool(self.file and key in self.file.table and not replaced)


def load(folder: Path) -> Config:
    """The settings that hold in a folder: see `tomlfile.nearest` for where they are looked for.

    Raises:
        ConfigError: the file cannot be read, is no TOML, or a key or a value in it is wrong.
    """
    file = nearest(folder)
    return parse(file) if file else Config()


def parse(file: TomlFile) -> Config:
    """The settings of a file, checked.

    Raises:
        ConfigError: a key or a value is wrong, with `file:line`.
    """
    if not file.header and "tool" in file.table:
        what = f"there is no key `tool` in {file.path.name}"
        raise file.error(["tool"], what, "leave out [tool.cleaner]: its keys stand at the top here")
    table = _Entry(file, (), file.table).known(KEYS)
    return Config(
        file=file, **{key.replace("-", "_"): KEYS[key](entry) for key, entry in table.items()}
    )


class _Entry(NamedTuple):
    """A value of the file, and the keys that lead to it."""

    file: TomlFile
    keys: tuple[str | int, ...]
    value: Any

    @property
    def name(self) -> str:
        """The keys as TOML writes them, without the numbers of entries."""
        return ".".join(_bare(key) for key in self.keys if isinstance(key, str))

    @property
    def said(self) -> str:
        """What to call it in a message."""
        return f"an entry of `{self.name}`" if isinstance(self.keys[-1], int) else f"`{self.name}`"

    def error(self, what: str, remedy: str) -> ConfigError:
        return self.file.error(self.keys, what, remedy)

    def shaped(self, shape: type, wanted: str, remedy: str) -> Any:
        if isinstance(self.value, shape):
            return self.value
        raise self.error(
            f"{self.said} is {_SHAPES.get(type(self.value), 'a date')}, not {wanted}", remedy
        )

    def items(self, remedy: str) -> list[_Entry]:
        items = enumerate(self.shaped(list, "a list", remedy))
        return [_Entry(self.file, (*self.keys, number), item) for number, item in items]

    def table(self, example: str) -> dict[str, _Entry]:
        table = self.shaped(dict, "a table", f"write {self.name} = {{{example}}}")
        return {key: _Entry(self.file, (*self.keys, key), value) for key, value in table.items()}

    def known(self, keys: Iterable[str]) -> dict[str, _Entry]:
        table = self.table("")
        for key, entry in table.items():
            if key not in keys:
                where = f" in {self.said}" if self.keys else ""
                raise entry.error(f"there is no key `{key}`{where}", did_you_mean(key, keys))
        return table

    def text(self) -> str:
        if not self.shaped(str, "text", "put it into quotes").strip():
            raise self.error(f"{self.said} is empty", "write it out, or leave it out")
        return cast(str, self.value)

    def texts(self) -> tuple[str, ...]:
        return tuple(item.text() for item in self.items(f'write {self.name} = ["...", "..."]'))

    def one_of(self, what: str, known: Sequence[str]) -> str:
        if self.text() not in known:
            raise self.error(f"there is no {what} “{self.value}”", did_you_mean(self.value, known))
        return cast(str, self.value)

    def pattern(self, pattern: str) -> str:
        bare = pattern.removeprefix("!")
        if not bare.strip("/ "):
            raise self.error(
                f"the pattern “{pattern}” names nothing", "write a name, as in drafts/ or *.srt"
            )
        if bare.startswith(("./", "../")):
            remedy = "write it as seen from the folder of this file, as in /drafts/"
            raise self.error(f"the pattern “{pattern}” can match nothing", remedy)
        return pattern


def _bare(key: str) -> str:
    return key if re.fullmatch("[A-Za-z0-9_-]+", key) else f'"{key}"'


def _flag(entry: _Entry) -> bool:
    return bool(entry.shaped(bool, "true or false", f"write {entry.name} = false, without quotes"))


def _paths(entry: _Entry) -> tuple[Path, ...]:
    return tuple(entry.file.folder / path for path in entry.texts())


def _patterns(entry: _Entry) -> tuple[str, ...]:
    return tuple(map(entry.pattern, entry.texts()))


def _select(entry: _Entry) -> tuple[str, ...]:
    if entry.value == []:
        raise entry.error("`select` is an empty list", "name rules, as in names/*, or leave it out")
    return entry.texts()


def _per_file_ignores(entry: _Entry) -> dict[str, tuple[str, ...]]:
    table = entry.table('"lyrics/*" = ["quotes/*"]')
    for pattern, ids in table.items():
        if ids.pattern(pattern).startswith("!"):
            raise ids.error(
                f"`!` has no meaning in “{pattern}”", "name the files in which to ignore the rules"
            )
    return {pattern: ids.texts() for pattern, ids in table.items()}


def _levels(entry: _Entry) -> dict[str, Level]:
    table = entry.table('"quotes/*" = "suggest"')
    return {glob: cast(Level, level.one_of("level", LEVELS)) for glob, level in table.items()}


def _prefer(entry: _Entry) -> dict[str, str]:
    return {name: alias.text() for name, alias in entry.table('"Ma Yun" = "Jack Ma"').items()}


def _accept_to(entry: _Entry) -> Path:
    """The one file that a configuration lets be written: it has to be a rule file of this very
    project.
    """
    path = Path(entry.text())
    if path.is_absolute() or ".." in path.parts:
        remedy = "name a file in it, as in rules/accepted.yaml"
        raise entry.error(f"“{entry.value}” lies outside the folder of this file", remedy)
    if path.suffix not in {".yaml", ".yml"}:
        raise entry.error(
            f"“{entry.value}” is no rule file", "name a .yaml file, as in rules/accepted.yaml"
        )
    return entry.file.folder / path


def _pivot(entry: _Entry) -> Pivot:
    return cast(Pivot, entry.one_of("pivot", _PIVOTS))


def _encoding(entry: _Entry) -> str:
    name = entry.text()
    try:
        "".encode(name)
    except (LookupError, ValueError):
        raise entry.error(
            f"there is no encoding “{name}” for texts", 'write "utf-8", "cp949" or the like'
        ) from None
    return name


def _ignores(entry: _Entry) -> tuple[Ignored, ...]:
    out = []
    remedy = "write [[ignores]], and under it file, rule and text"
    for item in entry.items(remedy):
        item.shaped(dict, "a table", remedy)
        texts = item.known(Ignored._fields)
        if missing := [key for key in ("file", "rule", "text") if key not in texts]:
            raise item.error(
                f"`{missing[0]}` is missing in {item.said}", "it needs file, rule and text"
            )
        texts["file"].pattern(texts["file"].text())
        out.append(Ignored(**{key: text.text() for key, text in texts.items()}))
    return tuple(out)


KEYS: Mapping[str, Callable[[_Entry], Any]] = {
    "rules": _paths,
    "bundled": _flag,
    "exclude": _patterns,
    "select": _select,
    "ignore": _Entry.texts,
    "per-file-ignores": _per_file_ignores,
    "levels": _levels,
    "prefer": _prefer,
    "accept-to": _accept_to,
    "pivot": _pivot,
    "encoding": _encoding,
    "ignores": _ignores,
}

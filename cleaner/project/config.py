"""The settings of a project: [tool.cleaner] in pyproject.toml, or cleaner.toml.

Every command reads them when it starts, so the format is TOML (it is in the standard library), and
nothing heavy is imported for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, cast

from cleaner import formats
from cleaner.errors import CleanerError, ConfigError, UsageError, did_you_mean
from cleaner.project import tomlfile
from cleaner.project.files import text_encoding
from cleaner.project.globs import Globs
from cleaner.project.tomlfile import TomlFile, nearest
from cleaner.reading import real_path
from cleaner.rules.model import LEVELS, Level

Pivot = Literal["auto", "ko", "none"]
PIVOTS = ("auto", "ko", "none")
_SHAPES = {
    bool: "true or false",
    str: "text",
    list: "a list",
    dict: "a table",
    int: "a number",
    float: "a number",
}
# Keys whose value the command line replaces; to the other keys it adds.
_REPLACED = frozenset({"bundled", "exclude", "select", "encoding", "fields"})
ALL_FILES = "*"  # the pattern of files that fields are for if they are a plain list


class Ignored(NamedTuple):
    """A text that a rule must not change in some files.

    Attributes:
        file: a pattern of files, as in `exclude`.
        rule: a selector of rules, as in `ignore`.
        text: the exact text that the rule would change or report.
        reason: why, for those who read the configuration.
    """

    file: str
    rule: str
    text: str
    reason: str = ""


class NameLists(NamedTuple):
    """Where the names that are known to be right come from, besides the rules.

    Attributes:
        glossaries: files with lists of names.
        gazetteer: whether the bundled gazetteer counts; None if it does unless there are lists.
    """

    glossaries: tuple[Path, ...] = ()
    gazetteer: bool | None = None


class Config(NamedTuple):
    """The settings of a project, with those of the command line over them.

    Attributes:
        rules: files and folders of rules; later ones override earlier ones, and all of them the
            bundled rules.
        bundled: whether the rules that come with the package are used.
        exclude: patterns of files that are left alone (see `cleaner.project.globs`).
        select: selectors of the only rules that act (see `rules.selectors`); without any, all act.
        ignore: selectors of rules that do not act.
        per_file_ignores: pattern of files -> selectors of rules that do not act in them.
        levels: selector of rules -> the level that these rules get.
        prefer: house style: canonical form -> the alias to write instead.
        accept_to: the rules file into which review writes.
        names: where right names come from.
        pivot: the pivot language; "auto" looks for it in each text, "none" means there is none.
        encoding: the encoding of the files that are cleaned.
        ignores: texts that rules must not change.
        formats: pattern of files -> the name of the format to read them as.
        fields: pattern of files -> the fields that hold text in them, for formats with fields.
        file: the file with the settings; None if there was no configuration.
        options: the keys that the command line set.
        read_as: the format to read files as (see `selection.read_as`); "" to go by their names.
            Only the command line can set it.
        exclude_here: patterns like those of `exclude`, relative to the working folder. Only the
            command line can set them.
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
    names: NameLists = NameLists()
    pivot: Pivot = "auto"
    encoding: str = "utf-8"
    ignores: tuple[Ignored, ...] = ()
    formats: Mapping[str, str] = MappingProxyType({})
    fields: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    file: TomlFile | None = None
    options: frozenset[str] = frozenset()
    read_as: str = ""
    exclude_here: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[Callable[..., Config], tuple[object, ...]]:
        """Say how to pickle it, so that it can be sent to another process."""
        thawed = (dict(one) if isinstance(one, MappingProxyType) else one for one in self)
        return Config, tuple(thawed)

    def excludes(self, path: Path, *, folder: bool = False) -> str | None:
        """Return the pattern that excludes a file (or a folder), or None."""
        if self.exclude_here:
            pattern = Globs(real_path(Path()), self.exclude_here).match(path, folder=folder)
            if pattern:
                return pattern
        if self.file is None:
            return None
        return Globs(self.file.folder, self.exclude).match(path, folder=folder)

    def ignored(self, path: Path) -> tuple[str, ...]:
        """Return the selectors of rules that do not act in this file."""
        selectors: set[str] = set()
        for pattern, ids in self.per_file_ignores.items():
            if self._matches(pattern, path):
                selectors.update(ids)
        return tuple(sorted(selectors))

    def ignores_for(self, path: Path) -> list[Ignored]:
        """Return the entries of `ignores` that are about this file."""
        return [entry for entry in self.ignores if self._matches(entry.file, path)]

    def format_of(self, path: Path) -> str:
        """Return the name of the format that the configuration gives this file; "" if none.

        The last pattern that matches decides.
        """
        names = [name for pattern, name in self.formats.items() if self._matches(pattern, path)]
        return names[-1] if names else ""

    def fields_of(self, path: Path) -> tuple[str, ...]:
        """Return the fields that hold text in this file. The last pattern that matches decides."""
        fields: tuple[str, ...] = ()
        for pattern, names in self.fields.items():
            if pattern == ALL_FILES or self._matches(pattern, path):
                fields = names
        return fields

    def _matches(self, pattern: str, path: Path) -> bool:
        """Return whether a pattern of the configuration file matches a path."""
        if self.file is None:
            return False
        return bool(Globs(self.file.folder, (pattern,)).match(path))

    def place(self, *keys: str | int) -> str:
        """Return where in the file a key is: `cleaner.toml:3`."""
        return self.file.place(*keys) if self.file else "default"

    def overlaid(self, **options: Any) -> Config:
        """Return the settings with those of the command line over them.

        `bundled`, `exclude`, `select`, `encoding` and `fields` replace those of the file. `rules`
        and `ignore` are added to them, and so is `prefer`, where the command line wins for a name
        that both have. None means that an option was not given.

        >>> config = Config(select=("names/*",), ignore=("names/places/*",))
        >>> laid = config.overlaid(select=("quotes/*",), ignore=("quotes/stray",))
        >>> laid.select, laid.ignore
        (('quotes/*',), ('names/places/*', 'quotes/stray'))
        """
        given = {key: value for key, value in options.items() if value is not None}
        laid: dict[str, Any] = dict(given)
        if "rules" in given:
            again = {real_path(path) for path in given["rules"]}  # these are not loaded twice
            others = (path for path in self.rules if real_path(path) not in again)
            laid["rules"] = (*others, *given["rules"])
        if "ignore" in given:
            laid["ignore"] = (*self.ignore, *given["ignore"])
        if "prefer" in given:
            laid["prefer"] = {**self.prefer, **given["prefer"]}
        return self._replace(**laid, options=self.options | given.keys())

    def origin(self, key: str) -> str:
        """Return where a value comes from: `cleaner.toml:3`, `command line`, both, or `default`."""
        sources: list[str] = []
        if self.file and self._is_from_file(key):
            sources.append(self.file.place(key))
        if key in self.options:
            sources.append("command line")
        return ", ".join(sources) or "default"

    def placed(self, error: UsageError) -> CleanerError:
        """Return an error with its line, if the configuration file asked for what is wrong."""
        if self.file is None or not error.about:
            return error
        key, *item = error.about
        if not self._is_from_file(str(key)):
            return error
        values = self.file.table[str(key)]
        is_an_item = not item or isinstance(item[0], int)
        if not is_an_item and not (isinstance(values, (dict, list)) and item[0] in values):
            return error
        what, _, remedy = f"`{key}`: {error}".partition("; ")
        return self.file.error(error.about, what, remedy)

    def _is_from_file(self, key: str) -> bool:
        """Return whether the file has a key and the command line does not replace it."""
        replaced = key in self.options & _REPLACED
        return bool(self.file and key in self.file.table and not replaced)


def load(folder: Path) -> Config:
    """Return the settings of a folder; `tomlfile.nearest` says which files are read.

    Raises:
        ConfigError: the file cannot be read or is not TOML, or a key or a value in it is wrong.
    """
    file = nearest(folder)
    return parse(file) if file else Config()


def parse_text(path: Path, text: str) -> Config:
    """Return the settings that a text gives as the content of a configuration file.

    Raises:
        ConfigError: it is not TOML, or a key or a value in it is wrong.
    """
    file = tomlfile.parse_text(path, text)
    return parse(file) if file else Config()


def parse(file: TomlFile) -> Config:
    """Return the settings of a file, checked.

    Raises:
        ConfigError: a key or a value is wrong, with `file:line`.
    """
    if not file.header and "tool" in file.table:
        what = f"there is no key `tool` in {file.path.name}"
        raise file.error(["tool"], what, "leave out [tool.cleaner]: here its keys are at the top")
    values: dict[str, Any] = {}
    for key, entry in _Entry(file, (), file.table).table_of(KEYS).items():
        values[key.replace("-", "_")] = KEYS[key](entry)
    return Config(file=file, **values)


class _Entry(NamedTuple):
    """A value of the file, and the keys that lead to it."""

    file: TomlFile
    keys: tuple[str | int, ...]
    value: Any

    @property
    def name(self) -> str:
        """The keys as TOML writes them, without the numbers of list items."""
        return ".".join(_bare(key) for key in self.keys if isinstance(key, str))

    @property
    def title(self) -> str:
        """What to call the value in a message."""
        if isinstance(self.keys[-1], int):
            return f"an entry of `{self.name}`"
        return f"`{self.name}`"

    def error(self, what: str, remedy: str) -> ConfigError:
        """Return an error about this value."""
        return self.file.error(self.keys, what, remedy)

    def of_type(self, wanted: type, name: str, remedy: str) -> Any:
        """Return the value if it has the wanted type; `name` is what to call that type."""
        if isinstance(self.value, wanted):
            return self.value
        shape = _SHAPES.get(type(self.value), "a date")
        raise self.error(f"{self.title} is {shape}, not {name}", remedy)

    def items(self, remedy: str) -> list[_Entry]:
        """Return the items of a list."""
        items = self.of_type(list, "a list", remedy)
        return [_Entry(self.file, (*self.keys, at), item) for at, item in enumerate(items)]

    def table(self, example: str) -> dict[str, _Entry]:
        """Return the values of a table by their keys; `example` is one entry of such a table."""
        table = self.of_type(dict, "a table", f"write {self.name} = {{{example}}}")
        return {key: _Entry(self.file, (*self.keys, key), value) for key, value in table.items()}

    def table_of(self, keys: Iterable[str]) -> dict[str, _Entry]:
        """Return the values of a table that may have only these keys."""
        table = self.table("")
        for key, entry in table.items():
            if key not in keys:
                where = f" in {self.title}" if self.keys else ""
                raise entry.error(f"there is no key `{key}`{where}", did_you_mean(key, keys))
        return table

    def text(self) -> str:
        """Return a text that is not empty."""
        text: str = self.of_type(str, "text", "put it into quotes")
        if not text.strip():
            raise self.error(f"{self.title} is empty", "write it out, or leave it out")
        return text

    def texts(self) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple(item.text() for item in self.items(f'write {self.name} = ["...", "..."]'))

    def one_of(self, what: str, known: Sequence[str]) -> str:
        """Return one of the known words; `what` is what they are."""
        word = self.text()
        if word not in known:
            raise self.error(f"there is no {what} “{word}”", did_you_mean(word, known))
        return word

    def pattern(self, pattern: str) -> str:
        """Return a pattern of files that can match something."""
        bare = pattern.removeprefix("!")
        if not bare.strip("/ "):
            what = f"the pattern “{pattern}” names nothing"
            raise self.error(what, "write a name, as in drafts/ or *.srt")
        if bare.startswith(("./", "../")):
            what = f"the pattern “{pattern}” can match nothing"
            raise self.error(what, "write it relative to the folder of this file, as in /drafts/")
        return pattern


def _bare(key: str) -> str:
    return key if re.fullmatch("[A-Za-z0-9_-]+", key) else f'"{key}"'


def _flag(entry: _Entry) -> bool:
    remedy = f"write {entry.name} = false, without quotes"
    return bool(entry.of_type(bool, "true or false", remedy))


def _paths(entry: _Entry) -> tuple[Path, ...]:
    return tuple(entry.file.folder / path for path in entry.texts())


def _patterns(entry: _Entry) -> tuple[str, ...]:
    return tuple(map(entry.pattern, entry.texts()))


def _select(entry: _Entry) -> tuple[str, ...]:
    if entry.value == []:
        remedy = "name rules, as in names/*, or leave it out"
        raise entry.error("`select` is an empty list", remedy)
    return entry.texts()


def _per_file_ignores(entry: _Entry) -> dict[str, tuple[str, ...]]:
    table = entry.table('"lyrics/*" = ["quotes/*"]')
    remedy = "name the files in which to ignore the rules"
    return {_plain_pattern(ids, pattern, remedy): ids.texts() for pattern, ids in table.items()}


def _plain_pattern(entry: _Entry, pattern: str, remedy: str = "name the files it is for") -> str:
    """Return the pattern that is the key of an entry; it must not begin with `!`."""
    if entry.pattern(pattern).startswith("!"):
        raise entry.error(f"`!` has no meaning in “{pattern}”", remedy)
    return pattern


def _levels(entry: _Entry) -> dict[str, Level]:
    levels: dict[str, Level] = {}
    for selector, level in entry.table('"quotes/*" = "suggest"').items():
        levels[selector] = cast(Level, level.one_of("level", LEVELS))
    return levels


def _prefer(entry: _Entry) -> dict[str, str]:
    table = entry.table('"Ma Yun" = "Jack Ma"')
    return {name: alias.text() for name, alias in table.items()}


def _accept_to(entry: _Entry) -> Path:
    """Return the one file that a configuration can have written: a rules file of its own project.

    Otherwise a configuration that came with somebody's files could overwrite any file.
    """
    path = Path(entry.text())
    remedy = "name a .yaml file in it, as in rules/accepted.yaml"
    if path.is_absolute() or ".." in path.parts:
        raise entry.error(f"“{entry.value}” is outside the folder of this file", remedy)
    if path.suffix not in {".yaml", ".yml"}:
        raise entry.error(f"“{entry.value}” is not a rules file", remedy)
    return entry.file.folder / path


def _names(entry: _Entry) -> NameLists:
    values = entry.table_of(NameLists._fields)
    glossaries = _paths(values["glossaries"]) if "glossaries" in values else ()
    return NameLists(glossaries, _flag(values["gazetteer"]) if "gazetteer" in values else None)


def _pivot(entry: _Entry) -> Pivot:
    return cast(Pivot, entry.one_of("pivot", PIVOTS))


def _encoding(entry: _Entry) -> str:
    name = entry.text()
    if text_encoding(name) is None:
        what = f"there is no text encoding “{name}”"
        raise entry.error(what, 'write "utf-8", "cp949" or the like')
    return name


def _ignores(entry: _Entry) -> tuple[Ignored, ...]:
    remedy = "write [[ignores]], and under it file, rule and text"
    entries: list[Ignored] = []
    for item in entry.items(remedy):
        item.of_type(dict, "a table", remedy)
        values = item.table_of(Ignored._fields)
        for key in ("file", "rule", "text"):
            if key not in values:
                what = f"`{key}` is missing in {item.title}"
                raise item.error(what, "it needs file, rule and text")
        values["file"].pattern(values["file"].text())
        entries.append(Ignored(**{key: value.text() for key, value in values.items()}))
    return tuple(entries)


def _formats(entry: _Entry) -> dict[str, str]:
    table = entry.table('"*.foo" = "text"')
    known = formats.names() if table else []
    named: dict[str, str] = {}
    for pattern, name in table.items():
        named[_plain_pattern(name, pattern)] = name.one_of("format", known)
    return named


def _fields(entry: _Entry) -> dict[str, tuple[str, ...]]:
    """Return the fields of files; a plain list is for all files."""
    if not isinstance(entry.value, dict):
        return {ALL_FILES: _some_fields(entry)}
    table = entry.table('"*.jsonl" = ["title", "text"]')
    named: dict[str, tuple[str, ...]] = {}
    for pattern, fields in table.items():
        named[_plain_pattern(fields, pattern)] = _some_fields(fields)
    return named


def _some_fields(entry: _Entry) -> tuple[str, ...]:
    fields = entry.texts()
    if not fields:
        raise entry.error(f"{entry.title} is an empty list", 'name fields, as in ["title", "text"]')
    return fields


# Every key, and the function that checks its value.
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
    "names": _names,
    "pivot": _pivot,
    "encoding": _encoding,
    "ignores": _ignores,
    "formats": _formats,
    "fields": _fields,
}

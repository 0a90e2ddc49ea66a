"""A configuration file: find the nearest one, read its table, say on which line a key is.

`tomllib` reads TOML but tells no lines, so this module also finds the statements of a file.
It is imported where a configuration is read: most files that a hook cleans have none.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from cleaner.errors import ConfigError
from cleaner.reading import NotRegularError, TooLargeError, read_file, real_path
from cleaner.text.lazy import lazy_pattern

NAMES = ("cleaner.toml", "pyproject.toml")  # of two in one folder, the first counts
MAX_BYTES = 1_000_000
MAX_DEPTH = 40  # of keys and brackets; the deepest setting is `ignores`, an entry and its key: 3
_PYPROJECT = ("tool", "cleaner")
_WHERE = lazy_pattern(
    r"(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)",
    re.DOTALL,
)
# Whatever may hold or hide the end of a statement, in a file that `tomllib` has accepted.
_TOKEN = lazy_pattern(
    r'''
      (?P<text> """ (?: [^"\\]++ | \\. | "{1,2}+ (?!") )*+ """ "{0,2}
              | \'\'\' (?: [^\']++ | \'{1,2}+ (?!\') )*+ \'\'\' \'{0,2}
              | " (?: [^"\\\n]++ | \\. )*+ "
              | \' [^\'\n]*+ \'
              | \# [^\n]*+ )
    | (?P<open> [\[{] ) | (?P<close> [\]}] ) | (?P<end> \n )
    ''',
    re.VERBOSE | re.DOTALL,
)
# A token, or a key of more than `MAX_DEPTH` parts, which comes first: a part may be in quotes.
_DEEP = lazy_pattern(
    rf"""
      (?P<key> (?<! [A-Za-z0-9_-] ) (?:
        (?: [A-Za-z0-9_-]++ | " (?: [^"\\\n]++ | \\. )*+ " | ' [^'\n]*+ ' ) [ \t]*+ \. [ \t]*+
      ){{{MAX_DEPTH}}} )
    | {_TOKEN.pattern}
    """,
    re.VERBOSE | re.DOTALL,
)

Keys: TypeAlias = tuple[str | int, ...]  # keys that lead to a value; numbers count from 0 in lists


class TomlFile(NamedTuple):
    """A table of a TOML file, and the text that it was read from.

    Attributes:
        path: the absolute path; links in the path of its folder are resolved.
        text: the text of the whole file.
        table: the table: in cleaner.toml the whole file.
        header: the keys that lead to the table.
    """

    path: Path
    text: str
    table: Mapping[str, Any]
    header: Keys = ()

    @property
    def folder(self) -> Path:
        """The folder that paths in the file are relative to."""
        return self.path.parent

    def place(self, *keys: str | int) -> str:
        """Return `cleaner.toml:3`: the line on which the value under `keys` is set.

        If it is not set, the line of the table is given, or the file alone. Lines count from 1.
        """
        lines = _lines(self.text)
        full = (*self.header, *keys)
        for end in range(len(full), 0, -1):
            line = lines.get(full[:end])
            if line is not None:
                return f"{relative_path(self.path)}:{line}"
        return relative_path(self.path)

    def error(self, keys: Iterable[str | int], what: str, remedy: str) -> ConfigError:
        """Return the error to raise for what is under `keys`."""
        return ConfigError(self.place(*keys), what, remedy)


def nearest(start: Path) -> TomlFile | None:
    """Return the configuration of a folder: its own, or that of the nearest folder above it.

    Only folders of the same git repository count: nothing above the folder that holds `.git` is
    read (a folder, or a file in a worktree or a submodule). Outside a repository only `start` is
    read.

    Raises:
        ConfigError: the file cannot be read, or is not TOML.
    """
    for folder in _folders(start):
        for name in NAMES:
            path = folder / name
            found = read_config_file(path) if _exists(path) else None
            if found:
                return found
    return None


def home(start: Path) -> Path:
    """Return where the configuration of a folder goes: to the root of its repository, or there."""
    root = _folders(start)[-1]
    return root if _exists(root / ".git") else start


def _folders(start: Path) -> list[Path]:
    """Return a folder and those above it, up to the root of its git repository."""
    folders: list[Path] = []
    for folder in (start, *start.parents):
        folders.append(folder)
        if _exists(folder / ".git"):
            return folders
    return [start]


def read_config_file(path: Path) -> TomlFile | None:
    """Read a configuration; None for a pyproject.toml that has no table [tool.cleaner].

    Raises:
        ConfigError: it cannot be read, is not TOML, or `tool.cleaner` is not a table.
    """
    path = real_path(path.parent) / path.name
    data = _bytes(path)
    if _header_of(path) and b"cleaner" not in data:
        return None  # a fault in it is not our business, and parsing would take time
    return parse_text(path, _decoded(path, data))


def parse_text(path: Path, text: str) -> TomlFile | None:
    """Do what `read_config_file` does, with a text that may be written to that file."""
    header = _header_of(path)
    table = _parsed(path, text)
    for key in header:
        if not isinstance(table, dict) or key not in table:
            return None
        table = table[key]
    if not isinstance(table, dict):
        file = TomlFile(path, text, {}, header)
        raise file.error((), "tool.cleaner is not a table", "write [tool.cleaner]")
    return TomlFile(path, text, table, header)


def _header_of(path: Path) -> tuple[str, ...]:
    """Return the keys that lead to the settings in a file of that name."""
    return _PYPROJECT if path.name == "pyproject.toml" else ()


def appended(text: str, header: Keys, array: str, entries: Iterable[Mapping[str, str]]) -> str:
    """Return the text of a file with more entries at the end of an array of tables.

    Every other byte stays as it is.

    Raises:
        ValueError: the array is written as a list, to which nothing can be appended like this.

    >>> appended("", (), "ignores", [{"rule": "quotes/single", "text": 'a "b"'}])
    '[[ignores]]\\nrule = "quotes/single"\\ntext = "a \\\\"b\\\\""\\n'
    """
    end = "\r\n" if "\r\n" in text else "\n"
    name = ".".join((*map(str, header), array))
    tables: list[str] = []
    for entry in entries:
        lines = [f"[[{name}]]"]
        for key, value in entry.items():
            lines.append(f"{key} = {_quoted(value)}")
        tables.append(end.join([*lines, ""]))
    if not tables:
        return text
    gap = ""
    if text:
        gap = end if text.endswith(end) else end * 2
    import tomllib

    whole = text + gap + end.join(tables)
    tomllib.loads(whole)
    return whole


def _quoted(value: str) -> str:
    """Return a text as TOML writes it: with the escapes of JSON, and one for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def relative_path(path: Path) -> str:
    """Return a path as a person reads it: relative to the working folder, if there is one.

    >>> relative_path(Path.cwd() / "cleaner.toml")
    'cleaner.toml'
    """
    try:
        return Path(os.path.relpath(path)).as_posix()
    except (OSError, ValueError):  # the working folder is gone, or on another drive
        return path.as_posix()


def _exists(path: Path) -> bool:
    """Return whether there is anything of that name, even a link that leads nowhere."""
    try:
        path.lstat()
    except OSError:
        return False
    return True


def _bytes(path: Path) -> bytes:
    name = relative_path(path)
    try:
        return read_file(path, MAX_BYTES)
    except NotRegularError:
        what, remedy = "this is not a regular file", "rename it, or replace it by a file"
        raise ConfigError(name, what, remedy) from None
    except TooLargeError:
        what, remedy = f"more than {MAX_BYTES:,} bytes", "a configuration is shorter than that"
        raise ConfigError(name, what, remedy) from None
    except OSError as error:
        raise ConfigError(name, f"cannot be read ({error.strerror})", "check the path") from None


def _decoded(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"byte 0x{data[error.start]:02X} is not UTF-8"
        raise ConfigError(f"{relative_path(path)}:{line}", what, "save the file as UTF-8") from None


def _parsed(path: Path, text: str) -> Any:
    import tomllib

    name = relative_path(path)
    _refuse_depth(name, text)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(name, text, str(error)) from None
    except ValueError:  # Python reads no number of more than 4,300 digits
        remedy = "remove it: no setting is a long number"
        raise ConfigError(name, "a number in it is too long", remedy) from None


def _refuse_depth(name: str, text: str) -> None:
    """Refuse what is nested more deeply than any setting.

    `tomllib` takes 29 s for a key of 40,000 parts, and would recurse into brackets.
    """
    depth = 0
    for token in _DEEP.finditer(text):
        match token.lastgroup:
            case "open":
                depth += 1
            case "close":
                depth -= 1
        if token.lastgroup == "key" or depth > MAX_DEPTH:
            line = text.count("\n", 0, token.start()) + 1
            what = f"this is nested more than {MAX_DEPTH} levels deep"
            raise ConfigError(f"{name}:{line}", what, "remove it: no setting is nested like that")


def _syntax_error(name: str, text: str, message: str) -> ConfigError:
    """Return the error for a message of `tomllib`, with the line and the column that it names."""
    found = _WHERE.fullmatch(message)
    what, place = message, name
    if found:
        what = found["what"]
        line = found["line"] or text.rstrip("\n").count("\n") + 1
        place = f"{name}:{line}"
        if found["column"]:
            place = f"{place}:{found['column']}"
    remedy = 'write key = value, and texts in quotes, as in pivot = "ko"'
    return ConfigError(place, f"this is not TOML: {what[:1].lower()}{what[1:]}", remedy)


@lru_cache(maxsize=4)
def _lines(text: str) -> Mapping[Keys, int]:
    """Return the line on which each key is first set, for a text that is valid TOML."""
    import tomllib

    lines: dict[Keys, int] = {}
    entries: Counter[Keys] = Counter()  # how many each array of tables has so far
    header: Keys = ()
    for number, statement in _statements(text):
        parsed = tomllib.loads(statement)
        if statement.lstrip().startswith("["):
            header = _header(parsed, entries)
            for end in range(1, len(header) + 1):
                lines.setdefault(header[:end], number)
        else:
            _note_keys(parsed, header, number, lines)
    return lines


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield each statement of valid TOML with the number of the line on which it begins.

    A statement is a header, a key with its value, or a line with neither. It ends at the first
    line end that is not inside brackets, braces, a text or a comment.
    """
    number = line = 1
    start = depth = 0
    for token in _TOKEN.finditer(text):
        match token.lastgroup:
            case "text":
                line += token.group().count("\n")
            case "open":
                depth += 1
            case "close":
                depth -= 1
            case "end":
                line += 1
                if depth == 0:
                    yield number, text[start : token.end()]
                    number, start = line, token.end()
    yield number, text[start:]


def _header(parsed: Any, entries: Counter[Keys]) -> Keys:
    """Return the keys of the header `[a.b]`, or of the next entry of `[[a.b]]`, which is counted.

    If `a` is an array of tables, both are about the last entry that it has so far.

    >>> _header({"a": {"b": {}}}, Counter({("a",): 2}))
    ('a', 1, 'b')
    """
    keys: Keys = ()
    while isinstance(parsed, dict) and parsed:
        ((key, parsed),) = parsed.items()
        keys = (*keys, key)
        if isinstance(parsed, list):  # the last key of `[[a.b]]`
            entries[keys] += 1
        if entries[keys]:
            keys = (*keys, entries[keys] - 1)
    return keys


def _note_keys(value: Any, keys: Keys, line: int, lines: dict[Keys, int]) -> None:
    """Note the line of all keys in a table. Items of a list may be on other lines: they are not."""
    if isinstance(value, dict):
        for key, item in value.items():
            lines.setdefault((*keys, key), line)
            _note_keys(item, (*keys, key), line, lines)

"""A configuration file: finding the nearest one, reading its table, and saying where a key of it
stands.
"""

from __future__ import annotations

import json
import os
import re
import stat
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.errors import ConfigError

NAMES = ("cleaner.toml", "pyproject.toml")  # in one folder the first wins
MAX_BYTES = 1_000_000
_MAX_LINES = 1_000  # of one statement: a longer one is not looked into for the line of an error
_PYPROJECT = ("tool", "cleaner")
_AT = re.compile(
    r"(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)", re.DOTALL
)

Keys = tuple[str | int, ...]


class TomlFile(NamedTuple):
    """A table of a TOML file (in cleaner.toml all of it), and the text it was read from."""

    path: Path  # absolute, its folder with links resolved
    text: str
    table: Mapping[str, Any]
    header: Keys = ()  # the keys that lead to the table

    @property
    def folder(self) -> Path:
        """What paths in it are seen from."""
        return self.path.parent

    def place(self, *keys: str | int) -> str:
        """`cleaner.toml:3`, the line where the value under `keys` is set; the table's if it is not.

        Lines count from 1. Where the line cannot be told, the file alone is named.
        """
        lines = _lines(self.text)
        full = (*self.header, *keys)
        found = next(
            (lines[full[:end]] for end in range(len(full), 0, -1) if full[:end] in lines), None
        )
        return relative_path(self.path) if found is None else f"{relative_path(self.path)}:{found}"

    def error(self, keys: Iterable[str | int], what: str, remedy: str) -> ConfigError:
        """The error to raise for what stands under `keys`."""
        return ConfigError(self.place(*keys), what, remedy)


def nearest(start: Path) -> TomlFile | None:
    """The configuration that holds in a folder: its own, or that of the nearest folder above in its
    git repository.

    Nothing above the repository's root is looked at (the folder that holds `.git`, be it a folder
    or, in a worktree or a submodule, a file); outside a repository nothing above `start`.

    Raises:
        ConfigError: the file cannot be read, or is no TOML.
    """
    lineage = (start, *start.parents)
    root = next((above for above, folder in enumerate(lineage) if _stands(folder / ".git")), 0)
    for folder in lineage[: root + 1]:
        for name in NAMES:
            if _stands(folder / name) and (found := read_config_file(folder / name)):
                return found
    return None


def read_config_file(path: Path) -> TomlFile | None:
    """What a file says to us; None for a pyproject.toml without a table [tool.cleaner].

    Raises:
        ConfigError: it cannot be read, is no TOML, or `tool.cleaner` is no table.
    """
    path = path.parent.resolve() / path.name
    data = _bytes(path)
    header = _PYPROJECT if path.name == "pyproject.toml" else ()
    if header and b"cleaner" not in data:  # faster, and what is wrong in it is no business of ours
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"byte 0x{data[error.start]:02X} is not UTF-8"
        raise ConfigError(f"{relative_path(path)}:{line}", what, "save the file as UTF-8") from None
    table = _parsed(path, text)
    for end, key in enumerate(header, 1):
        if not isinstance(table, dict) or key not in table:
            return None
        table = table[key]
        if end == len(header) and not isinstance(table, dict):
            raise TomlFile(path, text, {}, header).error(
                (), "tool.cleaner is no table", "write [tool.cleaner]"
            )
    return TomlFile(path, text, table, header)


def home(start: Path) -> Path:
    """Where a configuration for a folder belongs if it has none: the root of its git repository, or
    the folder.
    """
    lineage = (start, *start.parents)
    return next((folder for folder in lineage if _stands(folder / ".git")), start)


def appended(text: str, header: Keys, array: str, entry: Mapping[str, str]) -> str:
    """The text of a file with one more entry at the end of an array of tables; every other byte
    stays.

    Raises:
        ValueError: the array is written as a list, to which nothing can be appended so.

    >>> appended("", (), "ignores", {"rule": "quotes/single", "text": 'a "b"'})
    '[[ignores]]\\nrule = "quotes/single"\\ntext = "a \\\\"b\\\\""\\n'
    """
    end = "\r\n" if "\r\n" in text else "\n"
    table = ".".join((*map(str, header), array))
    lines = [f"[[{table}]]", *(f"{key} = {_quoted(value)}" for key, value in entry.items()), ""]
    gap = end if text.endswith(end) else end * 2
    whole = text + (gap if text else "") + end.join(lines)
    tomllib.loads(whole)
    return whole


def _quoted(value: str) -> str:
    """A text as TOML writes it: JSON's escapes, and DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def relative_path(path: Path) -> str:
    """A path as it is said to a person: from the working folder, if there is one.

    >>> relative_path(Path.cwd() / "cleaner.toml")
    'cleaner.toml'
    """
    try:
        return Path(os.path.relpath(path)).as_posix()
    except (OSError, ValueError):  # the working folder is gone, or on another drive
        return path.as_posix()


def _stands(path: Path) -> bool:
    try:
        path.lstat()
    except OSError:
        return False
    return True


def _bytes(path: Path) -> bytes:
    try:
        info = path.stat()
        if not stat.S_ISREG(info.st_mode):
            raise ConfigError(
                relative_path(path),
                "this is no regular file",
                "rename it, or put a file in its place",
            )
        if info.st_size > MAX_BYTES:
            raise ConfigError(
                relative_path(path),
                f"more than {MAX_BYTES:,} bytes",
                "a configuration is shorter than that",
            )
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(
            relative_path(path), f"cannot be read ({error.strerror})", "check the path"
        ) from None


def _parsed(path: Path, text: str) -> Any:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT.fullmatch(str(error))
        what = found["what"] if found else str(error)
        at = ""
        if found:
            line = found["line"] or text.rstrip("\n").count("\n") + 1
            at = f":{line}:{found['column']}" if found["column"] else f":{line}"
        what = f"this is no TOML: {what[:1].lower()}{what[1:]}"
        remedy = 'write key = value, and texts in quotes, as in pivot = "ko"'
        raise ConfigError(f"{relative_path(path)}{at}", what, remedy) from None
    except ValueError:  # Python reads no number of more than 4,300 digits
        raise ConfigError(
            relative_path(path), "a number in it is too long", "no key needs that"
        ) from None
    except RecursionError:
        raise ConfigError(
            relative_path(path), "lists or tables are nested too deeply", "no key needs that"
        ) from None


def _lines(text: str) -> dict[Keys, int]:
    """The line on which each key is first set.

    `tomllib` does not tell, but a statement (a header, or `key = value`) is complete exactly where
    what was read since the last one parses by itself. So it is `tomllib` that says where statements
    begin and end. Nothing is told about a file with a statement of more than a thousand lines: that
    would take long.
    """
    lines: dict[Keys, int] = {}
    header: Keys = ()
    start, chunk = 1, ""
    for number, line in enumerate(text.split("\n"), 1):
        chunk += f"{line}\n"
        if number - start > _MAX_LINES:
            return {}
        try:
            parsed = tomllib.loads(chunk)
        except tomllib.TOMLDecodeError:
            continue
        if chunk.lstrip().startswith("["):
            header = _header(parsed, lines)
            for end in range(1, len(header) + 1):
                lines.setdefault(header[:end], start)
        else:
            _note(parsed, header, start, lines)
        start, chunk = number + 1, ""
    return lines


def _header(parsed: Any, lines: Mapping[Keys, int]) -> Keys:
    """The keys of `[a.b]`, or of the next entry in `[[a.b]]`."""
    keys: Keys = ()
    while parsed:
        if isinstance(parsed, list):
            return (
                *keys,
                next(number for number in range(len(lines) + 1) if (*keys, number) not in lines),
            )
        ((key, parsed),) = parsed.items()
        keys = (*keys, key)
    return keys


def _note(value: Any, keys: Keys, line: int, lines: dict[Keys, int]) -> None:
    if isinstance(value, dict):  # the items of a list may stand on other lines
        for key, item in value.items():
            lines.setdefault((*keys, key), line)
            _note(item, (*keys, key), line, lines)

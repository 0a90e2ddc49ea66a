"""Reads the command line of `cleaner fix` without typer, whose import takes as long as all else.

A command line that is not understood in full is left to typer: help, mistakes, several short
options in one. So every message has one source. The table of options is held against typer's by a
test.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple


class Option(NamedTuple):
    """An option of `cleaner fix`.

    Attributes:
        name: what the command calls it.
        takes: what its value is; "" if it takes none.
        several: whether it may be given several times, and all its values count.
        means: what it stands for if it takes no value.
        choices: the values that it may have, if these are few.
    """

    name: str
    takes: Literal["", "text", "path"] = ""
    several: bool = False
    means: bool = True
    choices: tuple[str, ...] = ()


OPTIONS: Mapping[str, Option] = {
    "--diff": Option("diff"),
    "--format": Option("format", "text", choices=("diff", "html")),
    "--stdout": Option("stdout"),
    "--output": Option("output", "text"),
    "-o": Option("output", "text"),
    "--check": Option("check"),
    "--backup": Option("backup"),
    "--no-backup": Option("backup", means=False),
    "--level": Option("level", "text", choices=("fix", "suggest")),
    "--force": Option("force"),
    "--jobs": Option("jobs", "text"),
    "-j": Option("jobs", "text"),
    "--stdin-filename": Option("stdin_filename", "text"),
    "--select": Option("select", "text", several=True),
    "--ignore": Option("ignore", "text", several=True),
    "--rules": Option("rules", "path", several=True),
    "--bundled": Option("bundled"),
    "--no-bundled": Option("bundled", means=False),
    "--prefer": Option("prefer", "text", several=True),
    "--encoding": Option("encoding", "text"),
    "--read-as": Option("read_as", "text"),
    "--field": Option("fields", "text", several=True),
    "--no-exclude": Option("no_exclude"),
    "--config": Option("config", "path"),
    "--isolated": Option("isolated"),
}


def read(arguments: Sequence[str]) -> Mapping[str, Any] | None:
    """Return what was given on a command line, by the names that the command has for it.

    None leaves the command line to typer. On Windows, it is typer that finds the files of `*.txt`.

    >>> read(["fix", "-", "--check", "--select", "names/*"])
    {'paths': ['-'], 'check': True, 'select': ['names/*']}
    >>> read(["fix", "--help"])
    """
    completes = "_CLEANER_COMPLETE" in os.environ  # a shell asks what could be given
    if arguments[:1] != ["fix"] or completes or sys.platform == "win32":
        return None
    paths: list[str] = []
    given: dict[str, Any] = {"paths": paths}
    rest = iter(arguments[1:])
    for word in rest:
        if not _is_option(word):
            paths.append(word)
            continue
        name, equals, text = word.partition("=")
        option = OPTIONS.get(name)
        if option is None or (equals and not (option.takes and name.startswith("--"))):
            return None
        if not option.takes:
            given[option.name] = option.means
            continue
        value = _value(option, text if equals else next(rest, ""))
        if value is None:
            return None
        if option.several:
            given.setdefault(option.name, []).append(value)
        else:
            given[option.name] = value
    return given if paths else None


def _is_option(word: str) -> bool:
    return word.startswith("-") and word != "-"


def _value(option: Option, text: str) -> str | Path | None:
    """Return the value of an option; None if typer may have something to say about it."""
    if not text or _is_option(text) or (option.choices and text not in option.choices):
        return None
    if option.takes == "path":
        return Path(text) if os.access(text, os.R_OK) else None
    return text

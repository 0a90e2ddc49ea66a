"""Reads the usual command lines without the library that reads all of them.

To import argparse and to describe the options to it takes a twentieth of the time in which the hook
looks at a short file; typer takes longer than all else in a short run. A command line that is not
understood in full is left to them: help, mistakes, several short options in one. So every message
has one source.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple


class Option(NamedTuple):
    """An option of a command.

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


def read(words: Iterable[str], options: Mapping[str, Option]) -> dict[str, Any] | None:
    """Return what was given on a command line, by the names that the command has for it.

    What is no option is given as `paths`. None means that the command line is not understood.

    >>> read(["-", "--check"], {"--check": Option("check")})
    {'paths': ['-'], 'check': True}
    >>> read(["--help"], {"--check": Option("check")})
    """
    paths: list[str] = []
    given: dict[str, Any] = {"paths": paths}
    rest = iter(words)
    for word in rest:
        if not _is_option(word):
            paths.append(word)
            continue
        name, equals, text = word.partition("=")
        option = options.get(name)
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
    return given


def _is_option(word: str) -> bool:
    return word.startswith("-") and word != "-"


def _value(option: Option, text: str) -> str | Path | None:
    """Return the value of an option; None if there may be something to say about it."""
    if not text or _is_option(text) or (option.choices and text not in option.choices):
        return None
    if option.takes == "path":
        return Path(text) if os.access(text, os.R_OK) else None
    return text

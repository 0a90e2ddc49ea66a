"""Reads the command lines of `cleaner fix` and `cleaner check` without typer, if that is possible.

See `cleaner.arguments`. The tables of options are held against typer's by a test.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from cleaner import arguments
from cleaner.arguments import Option

_BOTH: Mapping[str, Option] = {
    "--output": Option("output", "text"),
    "-o": Option("output", "text"),
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
    "--exclude": Option("exclude", "text", several=True),
    "--no-exclude": Option("no_exclude"),
    "--quiet": Option("quiet"),
    "-q": Option("quiet"),
    "--verbose": Option("verbose"),
    "-v": Option("verbose"),
    "--config": Option("config", "path"),
    "--isolated": Option("isolated"),
}
_FIX: Mapping[str, Option] = {
    **_BOTH,
    "--diff": Option("diff"),
    "--format": Option("format", "text", choices=("diff", "html")),
    "--stdout": Option("stdout"),
    "--check": Option("check"),
    "--backup": Option("backup"),
    "--no-backup": Option("backup", means=False),
    "--level": Option("level", "text", choices=("fix", "suggest")),
    "--force": Option("force"),
}
_CHECK: Mapping[str, Option] = {
    **_BOTH,
    "--format": Option("format", "text"),
    "--fix": Option("fix"),
    "--strict": Option("strict"),
    "--exit-zero": Option("exit_zero"),
    "--baseline": Option("baseline", "path"),
    "--write-baseline": Option("write_baseline"),
    "--profile": Option("profile"),
}
OPTIONS: Mapping[str, Mapping[str, Option]] = {"fix": _FIX, "check": _CHECK}
MODULES: Mapping[str, str] = {"fix": "cleaner.cli.fixing", "check": "cleaner.cli.checking"}


def read(words: Sequence[str]) -> Mapping[str, Any] | None:
    """Return what was given on a command line, by the names that the command has for it.

    None leaves the command line to typer. On Windows, it is typer that finds the files of `*.txt`.

    >>> read(["fix", "-", "--check", "--select", "names/*"])
    {'paths': ['-'], 'check': True, 'select': ['names/*']}
    >>> read(["fix", "--help"])
    """
    completes = "_CLEANER_COMPLETE" in os.environ  # a shell asks what could be given
    if not words or words[0] not in OPTIONS or completes or sys.platform == "win32":
        return None
    given = arguments.read(words[1:], OPTIONS[words[0]])
    return given if given and given["paths"] else None

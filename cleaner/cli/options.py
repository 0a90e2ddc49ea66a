"""Options that several commands share, and the `Cleaner` they ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated

import typer

from cleaner.engine import Cleaner
from cleaner.errors import UsageError
from cleaner.rulebook import load_rules
from cleaner.rules.model import Level, RuleSet

Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATHS", help="Files, folders (walked for .txt files), or - for stdin.", show_default=False),
]
Select = Annotated[
    list[str] | None, typer.Option("--select", metavar="GLOB", help="Only rules whose id matches, as in 'names/*'.")
]
Ignore = Annotated[list[str] | None, typer.Option("--ignore", metavar="GLOB", help="Leave out rules whose id matches.")]
Rules = Annotated[
    list[Path] | None,
    typer.Option("--rules", metavar="PATH", help="Your own rules, a file or a folder; they shadow bundled ones."),
]
NoBundled = Annotated[bool, typer.Option("--no-bundled", help="Do without the rules that come with cleaner.")]
Prefer = Annotated[
    list[str] | None,
    typer.Option("--prefer", metavar="NAME=ALIAS", help="House style: the alias to write, as in 'Ma Yun=Jack Ma'."),
]
Encoding = Annotated[str, typer.Option("--encoding", metavar="NAME", help="The encoding of the files.")]
StdinFilename = Annotated[
    str | None, typer.Option("--stdin-filename", metavar="NAME", help="What to call stdin in messages.")
]


def ruleset(rules: Sequence[Path] | None, *, bundled: bool, prefer: Sequence[str] | None = None) -> RuleSet:
    """The rules that the options ask for."""
    style: dict[str, str] = {}
    for wish in prefer or ():
        name, equals, alias = wish.partition("=")
        if not (equals and name.strip() and alias.strip()):
            raise UsageError(f"--prefer {wish}: write NAME=ALIAS, as in 'Ma Yun=Jack Ma'")
        style[name.strip()] = alias.strip()
    loaded = load_rules(*(rules or ()), bundled=bundled, prefer=style)
    if not loaded:
        raise UsageError("there are no rules: give --rules PATH, or leave out --no-bundled")
    return loaded


def cleaner(
    rules: RuleSet, select: Sequence[str] | None, ignore: Sequence[str] | None, level: Level = "fix"
) -> Cleaner:
    """A `Cleaner` in which only the rules that the globs leave may act."""
    for glob in (*(select or ()), *(ignore or ())):
        if not any(fnmatchcase(rule.id, glob) for rule in rules):
            raise UsageError(f"no rule's id matches “{glob}”; `cleaner rules list` shows them all")
    return Cleaner(rules, level=level, acts=acting(select, ignore))


def acting(select: Sequence[str] | None, ignore: Sequence[str] | None) -> Callable[[str], bool]:
    """Whether the globs leave a rule, by its id."""

    def acts(id_: str) -> bool:
        chosen = not select or any(fnmatchcase(id_, glob) for glob in select)
        return chosen and not any(fnmatchcase(id_, glob) for glob in ignore or ())

    return acts


def given(paths: Sequence[str] | None) -> list[Path]:
    """The paths, or a usage error that says what to give."""
    if not paths:
        raise UsageError("say what to read: a file, a folder, or - for stdin")
    if "" in paths:
        raise UsageError("one of the paths is empty; . stands for the working folder")
    if "-" in paths and len(paths) > 1:
        raise UsageError("- stands for stdin and cannot be mixed with files")
    return [Path(path) for path in paths]


"""Options that several commands share, and the settings they make together with the configuration."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from cleaner.errors import ConfigError, UsageError
from cleaner.project import tomlfile
from cleaner.project.config import Config, load, parse

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATHS",
        help="Files, folders (walked for .txt and .md files), or - for stdin.",
        show_default=False,
    ),
]
Select = Annotated[
    list[str] | None,
    typer.Option("--select", metavar="GLOB", help="Only rules whose id matches, as in 'names/*'."),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="GLOB", help="Leave out rules whose id matches."),
]
Rules = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules",
        metavar="PATH",
        help="Your own rules, a file or a folder; they shadow bundled ones.",
    ),
]
Bundled = Annotated[
    bool | None,
    typer.Option(
        "--bundled/--no-bundled",
        help="Use the rules that come with cleaner, or do without.",
        show_default=False,
    ),
]
Prefer = Annotated[
    list[str] | None,
    typer.Option(
        "--prefer",
        metavar="NAME=ALIAS",
        help="House style: the alias to write, as in 'Ma Yun=Jack Ma'.",
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option("--encoding", metavar="NAME", help="The encoding of the files; usually utf-8."),
]
NoExclude = Annotated[
    bool, typer.Option("--no-exclude", help="Read what the configuration excludes, too.")
]
ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config", metavar="FILE", help="Read this configuration instead of the nearest."
    ),
]
Isolated = Annotated[bool, typer.Option("--isolated", help="Read no configuration.")]
StdinFilename = Annotated[
    str | None,
    typer.Option(
        "--stdin-filename", metavar="NAME", help="What to call stdin; its ending tells the format."
    ),
]


def settings(
    file: Path | None,
    isolated: bool,
    *,
    rules: Sequence[Path] | None = None,
    prefer: Sequence[str] | None = None,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
    no_exclude: bool = False,
    **others: Any,
) -> Config:
    """The configuration, and over it what the command line says."""
    return _configuration(file, isolated).overlaid(
        rules=tuple(rules) if rules else None,
        prefer=_style(prefer) if prefer else None,
        select=tuple(select) if select else None,
        ignore=tuple(ignore) if ignore else None,
        exclude=() if no_exclude else None,
        **others,
    )


def _configuration(file: Path | None, isolated: bool) -> Config:
    if isolated:
        if file:
            raise UsageError("--config and --isolated exclude each other")
        return Config()
    if file:
        if found := tomlfile.read_config_file(file):
            return parse(found)
        raise ConfigError(
            str(file), "there is no table [tool.cleaner] in it", "add one, or name another file"
        )
    try:
        return load(Path.cwd())
    except FileNotFoundError:
        raise UsageError("the working folder is gone; change to one that is there") from None


def _style(prefer: Sequence[str]) -> dict[str, str]:
    style: dict[str, str] = {}
    for wish in prefer:
        name, equals, alias = wish.partition("=")
        if not (equals and name.strip() and alias.strip()):
            raise UsageError(f"--prefer {wish}: write NAME=ALIAS, as in 'Ma Yun=Jack Ma'")
        style[name.strip()] = alias.strip()
    return style


def given(paths: Sequence[str] | None) -> list[Path]:
    """The paths, or a usage error that says what to give."""
    if not paths:
        raise UsageError("say what to read: a file, a folder, or - for stdin")
    if "" in paths:
        raise UsageError("one of the paths is empty; . stands for the working folder")
    if "-" in paths and len(paths) > 1:
        raise UsageError("- stands for stdin and cannot be mixed with files")
    return [Path(path) for path in paths]

"""`cleaner config`: which settings hold here, and where each of them comes from."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from cleaner.cli import options
from cleaner.reports import settings
from cleaner.text.visible import visible


def config(
    format: Annotated[
        Literal["text", "json"], typer.Option("--format", help="text is TOML with comments.")
    ] = "text",
    select: options.Select = None,
    ignore: options.Ignore = None,
    rules: options.Rules = None,
    bundled: options.Bundled = None,
    prefer: options.Prefer = None,
    encoding: options.Encoding = None,
    no_exclude: options.NoExclude = False,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
) -> None:
    """Say which settings hold in this folder, and where each of them comes from.

    They are read from cleaner.toml, or from [tool.cleaner] in pyproject.toml, whichever is nearest
    on the way from the working folder up to the root of the git repository. Options that are given
    here are laid over them.

    \b
    Examples:
      cleaner config
      cleaner config --select 'names/*' --format json
    """
    wanted = options.settings(
        config,
        isolated,
        rules=rules,
        bundled=bundled,
        prefer=prefer,
        select=select,
        ignore=ignore,
        encoding=encoding,
        no_exclude=no_exclude,
    )
    typer.echo(
        settings.render(wanted)
        if format == "json"
        else "\n".join(map(visible, settings.lines(wanted)))
    )

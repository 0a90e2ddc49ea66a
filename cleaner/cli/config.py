"""`cleaner config`: which settings hold here, and where each of them comes from."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from cleaner import cache
from cleaner.cli.given import Given
from cleaner.cli.options import CLEANING, shared
from cleaner.cli.terminal import say
from cleaner.reports import settings
from cleaner.text.visible import visible


@shared(*CLEANING)
def config(
    format: Annotated[
        Literal["text", "json"], typer.Option("--format", help="text is TOML with comments.")
    ] = "text",
    *,
    given: Given,
) -> None:
    """Show the settings that hold in this folder, and where each of them comes from.

    They are read from cleaner.toml, or from [tool.cleaner] in pyproject.toml: from the nearest one
    between the working folder and the root of the git repository. Options that are given here
    count too.

    \b
    Examples:
      cleaner config
      cleaner config --select 'names/*' --format json
    """
    found = given.settings()
    if format == "json":
        typer.echo(settings.as_json(found))
        return
    for line in settings.lines(found):
        typer.echo(visible(line))
    place = cache.distrusted()
    if place:
        what = (
            "others can write to this cache folder, so it is not used and each start takes longer"
        )
        say(f"{place}: {what}; chmod go-w, or set CLEANER_CACHE_DIR")

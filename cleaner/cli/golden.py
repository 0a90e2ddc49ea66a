"""`cleaner golden`: add a text and how it should come out to the goldens."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from cleaner import formats
from cleaner.cli import options
from cleaner.cli.terminal import complain, diff_line
from cleaner.errors import RefusedError, UsageError
from cleaner.project import files
from cleaner.project.corpus import Cleaned
from cleaner.project.selection import Selection
from cleaner.reports.diff import unified

app = typer.Typer(
    help="Texts and how they should come out.", no_args_is_help=True, rich_markup_mode=None
)


@app.callback()
def _group() -> None:
    """Texts and how they should come out."""


@app.command("add", short_help="Make a seed and a golden of a file.")
def add(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A text as it came in.", show_default=False)
    ],
    name: Annotated[
        str, typer.Option("--name", metavar="NAME", help="What to call it; usually its own name.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
    seeds: Annotated[
        Path, typer.Option("--seeds", metavar="FOLDER", help="Texts as they come in.")
    ] = Path("seeds"),
    golden: Annotated[
        Path,
        typer.Option("--golden", metavar="FOLDER", help="The same texts as a person wants them."),
    ] = Path("golden"),
    rules: options.Rules = None,
    bundled: options.Bundled = None,
    config: options.ConfigFile = None,
) -> None:
    """Clean a file, show what changes, ask, and write both: the file as a seed, the result as its
    golden.

    Edit the golden afterwards where you want more than the rules do; `cleaner test --update` lists
    that as a gap. What is there already is never overwritten.

    \b
    Example:
      cleaner golden add articles/ma.txt
    """
    if os.environ.get("CI"):
        raise UsageError("goldens are not written in CI (the variable CI is set)")
    if not yes and not sys.stdin.isatty():
        raise UsageError(
            "there is no terminal to ask on; look with `cleaner fix --diff`, then say --yes"
        )
    title = name or file.name
    if (
        Path(title).suffix.lower() not in formats.suffixes()
        or Path(title).is_absolute()
        or ".." in Path(title).parts
    ):
        raise UsageError(
            f"{title}: name a file that ends in {' or '.join(formats.suffixes())}, with --name"
        )
    (outcome,) = Selection(options.settings(config, False, rules=rules, bundled=bundled)).clean(
        [file]
    )
    if not isinstance(outcome, Cleaned):
        raise RefusedError(*outcome)
    wanted = {seeds / title: outcome.source.data, golden / title: outcome.data}
    if file.resolve() == (seeds / title).resolve():
        del wanted[seeds / title]
    for path in wanted:
        if path.exists():
            raise UsageError(f"{path}: is there already; give another name with --name")
    for line in unified(file.as_posix(), outcome.source.text, outcome.result.text):
        typer.echo(diff_line(line), nl=False)
    if not outcome.result.changed:
        complain(f"{file}: nothing changes; as a good page it belongs into {seeds / 'clean'}")
    if not yes and not typer.confirm(f"Write {' and '.join(map(str, wanted))}?", err=True):
        raise typer.Exit(1)
    for path, data in wanted.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RefusedError(path.parent, f"cannot be made ({error.strerror})") from None
        files.save(path, data)
        complain(f"{path}: written")

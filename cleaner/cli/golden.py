"""`cleaner golden`: add a text and how it should come out to the goldens."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from cleaner import formats
from cleaner.cli.given import Given
from cleaner.cli.mistakes import Group
from cleaner.cli.options import Golden, Seeds, shared
from cleaner.cli.terminal import confirmed, print_difference, say, waiting
from cleaner.errors import RefusedError, UsageError
from cleaner.project.corpus import Refused
from cleaner.project.files import has_reader
from cleaner.project.revision import Undo, confirm, create, undo
from cleaner.project.selection import Selection
from cleaner.reading import real_path

app = typer.Typer(
    help="Texts and how they should come out.",
    no_args_is_help=True,
    cls=Group,
    rich_markup_mode=None,
)


@app.callback()
def _group() -> None:
    """Texts and how they should come out."""


@app.command("add", short_help="Make a seed and a golden from a file.")
@shared("rules", "bundled", "read_as", "fields", "config")
def add(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A text as it came in.", show_default=False)
    ],
    name: Annotated[
        str, typer.Option("--name", metavar="NAME", help="Its name; that of the file by default.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
    seeds: Seeds = Path("seeds"),
    golden: Golden = Path("golden"),
    *,
    given: Given,
) -> None:
    """Clean a file, show what changes, ask, and write both: the file as a seed, the result as its
    golden.

    Edit the golden afterwards where you want more than the rules do; `cleaner test --update` lists
    that as a known gap. Files that already exist are never overwritten.

    \b
    Example:
      cleaner golden add articles/ma.txt
    """
    if not os.path.lexists(file):
        raise RefusedError(file, "there is no such file")
    if os.environ.get("CI"):
        raise UsageError("goldens are not written in CI (the variable CI is set)")
    if not yes and not sys.stdin.isatty():
        what = "there is no terminal to ask on; look with `cleaner fix --diff`, then give --yes"
        raise UsageError(what)
    title = name or file.name
    _check_title(title)
    settings = given.settings()
    with waiting("Reading the rules"):
        (outcome,) = Selection(settings, named=[file]).clean([file])
    if isinstance(outcome, Refused):
        raise RefusedError(*outcome)
    wanted = {seeds / title: outcome.file.data, golden / title: outcome.data}
    if real_path(file) == real_path(seeds / title):
        del wanted[seeds / title]
    for path in wanted:
        if os.path.lexists(path):
            raise _already_exists(path)
    changes = _create_all(wanted) if yes else []  # before anything that may fail is printed
    print_difference(outcome)
    if not outcome.result.changed:
        say(f"{file}: nothing changes; if it is a good page, put it into {seeds / 'clean'}")
    if not yes:
        if not confirmed(f"Write {' and '.join(map(str, wanted))}?"):
            raise typer.Exit(1)
        changes = _create_all(wanted)
    confirm(*changes)


def _check_title(title: str) -> None:
    path = Path(title)
    known = has_reader(path)
    if not known or path.is_absolute() or ".." in path.parts:
        endings = " or ".join(formats.suffixes())
        raise UsageError(f"{title}: give a name that ends in {endings}, with --name")


def _create_all(wanted: Mapping[Path, bytes]) -> list[Undo]:
    """Make all of these files, or none."""
    made: list[Undo] = []
    try:
        for path, data in wanted.items():
            done = create(path, data)
            if done is None:
                raise _already_exists(path)
            made.append(done)
    except BaseException:
        undo(made)
        raise
    for path in wanted:
        say(f"{path}: written")
    return made


def _already_exists(path: Path) -> UsageError:
    return UsageError(f"{path}: already exists; give another name with --name")

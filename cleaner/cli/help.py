"""`cleaner help`: the manual, page by page, and the help of each command."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from cleaner.errors import UsageError, did_you_mean
from cleaner.reading import read_file

MANUAL = Path(__file__).parents[1] / "manual"
_MOST = 1_000_000  # bytes of a page


def help(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TOPIC",
            help="A page of the manual, or a command; without one, all pages are listed.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Show a page of the manual, or the help of a command.

    The pages are written in Markdown and printed as they are written.

    \b
    Examples:
      cleaner help                  list the pages
      cleaner help formats          show a page
      cleaner help formats | less   the same, screen by screen
      cleaner help rules explain    like: cleaner rules explain --help
    """
    from cleaner.cli.commands import COMMANDS, app

    given = words or []
    pages = {path.stem: path for path in sorted(MANUAL.glob("*.md"))}
    if not given:
        for line in first_page(pages):
            typer.echo(line)
    elif len(given) == 1 and given[0] in pages:
        typer.echo(_read(pages[given[0]]), nl=False)
        if given[0] in COMMANDS:
            typer.echo(f"\nFor the command of this name: cleaner {given[0]} --help")
    elif given[0] in COMMANDS:
        app([*given, "--help"], prog_name="cleaner", standalone_mode=False)
    else:
        asked = " ".join(given)
        known = did_you_mean(asked, [*pages, *COMMANDS])
        raise UsageError(f"there is no topic and no command “{asked}”; {known}")


def first_page(pages: Mapping[str, Path]) -> Iterator[str]:
    """Yield the lines of the page that lists all pages: the topic, and what its page is about."""
    yield "The manual of cleaner has these pages:"
    yield ""
    width = max(map(len, pages))
    for topic, path in pages.items():
        yield f"  {topic:{width}}  {subject(_read(path))}"
    yield ""
    yield "cleaner help TOPIC shows a page, cleaner help COMMAND the help of a command;"
    yield "cleaner --help lists the commands."


def subject(page: str) -> str:
    r"""Return what a page is about: the line under its title.

    >>> subject("# Formats\n\nWhich files are read.\n\nThere are many.\n")
    'Which files are read.'
    """
    _, _, below = page.partition("\n")
    return below.lstrip("\n").partition("\n")[0]


def _read(page: Path) -> str:
    return read_file(page, _MOST).decode()

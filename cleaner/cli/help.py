"""`cleaner help`: the manual, page by page, and the help of each command."""

from __future__ import annotations

import io
import os
import re
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli import pager, terminal
from cleaner.errors import UsageError, did_you_mean
from cleaner.reading import read_file

MANUAL = Path(__file__).parents[1] / "manual"
COMMANDS_PAGE = "commands"  # has a section for each command, with links to other pages
_MOST = 1_000_000  # bytes of a page
_LEAST_FOR_TEXT = 20  # columns beside the list of topics; with fewer, what they are is below them


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

    On a terminal a page is shown in its layout, and screen by screen if it is long: in the pager
    that PAGER names, or in less. Elsewhere it is printed as it is written, in Markdown.

    \b
    Examples:
      cleaner help                        list the pages
      cleaner help formats                show a page
      cleaner help formats > formats.md   save it
      cleaner help rules explain          like: cleaner rules explain --help
    """
    from cleaner.cli.commands import COMMANDS

    given = words or []
    pages = {path.stem: path for path in sorted(MANUAL.glob("*.md"), key=lambda path: path.stem)}
    if not given:
        for line in first_page(pages, terminal.columns()):
            typer.echo(line)
    elif len(given) == 1 and given[0] in pages:
        _print_page(_read(pages[given[0]]), given[0] if given[0] in COMMANDS else "")
    elif given[0] in COMMANDS:
        _print(_help_of(given) + _more(given[0], _read(pages[COMMANDS_PAGE])))
    else:
        asked = " ".join(given)
        texts = {topic: _read(path) for topic, path in pages.items()}
        told = [f"`cleaner help {topic}`" for topic in topics_with(asked, texts)]
        hint = f"see {' and '.join(told)}" if told else did_you_mean(asked, {**pages, **COMMANDS})
        raise UsageError(f"there is no topic and no command “{asked}”; {hint}")


def first_page(pages: Mapping[str, Path], columns: int) -> Iterator[str]:
    """Yield the lines of the page that lists all pages: the topic, and what its page is about."""
    yield from textwrap.wrap("cleaner help TOPIC shows one of these pages:", columns)
    yield ""
    width = max(map(len, pages)) + 4
    for topic, path in pages.items():
        yield from _entry(topic, subject(_read(path)), width, columns)
    yield ""
    about = "cleaner help COMMAND shows the help of a command; cleaner --help lists them."
    yield from textwrap.wrap(about, columns)


def _entry(topic: str, about: str, width: int, columns: int) -> Iterator[str]:
    """Yield the lines of a topic: what its page is about stands beside it, or below it."""
    first = f"  {topic}".ljust(width)
    if columns - width < _LEAST_FOR_TEXT:
        yield first.rstrip()
        first, width = " " * 4, 4
    yield from textwrap.wrap(about, columns, initial_indent=first, subsequent_indent=" " * width)


def subject(page: str) -> str:
    r"""Return what a page is about: the line under its title.

    >>> subject("# Formats\n\nWhich files are read.\n\nThere are many.\n")
    'Which files are read.'
    """
    _, _, below = page.partition("\n")
    return below.lstrip("\n").partition("\n")[0]


def topics_about(command: str, page: str) -> list[str]:
    """Return the pages that the section about a command, in the page about commands, links to.

    >>> topics_about("fix", "## fix\\n\\nSee [formats](formats.md).\\n\\n## check\\n")
    ['formats']
    """
    found = re.search(rf"^## {re.escape(command)}\b.*?(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    section = found.group() if found else ""
    return list(dict.fromkeys(re.findall(r"\]\(([\w-]+)\.md\b", section)))


def topics_with(words: str, pages: Mapping[str, str]) -> list[str]:
    """Return the pages that have some words in a heading, or explain them in a list of words.

    >>> topics_with("exit-codes", {"commands": "# Commands\\n\\n## Exit codes\\n"})
    ['commands']
    """
    wanted = re.compile(rf"\b{re.escape(_plain(words))}s?\b")
    found: list[str] = []
    for topic, page in pages.items():
        marked = re.findall(r"^#+ (.+)$|\*\*([\w -]+)\*\*[:,]", page, re.MULTILINE)
        if any(wanted.search(_plain("".join(one))) for one in marked):
            found.append(topic)
    return found


def _plain(words: str) -> str:
    return words.casefold().replace("-", " ")


def _more(command: str, page: str) -> str:
    """Return the line that names the pages about a command."""
    topics = [COMMANDS_PAGE, *topics_about(command, page)]
    return f"\nIn the manual: {', '.join(f'cleaner help {topic}' for topic in topics)}\n"


def _help_of(words: Sequence[str]) -> str:
    """Return the help of a command, which may belong to a group.

    Raises:
        typer.BadParameter: there is no such command.
    """
    from cleaner.cli.commands import app

    with redirect_stdout(io.StringIO()) as printed:
        app([*words, "--help"], prog_name="cleaner", standalone_mode=False)
    return printed.getvalue()


def _print_page(page: str, command: str) -> None:
    """Print a page, and how to get the help of the command that has the same name."""
    if command:
        page = f"{page}\nFor the command of this name: cleaner {command} --help\n"
    if _is_on_screen():
        from cleaner.cli.rendering import rendered  # rich takes 0.1 s

        page = rendered(page, terminal.columns(), colour=terminal.wants_colour(sys.stdout))
    _print(page)


def _print(text: str) -> None:
    if _is_on_screen():
        pager.show(text)
    else:
        typer.echo(text, nl=False)


def _is_on_screen() -> bool:
    """Return whether stdout is a terminal that can do more than print line after line."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _read(page: Path) -> str:
    return read_file(page, _MOST).decode()

"""What a person sees of a command: colours where they are wanted, and progress if it takes long."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import IO, TYPE_CHECKING, TypeVar

import typer

from cleaner.reports.diff import unified
from cleaner.text.visible import visible

if TYPE_CHECKING:  # the version and the help need no engine
    from cleaner.project.corpus import Cleaned

T = TypeVar("T")
_LONG = 40  # files from which on a progress bar is worth showing
_COLOURS = {
    "fix": "green",
    "suggest": "yellow",
    "report": "cyan",
    "name": "green",
    "form": "red",
    "strong": "green",
    "accept": "green",
    "reject": "red",
}


def wants_colour(stream: IO[str]) -> bool:
    """Return whether to write colours: only to a terminal, without NO_COLOR and TERM=dumb."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(text: str, role: str) -> str:
    """Return a text for stdout in the colour of its role (a level, a name, a form, ...)."""
    return _coloured(text, _COLOURS.get(role, ""))


def _coloured(text: str, colour: str) -> str:
    return typer.style(text, fg=colour) if colour and wants_colour(sys.stdout) else text


def print_difference(cleaned: Cleaned) -> None:
    """Print what changes in a file; of a container, what changes in its text."""
    path, file, result = cleaned.file.path.as_posix(), cleaned.file, cleaned.result
    if result.document.is_container:
        print_diff(path, result.document.text.encode(), result.text.encode())
    else:
        print_diff(path, file.data, cleaned.data, file.encoding)


def print_diff(path: str, before: bytes, after: bytes, encoding: str = "utf-8") -> None:
    """Print the difference of the bytes of two files.

    On a terminal it has colours, and no character of the texts can do harm; anything else gets it
    byte for byte, so that `git apply` and `patch` can read it.
    """
    if sys.stdout.isatty():
        old, new = before.decode(encoding), after.decode(encoding)
    else:
        old, new = (data.decode("utf-8", "surrogateescape") for data in (before, after))
    for line in unified(path, old, new):
        print_diff_line(line)


def print_diff_line(line: str) -> None:
    """Print one line of a diff, which has its line end.

    Bytes that are not UTF-8 are lone surrogates in it, as `print_diff` reads them.
    """
    if not sys.stdout.isatty():
        typer.echo(line.encode("utf-8", "surrogateescape"), nl=False)
        return
    harmless = visible(line.removesuffix("\n")) + "\n"
    colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1], "")
    if line.startswith(("+++", "---")):
        colour = ""
    typer.echo(_coloured(harmless, colour), nl=False)


def say(line: str) -> None:
    """Print one line on stderr, harmless for a terminal."""
    typer.echo(visible(line), err=True)


def progress(items: Sequence[T], what: str) -> Iterable[T]:
    """Return the items, with a progress bar on stderr if there are many and it is a terminal."""
    if len(items) < _LONG or not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, what, console=Console(stderr=True), transient=True)

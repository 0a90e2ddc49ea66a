"""What a person sees: colours where they are wanted, counted words, a progress bar when it takes
long.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, TypeVar

import typer

from cleaner.text.visible import visible

T = TypeVar("T")
_LONG = 40  # files from which on a progress bar is worth the flicker
_COLOURS = {"fix": "green", "suggest": "yellow", "report": "cyan"}


def coloured(stream: IO[str]) -> bool:
    """Whether to write colours: only to a terminal, and not against NO_COLOR or TERM=dumb."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(text: str, colour: str, stream: IO[str]) -> str:
    """The text in a colour, or as it is where colours are not wanted."""
    return typer.style(text, fg=colour) if coloured(stream) else text


def finding_line(line: str, level: str) -> str:
    """A finding for stdout, its level in colour."""
    return line.replace(f" {level} ", f" {paint(level, _COLOURS[level], sys.stdout)} ", 1)


def diff_line(line: str) -> str:
    """A line of a diff for stdout: coloured and made harmless for a terminal, untouched for
    anything else.
    """
    if not sys.stdout.isatty():
        return line
    shown = visible(line.removesuffix("\n")) + "\n"
    colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
    return (
        paint(shown, colour, sys.stdout)
        if colour and not line.startswith(("+++", "---"))
        else shown
    )


def complain(line: str) -> None:
    """One line on stderr, harmless for a terminal."""
    typer.echo(visible(line), err=True)


def count(number: int, noun: str) -> str:
    """A number with its noun.

    >>> count(1, "fix"), count(1200, "file"), count(0, "fix")
    ('1 fix', '1,200 files', '0 fixes')
    """
    plural = f"{noun}es" if noun.endswith("x") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def progress(items: Sequence[T], what: str) -> Iterator[T] | Iterable[T]:
    """The items, with a bar on stderr if there are many and somebody watches."""
    if len(items) < _LONG or not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, what, console=Console(stderr=True), transient=True)

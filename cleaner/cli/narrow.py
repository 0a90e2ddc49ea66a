"""Help pages that can be read in a narrow terminal, too."""

from __future__ import annotations

from collections.abc import Iterable
from shutil import get_terminal_size
from textwrap import TextWrapper
from typing import Any

import typer

_WIDEST, _NARROWEST = 100, 20  # columns of a help page
_NARROW = 60  # columns below which an option has its description under it, and not beside it
_INDENT = 4


def _write_list(self: Any, rows: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
    """Write arguments, options or commands, each with its description."""
    described = [(_without_type(term), description) for term, description in rows]
    if self.width >= _NARROW:
        super(_Formatter, self).write_dl(described, *args, **kwargs)
        return
    before = " " * self.current_indent
    wrapper = TextWrapper(
        width=max(self.width - self.current_indent, _NARROWEST),
        initial_indent=before + " " * _INDENT,
        subsequent_indent=before + " " * _INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
    for term, description in described:
        self.write(f"{before}{term}\n")
        for line in wrapper.wrap(description):
            self.write(f"{line}\n")


def _without_type(term: str) -> str:
    """Return an argument without the type that Python has for it; an option as it is.

    >>> _without_type("PATHS <list[str]>"), _without_type("--level <fix|suggest>")
    ('PATHS', '--level <fix|suggest>')
    """
    return term if term.startswith("-") else term.partition(" <")[0]


# typer has its own copy of click's formatter in some versions.
_Formatter: Any = type("Formatter", (typer.Context.formatter_class,), {"write_dl": _write_list})


class Context(typer.Context):
    """The context of a command. Its help is as wide as the terminal, however narrow that is."""

    def make_formatter(self) -> Any:
        """Return what writes the help page."""
        columns = min(get_terminal_size().columns, _WIDEST)
        return _Formatter(width=max(columns - 2, _NARROWEST))

"""Places as people write them on a command line: FILE:LINE, or FILE:LINE:COLUMN."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import NamedTuple

from cleaner.reports.changes import without_line_ends
from cleaner.text.edits import Lines, Span

_PLACE = re.compile(r"(?P<file>.+?):(?P<line>[0-9]{1,9})(?::(?P<column>[0-9]{1,9}))?:?", re.DOTALL)


class Place(NamedTuple):
    """A line of a file; `column` is 0 where none was given. Both count from 1."""

    path: Path
    line: int
    column: int

    def shows(self, text: str, where: Lines, span: Span) -> bool:
        """Return whether a finding at `span` is shown at this place of `text`."""
        line, column = where.place(without_line_ends(text, span).start)
        if line != self.line:
            return False
        length = max(span.end - span.start, 1)
        return not self.column or column <= self.column < column + length


def argument(path: Path) -> str:
    """Return a path as somebody types it in a shell, so that no command takes it for an option.

    >>> argument(Path("a.txt")), argument(Path("-x y.txt"))
    ('a.txt', "'./-x y.txt'")
    """
    name = str(path)
    return shlex.quote(f"./{name}" if name.startswith("-") else name)


def parse_place(text: str) -> Place | None:
    """Return the place that a text names, or None if it names none.

    >>> place = parse_place("article.txt:12:3")
    >>> str(place.path), place.line, place.column
    ('article.txt', 12, 3)
    """
    found = _PLACE.fullmatch(text)
    if not found:
        return None
    return Place(Path(found["file"]), int(found["line"]), int(found["column"] or 0))

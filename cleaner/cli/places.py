"""Places as people write them on a command line: FILE:LINE, or FILE:LINE:COLUMN.

In a container the name of a member is between the file and the line, as reports print it.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import NamedTuple

from cleaner.reading import exists, is_file
from cleaner.reports.changes import without_line_ends
from cleaner.text.document import Document
from cleaner.text.edits import Span
from cleaner.text.visible import visible

_PLACE = re.compile(r"(?P<file>.+?):(?P<line>[0-9]{1,9})(?::(?P<column>[0-9]{1,9}))?:?", re.DOTALL)


class Place(NamedTuple):
    """A line of a file, or of a member of it if it is a container.

    `column` is 0 where none was given. Line and column count from 1. `member` is "" where none was
    given.
    """

    path: Path
    line: int
    column: int
    member: str = ""

    def shows(self, document: Document, span: Span) -> bool:
        """Return whether a finding at `span` is shown at this place of a document."""
        there = document.location(without_line_ends(document.text, span).start)
        if (visible(there.member), there.line) != (visible(self.member), self.line):
            return False
        length = max(span.end - span.start, 1)
        return not self.column or there.column <= self.column < there.column + length


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
    path, member = _split(found["file"])
    return Place(Path(path), int(found["line"]), int(found["column"] or 0), member)


def _split(text: str) -> tuple[str, str]:
    """Split `book.epub:chapter3.xhtml` into a file that exists and a member; else it is a file."""
    path, colon, member = text.partition(":")
    while colon and not is_file(Path(path)):
        more, colon, member = member.partition(":")
        path = f"{path}:{more}"
    return (path, member) if colon and not exists(Path(text)) else (text, "")

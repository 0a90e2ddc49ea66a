"""Text that fits into the cells of a screen.

A character of Hangul or Chinese takes two cells, so texts are measured in cells and cut between
what a reader sees as characters. Text of a file is made visible first: none of it may move the
cursor.
"""

from __future__ import annotations

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from cleaner.text.cells import head, tail
from cleaner.text.visible import visible


def around(before: str, middle: Text, after: str, cells: int) -> Text:
    """Return the middle of a line with as much as fits of what precedes and follows it.

    >>> around("It is said that ", Text("Marwin"), " was seen in Hangzhou again", 30).plain
    '… said that Marwin was seen i…'
    """
    near = 4 * max(cells, 1)  # code points on each side that are looked at
    left = visible(before[-near:])
    right = visible(after[:near])
    room = max(cells - middle.cell_len, 0)
    line = Text(tail(left, max(room // 2, room - cell_len(right))))
    line.append_text(middle)
    line.append(head(right, cells - line.cell_len))
    return cut(line, cells)


def styled(text: str, style: str = "") -> Text:
    """Return a text in a style that is not passed on to what is appended to it."""
    return Text().append(text, style)


def cut(line: Text, cells: int) -> Text:
    """Return a line that is no wider than this."""
    shorter = line.copy()
    if shorter.cell_len > cells:
        shorter.truncate(cells, overflow="ellipsis")
    return shorter


def padded(text: str, cells: int) -> str:
    """Return a text that is exactly this wide: cut, or followed by spaces."""
    text = head(text, cells)
    return text + " " * (cells - cell_len(text))


def wrapped(text: Text, width: int) -> list[Text]:
    """Return a text as lines of at most this width, and of at least one cell."""
    width = max(width, 1)
    return list(text.wrap(Console(width=width), width))

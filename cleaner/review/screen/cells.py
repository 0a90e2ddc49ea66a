"""Text on its way to a screen of so many cells: Hangul and Hanzi take two, and nothing may move the
cursor.
"""

from __future__ import annotations

from collections.abc import Iterable

import regex
from rich.cells import cell_len
from rich.text import Text

from cleaner.text.visible import visible


def head(text: str, cells: int) -> str:
    """As much of a text as fits, from its beginning; an ellipsis stands for the rest.

    >>> head("Ma Yun", 6), head("Ma Yun", 4), head("마윈은", 5)
    ('Ma Yun', 'Ma …', '마윈…')
    """
    if cell_len(text) <= cells:
        return text
    return (
        "".join(_fitting(regex.findall(r"\X", text[: 2 * cells + 8]), cells - 1)) + "…"
        if cells > 0
        else ""
    )


def tail(text: str, cells: int) -> str:
    """As much of a text as fits, to its end.

    >>> tail("Ma Yun", 4), tail("그는 마윈", 5)
    ('…Yun', '…마윈')
    """
    if cell_len(text) <= cells:
        return text
    clusters = regex.findall(r"\X", text[-(2 * cells + 8) :]) if cells > 0 else []
    return "…" + "".join(reversed(_fitting(reversed(clusters), cells - 1))) if cells > 0 else ""


def _fitting(clusters: Iterable[str], cells: int) -> list[str]:
    kept: list[str] = []
    for cluster in clusters:
        if (cells := cells - cell_len(cluster)) < 0:
            break
        kept.append(cluster)
    return kept


def around(before: str, middle: Text, after: str, cells: int) -> Text:
    """A line cut so that what matters is seen, with as much of what stands before and after as
    fits.

    >>> around("It is said that ", Text("Marwin"), " was seen in Hangzhou again", 30).plain
    '… said that Marwin was seen i…'
    """
    before, after = visible(before[-4 * max(cells, 1) :]), visible(after[: 4 * max(cells, 1)])
    room = max(cells - middle.cell_len, 0)
    left = max(room // 2, room - cell_len(after))
    line = Text(tail(before, left))
    line.append_text(middle)
    line.append(head(after, cells - line.cell_len))
    return cut(line, cells)


def styled(text: str, style: str = "") -> Text:
    """A piece of a line in a style of its own: what is appended does not inherit it."""
    return Text().append(text, style)


def cut(line: Text, cells: int) -> Text:
    """A line that fits."""
    shorter = line.copy()
    if shorter.cell_len > cells:
        shorter.truncate(cells, overflow="ellipsis")
    return shorter


def padded(text: str, cells: int) -> str:
    """A text in a column of so many cells."""
    text = head(text, cells)
    return text + " " * (cells - cell_len(text))

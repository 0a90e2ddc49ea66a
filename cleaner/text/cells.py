"""Text measured in the cells of a terminal.

A character of Hangul or Chinese takes two cells. Texts are cut between what a reader sees as
characters.
"""

from __future__ import annotations

from collections.abc import Iterable

import regex
from rich.cells import cell_len

_ELLIPSIS = "…"


def head(text: str, cells: int) -> str:
    """Return the beginning of a text, as much as fits. An ellipsis replaces the rest.

    >>> head("Ma Yun", 6), head("Ma Yun", 4), head("마윈은", 5)
    ('Ma Yun', 'Ma …', '마윈…')
    """
    if cell_len(text) <= cells:
        return text
    if cells <= 0:
        return ""
    clusters = regex.findall(r"\X", text[: _enough(cells)])
    return "".join(_fitting(clusters, cells - 1)) + _ELLIPSIS


def tail(text: str, cells: int) -> str:
    """Return the end of a text, as much as fits. An ellipsis replaces the rest.

    >>> tail("Ma Yun", 4), tail("그는 마윈", 5)
    ('…Yun', '…마윈')
    """
    if cell_len(text) <= cells:
        return text
    if cells <= 0:
        return ""
    clusters = regex.findall(r"\X", text[-_enough(cells) :])
    kept = _fitting(reversed(clusters), cells - 1)
    return _ELLIPSIS + "".join(reversed(kept))


def _enough(cells: int) -> int:
    """Return how many code points of a long text are looked at to fill that many cells."""
    return 2 * cells + 8


def _fitting(clusters: Iterable[str], cells: int) -> list[str]:
    """Return the first clusters, as many as fit."""
    kept: list[str] = []
    for cluster in clusters:
        cells -= cell_len(cluster)
        if cells < 0:
            break
        kept.append(cluster)
    return kept

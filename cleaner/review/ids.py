"""Ids that are not taken yet."""

from __future__ import annotations

from collections.abc import Container
from itertools import count


def free_id(wanted: str, taken: Container[str]) -> str:
    """Return the id that is wanted or, if it is taken, the first free one with a number.

    >>> free_id("ma-yun", ["ma-yun", "ma-yun-2"])
    'ma-yun-3'
    """
    if wanted not in taken:
        return wanted
    numbered = (f"{wanted}-{number}" for number in count(2))
    return next(id_ for id_ in numbered if id_ not in taken)

"""What a document does consistently is its style, whatever a rule thinks of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice

# From so many places on, something can be a style; fewer may be an accident.
_LEAST_PLACES = 8
# It is one if so many places are like that for each that is not.
_FOR_EACH_OTHER = 4


def is_style(places: int, others: Callable[[], Iterable[object]]) -> bool:
    """Return whether a document nearly always does what a rule calls damage.

    Args:
        places: in how many places it does.
        others: finds the places where it does not; they are looked for only if that matters.

    >>> is_style(20, lambda: ["one"]), is_style(20, lambda: ["one"] * 6), is_style(3, lambda: [])
    (True, False, False)
    """
    if places < _LEAST_PLACES:
        return False
    needed = others_needed(places)
    return sum(1 for _ in islice(others(), needed)) < needed


def others_needed(places: int) -> int:
    """Return how many other places show that it is no style.

    >>> others_needed(20)
    6
    """
    return places // _FOR_EACH_OTHER + 1

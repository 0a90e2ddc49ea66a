"""How long the match of a pattern can be, and in how many ways it can be tried."""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.rules.patterns.tree import (
    Branches,
    Chars,
    Group,
    Look,
    Position,
    Repeat,
    Sequence,
    Step,
    parse,
)

_FEW_WAYS = 10_000  # to match a pattern at one place; trying them all takes less than 1 ms


def add(one: int | None, other: int | None) -> int | None:
    """Return the sum of two numbers, of which None is one without limit."""
    return None if one is None or other is None else one + other


def most(numbers: Iterable[int | None]) -> int | None:
    """Return the greatest number, of which None is one without limit; 0 if there is none."""
    greatest = 0
    for number in numbers:
        if number is None:
            return None
        greatest = max(greatest, number)
    return greatest


def most_width(step: Step) -> int | None:
    """Return how many code points a step consumes at most; None if there is no limit."""
    match step:
        case Chars():
            return 1
        case Look() | Position():
            return 0
        case Group(body):
            return _width(body)
        case Branches(bodies):
            return most(map(_width, bodies))
        case Repeat(_, limit, body):
            width = _width(body)
            return None if limit is None or width is None else limit * width
    return None


def _width(steps: Sequence) -> int | None:
    width: int | None = 0
    for step in steps:
        width = add(width, most_width(step))
    return width


def is_quick_at_a_place(match: str) -> bool:
    """Return whether there are so few ways to match a pattern at one place that it takes no time.

    >>> is_quick_at_a_place("a{1,3},,"), is_quick_at_a_place("a+,,")
    (True, False)
    """
    return _ways(parse(match).steps, None) is not None


def is_quick_on(match: str, length: int) -> bool:
    """Return whether there are few ways to match a pattern at any place of so long a text.

    >>> is_quick_on("a+,,", 1000), is_quick_on("(?:a+b+)+,,", 1000)
    (True, False)
    """
    return _ways(parse(match).steps, length) is not None


def _ways(steps: Sequence, length: int | None) -> int | None:
    """Return in how many ways steps may be tried at most; None if they are too many.

    Args:
        steps: the steps.
        length: that of the text; None if it is not known.
    """
    ways = 1
    for step in steps:
        ways_of_step = _ways_of(step, length)
        if ways_of_step is None or ways * ways_of_step > _FEW_WAYS:
            return None
        ways *= ways_of_step
    return ways


def _ways_of(step: Step, length: int | None) -> int | None:
    match step:
        case Chars() | Position():
            return 1
        case Group(body) | Look(body):
            return _ways(body, length)
        case Branches(bodies):
            ways = 0
            for body in bodies:
                of_body = _ways(body, length)
                if of_body is None:
                    return None
                ways += of_body
            return ways
        case Repeat(least, limit, body):
            of_body = _ways(body, length)
            most_copies = length if limit is None else limit
            if of_body is not None and most_copies is not None:
                return _ways_of_repeat(of_body, least, most_copies)
    return None


def _ways_of_repeat(of_body: int, least: int, limit: int) -> int | None:
    ways = 0
    for count in range(least, limit + 1):
        ways += of_body**count
        if ways > _FEW_WAYS:
            return None
    return ways

"""How long the match of a pattern can be, and in how many ways it can be tried."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest
from typing import NamedTuple

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

_FEW_WAYS = 20_000  # to match a pattern at one place; trying them all takes about 1 ms


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
    return _is_quick(match, None)


def is_quick_on(match: str, length: int) -> bool:
    """Return whether there are few ways to match a pattern at any place of so long a text.

    >>> is_quick_on("a+,,", 1000), is_quick_on("(?:a+b+)+,,", 1000)
    (True, False)
    """
    return _is_quick(match, length)


def _is_quick(match: str, length: int | None) -> bool:
    tree = parse(match)
    return _ways(tree.steps, _Given(length, cased=not tree.ignores_case)) is not None


class _Given(NamedTuple):
    """What is known where ways are counted: the length of the text, and whether case counts."""

    length: int | None
    cased: bool


def _ways(steps: Sequence, given: _Given) -> int | None:
    """Return in how many ways steps may be tried at most; None if they are too many."""
    ways = 1
    for step, following in zip_longest(steps, steps[1:]):
        is_single = given.cased and following and _ends_before(step, following)
        ways_of_step = 1 if is_single else _ways_of(step, given)
        if ways_of_step is None or ways * ways_of_step > _FEW_WAYS:
            return None
        ways *= ways_of_step
    return ways


def _ends_before(step: Step, following: Step) -> bool:
    """Return whether a limited repetition can only end where the following step begins.

    So it is in `[a-z]{1,9} `: what is repeated is no space.
    """
    match step, following:
        case Repeat(_, int(), (Chars() as repeated,)), Chars() as other:
            return _are_disjoint(repeated, other) or _are_disjoint(other, repeated)
    return False


def _are_disjoint(one: Chars, other: Chars) -> bool:
    """Return whether it is certain that no character of a list is in another class."""
    if not one.is_listed or other.categories:
        return False
    for low, high in one.ranges:
        if other.negated:
            if not any(first <= low and high <= last for first, last in other.ranges):
                return False
        elif any(first <= high and low <= last for first, last in other.ranges):
            return False
    return True


def _ways_of(step: Step, given: _Given) -> int | None:
    match step:
        case Chars() | Position():
            return 1
        case Group(body) | Look(body):
            return _ways(body, given)
        case Branches(bodies):
            ways = 0
            for body in bodies:
                of_body = _ways(body, given)
                if of_body is None:
                    return None
                ways += of_body
            return ways
        case Repeat(least, limit, body):
            of_body = _ways(body, given)
            most_copies = given.length if limit is None else limit
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

"""A regular expression as a tree of steps.

Nothing public tells what a regular expression consists of, so the parser of the standard library
is asked (`re._parser`, which is private). This is the only module that knows what its output looks
like; the others see the classes below. A step that this module does not know becomes `Other`, of
which nothing is assumed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias


class Chars(NamedTuple):
    """One character out of a class: `a`, `[a-z,]`, `[^x]`, `\\w`, `.`."""

    ranges: tuple[tuple[int, int], ...] = ()  # code points, both ends included
    categories: tuple[str, ...] = ()  # escapes such as \w and \S
    negated: bool = False

    @property
    def is_listed(self) -> bool:
        """Whether the class is a list of code points, and neither a category nor a negation."""
        return not (self.categories or self.negated)


class Group(NamedTuple):
    """A group of any sort; what an atomic one has matched is never tried in another way."""

    body: Sequence
    atomic: bool = False
    ignores_case: bool = False  # whether the group itself says so, as in `(?i:a)`


class Branches(NamedTuple):
    """Alternatives: `a|b`."""

    bodies: tuple[Sequence, ...]


class Repeat(NamedTuple):
    """A repetition: `a?`, `a{2,5}`, `a*?`, `a++`."""

    least: int
    most: int | None  # None: without limit
    body: Sequence
    possessive: bool = False  # what it has matched is never tried in another way


class Look(NamedTuple):
    """A look-ahead or a look-behind."""

    body: Sequence
    ahead: bool
    negative: bool


class Position(NamedTuple):
    """A place without width, such as `^` and `\\b`, by the name that `re` has for it."""

    name: str


class Other(NamedTuple):
    """A step of which nothing is assumed, such as a reference to a group."""

    name: str


Step: TypeAlias = Chars | Group | Branches | Repeat | Look | Position | Other
Sequence: TypeAlias = tuple[Step, ...]


class Tree(NamedTuple):
    """A whole regular expression."""

    steps: Sequence
    least_width: int  # code points that a match has at least
    ignores_case: bool  # whether case is ignored anywhere in it


# Names of `re._parser` for repetitions; the value says whether they are possessive.
_REPEATS = {"MAX_REPEAT": False, "MIN_REPEAT": False, "POSSESSIVE_REPEAT": True}
# Names of `re._parser` for categories, and how they are written.
_CATEGORIES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}
_LINE_FEED = ord("\n")


@lru_cache(maxsize=4096)
def parse(match: str) -> Tree:
    """Return the tree of a regular expression.

    Raises:
        re.error, RecursionError, OverflowError: `re` cannot read it.

    >>> parse("a[bc]").steps
    (Chars(ranges=((97, 97),), categories=(), negated=False), \
Chars(ranges=((98, 98), (99, 99)), categories=(), negated=False))
    """
    nodes: Any = re._parser.parse(match)  # type: ignore[attr-defined]
    flags = nodes.state.flags
    steps = _sequence(nodes, flags)
    groups = (step for step in walk(steps) if isinstance(step, Group))
    ignores_case = bool(flags & re.IGNORECASE) or any(group.ignores_case for group in groups)
    return Tree(steps, nodes.getwidth()[0], ignores_case)


def begins_text(match: str) -> bool:
    r"""Return whether a regular expression matches nowhere but at the beginning of a text.

    >>> begins_text("^By"), begins_text("^By|by"), begins_text("(?m)^By")
    (True, False, False)
    """
    first = parse(match).steps[:1]
    return first == (Position("AT_BEGINNING"),)


def walk(steps: Sequence) -> Iterator[Step]:
    """Yield every step at whatever depth, in no particular order."""
    waiting = list(steps)
    while waiting:
        step = waiting.pop()
        yield step
        for body in bodies(step):
            waiting += body


def bodies(step: Step) -> tuple[Sequence, ...]:
    """Return the sequences inside a step: none, one, or one for each alternative."""
    match step:
        case Branches(alternatives):
            return alternatives
        case Group(body) | Repeat(body=body) | Look(body):
            return (body,)
    return ()


def _sequence(nodes: Iterable[Any], flags: int) -> Sequence:
    return tuple(_step(str(code), value, flags) for code, value in nodes)


def _step(name: str, value: Any, flags: int) -> Step:
    match name:
        case "LITERAL":
            return Chars(((value, value),))
        case "NOT_LITERAL":
            return Chars(((value, value),), negated=True)
        case "ANY":
            return _any_character(flags)
        case "IN":
            return _class(value)
        case "SUBPATTERN":
            _, added, removed, body = value
            inside = _sequence(body, (flags | added) & ~removed)
            return Group(inside, ignores_case=bool(added & re.IGNORECASE))
        case "ATOMIC_GROUP":
            return Group(_sequence(value, flags), atomic=True)
        case "BRANCH":
            return Branches(tuple(_sequence(body, flags) for body in value[1]))
        case "ASSERT" | "ASSERT_NOT":
            direction, body = value
            negative = name == "ASSERT_NOT"
            return Look(_sequence(body, flags), ahead=direction > 0, negative=negative)
        case "AT":
            return Position(_position(str(value), flags))
        case repeat if repeat in _REPEATS:
            least, most, body = value
            limit = None if str(most) == "MAXREPEAT" else int(most)
            return Repeat(least, limit, _sequence(body, flags), possessive=_REPEATS[repeat])
    return Other(name)


def _any_character(flags: int) -> Chars:
    if flags & re.DOTALL:
        return Chars(negated=True)
    return Chars(((_LINE_FEED, _LINE_FEED),), negated=True)


def _class(members: Iterable[Any]) -> Chars | Other:
    """Return the class that is written between square brackets."""
    ranges: list[tuple[int, int]] = []
    categories: list[str] = []
    negated = False
    for code, value in members:
        match str(code):
            case "NEGATE":
                negated = True
            case "LITERAL":
                ranges.append((value, value))
            case "RANGE":
                ranges.append(value)
            case "CATEGORY" if str(value) in _CATEGORIES:
                categories.append(_CATEGORIES[str(value)])
            case unknown:
                return Other(unknown)
    return Chars(tuple(ranges), tuple(categories), negated)


def _position(name: str, flags: int) -> str:
    """Return the name of a position; `^` has another one where it matches at every line."""
    if name == "AT_BEGINNING" and flags & re.MULTILINE:
        return "AT_BEGINNING_LINE"
    return name

"""Which literals must occur in a text before a pattern can match it.

A block of text is searched with a pattern only if one of these literals occurs in it, and one
automaton looks for the literals of all rules at once. So every pattern needs some, and the longer
they are, the less often the pattern is tried in vain.

They are found by reading the pattern from left to right and keeping a *run*: the spellings that
what was read since the last gap can have. Reading `gr[ae]y`, the run is `g`, then `gr`, then `gra`
or `gre`, then `gray` or `grey`. A step with too many spellings (`\\w`, `.*`, a reference) is a
gap: the run is kept as a candidate, and a new one begins behind the gap. Each candidate is a set
of literals of which one must occur wherever the pattern matches. Of all candidates the one is
taken whose shortest literal is the longest.

Three refinements:

* What a repetition, an alternation or a group requires inside is a candidate too.
* A class of many characters beyond ASCII, such as all Hangul syllables, counts by the first bytes
  that its members have in UTF-8. As the rest of the character is unknown, the run ends there.
* Literals are looked for in a folded text (see `cleaner.text.folding`) with every run of spaces as
  one space. Candidates are folded in the same way. A literal with capitals is found only as it is
  written; one in small letters is found in any case, and so stands for others of the same letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from cleaner.rules.patterns.size import add, most, most_width
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
from cleaner.text.folding import SPACES
from cleaner.text.literals import GAP

# UTF-8, of which one must occur or has been read
Literals: TypeAlias = frozenset[bytes]

NONE: Literals = frozenset()
_NOTHING_READ: Literals = frozenset({b""})

_MOST_COPIES = 4  # copies of a repeated step that are written out
_MOST_MEMBERS = 32  # characters of a class that are written out: an alphabet and a few marks
# Literals that a candidate may have. All Hangul syllables are 175 beginnings of two bytes.
_MOST_LITERALS = 400
_MOST_LEFT_OUT = 2  # spellings of what may be left out; with more, it divides two runs
_RARITY_OF_GAP = 4  # as that of a literal of so many bytes
_MOST_SINGLE_BYTES = 8  # one-byte literals; more of them occur in nearly every block
_FIRST_TWO_BYTE_POINT = 0x80  # code points from here on have two bytes in UTF-8
_FIRST_THREE_BYTE_POINT = 0x800  # ... and from here on three or four
_FIRST_LEAD_BYTE = 0xC0  # bytes from here on begin a character of several bytes
_SHORTEST_WIDE_CHARACTER = 3  # bytes; a shorter literal that begins so may be half a character


class Requirement(NamedTuple):
    """What must occur wherever a pattern matches.

    Attributes:
        literals: texts of which one occurs, as UTF-8: those with capitals as they are written, the
            others in any case. Some are only the beginning of a character. Empty if nothing is
            known.
        reach: how many code points before the literal a match begins at most; None if there is no
            limit.
    """

    literals: Literals
    reach: int | None = None


_NOTHING_KNOWN = Requirement(NONE)


@lru_cache(maxsize=4096)
def requirement(match: str) -> Requirement:
    """Return what must occur wherever the pattern matches.

    Raises:
        re.error: the pattern is not a regular expression.

    >>> sorted(requirement("(?:Anchor|Reporter):").literals)
    [b'Anchor:', b'Reporter:']
    >>> sorted(requirement(",,+").literals), sorted(requirement(r"\\s+").literals)
    ([b',,'], [])
    >>> requirement(r"\\w(?:[a-z]{2})? ?,,").reach
    4
    """
    tree = parse(match)
    best = _best(tree.steps)
    if tree.ignores_case:
        if not all(literal.isascii() for literal in best.literals):
            return _NOTHING_KNOWN  # the automaton ignores the case of ASCII letters only
        return best._replace(literals=_in_any_case(best.literals))
    return best


def _in_any_case(literals: Literals) -> Literals:
    """Return literals in small letters, which are found in any case."""
    return frozenset(literal.lower() for literal in literals)


def _needed(literals: Literals) -> Literals:
    """Return literals without those where another one is found, too.

    >>> sorted(_needed(frozenset({b"Video", b"video", b"photo", b"photos"})))
    [b'photo', b'video']
    """
    needed: set[bytes] = set()
    for literal in literals:
        small = literal.lower()
        shorter = (literal[:size] for size in range(1, len(literal)))
        is_found_anyway = any(each in literals or each.lower() in literals for each in shorter)
        if not is_found_anyway and (literal == small or small not in literals):
            needed.add(literal)
    return frozenset(needed)


def _best(steps: Sequence) -> Requirement:
    """Return the candidate whose shortest literal is the longest; of those, the smallest one."""
    candidates: list[Requirement] = []
    for found, reach in _candidates(steps):
        candidates.append(Requirement(_needed(frozenset(map(_folded, found))), reach))
        if found and all(GAP in literal for literal in found):
            before_gap = max(map(len, found))
            candidates.append(Requirement(frozenset({GAP}), add(reach, before_gap)))
    usable = [candidate for candidate in candidates if _is_usable(candidate.literals)]
    return max(usable, key=_usefulness, default=_NOTHING_KNOWN)


def _usefulness(candidate: Requirement) -> tuple[int, int]:
    return min(map(_rarity, candidate.literals)), -len(_in_any_case(candidate.literals))


def _rarity(literal: bytes) -> int:
    """Return how rare a literal is. It is rarer the longer it is; a run of spaces is rare, too."""
    return _RARITY_OF_GAP if literal == GAP else len(literal)


def _is_usable(candidate: Literals) -> bool:
    """Return whether a candidate says something: no empty literal, and not too many."""
    if not candidate or b"" in candidate:
        return False
    many = len(_in_any_case(candidate))
    if many > _MOST_LITERALS:
        return False
    return many <= _MOST_SINGLE_BYTES or min(map(len, candidate)) > 1


def _folded(literal: bytes) -> bytes:
    """Return a literal as it occurs in a folded text, where a run of spaces is one space.

    A literal of nothing but spaces becomes the sign for a run of spaces, or empty if it is a
    single space, which occurs everywhere.
    """
    if not literal.strip():
        return GAP if len(literal) > 1 else b""
    return re.sub(rb" +", b" ", literal) if GAP in literal else literal


def _candidates(steps: Sequence) -> Iterator[Requirement]:
    """Yield sets of literals of which one must occur; some may hold the empty literal."""
    run = _NOTHING_READ
    begin: int | None = 0  # code points of a match before the run, at most
    width: int | None = 0  # code points of a match so far, at most
    for step in _unrolled(steps):
        if isinstance(step, Look):
            if step.negative:
                continue
            if step.ahead:
                joined = _joined(run, _sequence_spellings(step.body))
                yield Requirement(joined, begin) if joined else _behind(_best(step.body), width)
                continue
            if run != _NOTHING_READ:
                continue  # a look-behind tells nothing new about what was just read
        elif isinstance(step, Position):
            continue
        elif isinstance(step, Branches):
            yield _behind(_inside(step), width)  # each may tell more than what all have in common
        # A run does not begin with what may be left out: it would be found with and without it.
        is_left_out = isinstance(step, Repeat) and run == _NOTHING_READ
        spellings = NONE if is_left_out else _spellings(step)
        longer = _joined(run, spellings)
        if not longer:
            yield Requirement(run, begin)
            yield _behind(_inside(step), width)
        elif _may_end_inside_character(spellings):
            yield Requirement(longer, begin)
        width = add(width, most_width(step))
        if not longer or _may_end_inside_character(spellings):
            run = _NOTHING_READ
            begin = width
        else:
            run = longer
    yield Requirement(run, begin)


def _behind(found: Requirement, width: int | None) -> Requirement:
    """Return what a part of a pattern requires that stands behind at most so many code points."""
    return found._replace(reach=add(found.reach, width))


def _inside(step: Step) -> Requirement:
    """Return what a group, an alternation or a repetition requires."""
    match step:
        case Group(body):
            return _best(body)
        case Branches(bodies):
            required_by_each = [_best(body) for body in bodies]
            if not all(found.literals for found in required_by_each):
                return _NOTHING_KNOWN
            literals = _needed(NONE.union(*(found.literals for found in required_by_each)))
            reaches = [found.reach for found in required_by_each]
            return Requirement(literals, most(reaches))
        case Repeat(least, _, body) if least:
            return _best(body * min(least, _MOST_COPIES))
    return _NOTHING_KNOWN


def _joined(heads: Literals, tails: Literals) -> Literals:
    """Return every head followed by every tail; empty if those are too many."""
    if len(heads) * len(tails) > _MOST_LITERALS:
        heads, tails = _in_any_case(heads), _in_any_case(tails)
    if len(heads) * len(tails) > _MOST_LITERALS:
        return NONE
    joined: set[bytes] = set()
    for head in heads:
        joined.update(head + tail for tail in tails)
    return frozenset(joined)


@lru_cache(maxsize=4096)
def _may_end_inside_character(spellings: Literals) -> bool:
    """Return whether a spelling may be the beginning of a character, which nothing can follow."""
    return any(
        spelling[:1] >= bytes([_FIRST_LEAD_BYTE]) and len(spelling) < _SHORTEST_WIDE_CHARACTER
        for spelling in spellings
    )


def _unrolled(steps: Sequence) -> Iterator[Step]:
    """Yield the steps, with the obligatory copies of a repeated character written out.

    `,,+` becomes a comma, a comma, and `,*`.
    """
    for step in steps:
        if not (isinstance(step, Repeat) and step.least and _is_one_character(step.body)):
            yield step
            continue
        copies = min(step.least, _MOST_COPIES)
        yield from step.body * copies
        if step.most != copies:
            yield step._replace(least=0)


def _is_one_character(body: Sequence) -> bool:
    return len(body) == 1 and isinstance(body[0], Chars)


def _spellings(step: Step) -> Literals:
    """Return what a step can consume, or empty if it has too many spellings to list."""
    match step:
        case Chars() if step.is_listed:
            return _members(step.ranges)
        case Group(body, atomic=False):
            return _sequence_spellings(body)
        case Look(body):
            return _sequence_spellings(body)
        case Branches(bodies):
            spellings_of_each = [_sequence_spellings(body) for body in bodies]
            return NONE.union(*spellings_of_each) if all(spellings_of_each) else NONE
        case Repeat(0, 1, body):
            spellings = _sequence_spellings(body)
            if len(_in_any_case(spellings)) <= _MOST_LEFT_OUT:
                return spellings | _NOTHING_READ if spellings else NONE
    return NONE


def _sequence_spellings(steps: Sequence) -> Literals:
    """Return what a sequence can consume, or empty if it has too many spellings to list."""
    spellings = _NOTHING_READ
    for step in _unrolled(steps):
        if not isinstance(step, Look | Position):
            spellings = _joined(spellings, _spellings(step))
            if not spellings:
                return NONE
    return spellings


@lru_cache(maxsize=4096)
def _members(ranges: tuple[tuple[int, int], ...]) -> Literals:
    """Return the characters of a small class, or the first bytes that those of a large one have.

    Empty for a large class with ASCII or with spaces in it: it would be found everywhere.
    """
    points = [range(low, high + 1) for low, high in ranges]
    if sum(map(len, points)) <= _MOST_MEMBERS:
        return _encoded(point for part in points for point in part)
    if any(ord(space) in part for space in SPACES for part in points):
        return NONE
    if min(part.start for part in points) < _FIRST_TWO_BYTE_POINT:
        return NONE
    has_long_members = max(part.stop for part in points) > _FIRST_THREE_BYTE_POINT
    size = 2 if has_long_members else 1
    beginnings: set[bytes] = set()
    for part in points:
        beginnings.update(chr(point).encode("utf-8", "replace")[:size] for point in part)
    return frozenset(beginnings)


def _encoded(points: Iterable[int]) -> Literals:
    """Return characters as UTF-8; empty if a folded text may lack one of them.

    White space becomes a space there, an accent is joined to the letter before it, and half of a
    surrogate pair is no character.
    """
    encoded: set[bytes] = set()
    for char in map(chr, points):
        is_other_space = char.isspace() and char != " "
        if is_other_space or unicodedata.combining(char) or unicodedata.category(char) == "Cs":
            return NONE
        encoded.add(char.encode())
    return frozenset(encoded)

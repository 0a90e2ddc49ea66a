"""Tell which single quotation marks are apostrophes, which open a quotation and which close one.

In damaged text an opening mark arrives as an apostrophe, and the space before it is lost: `as
a’rat passing by’`. Nothing next to that mark tells it from the one in O’Brien. What tells is the
rest of the paragraph: whether a mark follows that can close the quotation. So all marks of a
paragraph are read together:

1. Each mark gets a cost for each of three roles: apostrophe, opener, closer. The cost says how
   much the characters and words around the mark speak against the role
   (`cleaner.fixers.quotes.costs`).
2. A reading gives each mark one role. After an opener the next mark that is no apostrophe must be
   a closer, and a closer needs an opener: quotations never nest.
3. The cost of a reading is the sum of the costs of its roles, plus what speaks against each pair
   as a quotation (`_Paragraph.pair_cost`): a quotation with a sentence end inside it is less
   likely, a very long one is impossible.
4. The cheapest reading wins; at equal cost a mark is an apostrophe. A Viterbi search finds it:
   from mark to mark it keeps only the cheapest reading so far that ends outside a quotation, and
   for each opener that may still find its closer the cheapest reading that ends inside.

A mark changes only as part of a pair of which one mark is glued to a word. No closer, no edit.
A pair is certain if two apostrophes would cost much more (`Pair.margin`) and no other mark inside
may be its closer. Where a document has
lost few openers, only certain pairs are repaired.

A worked example. In `Xi’an’s’Class B’shares` the costs are (`-` is never):

    mark        apostrophe  opener  closer  because
    Xi’an            0         -       -    Xi is the beginning of a name
    an’s             0         -       -    ’s
    s’Class          4         1       -    after ’s a mark is rarely an apostrophe
    B’shares         2         -       2    “shares” is a word of its own

Four apostrophes cost 0 + 0 + 4 + 2 = 6. Two apostrophes and a quotation cost 0 + 0 + 1 + 2 = 3,
which is the cheapest reading: `Xi’an’s ‘Class B’ shares`.

>>> habits = Habits(set(), {"s"}, set(), set(), set(), {"Xi"}, {"Class", "shares"}.__contains__, 40)
>>> text = "Xi’an’s’Class B’shares"
>>> for at in (2, 5, 7, 15):
...     mark = weigh(text, at, habits, damaged=False)
...     print(mark.apostrophe, mark.opener, mark.closer)
0.0 99.0 99.0
0.0 99.0 99.0
4.0 1.0 99.0
2.0 99.0 2.0
>>> [(pair.opener.at, pair.closer.at) for pair in pairs(text, habits)]
[(7, 15)]
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from string import ascii_lowercase, digits
from typing import NamedTuple

from cleaner.fixers.quotes.apostrophes import has_prefix
from cleaner.fixers.quotes.costs import NEVER, Mark, weigh
from cleaner.fixers.quotes.surroundings import (
    CLOSING_MARK,
    MARKS,
    OPENING_MARK,
    Habits,
    may_open,
    surroundings,
)

__all__ = ["Habits", "Pair", "glued", "inner_spaces", "is_glued", "pairs"]

_MARK = re.compile(f"[{''.join(sorted(MARKS))}]")
# First bytes, in UTF-8, of accented Latin letters, Chinese characters and Hangul.
_BEYOND_ASCII = [bytes([lead]) for lead in (0xC3, *range(0xE3, 0xEE))]
# The tails of nearly all apostrophes in a text.
_COMMON_TAILS = frozenset({"t", "s", "re", "ve", "ll", "d", "m"})
# A pair of straight double marks with spaces inside, and white space or punctuation around it.
_SPACED_PAIR = re.compile(r'[\s(]?" (?=.*\w)\S(?:.*\S)? "[\s.,;:!?)]?', re.DOTALL)

# An opener this far back, in code points, is given up. No quotation of forty words is longer.
_LONGEST_QUOTATION = 500
_SENTENCE_END = re.compile(r"[.!?](?=\s+\S)")
_SENTENCE_END_COST = 1.5  # for each end of a sentence inside a quotation
# How much more two apostrophes must cost than a certain quotation.
_CERTAIN = 1.0
_CERTAIN_CLOSER = 2.0  # if only the closing mark is glued


def glued(tails: Collection[str]) -> set[bytes]:
    """Return what a document must contain before a glued mark can be in it, as UTF-8.

    Each literal is a mark and the shortest beginning of a word that is not the tail of a common
    contraction. Rare tails (o'clock, y'all) are told apart later, where a literal was found: to
    leave them out here would take eight times as many literals.

    >>> literals = glued({"re", "s"})
    >>> b"'re" in literals, b"'rea" in literals, b"'q" in literals
    (False, True, True)
    """
    common = _COMMON_TAILS.intersection(tails)
    return {mark.encode() + beginning for mark in MARKS for beginning in _other_words("", common)}


def _other_words(begun: str, tails: Collection[str]) -> Iterator[bytes]:
    """Yield the shortest beginnings, from `begun` on, of all words that are not among `tails`.

    >>> b"".join(sorted(_other_words("re", {"re"}))[:3])
    b're0re1re2'
    """
    if begun and not any(tail.startswith(begun) for tail in tails):
        yield begun.encode()
        return
    if begun and begun not in tails:
        yield begun.encode() + b" "  # a whole word that only begins as a tail does: r, of re
    for character in (*ascii_lowercase, *digits):
        yield from _other_words(begun + character, tails)
    for lead in _BEYOND_ASCII:
        yield begun.encode() + lead


def is_glued(text: str, at: int, prefixes: Collection[str] = ()) -> bool:
    """Return whether the mark at `at` touches something on its left that it may not belong to.

    >>> is_glued("the’rat", 3), is_glued("the ‘rat", 4), is_glued("O’Brien", 1, {"O"})
    (True, False, False)
    """
    return not may_open(text, at) and not has_prefix(surroundings(text, at), prefixes)


def inner_spaces(text: str) -> list[int]:
    """Return the positions of spaces just inside a pair of straight double quotation marks.

    A pair counts only with a space on both inner sides, and with white space or punctuation around
    it. The marks of the paragraph must be even in number.

    >>> inner_spaces('the " X " and "Y"'), inner_spaces('an " X " and a "')
    ([5, 7], [])
    >>> inner_spaces('"No," she said, "no."')
    []
    """
    marks = [found.start() for found in re.finditer('"', text)]
    if len(marks) % 2:
        return []
    spaces: list[int] = []
    for opener, closer in zip(marks[::2], marks[1::2], strict=True):
        is_inch_mark = text[max(0, opener - 2) : max(0, opener - 1)].isdigit()  # 5' 10 "
        pair = text[max(0, opener - 1) : closer + 2]
        if not is_inch_mark and _SPACED_PAIR.fullmatch(pair):
            spaces += [opener + 1, closer - 1]
    return spaces


class Pair(NamedTuple):
    """The two marks of a quotation, and what speaks against the pair beside their own costs."""

    opener: Mark
    closer: Mark
    cost: float = 0.0
    is_interrupted: bool = False  # whether a mark inside may close it, if a space is lost

    @property
    def glued(self) -> bool:
        """Whether the space before or behind the quotation was lost."""
        return self.opener.glued_left or self.closer.glued_right

    @property
    def margin(self) -> float:
        """How much more the two marks would cost as apostrophes."""
        apostrophes = self.opener.apostrophe + self.closer.apostrophe
        return apostrophes - (self.opener.opener + self.closer.closer + self.cost)

    def is_certain(self, text: str) -> bool:
        """Return whether the pair is a broken quotation, even in a text that has no other one.

        If only the closing mark is glued, the opening mark has to be turned as well: in `‘to the
        pa’son` nothing is broken. An opening mark that is not turned and yet glued is the letter
        of another alphabet (Shi‘a), or what a program does to its whole manual.
        """
        opening = text[self.opener.at]
        is_broken = opening == CLOSING_MARK or (self.opener.glued_left and opening != OPENING_MARK)
        least = _CERTAIN if self.opener.glued_left else _CERTAIN_CLOSER
        return is_broken and self.margin >= least and not self.is_interrupted

    def written(self, text: str) -> tuple[str, str]:
        """Return both marks as they should be written, with the spaces that were lost.

        They stay straight if both are; otherwise they become curly and face inwards.
        """
        straight = text[self.opener.at] == text[self.closer.at] == "'"
        opening = "'" if straight else OPENING_MARK
        closing = "'" if straight else CLOSING_MARK
        if self.opener.glued_left:
            opening = f" {opening}"
        if self.closer.glued_right:
            closing = f"{closing} "
        return opening, closing


def pairs(
    text: str,
    habits: Habits,
    *,
    damaged: bool = False,
    counts: Callable[[int], bool] = lambda _: True,
) -> Iterator[Pair]:
    """Yield the quotations of one paragraph by the cheapest reading of its marks.

    Args:
        text: the paragraph.
        habits: what is known about English words and marks.
        damaged: whether the document is known to lose openers. Then an opener may also be glued to
            a word that no list and no dictionary has.
        counts: whether the mark at a position belongs to prose; those of code are left out.

    >>> habits = Habits({"a"}, {"s"}, set(), set(), {"and"}, {"O"}, {"rat"}.__contains__, 40)
    >>> text = "a’rat passing by the main street’, said O’Brien’s son"
    >>> [(pair.opener.at, pair.closer.at) for pair in pairs(text, habits)]
    [(1, 32)]
    """
    places = [found.start() for found in _MARK.finditer(text)]
    marks = [weigh(text, at, habits, damaged=damaged) for at in places if counts(at)]
    closing = [mark.at for mark in marks if mark.glued_right and mark.closer < NEVER]
    for pair in _cheapest(marks, _Paragraph(text, habits.words)):
        inside = _count(closing, pair.opener.at, pair.closer.at)
        yield pair._replace(is_interrupted=inside > 0)


class _Paragraph:
    """What of a paragraph decides whether two marks can enclose a quotation.

    The positions are found once, so that a paragraph of many marks is not searched again and again.
    """

    def __init__(self, text: str, words: int) -> None:
        self._text = text
        self._words = words
        self._spaces = _places(" ", text)
        self._sentence_ends = [found.start() for found in _SENTENCE_END.finditer(text)]
        self._opened = _places("\N{LEFT DOUBLE QUOTATION MARK}", text)
        self._closed = _places("\N{RIGHT DOUBLE QUOTATION MARK}", text)

    def pair_cost(self, opener: int, closer: int) -> float:
        """Return what speaks against a quotation between the marks at these two positions.

        >>> _Paragraph("‘a rat. A dog’", 40).pair_cost(0, 13)
        1.5
        >>> _Paragraph("‘a rat ’", 40).pair_cost(0, 7) == NEVER
        True
        """
        inside = self._text[opener + 1 : opener + 3]
        is_too_short = closer - opener < 3 or (closer - opener == 3 and inside != inside.strip())
        if is_too_short or self._text[closer - 1].isspace():
            return NEVER
        if _is_digit(self._text, opener - 1) and _is_digit(self._text, closer - 1):
            return NEVER  # primes: 5’10’’ tall, from 5’to 6’, 26’46’’N, the 5’and 3’ends
        if _count(self._spaces, opener, closer) >= self._words:
            return NEVER
        if _count(self._opened, opener, closer) != _count(self._closed, opener, closer):
            return NEVER
        return _SENTENCE_END_COST * _count(self._sentence_ends, opener, closer - 2)


def _is_digit(text: str, at: int) -> bool:
    return text[max(0, at) : at + 1].isdigit()


def _places(mark: str, text: str) -> list[int]:
    """Return where a character occurs, in order."""
    return [found.start() for found in re.finditer(mark, text)]


def _count(places: Sequence[int], after: int, before: int) -> int:
    """Return how many of some sorted positions lie between two others."""
    return bisect_left(places, before) - bisect_right(places, after)


class _Chain(NamedTuple):
    """The quotations of a reading: the last one, and a chain of those before it.

    Readings share the beginnings of their chains, so that a step of the search copies nothing.
    """

    last: Pair
    before: _Chain | None


class _Reading(NamedTuple):
    """One reading of the marks up to a point: its cost and its quotations."""

    cost: float
    chain: _Chain | None


class _Open(NamedTuple):
    """A reading that ends inside a quotation: its opener, and the quotations before it."""

    opener: Mark
    chain: _Chain | None


def _cheapest(marks: Sequence[Mark], paragraph: _Paragraph) -> list[Pair]:
    """Return the quotations of the cheapest reading, in the order of the text."""
    outside = _Reading(0.0, None)  # the cheapest reading that ends outside quotations
    inside: list[_Open] = []  # one for each opener that may still find its closer
    costs: list[float] = []  # of the readings in `inside`
    for mark in marks:
        before = outside
        outside = _Reading(before.cost + mark.apostrophe, before.chain)
        if mark.closer < NEVER:
            outside = _closed_by(mark, inside, costs, paragraph, outside)
        far = bisect_left(inside, mark.at - _LONGEST_QUOTATION, key=lambda open_: open_.opener.at)
        del inside[:far], costs[:far]
        costs = [cost + mark.apostrophe for cost in costs]
        if mark.opener < NEVER:
            inside.append(_Open(mark, before.chain))
            costs.append(before.cost + mark.opener)
    return _quotations(outside.chain)


def _closed_by(
    mark: Mark,
    inside: Sequence[_Open],
    costs: Sequence[float],
    paragraph: _Paragraph,
    cheapest: _Reading,
) -> _Reading:
    """Return the cheapest reading in which `mark` closes an open quotation.

    It is `cheapest` if none costs less. Of equal costs the shortest quotation wins.
    """
    for at in range(len(inside) - 1, -1, -1):
        opener, chain = inside[at]
        without_pair = costs[at] + mark.closer
        if without_pair >= cheapest.cost:
            continue
        pair_cost = paragraph.pair_cost(opener.at, mark.at)
        if without_pair + pair_cost < cheapest.cost and pair_cost < NEVER:
            pair = Pair(opener, mark, pair_cost)
            cheapest = _Reading(without_pair + pair_cost, _Chain(pair, chain))
    return cheapest


def _quotations(chain: _Chain | None) -> list[Pair]:
    """Return the pairs of a chain from the first to the last."""
    found: list[Pair] = []
    while chain:
        found.append(chain.last)
        chain = chain.before
    found.reverse()
    return found

"""Which single marks are apostrophes, which open a quotation and which close one.

In damaged text the opening mark arrives as an apostrophe with the space before it lost: `as a’rat
passing by’`. No local pattern can tell that mark from the one in O’Brien; whether a closing mark
follows can. So the marks of a paragraph are labelled together, by the cheapest reading of all of
them (a Viterbi search), and a reading is acted upon only where a glued mark gets an opener *and* a
closer.

One paragraph followed through: in `Xi’an’s’Class B’shares` the first mark costs nothing as an
apostrophe (a known name prefix), the second neither (’s), the third costs 1 as an opener (after ’s)
and 4 as an apostrophe, the last costs 2 as a closer glued on its right; 1 + 2 is cheaper than 4 +
4, so the reading is `Xi’an’s ‘Class B’ shares`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from string import ascii_lowercase, digits
from typing import NamedTuple

NEVER = 99.0
_MARKS = "'\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
_MARK = re.compile(f"[{_MARKS}]")
# Latin letters with accents, Hanja, Hangul
_BEYOND_ASCII = [bytes([lead]) for lead in (0xC3, *range(0xE3, 0xEE))]
# what follows nearly every apostrophe of a text
_COMMON = frozenset({"t", "s", "re", "ve", "ll", "d", "m"})
_LEFT_WORD = re.compile(r"[^\W_]+(?:[-&.][^\W_]+)*\Z")
_RIGHT_WORD = re.compile(r"[^\W\d_]+|\d+s?")
_LONGEST = 500  # code points; no quotation of forty words is longer
_NEXT_WORD = re.compile(r"[ \n\r\t]+([^\W_]+)")
_SPACED = re.compile(r'[\s(]?" (?=.*\w)\S(?:.*\S)? "[\s.,;:!?)]?', re.DOTALL)
_OPENING = '([{\N{LEFT DOUBLE QUOTATION MARK}"\N{EM DASH}\N{EN DASH}\N{HORIZONTAL ELLIPSIS}-/'
_EMPHASIS = re.compile(r"[*_]{1,3}\Z")
_SENTENCE_END = re.compile(r"[.!?]\s+\S")


def glued(tails: Collection[str]) -> set[bytes]:
    """What begins a repair, as UTF-8: a mark and the shortest beginning of a word that is no common
    contraction's tail.

    Rarer tails (o'clock, y'all) are told apart when they are met: to look for all that they are not
    takes eight times as many literals.

    >>> b"'re" in glued({"re", "s"}), b"'rea" in glued({"re", "s"}), b"'q" in glued({"re", "s"})
    (False, True, True)
    """
    return {
        mark.encode() + piece
        for mark in _MARKS
        for piece in _no_tails("", _COMMON.intersection(tails))
    }


def inner_spaces(text: str) -> list[int]:
    """Where straight double marks hold a space on both inner sides.

    The marks of the paragraph must come in pairs, and outside a pair there is a space or a mark.

    >>> inner_spaces('the " X " and "Y"'), inner_spaces('an " X " and a "'), inner_spaces('"No," she said, "no."')
    ([5, 7], [], [])
    """
    marks = [found.start() for found in re.finditer('"', text)]
    pairs = zip(marks[::2], marks[1::2], strict=False) if len(marks) % 2 == 0 else ()
    return [
        at
        for opener, closer in pairs
        if _SPACED.fullmatch(text[max(0, opener - 1) : closer + 2])
        and not text[max(0, opener - 2) : opener - 1].isdigit()  # an inch mark: 5' 10 "
        for at in (opener + 1, closer - 1)
    ]


def is_glued(text: str, at: int, prefixes: Collection[str] = ()) -> bool:
    """Whether something stands directly before the mark at `at` from which it might have to be
    parted.

    >>> is_glued("the’rat", 3), is_glued("the ‘rat", 4), is_glued("O’Brien", 1, {"O"})
    (True, False, False)
    """
    if _opens(text, at):
        return False
    left = _LEFT_WORD.search(text, max(0, at - 40), at)
    return not (
        left
        and left.group() in prefixes
        and text[left.start() - 1 : left.start()] not in set(_MARKS)
    )


def _no_tails(begun: str, tails: Collection[str]) -> Iterator[bytes]:
    if begun and begun not in tails and not any(tail.startswith(begun) for tail in tails):
        yield begun.encode()
        return
    if begun and begun not in tails:
        yield begun.encode() + b" "
    for letter in (*ascii_lowercase, *digits):
        yield from _no_tails(begun + letter, tails)
    yield from (begun.encode() + lead for lead in _BEYOND_ASCII)


class Habits(NamedTuple):
    """What is known of English marks; the words stand in rules/quotes.yaml."""

    function_words: Collection[str]
    tails: Collection[str]  # what follows an apostrophe: t, s, re, ...
    elisions: Collection[str]  # words that begin with one: tis, 90s, ...
    endings: Collection[str]  # words that end with one: o, an, th, ...
    followers: Collection[str]  # words that never follow a possessive: in, and, was, ...
    prefixes: Collection[str]  # beginnings of names: O, D, Xi, ...
    is_ordinary: Callable[[str], bool]
    words: int  # the longest quotation


class Mark(NamedTuple):
    """A single mark, what it costs to read it in each way, and whether it is glued to the word on
    that side.
    """

    at: int
    apostrophe: float
    opener: float
    closer: float
    glued_left: bool
    glued_right: bool


class Pair(NamedTuple):
    """Two marks that belong together."""

    opener: Mark
    closer: Mark

    @property
    def glued(self) -> bool:
        """Whether a space was lost before or behind it."""
        return self.opener.glued_left or self.closer.glued_right

    def written(self, text: str) -> tuple[str, str]:
        """The two marks as they should be: spaces given back, the right direction; straight only if
        both are.
        """
        straight = text[self.opener.at] == text[self.closer.at] == "'"
        opening, closing = ("'", "'") if straight else (_MARKS[1], _MARKS[2])
        return " " * self.opener.glued_left + opening, closing + " " * self.closer.glued_right


def pairs(
    text: str,
    habits: Habits,
    *,
    damaged: bool = False,
    counts: Callable[[int], bool] = lambda _: True,
) -> Iterator[Pair]:
    """The quotations in one paragraph, by the cheapest reading of its marks.

    Args:
        damaged: whether the document was seen to lose its openers; then one may follow a word that
            nobody knows.
        counts: whether the mark at a place is one of prose, not of code.

    >>> habits = Habits({"a", "the"}, {"s", "t"}, set(), set(), {"and"}, {"O"}, lambda word: word == "rat", 40)
    >>> text = "a’rat passing by the main street’, said O’Brien’s son"
    >>> [(pair.opener.at, pair.closer.at) for pair in pairs(text, habits)]
    [(1, 32)]
    """
    places = [found.start() for found in _MARK.finditer(text) if counts(found.start())]
    marks = [_read(text, at, habits, damaged=damaged) for at in places]
    yield from _cheapest(text, marks, habits.words)


class _Reading(NamedTuple):
    """The cheapest reading of the marks so far, as a linked list of pairs."""

    cost: float
    pairs: tuple[Pair, object] | None


def _cheapest(text: str, marks: Sequence[Mark], words: int) -> list[Pair]:
    outside = _Reading(0.0, None)
    # the openers that still wait, each with its cheapest reading
    inside: list[tuple[Mark, _Reading]] = []
    for mark in marks:
        closed = [
            _Reading(reading.cost + mark.closer + extra, (Pair(opener, mark), reading.pairs))
            for opener, reading in inside
            if mark.closer < NEVER and (extra := _strain(text, opener.at, mark.at, words)) < NEVER
        ]
        opened = (mark, _Reading(outside.cost + mark.opener, outside.pairs))
        inside = [
            (opener, reading._replace(cost=reading.cost + mark.apostrophe))
            for opener, reading in inside
            if mark.at - opener.at <= _LONGEST
        ]
        if mark.opener < NEVER:
            inside.append(opened)
        outside = min(
            (outside._replace(cost=outside.cost + mark.apostrophe), *closed),
            key=lambda reading: reading.cost,
        )
    found: list[Pair] = []
    link = outside.pairs
    while link:
        pair, link = link  # type: ignore[assignment]
        found.append(pair)
    return found[::-1]


def _strain(text: str, start: int, end: int, words: int) -> float:
    """What speaks against a quotation from one mark to the other."""
    inside = text[start + 1 : end]
    if len(inside.strip()) < 2 or inside[-1].isspace() or inside.count(" ") >= words:
        return NEVER
    if inside.count("\N{LEFT DOUBLE QUOTATION MARK}") != inside.count(
        "\N{RIGHT DOUBLE QUOTATION MARK}"
    ):
        return NEVER
    return 1.5 * len(_SENTENCE_END.findall(inside))


def _read(text: str, at: int, habits: Habits, *, damaged: bool) -> Mark:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    opens = _opens(text, at)
    ends = not after or not (after.isalnum() or after in "([")
    # the **boys**’ books
    flank = _EMPHASIS.search(text, max(0, at - 3), at) if ends and not opens else None
    left = _LEFT_WORD.search(text, max(0, at - 40), flank.start() if flank else at)
    right = _RIGHT_WORD.match(text, at + 1)
    left_word, right_word = left.group() if left else "", right.group() if right else ""
    mark = Mark(at, apostrophe=0.0, opener=NEVER, closer=NEVER, glued_left=False, glued_right=False)
    if opens and ends:
        return mark._replace(closer=0.5 if before.strip() else NEVER)
    if opens:
        elision = right_word.lower() in habits.elisions
        return mark._replace(
            apostrophe=0.0 if elision else 2.5, opener=1.0 if elision or after.isdigit() else 0.0
        )
    if ends:
        following = _NEXT_WORD.match(text, at + 1)
        apostrophe, closer = _ending(left_word, following.group(1) if following else "", habits)
        return mark._replace(apostrophe=apostrophe, closer=closer)
    shouted = left_word.isupper() and right_word.lower() in habits.tails
    # there is a mark before the word to the left, too
    marked = text[: at - len(left_word)][-1:] in set(_MARKS)
    between = left_word.lower() == "n" and marked  # rock ’n’ roll
    pieces = len(right_word) == 1 and text[at + 2 : at + 3] in set(_MARKS)  # Toys’R’Us
    if (
        right_word in habits.tails
        or shouted
        or between
        or pieces
        or (left_word in habits.prefixes and not marked)
    ):
        return mark
    if right_word.lower() in habits.elisions:
        return (
            mark if before in _MARKS else mark._replace(apostrophe=0.5, opener=2.0, glued_left=True)
        )
    known_left = left_word.lower() in habits.function_words
    opener = _opener(text[:at], left_word, right_word, habits, damaged=damaged)
    if right_word[:1].isupper() and not (len(right_word) > 3 and habits.is_ordinary(right_word)):
        opener += 1.0  # all’Italiana, Grand’Anse: it may be a name
    elif (
        left_word[:1].isupper() and right_word.islower() and not (len(left_word) > 2 and known_left)
    ):
        opener += 1.6  # All’alba, Shin’ichi: only a closer beyond doubt tells
    closer = (
        2.0 if right_word.islower() and _stands(right_word, habits) and not known_left else NEVER
    )
    known = opener < (NEVER if damaged else 2.0)
    apostrophe = 4.0 if known else 2.0 if closer < NEVER else 1.0
    return Mark(at, apostrophe, opener, closer, glued_left=True, glued_right=True)


def _opens(text: str, at: int) -> bool:
    """Whether a quotation can begin at `at`; marks of emphasis may stand between it and the space
    before.
    """
    if at and text[at - 1] in "*_" and (emphasis := _EMPHASIS.search(text, max(0, at - 3), at)):
        at = emphasis.start()
    return not at or text[at - 1].isspace() or text[at - 1] in _OPENING


def _ending(left_word: str, next_word: str, habits: Habits) -> tuple[float, float]:
    """What it costs to read a mark behind a word as an apostrophe, and as a closer.

    The students’ books, goin’, o’ the: behind such endings a noun makes it an apostrophe (a plural
    possessive), and a word that no possessive can stand before makes it a closer.
    """
    word = left_word.lower()
    if not (word[-1:] in {"s", "x", "z"} or word in habits.endings or word.endswith("in")):
        return 4.0, 0.0
    if next_word and next_word not in habits.followers:
        return 0.5, 2.0
    return 1.0, 0.0


def _stands(word: str, habits: Habits) -> bool:
    """Whether a word in small letters can begin or follow a quotation; otherwise it is a piece of
    another word.
    """
    return (
        word in habits.function_words
        or word in habits.followers
        or (len(word) > 2 and habits.is_ordinary(word))
    )


def _opener(head: str, left_word: str, right_word: str, habits: Habits, *, damaged: bool) -> float:
    """What it costs to read a mark glued to `head` as an opener that lost its space."""
    before, word = head[-1], left_word.rpartition("-")[2]
    small = right_word[:1].islower()
    if small and not (right_word.islower() and _stands(right_word, habits)):
        # Shin’ichi, nor’easter, A’ja: a piece of a word, not the beginning of a quotation
        return NEVER
    if before in ",:":
        return 1.5 if head[-2:-1].isalpha() else NEVER
    if before in ")]%\N{RIGHT DOUBLE QUOTATION MARK}":
        return 2.0
    if word.lower() in habits.function_words or (
        word in habits.tails and head[: -len(word)][-1:] in set(_MARKS)
    ):
        return 1.0
    if word.isdigit():
        return 2.5 if len(right_word) > 1 else NEVER
    if len(word) > 3 and habits.is_ordinary(word):
        return 1.5 if word.islower() else 1.8
    return 2.5 if damaged and len(word) > 1 and len(right_word) > 2 else NEVER

"""What it costs to read one single quotation mark as an apostrophe, an opener or a closer.

A cost says how much the text around a mark speaks against a role. 0 is what a reader expects at
that place, about 1 is unusual, 2 and more needs support from the marks around it, and `NEVER`
rules the role out. The costs have no unit: `cleaner.fixers.quotes.reading` adds them up and
compares the sums. The tables in tests/fixers/quotes hold the readings that they must lead to.

What matters first is whether the mark touches something on its left and on its right:

- `( ’ )`: neither a word on its left nor one on its right (`_weigh_alone`);
- `say ’yes`: a word on its right only (`_weigh_before_word`);
- `boys’ books`: a word on its left only (`_weigh_after_word`);
- `isn’t`, `the’rat`: something on both sides (`_weigh_between`). Only here a space may be lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import NamedTuple

from cleaner.text.characters import APOSTROPHES

NEVER = 99.0  # a role at this cost or above is never chosen

OPENING_MARK = "\N{LEFT SINGLE QUOTATION MARK}"
CLOSING_MARK = "\N{RIGHT SINGLE QUOTATION MARK}"
MARKS = frozenset({*APOSTROPHES, OPENING_MARK})

# Where a quotation may begin besides after white space.
_OPENING = frozenset(
    '([{\N{LEFT DOUBLE QUOTATION MARK}"\N{EM DASH}\N{EN DASH}\N{HORIZONTAL ELLIPSIS}-/'
)
_CLOSING = frozenset(")]%\N{RIGHT DOUBLE QUOTATION MARK}")
_EMPHASIS = re.compile(r"[*_]{1,3}\Z")  # Markdown: *word*, __word__
_LONGEST_EMPHASIS = 3  # code points
_LEFT_WORD = re.compile(r"[^\W_]+(?:[-&.][^\W_]+)*\Z")
_LONGEST_WORD = 40  # code points before a mark that are searched for a word
_RIGHT_WORD = re.compile(r"[^\W\d_]+|\d+s?")
_NEXT_WORD = re.compile(r"[ \n\r\t]+([^\W_]+)")

# Below this cost an opener is likely even where the document shows no other lost opener.
_LIKELY = 2.0


class Habits(NamedTuple):
    """What is known about English words and marks. The words are in rules/quotes.yaml."""

    function_words: Collection[str]  # short words before a quotation: the, of, is, ...
    tails: Collection[str]  # what follows an apostrophe inside a word: t, s, re, ...
    elisions: Collection[str]  # words that begin with an apostrophe: tis, 90s, ...
    endings: Collection[str]  # words that end with an apostrophe: o, an, th, ...
    followers: Collection[str]  # words that never follow a possessive: in, and, was, ...
    prefixes: Collection[str]  # beginnings of names before an apostrophe: O, D, Xi, ...
    is_ordinary: Callable[[str], bool]  # whether a dictionary has the word
    words: int  # the spaces that a quotation must have fewer of


class Mark(NamedTuple):
    """A single quotation mark at the position `at`, with the cost of each role.

    `glued_left` says that the mark, as an opener, needs a space before it; `glued_right` that it
    needs one behind it as a closer.
    """

    at: int
    apostrophe: float = 0.0
    opener: float = NEVER
    closer: float = NEVER
    glued_left: bool = False
    glued_right: bool = False


class _Surroundings(NamedTuple):
    """The text around one mark."""

    text: str
    at: int
    left_word: str  # "" if the mark does not follow a word
    right_word: str  # "" if no word follows the mark

    @property
    def before(self) -> str:
        """The character before the mark."""
        return _character_before(self.text, self.at)

    @property
    def after(self) -> str:
        """The character behind the mark."""
        return self.text[self.at + 1 : self.at + 2]

    @property
    def marked_word(self) -> bool:
        """Whether the word on the left also has a mark before it: the `n` of rock ’n’ roll."""
        return _character_before(self.text, self.at - len(self.left_word)) in MARKS


def weigh(text: str, at: int, habits: Habits, *, damaged: bool) -> Mark:
    """Return the mark at `at` with the cost of each of its roles.

    `damaged` says that the document is known to lose openers. Then an opener may also be glued to
    a word that no list and no dictionary has.

    >>> habits = Habits({"the"}, {"t"}, set(), set(), set(), set(), {"rat"}.__contains__, 40)
    >>> weigh("the’rat", 3, habits, damaged=False)
    Mark(at=3, apostrophe=4.0, opener=1.0, closer=99.0, glued_left=True, glued_right=True)
    >>> weigh("isn’t", 3, habits, damaged=False)
    Mark(at=3, apostrophe=0.0, opener=99.0, closer=99.0, glued_left=False, glued_right=False)
    """
    begins = may_open(text, at)
    ends = _may_close(text, at)
    left_end = at
    if ends and not begins:
        left_end = _before_emphasis(text, at)  # the **boys**’ books
    left = _LEFT_WORD.search(text, max(0, at - _LONGEST_WORD), left_end)
    right = _RIGHT_WORD.match(text, at + 1)
    around = _Surroundings(
        text,
        at,
        left_word=left.group() if left else "",
        right_word=right.group() if right else "",
    )
    if begins and ends:
        return _weigh_alone(around)
    if begins:
        return _weigh_before_word(around, habits)
    if ends:
        return _weigh_after_word(around, habits)
    return _weigh_between(around, habits, damaged=damaged)


def may_open(text: str, at: int) -> bool:
    """Return whether a quotation can begin at `at` as the text is.

    It can at the beginning, after white space and after opening punctuation. Marks of emphasis may
    come between.

    >>> may_open("the ‘rat", 4), may_open("the *‘rat", 5), may_open("the’rat", 3)
    (True, True, False)
    """
    before = _character_before(text, _before_emphasis(text, at))
    return not before or before.isspace() or before in _OPENING


def has_prefix(text: str, at: int, prefixes: Collection[str]) -> bool:
    """Return whether the mark at `at` follows the beginning of a name, as in O’Brien and Xi’an.

    >>> has_prefix("O’Brien", 1, {"O"}), has_prefix("so’Brien", 2, {"O"})
    (True, False)
    """
    left = _LEFT_WORD.search(text, max(0, at - _LONGEST_WORD), at)
    if not left or left.group() not in prefixes:
        return False
    return _character_before(text, left.start()) not in MARKS


def _may_close(text: str, at: int) -> bool:
    """Return whether nothing begins directly behind the mark: no word, number or bracket."""
    after = text[at + 1 : at + 2]
    return not after.isalnum() and after not in {"(", "["}


def _character_before(text: str, at: int) -> str:
    return text[at - 1] if at else ""


def _before_emphasis(text: str, at: int) -> int:
    """Return where marks of emphasis that end at `at` begin; `at` if there are none."""
    found = _EMPHASIS.search(text, max(0, at - _LONGEST_EMPHASIS), at)
    return found.start() if found else at


def _weigh_alone(around: _Surroundings) -> Mark:
    """Weigh a mark that touches no word."""
    if around.before.strip():
        return Mark(around.at, closer=0.5)  # ‘Well …’ and ‘But—’
    return Mark(around.at)


def _weigh_before_word(around: _Surroundings, habits: Habits) -> Mark:
    """Weigh a mark that touches a word on its right only."""
    if around.right_word.lower() in habits.elisions:
        return Mark(around.at, opener=1.0)  # ’tis, ’90s
    if around.after.isdigit():
        return Mark(around.at, apostrophe=2.5, opener=1.0)  # ’98 for 1998, or ‘12 houses’
    return Mark(around.at, apostrophe=2.5, opener=0.0)  # how a quotation begins


def _weigh_after_word(around: _Surroundings, habits: Habits) -> Mark:
    """Weigh a mark that touches something on its left only."""
    word = around.left_word.lower()
    plural = word.endswith(("s", "x", "z"))  # the students’ books
    shortened = word in habits.endings or word.endswith("in")  # o’ the, goin’
    if not (plural or shortened):
        return Mark(around.at, apostrophe=4.0, closer=0.0)  # how a quotation ends
    following = _NEXT_WORD.match(around.text, around.at + 1)
    if following and following.group(1) not in habits.followers:
        # A possessive: the students’ books. A closer is still possible: ‘the students’ came.
        return Mark(around.at, apostrophe=0.5, closer=2.0)
    return Mark(around.at, apostrophe=1.0, closer=0.0)  # ‘the students’ in, ‘the students’.


def _weigh_between(around: _Surroundings, habits: Habits, *, damaged: bool) -> Mark:
    """Weigh a mark that touches something on both sides."""
    if _is_inside_word(around, habits):
        return Mark(around.at)
    if around.right_word.lower() in habits.elisions:
        if around.before in MARKS:
            return Mark(around.at)  # ‘’tis so’
        # in’90s: an elision that lost its space, or, less likely, a quotation that did
        return Mark(around.at, apostrophe=0.5, opener=2.0, glued_left=True)
    opener = _glued_opener(around, habits, damaged=damaged)
    opener = min(opener + _looks_like_name(around, habits), NEVER)
    closer = _glued_closer(around, habits)
    # No list knows this mark as an apostrophe. That role costs more the likelier another one is.
    apostrophe = 1.0
    if opener < (NEVER if damaged else _LIKELY):
        apostrophe = 4.0
    elif closer < NEVER:
        apostrophe = 2.0
    return Mark(around.at, apostrophe, opener, closer, glued_left=True, glued_right=True)


def _is_inside_word(around: _Surroundings, habits: Habits) -> bool:
    """Return whether a mark with something on both sides is certainly an apostrophe."""
    left_word, right_word = around.left_word, around.right_word
    contraction = right_word in habits.tails  # isn’t, China’s
    in_capitals = left_word.isupper() and right_word.lower() in habits.tails  # DON’T
    and_shortened = left_word.lower() == "n" and around.marked_word  # rock’n’roll
    next_mark = around.text[around.at + 2 : around.at + 3]
    single_letter = len(right_word) == 1 and next_mark in MARKS  # Toys’R’Us
    name = left_word in habits.prefixes and not around.marked_word  # O’Brien, Xi’an
    return contraction or in_capitals or and_shortened or single_letter or name


def _glued_opener(around: _Surroundings, habits: Habits, *, damaged: bool) -> float:
    """Return the cost of an opener that lost the space before it, by what is on its left."""
    right_word = around.right_word
    if right_word[:1].islower() and not _is_whole_word(right_word, habits):
        return NEVER  # Shin’ichi, nor’easter, A’ja
    before = around.before
    if before in {",", ":"}:
        # saying,’We will see’; but not 8,’hike’
        follows_word = _character_before(around.text, around.at - 1).isalpha()
        return 1.5 if follows_word else NEVER
    if before in _CLOSING:
        return 2.0  # 30%’off’
    return _glued_opener_after_word(around, habits, damaged=damaged)


def _glued_opener_after_word(around: _Surroundings, habits: Habits, *, damaged: bool) -> float:
    """Return the cost of an opener that is glued to a word, by that word."""
    word = around.left_word.rpartition("-")[2]
    if word.lower() in habits.function_words:
        return 1.0  # the’rat
    before_word = _character_before(around.text, around.at - len(word))
    if word in habits.tails and before_word in MARKS:
        return 1.0  # Nexon’s’Maple Story’
    if word.isdigit():
        return 2.5 if len(around.right_word) > 1 else NEVER  # 29’times’, but not 5’a
    if len(word) > 3 and habits.is_ordinary(word):
        return 1.5 if word.islower() else 1.8  # called’the goose’; Called may begin a name
    if damaged and len(word) > 1 and len(around.right_word) > 2:
        return 2.5  # a word that is in no dictionary, where other openers were lost
    return NEVER


def _looks_like_name(around: _Surroundings, habits: Habits) -> float:
    """Return what an opener costs more where the mark may be in the middle of a foreign name."""
    left_word, right_word = around.left_word, around.right_word
    if right_word[:1].isupper():
        ordinary = len(right_word) > 3 and habits.is_ordinary(right_word)
        return 0.0 if ordinary else 1.0  # all’Italiana, Grand’Anse
    if left_word[:1].isupper() and right_word.islower():
        known = len(left_word) > 2 and left_word.lower() in habits.function_words
        return 0.0 if known else 1.6  # All’alba, Shin’ichi: only an evident closer outweighs it
    return 0.0


def _glued_closer(around: _Surroundings, habits: Habits) -> float:
    """Return the cost of a closer that lost the space behind it."""
    if around.left_word.lower() in habits.function_words:
        return NEVER  # the’rat: the mark opens
    if around.right_word.islower() and _is_whole_word(around.right_word, habits):
        return 2.0  # ‘Class B’shares
    return NEVER


def _is_whole_word(word: str, habits: Habits) -> bool:
    """Return whether `word` is a known word in small letters, and not a piece of another word."""
    if not word.islower():
        return False
    if word in habits.function_words or word in habits.followers:
        return True
    return len(word) > 2 and habits.is_ordinary(word)

"""What is known about English words and marks, and the text around one single quotation mark."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from typing import NamedTuple

from cleaner.fixers.quotes.marks import SINGLES

# Where a quotation may begin besides after white space.
_OPENING = frozenset(
    '([{\N{LEFT DOUBLE QUOTATION MARK}"\N{EM DASH}\N{EN DASH}\N{HORIZONTAL ELLIPSIS}-/`'
)
_BULLETS = frozenset("\N{BULLET}\N{MIDDLE DOT}\N{KATAKANA MIDDLE DOT}\N{REFERENCE MARK}")
_EMPHASIS = re.compile(r"[*_]{1,3}\Z")  # Markdown: *word*, __word__
_LONGEST_EMPHASIS = 3  # code points
_LEFT_WORD = re.compile(r"[^\W_]+(?:[-&.][^\W_]+)*\Z")
_LONGEST_WORD = 40  # code points before a mark that are searched for a word
_RIGHT_WORD = re.compile(r"[^\W\d_]+|\d+s?")
_SENTENCE_BEGINS = re.compile(r"(?:\A|[\r\n]|[.!?:\N{HORIZONTAL ELLIPSIS}]\W{0,3}|\W{2})\Z")
_LONGEST_BEGINNING = 4  # code points before a word that tell whether it begins a sentence


def _never(_head: str, _tail: str) -> bool:
    return False


def _unknown(_word: str) -> bool:
    return False


class Habits(NamedTuple):
    """What is known about English words and marks. The words are in rules/quotes.yaml."""

    function_words: Collection[str]  # short words before a quotation: the, of, is, ...
    tails: Collection[str]  # what follows an apostrophe inside a word: t, s, re, ...
    elisions: Collection[str]  # words that begin with an apostrophe: tis, 90s, ...
    endings: Collection[str]  # words that end with an apostrophe: o, an, th, ...
    followers: Collection[str]  # words that never follow a possessive: in, and, was, ...
    prefixes: Collection[str]  # beginnings of names before an apostrophe: O, D, Hawai, ...
    is_ordinary: Callable[[str], bool]  # whether readers of English know the word
    words: int  # the spaces that a quotation must have fewer of
    elided: Collection[str] = frozenset()  # words that lose a vowel before another: dell, qu, ...
    # Whether a dictionary has a word that begins and ends so, with a letter or two between.
    is_contraction: Callable[[str, str], bool] = _never
    # Whether a dictionary has a word, be it a rare one.
    is_in_dictionary: Callable[[str], bool] = _unknown


class Surroundings(NamedTuple):
    """The text around one mark."""

    text: str
    at: int
    left_word: str  # "" if the mark does not follow a word
    right_word: str  # "" if no word follows the mark

    @property
    def mark(self) -> str:
        """The mark itself."""
        return self.text[self.at]

    @property
    def before(self) -> str:
        """The character before the mark."""
        return character_before(self.text, self.at)

    @property
    def after(self) -> str:
        """The character behind the mark."""
        return self.text[self.at + 1 : self.at + 2]

    @property
    def marked_word(self) -> bool:
        """Whether the word on the left also has a mark before it: the `n` of rock ’n’ roll."""
        return character_before(self.text, self.at - len(self.left_word)) in SINGLES

    @property
    def begins_sentence(self) -> bool:
        """Whether the word on the left is the first of its sentence."""
        start = self.at - len(self.left_word)
        before = self.text[max(0, start - _LONGEST_BEGINNING) : start]
        return bool(_SENTENCE_BEGINS.search(before))


def surroundings(text: str, at: int) -> Surroundings:
    """Return the words that touch the mark at `at`, or are parted from it by emphasis only.

    >>> surroundings("the **boys**’ books", 12)[2:]
    ('boys', '')
    """
    left_end = at
    if may_close(text, at) and not may_open(text, at):
        left_end = _before_emphasis(text, at)
    left = _LEFT_WORD.search(text, max(0, at - _LONGEST_WORD), left_end)
    right = _RIGHT_WORD.match(text, at + 1)
    return Surroundings(
        text,
        at,
        left_word=left.group() if left else "",
        right_word=right.group() if right else "",
    )


def may_open(text: str, at: int) -> bool:
    """Return whether a quotation can begin at `at` as the text is.

    It can at the beginning, after white space and after opening punctuation. Marks of emphasis may
    come between.

    >>> may_open("the ‘rat", 4), may_open("the *‘rat", 5), may_open("the’rat", 3)
    (True, True, False)
    """
    before = character_before(text, _before_emphasis(text, at))
    return not before or before.isspace() or before in _OPENING or is_symbol(before)


def may_close(text: str, at: int) -> bool:
    """Return whether nothing begins directly behind the mark: no word, number or bracket."""
    after = text[at + 1 : at + 2]
    return not after.isalnum() and after not in {"(", "["}


def character_before(text: str, at: int) -> str:
    """Return the character before a position, or "" at the beginning of the text."""
    return text[at - 1] if at > 0 else ""


def is_symbol(character: str) -> bool:
    """Return whether a character is a bullet or another sign that needs no space behind it.

    >>> is_symbol("\u25b6"), is_symbol("a"), is_symbol("$"), is_symbol("\N{DEGREE SIGN}")
    (True, False, False, False)
    """
    if not character or character.isascii() or character == "\N{DEGREE SIGN}":
        return character == "#"
    return character in _BULLETS or _is_shape(character) or unicodedata.category(character) == "So"


def _is_shape(character: str) -> bool:
    """Return whether a character is one of the squares, triangles and circles of Unicode."""
    return "\N{BLACK SQUARE}" <= character <= "\N{LOWER RIGHT TRIANGLE}"


def is_whole_word(word: str, habits: Habits) -> bool:
    """Return whether `word` is a known word in small letters, and not a piece of another word."""
    if not word.islower():
        return False
    if word in habits.function_words or word in habits.followers:
        return True
    return len(word) > 2 and habits.is_ordinary(word)


def _before_emphasis(text: str, at: int) -> int:
    """Return where marks of emphasis that end at `at` begin; `at` if there are none."""
    found = _EMPHASIS.search(text, max(0, at - _LONGEST_EMPHASIS), at)
    return found.start() if found else at

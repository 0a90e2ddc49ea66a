"""What is known about English words and marks, and the text around one single quotation mark."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection
from typing import NamedTuple

from cleaner.fixers.quotes.marks import SINGLES
from cleaner.text.lazy import lazy_pattern

# Where a quotation may begin besides after white space.
OPENING = frozenset(
    '([{\N{LEFT DOUBLE QUOTATION MARK}"\N{EM DASH}\N{EN DASH}\N{HORIZONTAL ELLIPSIS}-/`'
)
_BULLETS = frozenset("\N{BULLET}\N{MIDDLE DOT}\N{KATAKANA MIDDLE DOT}\N{REFERENCE MARK}")
_EMPHASIS = frozenset("*_")  # Markdown: *word*, __word__
_LONGEST_EMPHASIS = 3  # code points
_INSIDE_WORD = frozenset("-&.")
_LONGEST_WORD = 40  # code points before a mark that are searched for a word
_RIGHT_WORD = lazy_pattern(r"[^\W\d_]+|\d+s?")
_SENTENCE_BEGINS = lazy_pattern(r"(?:\A|[\r\n]|[.!?:\N{HORIZONTAL ELLIPSIS}]\W{0,3}|\W{2})\Z")
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
    left_word = _word_before(text, left_end, max(0, at - _LONGEST_WORD))
    return Surroundings(text, at, left_word, right_word(text, at))


def right_word(text: str, at: int) -> str:
    """Return the word or number that touches the right side of the mark at `at`, or "".

    >>> right_word("isn’t so", 3), right_word("the ‘90s’", 4), right_word("so’ he", 2)
    ('t', '90s', '')
    """
    found = _RIGHT_WORD.match(text, at + 1)
    return found.group() if found else ""


def _word_before(text: str, end: int, least: int) -> str:
    """Return the word that ends at `end`, from `least` on: letters, digits, and F-150 or AT&T.

    >>> _word_before("the AT&T", 8, 0), _word_before("so -", 4, 0)
    ('AT&T', '')
    """
    start = end
    while start > least:
        if text[start - 1].isalnum():
            start -= 1
        elif start < end and text[start - 1] in _INSIDE_WORD and _is_in_word(text, start, least):
            start -= 2
        else:
            break
    return text[start:end]


def _is_in_word(text: str, start: int, least: int) -> bool:
    """Return whether a word goes on to the left of the hyphen, & or full stop before `start`."""
    return start - 2 >= least and text[start - 2].isalnum()


def may_open(text: str, at: int) -> bool:
    """Return whether a quotation can begin at `at` as the text is.

    It can at the beginning, after white space and after opening punctuation. Marks of emphasis may
    come between.

    >>> may_open("the ‘rat", 4), may_open("the *‘rat", 5), may_open("the’rat", 3)
    (True, True, False)
    """
    before = character_before(text, _before_emphasis(text, at))
    return not before or before.isspace() or before in OPENING or is_symbol(before)


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
    start = at
    while start > max(0, at - _LONGEST_EMPHASIS) and text[start - 1] in _EMPHASIS:
        start -= 1
    return start

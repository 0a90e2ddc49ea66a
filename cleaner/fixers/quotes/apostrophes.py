"""Which marks with a letter on both sides are certainly apostrophes, or letters of a name.

Such a mark never opens or closes a quotation, whatever else the paragraph holds.
"""

from __future__ import annotations

from collections.abc import Collection

from cleaner.fixers.quotes.marks import SINGLES
from cleaner.fixers.quotes.surroundings import Habits, Surroundings, character_before
from cleaner.text.lazy import lazy_pattern

# A syllable of pinyin, and one that may stand behind a syllable mark: it begins with a vowel.
# Source: the table of syllables in Hanyu Pinyin (ISO 7098). A few that do not exist also match.
_FINAL = (
    "(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ao|ou|an|en|er|ia|ie|iu|in|ua|uo"
    "|ui|un|ue|üe|a|o|e|i|u|ü|v)"
)
_SYLLABLE = f"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]){_FINAL}|ang|eng|ai|ei|ao|ou|an|en|er|a|o|e)"
_SYLLABLES = lazy_pattern(f"{_SYLLABLE}{{1,4}}")
_MARKED_SYLLABLES = lazy_pattern(f"(?:ang|ai|ao|an|a|en|er|e|ou|o){_SYLLABLE}{{0,3}}")
_LEAST_CONTRACTION = 5  # letters; shorter ones are words by chance
_LONGEST_PARTICLE = 3  # letters; a longer English word behind a mark is no syllable

_VOWELS = frozenset("aeiouyhàáâäãåæèéêëìíîïòóôöõœùúûü")


def is_inside_word(around: Surroundings, habits: Habits) -> bool:
    """Return whether a mark with something on both sides is certainly an apostrophe."""
    return (
        _is_contraction(around, habits)
        or _is_between_letters(around, habits)
        or _is_in_name(around, habits)
        or _is_in_pinyin(around, habits)
        or _is_elided(around, habits)
        or _is_shortened(around, habits)
    )


def has_prefix(around: Surroundings, prefixes: Collection[str]) -> bool:
    """Return whether the mark follows the beginning of a name, as in O’Brien and Hawai’i."""
    return around.left_word in prefixes and not around.marked_word


def _is_contraction(around: Surroundings, habits: Habits) -> bool:
    """Return whether what follows only ends a word: isn’t, China’s, DON’T."""
    if around.right_word in habits.tails:
        return True
    return around.left_word.isupper() and around.right_word.lower() in habits.tails


def _is_between_letters(around: Surroundings, habits: Habits) -> bool:
    """Return whether the mark and another one enclose a letter: rock’n’roll, Toys’R’Us."""
    if around.left_word.lower() == "n" and around.marked_word:
        return True
    next_mark = around.text[around.at + 2 : around.at + 3]
    if len(around.right_word) != 1 or next_mark not in SINGLES:
        return False
    is_name = around.right_word in habits.prefixes and around.left_word in habits.function_words
    return not is_name  # the’O’Brien’


def _is_in_name(around: Surroundings, habits: Habits) -> bool:
    """Return whether the mark follows the beginning of a name, quoted or not: ‘O’Brien’.

    After a single letter in quotation marks only a capital goes on with the name: `the ‘D’grade`.
    """
    if around.left_word not in habits.prefixes:
        return False
    return not around.marked_word or len(around.left_word) > 1 or around.right_word[:1].isupper()


def _is_in_pinyin(around: Surroundings, habits: Habits) -> bool:
    """Return whether the mark parts two syllables of a Chinese name: Xi’an, Chang’e, Tian’anmen."""
    name = around.left_word.rpartition("-")[2]
    rest = around.right_word
    if not (name[:1].isupper() and name[1:].islower() and rest.islower()):
        return False
    if not (_SYLLABLES.fullmatch(name.lower()) and _MARKED_SYLLABLES.fullmatch(rest)):
        return False
    is_english = len(rest) > _LONGEST_PARTICLE and habits.is_ordinary(rest)
    return not is_english  # “open” is o + pen, but also a word


def _is_shortened(around: Surroundings, habits: Habits) -> bool:
    """Return whether letters were left out inside an English word: gov’nor, reg’lar, a’most."""
    head, tail = around.left_word, around.right_word
    if around.marked_word or len(head) + len(tail) < _LEAST_CONTRACTION:
        return False
    if tail in habits.followers:
        return False  # the’third way’and: no “wayland”
    if head.lower() == "a":
        return habits.is_ordinary(f"al{tail}")  # a’most, a’ready
    return head.lower() not in habits.function_words and habits.is_contraction(head, tail)


def _is_elided(around: Surroundings, habits: Habits) -> bool:
    """Return whether a word has lost its vowel before another one: dell’Arte, jusqu’à, i’faith.

    English words lose letters before consonants too: th’bell, wi’me.
    """
    word = around.left_word.rpartition("-")[2].lower()
    if character_before(around.text, around.at - len(word)) in SINGLES:
        return False  # Nexon’s’Old Stories’
    if word in habits.elided and around.after.lower() in _VOWELS:
        return True
    return word in habits.endings and word not in habits.function_words

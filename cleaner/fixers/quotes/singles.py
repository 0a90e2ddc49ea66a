"""What it costs to read one single quotation mark as an apostrophe, an opener or a closer.

What matters first is whether the mark touches something on its left and on its right:

- `( ’ )`: neither a word on its left nor one on its right (`_weigh_alone`);
- `say ’yes`: a word on its right only (`_weigh_before_word`);
- `boys’ books`: a word on its left only (`_weigh_after_word`);
- `isn’t`, `the’rat`: something on both sides (`_weigh_between`). Only here a space may be lost.
"""

from __future__ import annotations

import re

from cleaner.fixers.quotes.apostrophes import is_inside_word
from cleaner.fixers.quotes.marks import GRAVE, NEVER, OPENING_SINGLE, PRIME, SINGLES, Mark
from cleaner.fixers.quotes.surroundings import (
    Habits,
    Surroundings,
    character_before,
    is_whole_word,
    may_close,
    may_open,
    right_word,
    surroundings,
)

_CLOSING = frozenset(")]%")
_WORD_BEFORE_COMMA = re.compile(r"(?<![\w.])([a-z]{3,})[,:]\Z")
_LONGEST_WORD = 20  # code points before a comma that are searched for a word
_LONGEST_ARTICLE = 2  # letters of a word that other languages have as an article or a syllable
_SHORTEST_NAME = 3  # letters of one that is told from a syllable
_SHORTEST_UNKNOWN = 4  # letters of a word in no dictionary that may be quoted
_SHORTEST_WORD = 2
_LONGEST_SYLLABLE = 5  # letters of a capitalised word that may be the first syllable of a name
_ENDS_OF_WORDS = frozenset({"s", "t", "d", "m", "ll", "re", "ve"})
_IN_IDENTIFIERS = frozenset("_/\\$@#=<|")
_BEHIND_CODE = frozenset("}=_\\<>|/+")
# A number with letters before it: F-150, No 5.
_CODE = re.compile(r"[A-Z][a-zA-Z]{0,2}[- .]{0,2}\d")
_NEXT_WORD = re.compile(r"[ \n\r\t]+([^\W_]+)")

# Below this cost an opener is likely even where the document shows no other lost opener.
_LIKELY = 2.0


def weigh_single(text: str, at: int, habits: Habits, *, damaged: bool) -> Mark:
    """Return the single mark at `at` with the cost of each of its roles.

    `damaged` says that the document is known to lose openers. Then an opener may also be glued to
    a word that no list and no dictionary has.

    >>> habits = Habits({"the"}, {"t"}, set(), set(), set(), set(), {"rat"}.__contains__, 40)
    >>> weigh_single("the’rat", 3, habits, damaged=False)[:6]
    (3, 4.0, 1.0, 99.0, True, True)
    >>> weigh_single("isn’t", 3, habits, damaged=False)[:6]
    (3, 0.0, 99.0, 99.0, False, False)
    """
    written = text[at]
    if written in SINGLES and _is_common_contraction(text, at, habits, damaged=damaged):
        return Mark(at, written=written)
    mark = _weigh(text, at, habits, damaged=damaged)
    return mark if mark.written == written else mark._replace(written=written)


def _is_common_contraction(text: str, at: int, habits: Habits, *, damaged: bool) -> bool:
    """Return whether a mark is the apostrophe of `isn’t` or `China’s`, as most marks are.

    This is what `_weigh` would also find, at a tenth of the cost.
    """
    if not character_before(text, at).isalpha():
        return False
    tail = right_word(text, at)
    return tail in habits.tails and not (damaged and tail in habits.followers)


def _weigh(text: str, at: int, habits: Habits, *, damaged: bool) -> Mark:
    begins = may_open(text, at)
    ends = may_close(text, at)
    around = surroundings(text, at)
    if around.mark == PRIME:
        return _weigh_prime(around)
    if around.mark == GRAVE:
        return Mark(at, neither=3.0, opener=0.5) if damaged else Mark(at)
    if begins and ends:
        return _weigh_alone(around)
    if begins:
        return _weigh_before_word(around, habits)
    if ends:
        return _weigh_after_word(around, habits)
    return _weigh_between(around, habits, damaged=damaged)


def _weigh_prime(around: Surroundings) -> Mark:
    """Weigh a prime, which some programs write for a mark behind a digit: ’F-150′."""
    if around.after.isalnum():
        return Mark(around.at)
    is_glued = around.after in {"(", "["}
    return Mark(around.at, neither=0.5, closer=0.0, glued_right=is_glued)


def _weigh_alone(around: Surroundings) -> Mark:
    """Weigh a mark that touches no word."""
    if around.before.strip() and around.mark != OPENING_SINGLE:
        return Mark(around.at, closer=0.5)  # ‘Well …’ and ‘But—’
    return Mark(around.at)


def _weigh_before_word(around: Surroundings, habits: Habits) -> Mark:
    """Weigh a mark that touches a word on its right only."""
    if around.right_word.lower() in habits.elisions:
        return Mark(around.at, opener=1.0)  # ’tis, ’90s
    if around.after.isdigit():
        return Mark(around.at, neither=2.5, opener=1.0)  # ’98 for 1998, or ‘12 houses’
    if around.mark == OPENING_SINGLE:
        return Mark(around.at, neither=4.5, opener=0.0)  # it has been set to begin a quotation
    return Mark(around.at, neither=2.5, opener=0.0)  # how a quotation begins


def _weigh_after_word(around: Surroundings, habits: Habits) -> Mark:
    """Weigh a mark that touches something on its left only."""
    if around.after in _BEHIND_CODE:
        return Mark(around.at)  # {'one'}, 'end'/0
    if around.mark == OPENING_SINGLE:
        return Mark(around.at)  # ulama‘: a letter of another alphabet, never the end of a quotation
    word = around.left_word.lower()
    plural = word.endswith(("s", "x", "z"))  # the students’ books
    shortened = word in habits.endings or word.endswith("in")  # o’ the, goin’
    if not (plural or shortened):
        return Mark(around.at, neither=4.0, closer=0.0)  # how a quotation ends
    following = _NEXT_WORD.match(around.text, around.at + 1)
    if following and following.group(1) not in habits.followers:
        # A possessive: the students’ books. A closer is still possible: ‘the students’ came.
        return Mark(around.at, neither=0.5, closer=2.0)
    return Mark(around.at, neither=1.0, closer=0.0)  # ‘the students’ in, ‘the students’.


def _weigh_between(around: Surroundings, habits: Habits, *, damaged: bool) -> Mark:
    """Weigh a mark that touches something on both sides."""
    if damaged and _is_before_bracket_or_verb(around, habits):
        return Mark(around.at, neither=1.0, closer=2.0, glued_right=True)
    if is_inside_word(around, habits):
        return Mark(around.at)
    if around.right_word.lower() in habits.elisions:
        if around.before in SINGLES:
            return Mark(around.at)  # ‘’tis so’
        # in’90s: an elision that lost its space, or, less likely, a quotation that did
        return Mark(around.at, neither=0.5, opener=2.0, glued_left=True)
    opener = _glued_opener(around, habits, damaged=damaged)
    closer = _glued_closer(around, habits, damaged=damaged)
    # No list knows this mark as an apostrophe. That role costs more the likelier another one is.
    neither = 1.0
    if opener < (NEVER if damaged else _LIKELY):
        neither = 4.0 if _is_known(around, habits) else 2.0
    elif closer < NEVER:
        neither = 2.0
    return Mark(around.at, neither, opener, closer, glued_left=True, glued_right=True)


def _is_before_bracket_or_verb(around: Surroundings, habits: Habits) -> bool:
    """Return whether a closer may have lost its space here, though a tail or no word follows.

    ‘The Old River’(2019) and ‘the old river’is long: “is” is a tail too, as in it’is.
    """
    word = around.left_word
    if len(word) < _SHORTEST_WORD or around.mark == OPENING_SINGLE:
        return False
    if around.after in {"(", "["}:
        return True
    is_word = around.right_word in habits.tails and around.right_word in habits.followers
    return is_word and len(word) > _LONGEST_ARTICLE and habits.is_ordinary(word)


def _glued_opener(around: Surroundings, habits: Habits, *, damaged: bool) -> float:
    """Return the cost of an opener that lost the space before it, by what is on its left."""
    cost = _glued_opener_behind(around, habits, damaged=damaged)
    if _is_known(around, habits):
        return cost
    is_possible = damaged and len(around.right_word) >= _SHORTEST_UNKNOWN
    return cost + 0.5 if is_possible else NEVER  # the’kimbap’; but Shin’ichi, nor’easter, a’lam


def _is_known(around: Surroundings, habits: Habits) -> bool:
    """Return whether what is on the right may begin a quotation: a capital, or a known word."""
    return not around.right_word[:1].islower() or _begins_quotation(around, habits)


def _glued_opener_behind(around: Surroundings, habits: Habits, *, damaged: bool) -> float:
    """Return the cost of an opener by what is directly before it."""
    before = around.before
    if before in {",", ":"}:
        # saying,’We will see’; but neither 8,’hike’ nor gl:'begin'
        word = _WORD_BEFORE_COMMA.search(around.text, max(0, around.at - _LONGEST_WORD), around.at)
        return 1.5 if word and habits.is_ordinary(word.group(1)) else NEVER
    if before in _CLOSING:
        return 2.0  # 30%’off’
    return _glued_opener_after_word(around, habits, damaged=damaged)


def _begins_quotation(around: Surroundings, habits: Habits) -> bool:
    """Return whether the word on the right is a word of its own, and not the rest of another one.

    Behind a letter or two (a’lam) it has to be a word that everybody knows.
    """
    word = around.right_word
    if is_whole_word(word, habits):
        return True
    is_behind_word = len(around.left_word) > _LONGEST_ARTICLE
    return is_behind_word and len(word) > _LONGEST_ARTICLE and habits.is_in_dictionary(word)


def _glued_opener_after_word(around: Surroundings, habits: Habits, *, damaged: bool) -> float:
    """Return the cost of an opener that is glued to a word, by that word."""
    whole, word = around.left_word, around.left_word.rpartition("-")[2]
    if character_before(around.text, around.at - len(whole)) in _IN_IDENTIFIERS:
        return NEVER  # thermal_zone'zone id'
    is_between = damaged and whole in habits.followers  # ‘one’or’two’
    if _is_behind_word(around) and not is_between:
        return 1.0 if whole in _ENDS_OF_WORDS else NEVER  # Nexon’s’Maple Story’, but not Shi’as’ism
    if around.marked_word and not is_between:
        return NEVER  # ‘Do’Urden’: a quotation begins before the word already
    if whole.lower() in habits.function_words and _is_free(around):
        return 1.0  # the’rat; In’Ma Yun’s silence’
    if word.isdigit():
        is_word = len(around.right_word) > 1 and not around.after.isdigit()
        return 2.5 if is_word else NEVER  # 29’times’, but neither 5’a nor 5’10
    if len(word) > 3 and habits.is_ordinary(word):
        cost = 1.5 if word.islower() else 1.8  # called’the goose’; Called may begin a name
        return cost + _looks_like_name(around, habits)
    return _opener_after_unknown_word(around, word, habits, damaged=damaged)


def _opener_after_unknown_word(
    around: Surroundings, word: str, habits: Habits, *, damaged: bool
) -> float:
    """Return the cost of an opener that is glued to a word that is in no dictionary."""
    right_word = around.right_word
    is_number = damaged and right_word.isdigit()  # won’19 gold’
    cost = 2.5 + _looks_like_name(around, habits)
    if len(right_word) < _SHORTEST_NAME and not is_number:
        return NEVER
    if damaged:
        return cost if len(word) >= _SHORTEST_WORD else NEVER
    is_certain = right_word[0].isupper() and not _looks_like_name(around, habits)
    return cost if is_certain and len(word) >= _SHORTEST_UNKNOWN else NEVER


def _is_free(around: Surroundings) -> bool:
    """Return whether the word on the left is in small letters, or has to have a capital.

    A capital alone is no word before a mark: A’lam, A’ja.
    """
    word = around.left_word
    return word.islower() or (len(word) > 1 and around.begins_sentence)


def _is_behind_word(around: Surroundings) -> bool:
    """Return whether the letters on the left end a word with an apostrophe: the s of Nexon’s."""
    at = around.at - len(around.left_word) - 1
    return around.marked_word and character_before(around.text, at).isalpha()


def _looks_like_name(around: Surroundings, habits: Habits) -> float:
    """Return what an opener costs more where the mark may be in the middle of a foreign name."""
    left_word, right_word = around.left_word, around.right_word
    if right_word[:1].isupper():
        in_capitals = left_word.isupper() and right_word.isupper()  # of two abbreviations: KDB’ABC
        ordinary = len(right_word) > 2 and (in_capitals or habits.is_ordinary(right_word))
        if ordinary or _CODE.match(around.text, around.at + 1):
            return 0.0
        return 1.0  # all’Italiana, Grand’Anse
    may_be_name = left_word[:1].isupper() and not (len(left_word) > 2 and left_word.isupper())
    if may_be_name and right_word.islower() and not around.begins_sentence:
        # All’alba, Shin’ichi: only an evident closer outweighs it
        return 1.6 if len(left_word) > _LONGEST_SYLLABLE else NEVER
    return 0.0


def _glued_closer(around: Surroundings, habits: Habits, *, damaged: bool) -> float:
    """Return the cost of a closer that lost the space behind it."""
    left_word = around.left_word
    if around.mark == OPENING_SINGLE:
        return NEVER  # Shi‘a
    if left_word.lower() in habits.function_words and not _ends_name(around, habits):
        return NEVER  # the’rat: the mark opens
    if not is_whole_word(around.right_word, habits) or _goes_on(around):
        return NEVER  # in 'like'this_one the word does not end
    may_end = not left_word or _may_end(left_word, habits) or _is_name_before(around, habits)
    if may_end or _ends_name(around, habits):
        return 2.0  # ‘Class B’shares
    is_quoted = around.right_word in habits.followers or around.marked_word
    if damaged and len(left_word) >= _SHORTEST_UNKNOWN and left_word.islower() and is_quoted:
        return 2.0  # the’haenyeo’and, the’haenyeo’village
    return NEVER  # i’faith, pa’son, d’y’see, Qina’at


def _goes_on(around: Surroundings) -> bool:
    """Return whether the word on the right is only the beginning of an identifier."""
    end = around.at + 1 + len(around.right_word)
    return around.text[end : end + 1] in _IN_IDENTIFIERS


def _ends_name(around: Surroundings, habits: Habits) -> bool:
    """Return whether the letters on the left end a name with a mark: the an of Xi’an."""
    at = around.at - len(around.left_word) - 1
    if not (around.left_word and _is_behind_word(around)):
        return False
    name = surroundings(around.text, at)
    return name.left_word[:1].isupper() and is_inside_word(name, habits)


def _is_name_before(around: Surroundings, habits: Habits) -> bool:
    """Return whether a name that no dictionary has ends before a word that never ends a name.

    A short word may be its last syllable: Qina’at, Sana’a.
    """
    word = around.right_word
    is_function_word = word in habits.followers or word in habits.function_words
    is_name = around.left_word[:1].isupper() and len(around.left_word) > _SHORTEST_NAME
    return is_name and is_function_word and len(word) > _LONGEST_ARTICLE and not around.marked_word


def _may_end(word: str, habits: Habits) -> bool:
    """Return whether a word may be the last one of a quotation: a known word, a number, B."""
    if word in habits.prefixes and word.islower():
        return False
    last = word.rpartition("-")[2]
    return last.isdigit() or last.isupper() or (len(last) > 2 and habits.is_ordinary(last))

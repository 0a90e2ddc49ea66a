"""Which quotations are repaired, and how they are written.

A quotation is broken if a space beside it is missing or stands on the wrong side of a mark, or if a
mark faces the wrong way. How sure it must be depends on the document: in a damaged one a broken
quotation is what one expects, in any other it is a surprise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

from cleaner.fixers.quotes.marks import (
    CLOSING_DOUBLE,
    CLOSING_SINGLE,
    DOUBLES,
    GRAVE,
    NEVER,
    OPENING_DOUBLE,
    OPENING_SINGLE,
    SINGLES,
    TEX_CLOSER,
    TEX_OPENER,
    Mark,
)
from cleaner.fixers.quotes.reading import Pair, Reading
from cleaner.fixers.quotes.surroundings import Habits, is_symbol, is_whole_word
from cleaner.text.edits import Span

# How much dearer the next reading must be, in a document that shows no other damage.
_CERTAIN = 1.0
_CERTAIN_CLOSER = 2.0  # if only the closing mark is glued
_CERTAIN_DOUBLE = 2.0
_IN_SOUNDS = frozenset("*\\")  # how dictionaries show sounds: A*nar”chic\
_WEAK_OPENER = 2.5  # cost from which on an opener is glued to no known word
# The same in a damaged document.
_SETTLED = 1.0

# How much likelier a quotation mark must be, by itself, than what a mark was read as.
_DOUBTFUL = 2.5

Habit: TypeAlias = Literal["", "turned", "spaced", "grave"]

_INSIDE_WORD = re.compile(r"\w\N{LEFT SINGLE QUOTATION MARK}\w")
_TURNED_APOSTROPHE = re.compile(r"[^\W\d_]{2}\N{LEFT SINGLE QUOTATION MARK}(?:s|t|re|ve|ll|d|m)\b")
_STRAIGHT = frozenset({"'", GRAVE, '"', "\N{PRIME}", "\N{DOUBLE PRIME}", TEX_OPENER, TEX_CLOSER})
# A single opener that is only turned must have a closer near by that is no apostrophe.
_TURNED_WORDS = 10
_STRONG_CLOSER = 4.0
_SENTENCE_END = re.compile(r"[.!?]\s")
_WORD = re.compile(r"[^\W_]+")
# What an opener is glued to: a word in small letters or a possessive, perhaps with a comma.
_WORD_BEFORE = re.compile(
    r"(?:(?<![\w\\])([a-z]{2,})|[a-z]['\N{RIGHT SINGLE QUOTATION MARK}]s)([,:]?)\Z"
)
_LONGEST_WORD = 40  # code points behind a mark that are searched for a word
_MARKS = SINGLES | DOUBLES
_LEAST_LETTERS = 2  # of a word behind a closing mark: not the s of “so”s


def may_be_certain(mark: Mark) -> bool:
    """Return whether a mark may belong to a quotation that is certainly broken.

    In each of them a mark has lost a space (see `is_certain`).
    """
    if mark.kind == "single":
        opens = mark.glued_left and mark.opener < NEVER
        return opens or (mark.glued_right and mark.closer < NEVER)
    return mark.glued_left and mark.opener < NEVER and mark.written == CLOSING_DOUBLE


def is_certain(pair: Pair, text: str, habits: Habits) -> bool:
    """Return whether a quotation is broken, even in a text that has no other broken one."""
    if pair.kind == "single":
        return _is_certain_single(pair)
    return _is_certain_double(pair, text, habits)


def _is_certain_single(pair: Pair) -> bool:
    """Return whether a space beside a single quotation is certainly lost.

    If only the closing mark is glued, the opening mark has to be turned as well: in `‘to the
    pa’son` nothing is broken. An opening mark that is not turned and yet glued is the letter
    of another alphabet (Shi‘a), or what a program does to its whole manual.
    """
    opener, closer = pair.opener, pair.closer
    if not (opener.glued_left or closer.glued_right):
        return False
    is_broken = opener.written == CLOSING_SINGLE or (
        opener.glued_left and opener.written != OPENING_SINGLE
    )
    is_even = opener.written == closer.written or opener.written == CLOSING_SINGLE
    if opener.opener >= _WEAK_OPENER and (closer.glued_right or not is_even):
        return False  # Person’Member’through, Person'Member': that is code
    least = _CERTAIN if opener.glued_left else _CERTAIN_CLOSER
    margin = min(pair.margin, pair.certainty)
    return is_broken and margin >= least and not pair.is_interrupted


def _is_certain_double(pair: Pair, text: str, habits: Habits) -> bool:
    """Return whether a double quotation has certainly lost a space, and its opener is turned.

    Where known words touch the opener on both sides, and the closer if that is glued too, the marks
    can be neither signs for inches nor letters.
    """
    opener, closer = pair.opener, pair.closer
    if opener.written != CLOSING_DOUBLE or closer.written != CLOSING_DOUBLE:
        return False
    if not opener.glued_left or pair.is_interrupted or has_inner_space(pair, text):
        return False
    if _IN_SOUNDS.intersection(text[opener.end : closer.at]):
        return False
    if not is_word_behind(text, opener.end, habits) or not _follows_words(pair, text, habits):
        return False
    if closer.glued_right and not is_word_behind(text, closer.end, habits):
        return False
    return pair.certainty >= _CERTAIN_DOUBLE


def _follows_words(pair: Pair, text: str, habits: Habits) -> bool:
    """Return whether what stands before a double quotation is the beginning of its sentence.

    Before a single word it has to be a short word, a possessive or a comma: in some languages of
    programs prefix”string” is right.
    """
    at = pair.opener.at
    found = _WORD_BEFORE.search(text, max(0, at - _LONGEST_WORD), at)
    if not found:
        return False
    word, comma = found.groups()
    is_single = " " not in text[at : pair.closer.at]
    return not is_single or not word or bool(comma) or word in habits.function_words


def is_settled(pair: Pair, text: str, habits: Habits) -> bool:
    """Return whether a quotation is sure enough to be repaired in a damaged document."""
    opener, closer = pair.opener, pair.closer
    if pair.certainty < _SETTLED:
        return False
    if opener.kind != closer.kind:  # ‘so.”
        return not pair.is_interrupted
    if opener.written == CLOSING_SINGLE and not opener.glued_left:
        return _is_turned(pair, text, habits)
    return True


def _is_turned(pair: Pair, text: str, habits: Habits) -> bool:
    """Return whether a single opener faces the wrong way, though it has the space before it.

    It may also be the apostrophe of a dialect: ’pears to me, ’fore, ’ouse.
    """
    if is_symbol(text[max(0, pair.opener.at - 1) : pair.opener.at]):
        return True
    inside = text[pair.opener.end : pair.closer.at]
    is_short = inside.count(" ") < _TURNED_WORDS and not _SENTENCE_END.search(inside)
    if not is_short or pair.closer.neither < _STRONG_CLOSER:
        return False
    return _begins_with_word(text, pair.opener.end, habits)


def _begins_with_word(text: str, at: int, habits: Habits) -> bool:
    """Return whether what follows a mark is a whole word, and not one that has lost an h.

    ’Appen and ’ouse are dialect for happen and house.
    """
    found = _WORD.match(text, at)
    if not found:
        return True
    word = found.group()
    if word.isdigit():
        return True
    is_known = word[0].isupper() or is_whole_word(word, habits)
    return is_known and not habits.is_in_dictionary(f"h{word.lower()}")


def is_word_behind(text: str, at: int, habits: Habits) -> bool:
    """Return whether a known word, or one with a capital, begins at a position."""
    end = at
    while end < len(text) and end - at < _LONGEST_WORD and text[end].isalpha():
        end += 1
    word = text[at:end]
    return len(word) >= _LEAST_LETTERS and (word[0].isupper() or is_whole_word(word, habits))


def repairs(pair: Pair, text: str) -> Iterator[tuple[Span, str]]:
    """Yield what changes at the two marks of a quotation.

    They stay straight if both are; otherwise they become curly and face inwards. Marks that are
    only not typed alike (“so") are no damage and stay.

    >>> pair = Pair(Mark(3, glued_left=True, written="’"), Mark(7, written="’"))
    >>> list(repairs(pair, "the’rat’"))
    [(Span(start=3, end=4), ' ‘')]
    """
    opening, closing = _glyphs(pair)
    opener = _opener(pair.opener, opening, text)
    closer = _closer(pair.closer, closing, text)
    if is_broken(pair, text):
        for span, written in (opener, closer):
            if span.of(text) != written:
                yield span, written


def is_broken(pair: Pair, text: str) -> bool:
    """Return whether a quotation has more to repair than marks that are not typed alike."""
    opener, closer = pair.opener, pair.closer
    turned = opener.written in {CLOSING_SINGLE, CLOSING_DOUBLE} or (
        closer.written in {OPENING_SINGLE, OPENING_DOUBLE} or opener.kind != closer.kind
    )
    prime = closer.written in {"\N{PRIME}", "\N{DOUBLE PRIME}"} or opener.written == GRAVE
    half_tex = (opener.written == TEX_OPENER) != (closer.written == TEX_CLOSER)
    glued = opener.glued_left or closer.glued_right
    return turned or prime or half_tex or glued or has_inner_space(pair, text)


def has_inner_space(pair: Pair, text: str) -> bool:
    """Return whether there is a space just inside a quotation."""
    return text[pair.opener.end].isspace() or text[pair.closer.at - 1].isspace()


def _glyphs(pair: Pair) -> tuple[str, str]:
    """Return the marks that a quotation should have."""
    is_straight = {pair.opener.written, pair.closer.written} <= _STRAIGHT
    if pair.kind == "single":
        return ("'", "'") if is_straight else (OPENING_SINGLE, CLOSING_SINGLE)
    if pair.opener.written == TEX_OPENER and pair.closer.written == TEX_CLOSER:
        return TEX_OPENER, TEX_CLOSER
    return ('"', '"') if is_straight else (OPENING_DOUBLE, CLOSING_DOUBLE)


def _opener(mark: Mark, written: str, text: str) -> tuple[Span, str]:
    """Return the span of an opener with the spaces behind it, and what should stand there."""
    end = mark.end
    while text[end : end + 1] == " ":
        end += 1
    if text[end : end + 1] in _MARKS:
        end = mark.end  # some part nested marks by a space: “ ‘so’ ”
    return Span(mark.at, end), f" {written}" if mark.glued_left else written


def _closer(mark: Mark, written: str, text: str) -> tuple[Span, str]:
    """Return the span of a closer with the spaces before it, and what should stand there."""
    start = mark.at
    while text[start - 1 : start] == " ":
        start -= 1
    if text[start - 1 : start] in _MARKS:
        start = mark.at
    return Span(start, mark.end), f"{written} " if mark.glued_right else written


def habit(pair: Pair, text: str) -> Habit:
    """Return what some documents do on purpose, if that is all that is broken in a quotation.

    In Swedish and Finnish style both marks face the same way: ”so”. In French style there are
    spaces inside: “ so ”. Old plain texts open with a grave accent: `so'.
    """
    opener, closer = pair.opener, pair.closer
    if opener.written == GRAVE:
        return "grave"
    if opener.glued_left or closer.glued_right or opener.kind != closer.kind:
        return ""
    if has_inner_space(pair, text):
        return "spaced"
    return "turned" if opener.written in {CLOSING_SINGLE, CLOSING_DOUBLE} else ""


def turned_apostrophes(reading: Reading, text: str) -> Iterator[int]:
    """Yield where an apostrophe is written as an opening mark: China‘s.

    In a text that has such marks in other words too they are letters: the Ka‘ba, O‘ahu.
    """
    openers = [mark.at for mark in reading.others if mark.written == OPENING_SINGLE]
    inside = [at for at in openers if _INSIDE_WORD.match(text, at - 1)]
    if inside and all(_TURNED_APOSTROPHE.match(text, at - 2) for at in inside if at >= 2):
        yield from (at for at in inside if at >= 2)


def doubts(reading: Reading, text: str, habits: Habits) -> Iterator[Mark]:
    """Yield the marks of a paragraph in a damaged document that have no certain reading.

    An opening curly double mark without an end is the business of the kind `unclosed`. A grave
    accent without an end is mostly code.
    """
    for pair in reading.pairs:
        if is_broken(pair, text) and not is_settled(pair, text, habits):
            yield pair.closer
    for mark in (*reading.others, *reading.unclosed):
        if mark.written in {OPENING_DOUBLE, GRAVE}:
            continue
        if mark.neither - min(mark.opener, mark.closer) >= _DOUBTFUL and not _may_end_word(mark):
            yield mark


def _may_end_word(mark: Mark) -> bool:
    """Return whether a single mark may end a word, though nothing says so: the dogs’, nothin’."""
    return mark.kind == "single" and mark.opener >= NEVER

"""Where a name begins and ends.

`\\b` does not suit names: it finds "Sun Tian" in "Sun Tian-chi". Here a name has a boundary where
neither a word character nor a hyphen is beside it, and where it does not go on behind a syllable
mark (Jang Chang’an is not Jang Chang). English adds three things to a name that do not belong to
it, and all are allowed: a possessive or an elided verb (Alibaba's, Alibaba'll), a hyphen with a
participle (Alibaba-backed), and a prefix with a hyphen (pro-Alibaba).

There are three questions. `stands_alone` is the strict one: a rule may change the name.
`is_mentioned` also knows the particles of Korean: the name is evidence. `is_written` asks for no
more than that no letters go on with the word: a right form stands there, and stays.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from cleaner.text.characters import HANGUL, HYPHENS, INVISIBLE, JOINERS, LINE_END, SYLLABLE_MARKS
from cleaner.text.edits import Span
from cleaner.text.lazy import lazy_pattern

# A character that is a boundary of any name, whatever follows it. Most names are between two.
_PLAIN = frozenset(' \t.,;:!?()[]"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}')
# Letters that belong to a name together with the apostrophe behind them: D’Arcy, l’Alibaba,
# O’Brien
_PREFIXES = frozenset("DdLlO")
# What may follow an apostrophe behind a name: a possessive or an elided verb. Anything else is the
# next syllable of another name.
_ENDINGS = frozenset({"s", "ll", "d", "re", "ve"})
_PLURALS = ("es", "s")
_REACH = 200  # code points, at most, between two underscores that mark emphasis
_EMPHASIS = lazy_pattern(rf"(?<!\w)_{{1,3}}([^\s_](?:[^_\r\n]{{0,{_REACH}}}[^\s_])?)_{{1,3}}(?!\w)")
_SUSPENDED = lazy_pattern(r"\s(?:and|or)\s")  # “Alibaba- and Tencent-backed”
_HANGUL = lazy_pattern(f"[{HANGUL}]+")
_SHORTEST = 2  # syllables of a name that a particle may follow; “이” would be in every second word


class Boundaries(NamedTuple):
    """Words, in small letters, that may stand beside a name without being part of it.

    Attributes:
        suffixes: they follow a name after a hyphen (`led`, `based`).
        prefixes: they come before a name with a hyphen (`pro`, `ex`).
        particles: syllables that Korean writes directly behind a name (`의`).
        personal_names: given names and surnames that are ordinary words too (`kevin`, `smith`);
            beside one a variant is a part of somebody else's name.
    """

    suffixes: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    personal_names: frozenset[str] = frozenset()

    def joined(self, other: Boundaries) -> Boundaries:
        """Return the words of both."""
        return Boundaries(*(mine | theirs for mine, theirs in zip(self, other, strict=True)))


NO_WORDS = Boundaries()


def stands_alone(text: str, span: Span, words: Boundaries = NO_WORDS) -> bool:
    """Return whether `span` is a whole name, not a part of a longer one.

    >>> stands_alone("Sun Tian-chi", Span(0, 8)), stands_alone("Jang Chang’an", Span(0, 10))
    (False, False)
    >>> stands_alone("Alibaba-backed", Span(0, 7), Boundaries(suffixes=frozenset({"backed"})))
    True
    >>> stands_alone("Ma Win's", Span(0, 6)), stands_alone("O'Brien", Span(2, 7))
    (True, False)
    >>> stands_alone("the _Ma Win_ story", Span(5, 11))
    True
    >>> stands_alone("the Ma Win_ story", Span(4, 10))
    False
    """
    start, end = span
    if (not start or text[start - 1] in _PLAIN) and (end == len(text) or text[end] in _PLAIN):
        return True
    if text[start - 1 : start] == "_" or text[end : end + 1] == "_":
        emphasised = _emphasised(text, span)
        if emphasised:
            inside = Span(start - emphasised.start, end - emphasised.start)
            return stands_alone(emphasised.of(text), inside, words)
    return _begins(text, start, words) and _ends(text, end, words)


def is_mentioned(text: str, span: Span, words: Boundaries) -> bool:
    """Return whether `span` is a whole name, or one with a particle of Korean behind it.

    >>> is_mentioned("텐센트의", Span(0, 3), Boundaries(particles=frozenset("의")))
    True
    """
    if stands_alone(text, span, words):
        return True
    if span.end - span.start < _SHORTEST:
        return False
    behind = _HANGUL.match(text, span.end)
    if behind is None or behind.group() not in words.particles:
        return False
    return _begins(text, span.start, words)


def is_written(text: str, span: Span) -> bool:
    """Return whether `span` is a form that no letters beside it make another word.

    A hyphen, a digit or an underscore may be beside it, and the ending of a plural.

    >>> is_written("Xiao Zhan-Wang Yibo", Span(10, 19)), is_written("Ant Groups", Span(0, 9))
    (True, True)
    >>> is_written("Ant Groupies", Span(0, 9))
    False
    """
    start = _before_invisible(text, span.start)
    if start and _goes_on(text[start - 1]):
        return False
    end = _behind_invisible(text, span.end)
    for plural in _PLURALS:
        behind = end + len(plural)
        if text[end:behind].lower() == plural and not _goes_on(text[behind : behind + 1]):
            return True
    return not _goes_on(text[end : end + 1])


def _emphasised(text: str, span: Span) -> Span | None:
    """Return the words around `span` that underscores emphasise, without the underscores."""
    for found in _EMPHASIS.finditer(text, max(0, span.start - _REACH), span.end + _REACH):
        inside = Span(*found.span(1))
        if inside.covers(span):
            return inside
    return None


def _begins(text: str, start: int, words: Boundaries) -> bool:
    """Return whether a name can begin at `start`."""
    start = _before_invisible(text, start)
    if not start:
        return True
    start = _before_line_end(text, start)
    before = text[start - 1]
    if before in HYPHENS:
        return _is_dash(text, start - 2) or _is_prefix(text, start - 1, words)
    if _is_joined(before):
        return False
    if before in SYLLABLE_MARKS and start > 1 and text[start - 2] in _PREFIXES:
        # In “said’Ma” the letter ends a word; in “O’Brien” it begins the name.
        return start > 2 and _is_word(text[start - 3])
    return True


def _is_prefix(text: str, end: int, words: Boundaries) -> bool:
    """Return whether the word that ends at `end` is a prefix, and not itself a part of a name."""
    start = end
    while start and text[start - 1].isalpha():
        start -= 1
    if text[start:end].lower() not in words.prefixes:
        return False
    return not start or not (_is_joined(text[start - 1]) or text[start - 1] in SYLLABLE_MARKS)


def _ends(text: str, end: int, words: Boundaries) -> bool:
    """Return whether a name can end at `end`."""
    end = _behind_invisible(text, end)
    if end == len(text):
        return True
    if text[end] in HYPHENS:
        return (
            _is_dash(text, end + 1)
            or _word_at(text, _behind_line_end(text, end + 1)) in words.suffixes
            or _SUSPENDED.match(text, end + 1) is not None
        )
    if text[end] in SYLLABLE_MARKS and _is_cased(text[end + 1 : end + 2]):
        return _word_at(text, end + 1) in _ENDINGS
    return not _is_joined(text[end])


def _is_dash(text: str, beside: int) -> bool:
    """Return whether there is another hyphen beside one: Alibaba--so he said--fell."""
    return beside >= 0 and text[beside : beside + 1] == "-"


def _before_line_end(text: str, start: int) -> int:
    """Return where the line before `start` ends if its last word goes on, or else `start`."""
    if text[start - 1] not in "\r\n":
        return start
    end = start - (2 if text.endswith("\r\n", 0, start) else 1)
    goes_on = end > 1 and text[end - 1] in HYPHENS and _is_word(text[end - 2])
    return end if goes_on else start


def _behind_line_end(text: str, end: int) -> int:
    """Return where the word goes on that has a hyphen before `end`."""
    line_end = LINE_END.match(text, end)
    return line_end.end() if line_end else end


def _before_invisible(text: str, start: int) -> int:
    while start and text[start - 1] in INVISIBLE:
        start -= 1
    return start


def _behind_invisible(text: str, end: int) -> int:
    while end < len(text) and text[end] in INVISIBLE:
        end += 1
    return end


def _is_joined(outside: str) -> bool:
    """Return whether a character beside a span belongs to the same word or grapheme cluster."""
    return outside in HYPHENS or outside in JOINERS or _is_word(outside)


def _is_word(char: str) -> bool:
    if char.isalnum():  # but for ¹ and ①, which number a note or an item
        return char.isalpha() or unicodedata.category(char) != "No"
    return char == "_" or unicodedata.category(char).startswith("M")


def _goes_on(beside: str) -> bool:
    """Return whether a character beside a form makes it a part of a word, or is a part of it."""
    if not beside:
        return False
    return _is_cased(beside) or beside in JOINERS or unicodedata.category(beside).startswith("M")


def _is_cased(char: str) -> bool:
    """Return whether a character is a letter of a script that has capitals."""
    return char.lower() != char.upper()


def _word_at(text: str, start: int) -> str:
    """Return the word that begins at `start`, in small letters."""
    end = start
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[start:end].lower()

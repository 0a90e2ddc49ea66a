"""Where a name begins and ends.

`\\b` does not suit names: it finds "Sun Tian" in "Sun Tian-chi". Here a name has a boundary where
neither a word character nor a hyphen is beside it. English adds two things to a name that do not
belong to it, and both are allowed: a possessive (Alibaba's), and a hyphen with a participle
(Alibaba-backed).
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from cleaner.text.characters import APOSTROPHES, HYPHENS
from cleaner.text.edits import Span

_HYPHENS = f"{HYPHENS}\N{SOFT HYPHEN}"
_JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}\N{WORD JOINER}"
# A character that is a boundary of any name, whatever follows it. Most names are between two.
_PLAIN = frozenset(
    ' \n\r\t.,;:!?()[]"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}'
)
# Letters that belong to a name together with the apostrophe behind them: D’Arcy, l’Alibaba,
# O’Brien
_PREFIXES = frozenset("DdLlO")
_REACH = 200  # code points, at most, between two underscores that mark emphasis
_EMPHASIS = re.compile(rf"(?<!\w)_{{1,3}}([^\s_](?:[^_\r\n]{{0,{_REACH}}}[^\s_])?)_{{1,3}}(?!\w)")


class Boundaries(NamedTuple):
    """Words, in small letters, that may stand beside a name without being part of it.

    Attributes:
        suffixes: they follow a name after a hyphen (`led`, `based`).
    """

    suffixes: frozenset[str] = frozenset()

    def joined(self, other: Boundaries) -> Boundaries:
        """Return the words of both."""
        return Boundaries(*(mine | theirs for mine, theirs in zip(self, other, strict=True)))


NO_WORDS = Boundaries()


def stands_alone(text: str, span: Span, words: Boundaries = NO_WORDS) -> bool:
    """Return whether `span` is a whole name, not a part of a longer one.

    >>> stands_alone("Sun Tian-chi", Span(0, 8))
    False
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
    return _begins(text, start) and _ends(text, end, words)


def _emphasised(text: str, span: Span) -> Span | None:
    """Return the words around `span` that underscores emphasise, without the underscores."""
    for found in _EMPHASIS.finditer(text, max(0, span.start - _REACH), span.end + _REACH):
        inside = Span(*found.span(1))
        if inside.covers(span):
            return inside
    return None


def _begins(text: str, start: int) -> bool:
    """Return whether a name can begin at `start`."""
    if not start:
        return True
    if _is_joined(text[start - 1]):
        return False
    if text[start - 1] in APOSTROPHES and start > 1 and text[start - 2] in _PREFIXES:
        # In “said’Ma” the letter ends a word; in “O’Brien” it begins the name.
        return start > 2 and _is_word(text[start - 3])
    return True


def _ends(text: str, end: int, words: Boundaries) -> bool:
    """Return whether a name can end at `end`."""
    if end == len(text):
        return True
    if text[end] in _HYPHENS:
        return _word_at(text, end + 1) in words.suffixes
    return not _is_joined(text[end])


def _is_joined(outside: str) -> bool:
    """Return whether a character beside a span belongs to the same word or grapheme cluster."""
    return outside in _HYPHENS or outside in _JOINERS or _is_word(outside)


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_" or unicodedata.category(char).startswith("M")


def _word_at(text: str, start: int) -> str:
    """Return the word that begins at `start`, in small letters."""
    end = start
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[start:end].lower()

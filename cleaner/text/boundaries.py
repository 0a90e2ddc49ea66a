"""Where a name begins and ends.

`\\b` is wrong for names: it finds "Sun Tian" in "Sun Tian-chi". A name stands between boundaries
when neither a word character nor a hyphen is beside it, save what English hangs on a name: a
possessive, or a hyphen and a participle.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from cleaner.text.edits import Span

_HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{SOFT HYPHEN}"
_JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}\N{WORD JOINER}"
_APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}"
# What ends any name, whatever else is true.
_PLAIN = frozenset(
    ' \n\r\t.,;:!?()[]"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}'
)
# D’Arcy, l’Alibaba, O’Brien: with the apostrophe they are part of the name
_PREFIXES = frozenset("DdLlO")
_REACH = 200  # code points between two underscores that mark emphasis, in one line
_EMPHASIS = re.compile(rf"(?<!\w)_{{1,3}}([^\s_](?:[^_\r\n]{{0,{_REACH}}}[^\s_])?)_{{1,3}}(?!\w)")


def stands_alone(text: str, span: Span, suffixes: Collection[str] = ()) -> bool:
    """Whether `span` is a whole name; `suffixes` are the words that may follow after a hyphen (led,
    based, ...).

    >>> stands_alone("Sun Tian-chi", Span(0, 8)), stands_alone("Alibaba-backed", Span(0, 7), {"backed"})
    (False, True)
    >>> stands_alone("Ma Win's", Span(0, 6)), stands_alone("O'Brien", Span(2, 7))
    (True, False)
    >>> stands_alone("the _Ma Win_ story", Span(5, 11)), stands_alone("the Ma Win_ story", Span(4, 10))
    (True, False)
    """
    start, end = span
    if (not start or text[start - 1] in _PLAIN) and (end == len(text) or text[end] in _PLAIN):
        return True
    if "_" in (text[start - 1 : start], text[end : end + 1]) and (
        emphasis := _emphasis(text, span)
    ):
        first, last = emphasis
        return stands_alone(text[first:last], Span(start - first, end - first), suffixes)
    if start and _joined(text[start - 1]):
        return False
    if start and text[start - 1] in _APOSTROPHES and start > 1 and text[start - 2] in _PREFIXES:
        return start > 2 and _is_word(text[start - 3]) and _ends(text, end, suffixes)
    return _ends(text, end, suffixes)


def _emphasis(text: str, span: Span) -> Span | None:
    """The words around `span` between underscores that are no part of them."""
    for found in _EMPHASIS.finditer(text, max(0, span.start - _REACH), span.end + _REACH):
        inside = Span(*found.span(1))
        if inside.covers(span):
            return inside
    return None


def _ends(text: str, end: int, suffixes: Collection[str]) -> bool:
    if end == len(text):
        return True
    if text[end] in _HYPHENS:
        return _word_at(text, end + 1) in suffixes
    return not _joined(text[end])


def _joined(outside: str) -> bool:
    """Whether a character beside a span belongs to the same word, or to the same grapheme cluster."""
    return outside in _HYPHENS or outside in _JOINERS or _is_word(outside)


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_" or unicodedata.category(char).startswith("M")


def _word_at(text: str, start: int) -> str:
    end = start
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[start:end].lower()

"""A text without marks that a reader looks through, and the way back to the text.

Characters without width inside a name are not seen at all, and a hyphen that does not break looks
like any other hyphen. Quotation marks are seen, but “Ant” Group is the Ant Group.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from cleaner.text.characters import HYPHENS, INVISIBLE, JOINERS
from cleaner.text.edits import Span
from cleaner.text.lazy import lazy_pattern

# A joiner is looked through between Latin letters only. In an emoji or in a word of another script
# it belongs to what is seen.
_LATIN = r"A-Za-z\u00C0-\u024F\u1E00-\u1EFF"
_UNSEEN = lazy_pattern(rf"((?<=[{_LATIN}])[{JOINERS}{INVISIBLE}]+(?=[{_LATIN}])|[{INVISIBLE}]+)")
_PLAIN_HYPHENS = str.maketrans(dict.fromkeys(HYPHENS, "-"))
_MAY_DIFFER = (*INVISIBLE, *JOINERS, *HYPHENS[1:])
_BEFORE_BLANK_LINE = lazy_pattern(r"(?<=\S)(?:\n(?=\n\S)|\r\n(?=\r\n\S))")
_BLANK_LINE = "\n\n"  # one of the blank lines that there are; no name goes on behind it
# Quotation marks beside white space: only there can they be inside a name of two words.
QUOTATION_MARKS = (
    "\"'`\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
    "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
)
_QUOTATION = lazy_pattern(rf"([{QUOTATION_MARKS}](?:(?=\s)|(?<=\s.)))")


class Seen(NamedTuple):
    """A text with some characters removed.

    Attributes:
        text: what is left.
        cuts: the places in it where something was removed, in order.
        removed: how many code points were removed before the first cut, at it, up to the second
            one, and so on.
    """

    text: str
    cuts: list[int]
    removed: list[int]

    def origin(self, span: Span) -> Span:
        """Return where a span of what is left is in the text."""
        start = span.start + self.removed[bisect_right(self.cuts, span.start)]
        return Span(start, span.end + self.removed[bisect_left(self.cuts, span.end)])

    def is_cut(self, span: Span) -> bool:
        """Return whether something was removed inside the span."""
        return bisect_left(self.cuts, span.end) > bisect_right(self.cuts, span.start)


def without_invisible(text: str) -> Seen | None:
    """Return the text without characters that have no width, and with plain hyphens.

    None stands for the text itself.

    >>> seen = without_invisible("Mar\N{SOFT HYPHEN}win")
    >>> seen.text, seen.origin(Span(0, 6))
    ('Marwin', Span(start=0, end=7))
    """
    if text.isascii() or not any(char in text for char in _MAY_DIFFER):
        return None
    seen = _without(_UNSEEN, text)
    return seen._replace(text=seen.text.translate(_PLAIN_HYPHENS))


def parts_of(text: str, size: int) -> Iterator[Span]:
    r"""Yield the parts of a text; each ends at the next blank line behind `size` code points.

    Neither names nor other literals go on behind a blank line.

    >>> [part.of("so.\n\nAnt is\n\nhere") for part in parts_of("so.\n\nAnt is\n\nhere", 5)]
    ['so.\n\nAnt is\n', '\nhere']
    """
    start = 0
    while len(text) - start > size:
        found = _BEFORE_BLANK_LINE.search(text, start + size)
        if found is None:
            break
        yield Span(start, found.end())
        start = found.end()
    yield Span(start, len(text))


def part_around(text: str, at: int, least: int = 0) -> Span:
    r"""Return the part of a text around a place, from one blank line to another.

    No name goes on behind a blank line. The part begins at `least` at the earliest. A place in a
    blank line belongs to the part before it.

    >>> part_around("Ma\n\nWin Do\n\nAnt", 5)
    Span(start=4, end=10)
    """
    before = text.rfind(_BLANK_LINE, least, at)
    behind = text.find(_BLANK_LINE, at)
    start = before + len(_BLANK_LINE) if before >= 0 else least
    return Span(start, behind if behind >= 0 else len(text))


def parts_with_invisible(text: str) -> Iterator[Span]:
    r"""Yield the parts of a text, from one blank line to another, that `without_invisible` changes.

    >>> list(parts_with_invisible("Ma Win\n\nMar\N{SOFT HYPHEN}win\n\nAnt"))
    [Span(start=8, end=15)]
    """
    if text.isascii():
        return
    done = 0
    following = {char: text.find(char) for char in _MAY_DIFFER}  # the next place of each
    while max(following.values()) >= 0:
        first = min(at for at in following.values() if at >= 0)
        part = part_around(text, first, done)
        yield part
        done = part.end
        for char, at in following.items():
            if 0 <= at < done:
                following[char] = text.find(char, done)


def without_quotation_marks(text: str) -> Seen:
    """Return the text without the quotation marks that have white space beside them.

    >>> without_quotation_marks("the “Ant” Group’s").text
    'the Ant Group’s'
    """
    return _without(_QUOTATION, text)


def parts_around(text: str, places: Iterable[int]) -> Iterator[Span]:
    r"""Yield the parts of a text, from one blank line to another, around places in order.

    >>> list(parts_around("Ma\n\nWin Do\n\nAnt", [4, 6]))
    [Span(start=4, end=10)]
    """
    done = 0
    for place in places:
        if place >= done:
            part = part_around(text, place, done)
            yield part
            done = part.end


def has_quotation_marks(text: str) -> bool:
    """Return whether the text has such quotation marks."""
    return bool(_QUOTATION.search(text))


def _without(pattern: re.Pattern[str], text: str) -> Seen:
    """Return the text without what a pattern matches, which is its only group."""
    pieces = pattern.split(text)
    kept = pieces[::2]
    cuts = list(accumulate(map(len, kept[:-1])))
    removed = list(accumulate(map(len, pieces[1::2]), initial=0))
    return Seen("".join(kept), cuts, removed)

"""What it costs to read a double quotation mark as an opener or a closer.

Unlike a single mark it is never an apostrophe, so what it touches tells its role nearly alone:

- `say “yes`: nothing on its left, a word on its right: an opener;
- `yes,” he`: a word or punctuation on its left, nothing on its right: a closer;
- `say,”yes`: something on both sides: a space is lost, before an opener or behind a closer;
- `yes, "he`: as an opener should be, but a closer if the space stands on the wrong side of it;
- `say " yes`: nothing on either side: a space too many.

The glyph is evidence too, though a weak one: programs that curl straight marks turn them by the
space before them, and so they turn exactly the marks that have lost it.
"""

from __future__ import annotations

import re
import unicodedata

from cleaner.fixers.quotes.marks import (
    CLOSING_DOUBLE,
    DOUBLE_PRIME,
    DOUBLES,
    NEVER,
    OPENING_DOUBLE,
    SINGLES,
    TEX_CLOSER,
    TEX_OPENER,
    Mark,
)
from cleaner.fixers.quotes.surroundings import character_before, is_symbol

# What an opener may follow directly, and what a closer may.
_OPENING = frozenset("<`|/#\N{WORD JOINER}\N{LEFT SINGLE QUOTATION MARK}")
_CLOSING = frozenset(".,;:!?)]}%/>|\N{HORIZONTAL ELLIPSIS}\N{EM DASH}\N{EN DASH}-")
_BEFORE_SPEECH = frozenset(",:")
_ENDS_CLAUSE = frozenset(",.!?\N{HORIZONTAL ELLIPSIS}")
# Where an attribute in code begins and ends: style="so">.
_BEFORE_CODE = frozenset({"="})
_BEHIND_CODE = frozenset({">", "="})
# What follows a closer whose space stands on the wrong side: “So, “he said.
_ATTRIBUTION = re.compile(r"(?:he|she|they|we|I) \w")
_POSSESSIVE = re.compile(r"\N{LEFT SINGLE QUOTATION MARK}s\b")
_WIDE = frozenset("FW")  # East Asian characters, by the property of Unicode
_COMMAND = re.compile(r"\\[A-Za-z]+\*?\Z")
_LONGEST_COMMAND = 20  # code points
# What may begin a quotation though it mostly ends something: “...and so on”, “—no”.
_MAY_BEGIN = frozenset(".\N{HORIZONTAL ELLIPSIS}\N{EM DASH}\N{EN DASH}-/")
_NEVER_LAST = frozenset("\r\n([{")

# Not a square bracket: “so”[12] is how some write a note.
_BEGINNING = frozenset("($\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}")

_LOST_SPACE = 1.0
_LOST_SPACE_BEHIND = 1.5
_INNER_SPACE = 2.0
_MOVED_SPACE = 3.0
_TURNED_OPENER = 1.0
_TURNED_CLOSER = 3.0
_NEITHER = 6.0
_INCHES = 0.5


def weigh_double(text: str, at: int, written: str) -> Mark:
    """Return the double mark at `at` with the cost of each of its roles.

    >>> weigh_double("say “yes", 4, "“")[:4]
    (4, 6.0, 0.0, 99.0)
    >>> weigh_double("say,”yes", 4, "”")[:4]
    (4, 6.0, 2.0, 1.5)
    """
    if _is_behind_command(text, at):
        return Mark(at, written=written)  # \\verb"so"
    end = at + len(written)
    before, after = _before(text, at), text[end : end + 1]
    return Mark(
        at,
        neither=_neither(text, at, written, after),
        opener=_opener(before, after, written),
        closer=_closer(text, at, end),
        glued_left=not _is_open(before),
        glued_right=_begins(text, end),
        written=written,
    )


def _is_behind_command(text: str, at: int) -> bool:
    """Return whether a command of TeX ends at a position."""
    start = max(0, at - _LONGEST_COMMAND)
    return text.find("\\", start, at) >= 0 and bool(_COMMAND.search(text, start, at))


def _before(text: str, at: int) -> str:
    """Return the character before a mark; of ‘“so”, for the second mark, the one before both."""
    start = at
    while start and text[start - 1] in SINGLES:
        start -= 1
    before = character_before(text, start)
    return before if _is_open(before) else character_before(text, at)


def _neither(text: str, at: int, written: str, after: str) -> float:
    """Return the cost of a sign for inches (6'2" tall, 6' 2 " tall), or of a mark that is alone."""
    before = character_before(text, at)
    if written == DOUBLE_PRIME or before in _BEFORE_CODE or after in _BEHIND_CODE:
        return 0.0
    if written not in {'"', CLOSING_DOUBLE}:
        return _NEITHER
    if before == " " and character_before(text, at - 1).isdigit():
        return _INCHES
    if before.isdigit():
        return _INCHES if not _is_word(after) or after.isdigit() else 2 * _LOST_SPACE
    return _NEITHER


def _is_open(before: str) -> bool:
    """Return whether an opener may follow a character without a space between them."""
    if not before or before.isspace() or before in _OPENING:
        return True
    if unicodedata.east_asian_width(before) in _WIDE:
        return True  # the space is in the character: ：“so”
    return is_symbol(before) or unicodedata.category(before) in {"Pd", "Ps", "Pi"}


def _begins(text: str, at: int) -> bool:
    """Return whether a word, a number, a bracket or another quotation begins at a position.

    >>> _begins("”so", 1), _begins("”, so", 1), _begins("”‘so’", 1), _begins("”‘s", 1)
    (True, False, True, False)
    """
    after = text[at : at + 1]
    return _is_word(after) and not _POSSESSIVE.match(text, at)


def _is_word(after: str) -> bool:
    """Return whether a character begins a word, a number, a bracket or a quotation."""
    if after.isalnum():
        return unicodedata.east_asian_width(after) not in _WIDE  # “so”라고
    return after in _BEGINNING


def _opener(before: str, after: str, written: str) -> float:
    """Return the cost of an opener by its glyph and by the characters on its sides."""
    if not after or after == CLOSING_DOUBLE or written in {TEX_CLOSER, DOUBLE_PRIME}:
        return NEVER
    if before in DOUBLES and not (before == CLOSING_DOUBLE and written == OPENING_DOUBLE):
        return NEVER
    if after.isspace():
        if after in "\r\n" or written == CLOSING_DOUBLE:
            return NEVER
        if before in _BEFORE_SPEECH:
            return _MOVED_SPACE
        return _INNER_SPACE if _is_open(before) else NEVER
    if after in _CLOSING and after not in _MAY_BEGIN:
        return NEVER
    cost = 0.0 if _is_open(before) else _LOST_SPACE
    return cost + _TURNED_OPENER if written == CLOSING_DOUBLE else cost


def _closer(text: str, at: int, end: int) -> float:
    """Return the cost of a closer by its glyph and by the characters on its sides."""
    written = text[at:end]
    before = character_before(text, at)
    if not before or before in _NEVER_LAST or written == TEX_OPENER:
        return NEVER
    behind_clause = text[max(0, at - 2) : at - 1] in _ENDS_CLAUSE
    if written == OPENING_DOUBLE and before.isspace():
        is_possible = behind_clause and _ATTRIBUTION.match(text, end)
        return _MOVED_SPACE + _LOST_SPACE if is_possible else NEVER
    if written == OPENING_DOUBLE:
        return NEVER if _begins(text, end) else _TURNED_CLOSER
    cost = _LOST_SPACE if written == DOUBLE_PRIME else 0.0
    if not before.isspace():
        return cost + _LOST_SPACE_BEHIND if _begins(text, end) else cost
    if not _begins(text, end):
        return cost + _INNER_SPACE
    return cost + _MOVED_SPACE if behind_clause else NEVER

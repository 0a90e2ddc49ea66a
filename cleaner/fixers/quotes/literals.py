"""What a text must contain before a mark that lost a space can be in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import product
from string import ascii_lowercase, digits

from cleaner.fixers.quotes.apostrophes import has_prefix
from cleaner.fixers.quotes.marks import (
    CLOSING_DOUBLE,
    DOUBLES,
    GRAVE,
    OPENING_SINGLE,
    PRIME,
    SINGLES,
)
from cleaner.fixers.quotes.surroundings import (
    OPENING,
    character_before,
    may_open,
    surroundings,
)
from cleaner.text.characters import APOSTROPHES
from cleaner.text.literals import ANYTHING

# First bytes, in UTF-8, of accented Latin letters, Chinese characters and Hangul.
_BEYOND_ASCII = [bytes([lead]) for lead in (0xC3, *range(0xE3, 0xEE))]
# The tails of nearly all apostrophes in a text.
_COMMON_TAILS = frozenset({"t", "s", "re", "ve", "ll", "d", "m"})


def glued(tails: Collection[str]) -> set[bytes]:
    """Return what a document must contain before a glued mark can be in it, as UTF-8.

    Each literal is a mark and the shortest beginning of a word that is not the tail of a common
    contraction. Rare tails (o'clock, y'all) are told apart later, where a literal was found: to
    leave them out here would take eight times as many literals.

    >>> literals = glued({"re", "s"})
    >>> b"'re" in literals, b"'rea" in literals, b"'q" in literals
    (False, True, True)
    """
    common = _COMMON_TAILS.intersection(tails)
    return {mark.encode() + beginning for mark in SINGLES for beginning in _other_words("", common)}


def _other_words(begun: str, tails: Collection[str]) -> Iterator[bytes]:
    """Yield the shortest beginnings, from `begun` on, of all words that are not among `tails`.

    >>> b"".join(sorted(_other_words("re", {"re"}))[:3])
    b're0re1re2'
    """
    if begun and not any(tail.startswith(begun) for tail in tails):
        yield begun.encode()
        return
    if begun and begun not in tails:
        yield begun.encode() + b" "  # a whole word that only begins as a tail does: r, of re
    for character in (*ascii_lowercase, *digits):
        yield from _other_words(begun + character, tails)
    for lead in _BEYOND_ASCII:
        yield begun.encode() + lead


def is_glued(text: str, at: int, prefixes: Collection[str] = ()) -> bool:
    """Return whether the mark at `at` touches something on its left that it may not belong to.

    >>> is_glued("the’rat", 3), is_glued("the ‘rat", 4), is_glued("O’Brien", 1, {"O"})
    (True, False, False)
    """
    if character_before(text, at).isspace() or may_open(text, at):
        return False
    return not has_prefix(surroundings(text, at), prefixes)


def glued_double() -> set[bytes]:
    """Return what a double closing mark that touches a word on its right looks like, as UTF-8."""
    mark = CLOSING_DOUBLE.encode()
    return {mark + beginning for beginning in _other_words("", set())}


def anywhere() -> set[bytes]:
    """Return what only a damaged document is searched for, as UTF-8.

    Double marks, primes and grave accents wherever they are, and opening marks that may stand for
    the apostrophe of a common contraction.
    """
    marks = {mark.encode() for mark in (*DOUBLES, PRIME, GRAVE)}
    return marks | {f"{OPENING_SINGLE}{tail}".encode() for tail in _COMMON_TAILS}


def tails_alone() -> set[bytes]:
    """Return what the tail of a common contraction looks like that ends no word, as UTF-8.

    White space or opening punctuation stands before its mark. At the beginning of a text nothing
    does, so this is found in every text; the fixer then looks at the first block only.

    >>> b" 's" in tails_alone(), b"('ll" in tails_alone(), b"a's" in tails_alone()
    (True, True, False)
    """
    apostrophes = [mark.encode() for mark in APOSTROPHES]
    before = [character.encode() for character in (" ", *OPENING)]
    tails = [tail.encode() for tail in _COMMON_TAILS]
    return {ANYTHING, *map(b"".join, product(before, apostrophes, tails))}

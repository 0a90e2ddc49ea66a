"""Graphemes of Western names: letters that are heard as one sound."""

from __future__ import annotations

import re
from collections.abc import Sequence

_GRAPHEME = re.compile(
    "sch|tch|ch|ck|cq|gh|gn|kn|ng|ph|ps|qu|rh|sh|sz|th|ts|tz|wh|wr|zh"
    "|aa|ae|ai|au|aw|ay|ea|ee|ei|eu|ew|ey|ia|ie|io|oa|oe|oi|oo|ou|ow|oy|ua|ue|ui|uy"
    "|bb|cc|dd|ff|gg|kk|ll|mm|nn|pp|rr|ss|tt|vv|zz"
    "|."
)
_VOWELS = frozenset("aeiouy")


def graphemes(words: Sequence[str]) -> list[str]:
    """Return the graphemes of the words of a name.

    A full stop marks a consonant that no vowel of its word follows: Korean gives it a vowel.

    >>> graphemes(["smith", "anna"])
    ['s.', 'm', 'i', 'th.', 'a', 'nn', 'a']
    """
    found = []
    for word in words:
        pieces = _GRAPHEME.findall(word)
        for piece, following in zip(pieces, [*pieces[1:], "."], strict=True):
            has_vowel = piece[0] in _VOWELS or following[0] in _VOWELS
            found.append(piece if has_vowel else f"{piece}.")
    return found

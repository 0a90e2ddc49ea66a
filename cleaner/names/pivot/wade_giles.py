"""Wade–Giles: how Chinese names were written in English before pinyin, and are in Taiwan."""

from __future__ import annotations

import re
from collections.abc import Iterable

# What becomes of a pinyin syllable, one after the other. The apostrophes that tell ch’ from ch are
# left out, as newspapers do.
_CHANGES = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        ("^([zc])i$", "tzu"),
        ("^si$", "szu"),
        ("^(zh|ch|sh|r)i$", r"\1ih"),
        ("^you$", "yu"),
        ("^yi$", "i"),
        ("^er$", "erh"),
        ("^yan$", "yen"),
        ("^([gkh])e$", r"\1o"),
        ("^([gk])ui$", r"\1uei"),
        ("^(d|t|n|l|z|c|s|zh|ch|r)uo$", r"\1o"),
        ("ian$", "ien"),
        ("([iuy])e$", r"\1eh"),
        ("([jqx])iong$", r"\1iung"),
        ("ong$", "ung"),
        ("^r", "j\N{MIDDLE DOT}"),  # the mark keeps this j from becoming ch
        ("^(zh|j(?!\N{MIDDLE DOT})|q)", "ch"),
        ("^x", "hs"),
        ("^(z|c(?!h))", "ts"),
        ("^b", "p"),
        ("^d", "t"),
        ("^g", "k"),
        ("\N{MIDDLE DOT}", ""),
    )
]
_TELLING = re.compile("^(?:hs|ts|tz|sz)|(?:ih|[iuy]eh|erh)$")


def wade_giles(syllable: str) -> str:
    """Return a pinyin syllable in Wade–Giles, without apostrophes.

    >>> [wade_giles(syllable) for syllable in ("cao", "xu", "zi", "qian", "ren", "shi")]
    ['tsao', 'hsu', 'tzu', 'chien', 'jen', 'shih']
    """
    for pattern, replacement in _CHANGES:
        syllable = pattern.sub(replacement, syllable)
    return syllable


def is_wade_giles(parts: Iterable[str], syllables: frozenset[str]) -> bool:
    """Return whether words are Wade–Giles beyond doubt.

    All are syllables, and one is spelled as in no other system.

    Args:
        parts: the words in small letters.
        syllables: all syllables in Wade–Giles.
    """
    listed = list(parts)
    return all(part in syllables for part in listed) and any(map(_TELLING.search, listed))

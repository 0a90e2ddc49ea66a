"""Romaji: cutting Japanese words into morae, and how Korean writes a mora."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

# A doubled consonant, a t before ch, a syllabic n or m, a consonant with its vowel, a lone h.
_MORA = re.compile(
    r"([kstp])(?=\1)|t(?=ch)|n(?![aeiouy])|m(?=[bmp])|[bcdfghjkmnprstwyz]{0,3}[aeiou]|h(?![aeiou])"
)
_WITHOUT_VOWEL = frozenset("nmhkstp")  # morae that consist of a consonant
_DOUBLED = frozenset("kstp")
_NASALS = frozenset("nm")
# The last letter of a mora and the mora after it, where the second only makes the vowel long.
_LONG_VOWELS = frozenset({("o", "o"), ("o", "u"), ("u", "u"), ("a", "a"), ("e", "e")})

# Costs in nats, set by hand.
_NASAL = {"ㄴ": 0.0, "ㅁ": 2.5}
_DOUBLED_CONSONANT = {"ㅅ": 0.3, "": 1.5}
# The transcription for the beginning of a word, and the one for elsewhere: a mora that begins a
# word, and one that does not. Newspapers follow the rule less often at the beginning of a word.
_INITIAL_COSTS = (0.5, 1.0)
_INNER_COSTS = (2.0, 0.2)
_SILENT = 0.3  # a mora that makes a vowel long is not written
_WRITTEN = 2.0  # it is written


def morae(word: str, table: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the morae of a word in plain letters, or nothing if it is not romaji.

    >>> from cleaner.names.pivot.tables import load
    >>> morae("kenji", load("ko").romaji), morae("smith", load("ko").romaji)
    (['ke', 'n', 'ji'], [])
    """
    found = [match.group() for match in _MORA.finditer(word)]
    if "".join(found) != word or found[0] == "h":  # a lone h needs a vowel before it
        return []
    if not all(mora in table or mora in _WITHOUT_VOWEL for mora in found):
        return []
    return found


def mora_symbols(word_morae: Sequence[str]) -> tuple[str, ...]:
    """Return the symbols of the morae of a word.

    The kind is `mora` at the beginning, `long` for an o or u that only makes the vowel before it
    long and for an h, and `inner-mora` for all others.

    >>> mora_symbols(["to", "u", "kyo"])
    ('mora:to', 'long:u', 'inner-mora:kyo')
    """
    symbols = [f"mora:{word_morae[0]}"]
    for before, mora in pairwise(word_morae):
        makes_long = (before[-1], mora) in _LONG_VOWELS
        kind = "long" if makes_long or mora == "h" else "inner-mora"
        symbols.append(f"{kind}:{mora}")
    return tuple(symbols)


def mora_readings(
    mora: str, table: Mapping[str, Sequence[str]], *, begins_word: bool
) -> dict[str, float]:
    """Return how Korean writes a mora, and what each way costs."""
    if mora in _NASALS:
        return dict(_NASAL)
    if mora in _DOUBLED:
        return dict(_DOUBLED_CONSONANT)
    initial, inner = table[mora]
    if initial == inner:
        return {initial: 0.0}
    initial_cost, inner_cost = _INITIAL_COSTS if begins_word else _INNER_COSTS
    return {initial: initial_cost, inner: inner_cost}


def long_readings(mora: str, table: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Return how Korean writes a mora that makes a vowel long, and what each way costs."""
    written = table[mora][0] if mora in table else ""
    if not written:
        return {"": _WRITTEN}
    return {"": _SILENT, written: _WRITTEN}

"""Ordinary English words, by the dictionary of pyspellchecker (MIT). Loaded on the first question, 0.2 s."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spellchecker import WordFrequency

_ORDINARY = 50  # how often its corpus of subtitles must have a word: rarer ones are names and slips


@cache
def _frequencies() -> WordFrequency:
    from spellchecker import SpellChecker

    return SpellChecker(language="en").word_frequency


@lru_cache(maxsize=100_000)
def is_ordinary(word: str) -> bool:
    """Whether a word (in any case) is in the dictionary, and not a rare one.

    >>> is_ordinary("passing"), is_ordinary("Tribunal"), is_ordinary("Marwin")
    (True, True, False)
    """
    return _frequencies()[word.lower()] >= _ORDINARY

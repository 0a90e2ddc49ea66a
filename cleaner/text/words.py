"""Ordinary English words, from the dictionary of pyspellchecker (MIT).

Reading that dictionary takes 0.2 s. Its ordinary words are kept in the cache as one sorted list of
lines, in which a word is found in microseconds.
"""

from __future__ import annotations

from functools import cache as once
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from cleaner import cache

# How often a word must be in the corpus of the dictionary (subtitles) to count as ordinary: rarer
# ones are names and misspellings.
_ORDINARY = 50


@lru_cache(maxsize=100_000)
def is_ordinary(word: str) -> bool:
    """Return whether a word, in any case, is in the dictionary and not rare.

    >>> is_ordinary("passing"), is_ordinary("Tribunal"), is_ordinary("Marwin")
    (True, True, False)
    """
    wanted = word.lower().encode("utf-8", "surrogatepass")
    words = _ordinary_words()
    low, high = 0, len(words)
    while low < high:
        start = words.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = words.index(b"\n", start)
        there = words[start:end]  # the line that begins at or before the middle
        if there == wanted:
            return True
        if there < wanted:
            low = end + 1
        else:
            high = start
    return False


@once
def _ordinary_words() -> bytes:
    """Return all ordinary words in lower case, sorted as bytes, each with a line end behind it."""
    name = f"words-{_ORDINARY}-{_edition()}"
    words = cache.recall(name)
    if not words or not words.endswith(b"\n"):
        from spellchecker import SpellChecker

        dictionary = SpellChecker(language="en").word_frequency.dictionary
        lines = [f"{word}\n".encode() for word, n in dictionary.items() if n >= _ORDINARY]
        words = b"".join(sorted(lines))
        cache.remember(name, words)
    return words


def _edition() -> str:
    """Identify the release of the dictionary by the size and the time of its file."""
    spec = find_spec("spellchecker")
    assert spec and spec.origin
    file = Path(spec.origin).with_name("resources") / "en.json.gz"
    return f"{file.stat().st_size}-{file.stat().st_mtime_ns}"

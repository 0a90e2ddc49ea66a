"""Ordinary English words, by the dictionary of pyspellchecker (MIT).

Reading the dictionary takes 0.2 s; the ordinary words of it are kept in the cache, where a question
costs microseconds.
"""

from __future__ import annotations

from functools import cache as once
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from cleaner import cache

_ORDINARY = 50  # how often its corpus of subtitles must have a word: rarer ones are names and slips


@lru_cache(maxsize=100_000)
def is_ordinary(word: str) -> bool:
    """Whether a word (in any case) is in the dictionary, and not a rare one.

    >>> is_ordinary("passing"), is_ordinary("Tribunal"), is_ordinary("Marwin")
    (True, True, False)
    """
    wanted, words = word.lower().encode("utf-8", "surrogatepass"), _ordinary()
    low, high = 0, len(words)
    while low < high:  # the line that begins at or before the middle
        start = words.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = words.index(b"\n", start)
        if (there := words[start:end]) == wanted:
            return True
        low, high = (end + 1, high) if there < wanted else (low, start)
    return False


@once
def _ordinary() -> bytes:
    """All ordinary words in small letters, sorted as bytes, each with a line end behind it."""
    name = f"words-{_ORDINARY}-{_edition()}"
    if (words := cache.recall(name)) is None:
        from spellchecker import SpellChecker

        counted = SpellChecker(language="en").word_frequency.dictionary.items()
        words = b"".join(
            sorted(f"{word}\n".encode() for word, times in counted if times >= _ORDINARY)
        )
        cache.remember(name, words)
    return words


def _edition() -> str:
    """What tells one release of the dictionary from another: the size and time of its file."""
    spec = find_spec("spellchecker")
    assert spec and spec.origin
    file = Path(spec.origin).with_name("resources") / "en.json.gz"
    return f"{file.stat().st_size}-{file.stat().st_mtime_ns}"

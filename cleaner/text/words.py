"""Ordinary English words, from the dictionary of pyspellchecker (MIT).

Reading that dictionary takes 0.2 s. Its words above some frequency are kept in the cache as one
sorted list of lines, in which a word is found in microseconds.
"""

from __future__ import annotations

from functools import cache as once
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from cleaner import cache

# How often a word must be in the corpus of the dictionary (1.6 billion words of subtitles) to count
# as ordinary: rarer ones are names and misspellings.
_ORDINARY = 50
# The same for a short word that is a familiar one. Rarer short words are syllables of other
# languages too: `lam`, `tab` and `ash` of Arabic, `shari`, `dell`, `khat`.
_FAMILIAR = ((3, 10_000), (5, 1_000))  # up to so many letters, at least so often


@lru_cache(maxsize=100_000)
def is_ordinary(word: str) -> bool:
    """Return whether a word, in any case, is in the dictionary and not rare.

    >>> is_ordinary("passing"), is_ordinary("Tribunal"), is_ordinary("Marwin")
    (True, True, False)
    """
    return _has(_words(_ORDINARY), word)


@lru_cache(maxsize=100_000)
def is_familiar(word: str) -> bool:
    """Return whether a word is ordinary and, if it is short, known to every reader of English.

    >>> is_familiar("rat"), is_familiar("lam"), is_ordinary("lam")
    (True, False, True)
    """
    for letters, least in _FAMILIAR:
        if len(word) <= letters:
            return _has(_words(least), word)
    return is_ordinary(word)


@lru_cache(maxsize=10_000)
def is_contraction(head: str, tail: str) -> bool:
    """Return whether a word becomes `head` and `tail` when it loses one or two letters inside.

    >>> is_contraction("reg", "lar"), is_contraction("gov", "nor"), is_contraction("called", "rat")
    (True, True, False)
    """
    if not (head.isascii() and head.isalpha() and tail.isascii() and tail.isalpha()):
        return False
    words = _words(_ORDINARY)
    first, last = head.lower().encode(), tail.lower().encode()
    start = _first_from(words, first)
    for word in words[start : _first_from(words, first + b"\x7f", start)].split(b"\n"):
        inside = word[len(first) : len(word) - len(last)]
        if word.endswith(last) and len(inside) in {1, 2} and inside.isalpha():
            return True
    return False


def _has(words: bytes, word: str) -> bool:
    """Return whether a sorted list of lines has a word, in any case."""
    wanted = word.lower().encode("utf-8", "surrogatepass") + b"\n"
    return words.startswith(wanted, _first_from(words, wanted[:-1]))


def _first_from(words: bytes, wanted: bytes, low: int = 0) -> int:
    """Return where the first line of a sorted list begins, from `low` on, that is not less."""
    high = len(words)
    while low < high:
        start = words.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = words.index(b"\n", start)
        if words[start:end] < wanted:  # the line that begins at or before the middle
            low = end + 1
        else:
            high = start
    return low


@once
def _words(least: int) -> bytes:
    """Return the words that occur at least so often, in lower case, as sorted lines of bytes."""
    name = f"words-{least}-{_edition()}"
    words = cache.recall(name)
    if not words or not words.endswith(b"\n"):
        from spellchecker import SpellChecker

        dictionary = SpellChecker(language="en").word_frequency.dictionary
        lines = [f"{word}\n".encode() for word, n in dictionary.items() if n >= least]
        words = b"".join(sorted(lines))
        cache.remember(name, words)
    return words


def _edition() -> str:
    """Identify the release of the dictionary by the size and the time of its file."""
    spec = find_spec("spellchecker")
    assert spec and spec.origin
    file = Path(spec.origin).with_name("resources") / "en.json.gz"
    return f"{file.stat().st_size}-{file.stat().st_mtime_ns}"

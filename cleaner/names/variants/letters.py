"""How two spellings differ: which letters were left out, added, changed or swapped.

Spellings are compared sound by sound, not letter by letter: the `ai` of Kaibris and the `ay` of
Kaybris are one vowel, the `ch` of Christon is one consonant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

# A sound: a vowel with what makes it long, a consonant that is written with several letters or is
# doubled, or a letter.
_SOUND = re.compile(
    r"""
    (?: [aeiou]+ | y(?![aeiou]) ) (?: [yw](?![aeiou]) )? (?: h(?![aeiouy]) )?
    | tsch | sch | tch | [cgkprstwz]h | t[sz] | dz | ck | ([bcdfgjklmnpqrstvwxz])\1?
    | .
    """,
    re.VERBOSE,
)
_VOWELS = frozenset("aeiouy")
# Spellings of one sound, in words of any origin.
_ONE_SOUND = tuple(
    frozenset(spellings.split())
    for spellings in (
        "i y ie ee ii ea yi ey",
        "e ei ai ay ey ae ea eh ie",
        "ai ay ei ey ae",
        "o ou oo oh ow au aw oe",
        "au aw ou ow",
        "u uu oo ou uh ew ue",
        "a aa ah",
        "c k ck q kh",
        "f ph",
        "sh sch",
        "ch tch tsch",
        "z tz ts dz",
        "r rh",
        "t th",
        "g gh",
        "v w",
    )
)
# Consonants that one language between hears as one: l and r in Japanese and Korean, b and v ...
_CONFUSABLE = tuple(
    frozenset(spellings.split())
    for spellings in (
        "l r",
        "b v",
        "s z sh th c x ts",
        "c s",
        "f p ph",
        "c k q g ck gh",
        "g j",
        "j z zh",
        "j ch zh dz",
        "d t th",
        "m n",
        "u v w",
    )
)


class Kind(Enum):
    """What happened to a letter."""

    DOUBLED = "a letter is doubled, or a vowel made long"
    SWAPPED = "two letters are swapped"
    MOVED = "the same letters in another order"
    VOWEL = "another vowel"
    VOWEL_ADDED = "one vowel more or fewer"
    SPELLING = "one sound spelled otherwise"
    CONFUSABLE = "consonants that other languages confuse"
    CONSONANT = "another consonant"
    CONSONANT_ADDED = "one consonant more or fewer"


MIN_MOVED = 5  # letters of which two spellings have the same in another order
_STEPS = {Kind.DOUBLED: 0.5, Kind.SPELLING: 0.5, Kind.CONFUSABLE: 0.75}


class Change(NamedTuple):
    """One difference between two spellings.

    Attributes:
        kind: what happened.
        at: where, as a share of the longer spelling from 0 (first letter) to 1 (last letter).
        was: the letters of the second spelling.
        now: the letters of the first spelling.
    """

    kind: Kind
    at: float
    was: str
    now: str


def changes(now: str, was: str) -> list[Change]:
    """Return the differences between two spellings in plain letters.

    >>> [change.kind.name for change in changes("kraznel", "kranzel")]
    ['SWAPPED']
    >>> [change.kind.name for change in changes("masiro", "mashiro")]
    ['CONFUSABLE']
    >>> [change.kind.name for change in changes("necromonicon", "necronomicon")]
    ['MOVED']
    """
    if now == was:
        return []
    swap = _swap(now, was)
    if swap:
        return [swap]
    if len(now) >= MIN_MOVED and sorted(now) == sorted(was) and now[0] == was[0]:
        return [Change(Kind.MOVED, 0.5, was, now)]
    sounds = (_sounds(now), _sounds(was))
    consonants = [[sound for sound in half if sound[0] not in _VOWELS] for half in sounds]
    if consonants[0] != consonants[1] and sorted(consonants[0]) == sorted(consonants[1]):
        vowels = [[sound for sound in half if sound[0] in _VOWELS] for half in sounds]
        return [Change(Kind.MOVED, 0.5, was, now), *_replaced(*vowels)]
    return list(_replaced(*sounds))


def _replaced(now: Sequence[str], was: Sequence[str]) -> Iterator[Change]:
    """Yield the sounds that were left out, added or changed."""
    last = max(len(now), len(was)) - 1
    for edit in Levenshtein.editops(was, now):
        at = edit.src_pos if edit.tag == "delete" else edit.dest_pos
        share = min(1.0, at / last) if last else 0.0
        old = "" if edit.tag == "insert" else was[edit.src_pos]
        new = "" if edit.tag == "delete" else now[edit.dest_pos]
        yield Change(_kind(new, old), share, old, new)


def _sounds(spelled: str) -> list[str]:
    """Return the sounds of a spelling.

    >>> [" ".join(_sounds(word)) for word in ("kaybnyan", "christon", "hishahn", "satella")]
    ['k ay b n y a n', 'ch r i s t o n', 'h i sh ah n', 's a t e ll a']
    """
    return [match.group() for match in _SOUND.finditer(spelled)]


def steps(differences: Iterable[Change]) -> float:
    """Return how far apart two spellings are: 1 for another letter, less for what sounds alike.

    >>> steps(changes("kraznel", "kranzel")), steps(changes("kebris", "kayblis"))
    (1.0, 1.25)
    """
    return sum(_STEPS.get(change.kind, 1.0) for change in differences)


def _swap(now: str, was: str) -> Change | None:
    if len(now) != len(was):
        return None
    places = [at for at, (one, other) in enumerate(zip(now, was, strict=True)) if one != other]
    if len(places) == 2 and places[1] == places[0] + 1:
        first, second = places
        if now[first] == was[second] and now[second] == was[first]:
            share = first / (len(now) - 1)
            return Change(Kind.SWAPPED, share, was[first : second + 1], now[first : second + 1])
    return None


def _kind(now: str, was: str) -> Kind:
    """Return what happened to a sound; an empty one was left out or added."""
    if not now or not was:
        return Kind.VOWEL_ADDED if (now or was)[0] in _VOWELS else Kind.CONSONANT_ADDED
    pair = {now, was}
    vowels = sorted((sound for sound in pair if sound[0] in _VOWELS), key=len)
    if len(vowels) == 2:
        return _kind_of_vowels(*vowels)
    if any(pair <= spellings for spellings in _ONE_SOUND):
        return Kind.SPELLING
    shorter, longer = sorted(pair, key=len)
    if longer == 2 * shorter:
        return Kind.DOUBLED
    # a doubled consonant sounds like a single one
    single = {sound[0] if sound == 2 * sound[0] else sound for sound in pair}
    if any(single <= spellings for spellings in _CONFUSABLE):
        return Kind.CONFUSABLE
    is_longer = len(longer) == len(shorter) + 1 and shorter in longer
    return Kind.CONSONANT_ADDED if is_longer else Kind.CONSONANT


def _kind_of_vowels(shorter: str, longer: str) -> Kind:
    """Return what happened to a vowel.

    >>> pairs = (("a", "ah"), ("ua", "uaa"), ("e", "ay"), ("a", "au"), ("e", "a"))
    >>> [_kind_of_vowels(*pair).name for pair in pairs]
    ['DOUBLED', 'DOUBLED', 'SPELLING', 'VOWEL_ADDED', 'VOWEL']
    """
    if len(longer) == len(shorter) + 1:
        for at, letter in enumerate(longer):
            is_long = letter == "h" or letter in longer[max(0, at - 1) : at]
            if is_long and longer[:at] + longer[at + 1 :] == shorter:
                return Kind.DOUBLED
    if any({shorter, longer} <= spellings for spellings in _ONE_SOUND):
        return Kind.SPELLING
    if len(longer) == len(shorter) + 1 and shorter in (longer[1:], longer[:-1]):
        return Kind.VOWEL_ADDED
    return Kind.VOWEL


def in_words(differences: Sequence[Change]) -> str:
    """Return differences in plain English.

    >>> in_words(changes("kaleid", "kareid")), in_words(changes("masiro", "mashiro"))
    ('l for r', 'one letter fewer (h)')
    """
    return ", ".join(map(_in_words, differences)) or "the same letters"


def _in_words(change: Change) -> str:
    if change.kind is Kind.MOVED:
        return str(change.kind.value)
    now, was = _without_common(change.now, change.was)
    if not now:
        return f"one letter fewer ({was})"
    if not was:
        return f"one letter more ({now})"
    return f"{now} for {was}"


def _without_common(now: str, was: str) -> tuple[str, str]:
    """Return two spellings of a sound without the letters that both begin or end with.

    >>> _without_common("s", "sh"), _without_common("ei", "ai"), _without_common("nr", "rn")
    (('', 'h'), ('e', 'a'), ('nr', 'rn'))
    """
    while now and was and now[0] == was[0]:
        now, was = now[1:], was[1:]
    while now and was and now[-1] == was[-1]:
        now, was = now[:-1], was[:-1]
    return now, was

"""Which capitalised words are words of English, and which are names of people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from cleaner.names.pivot.tables import USUAL_PIVOT, load
from cleaner.reading import read_file
from cleaner.rules.layers import bundled
from cleaner.rules.model import MAX_BYTES
from cleaner.rules.reader import Node, read_yaml
from cleaner.text.words import is_familiar, is_ordinary

_FILES = ("mentions.yaml", "boundaries.yaml", "personal-names.yaml")
# A letter three times in a row, a syllable three times, two laughing ones, vowels only, consonants
# only, and a letter before a hyphen and the same letter.
_SOUND = re.compile(
    r"(.)\1\1|(..+?)\2\2|(h[aeiou])\3|^[aeiouhwy]+$|^[^aeiouy]+$|^(\w)-\4", re.IGNORECASE
)
_RARE_SURNAME = 12.0  # nats; a surname of Koreans that costs more is borne by hardly anybody


class Vocabulary(NamedTuple):
    """Lists of words in lower case, as files in rules/ have them.

    Attributes:
        function_words: words that begin sentences (`the`, `but`).
        titles: words before a name (`chairman`).
        honorifics: words that are joined to a name with a hyphen (`san`, `ssi`).
        calendar: days, months and seasons.
        syllable_honorifics: the same, but a syllable of names too (`Min-soo-ah`, `Min-ah`).
        suffixes: participles that are joined to a name with a hyphen (`led`, `backed`).
        personal_names: given names and surnames that are ordinary words too (`kevin`, `smith`).
    """

    function_words: frozenset[str]
    titles: frozenset[str]
    honorifics: frozenset[str]
    syllable_honorifics: frozenset[str]
    calendar: frozenset[str]
    suffixes: frozenset[str]
    personal_names: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """Return the words of these files, read once."""
    lists: dict[str, frozenset[str]] = {}
    for file in _FILES:
        top = read_yaml(read_file(bundled() / file, MAX_BYTES), f"rules/{file}").value
        assert isinstance(top, dict)
        for key, node in top.items():
            if key in Vocabulary._fields:
                lists[key] = _words(node)
    return Vocabulary(**lists)


@cache
def not_in_names() -> frozenset[str]:
    """Return the words of the vocabulary that are never part of a name."""
    words = vocabulary()
    return words.function_words | words.titles | words.calendar


@lru_cache(maxsize=20_000)
def is_word(text: str) -> bool:
    """Return whether a word in any case is one of English, and not just the name of somebody.

    Dictionaries that were made from subtitles take Kevin and Hwang for words.

    >>> [is_word(text) for text in ("Falls", "Kevin", "Hwang", "Sun", "Marwin")]
    [True, False, False, True, False]
    """
    lower = text.lower()
    if not is_ordinary(lower) or lower in vocabulary().personal_names:
        return False
    return is_familiar(lower) or not is_surname(lower)


def is_surname(lower: str) -> bool:
    """Return whether a word in small letters is the usual spelling of a Korean surname.

    >>> is_surname("hwang"), is_surname("shenhua")
    (True, False)
    """
    return load(USUAL_PIVOT).surnames.get(lower, _RARE_SURNAME) < _RARE_SURNAME


@cache
def variant_weights() -> Mapping[str, float]:
    """Return the weights of rules/variants.yaml by the name of the feature."""
    weights = _variants()["weights"].value
    assert isinstance(weights, dict)
    return {feature: float(str(node.value)) for feature, node in weights.items()}


@cache
def surname_families() -> Mapping[str, frozenset[str]]:
    """Return for the spelling of a Korean surname the others that mean the same surname.

    >>> "rhee" in surname_families()["lee"]
    True
    """
    families: dict[str, frozenset[str]] = {}
    for row in _words(_variants()["surnames"]):
        spellings = frozenset(row.split())
        for spelling in spellings:
            families[spelling] = families.get(spelling, frozenset()) | spellings
    return families


@cache
def _variants() -> Mapping[str, Node]:
    file = "variants.yaml"
    top = read_yaml(read_file(bundled() / file, MAX_BYTES), f"rules/{file}").value
    assert isinstance(top, dict)
    return top


def is_sound(word: str) -> bool:
    """Return whether a word is a laugh, a scream, another sound or a stutter.

    >>> [is_sound(word) for word in ("Hahaha", "Gwahaha", "Mmm", "Aaah", "M-Me", "Marwin")]
    [True, True, True, True, True, False]
    """
    return bool(_SOUND.search(word))


def without_honorific(word: str) -> str:
    """Return a word without an honorific that is joined to it.

    >>> without_honorific("Fujisawa-san"), without_honorific("Tian-chi")
    ('Fujisawa', 'Tian-chi')
    """
    head, _, tail = word.rpartition("-")
    return head if head and tail in vocabulary().honorifics else word


def _words(node: Node) -> frozenset[str]:
    return frozenset(str(item.value) for item in node.value if isinstance(item, Node))

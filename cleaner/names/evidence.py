"""What a form says against being a garbled name, whatever the names are.

A form may be an ordinary word, the name of a Korean, or a right name of another language. None of
that settles the question: each is a feature, and the score weighs it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import log

from cleaner.names.pivot.background import (
    FOREIGN,
    Background,
    is_newspaper_style,
    is_ordinary_word,
)
from cleaner.names.pivot.pinyin import Pinyin
from cleaner.names.pivot.romaji import morae
from cleaner.names.pivot.script import letters, words
from cleaner.names.pivot.tables import Tables
from cleaner.names.pivot.wade_giles import is_wade_giles, wade_giles
from cleaner.text.words import is_ordinary

_SHORT = 6  # letters; each letter fewer makes a form less certain
_SYLLABLE = re.compile("[aeiouyw]+")  # a vowel, or several in a row

Features = Mapping[str, float]

KOREAN = ("korean", "person", "hyphenated", "hyphenated person", "given name")
ORDINARY = ("ordinary words", "one word", "all words")
FOREIGN_RIGHT = ("accents", "pinyin", "romaji")
SIZE = ("letters", "short", "words")
FORM = (*KOREAN, *ORDINARY, *FOREIGN_RIGHT, *SIZE)
"""The features of a form:

- `korean`: how much cheaper than foreign it is as the name of a Korean, in nats;
- `person`, `hyphenated person`: how much cheaper as a surname and two syllables, without and with
  the hyphen that newspapers put between them (Kim Min-soo);
- `hyphenated`: whether it has that hyphen;
- `given name`: how much cheaper as a given name of two syllables, without a surname;
- `ordinary words`: the part of its letters that are in ordinary words, from 0 to 1;
- `one word`, `all words`: whether it is one ordinary word, or several;
- `accents`: whether letters have accents, as in Vietnamese and in pinyin with tones;
- `pinyin`: whether it is written as Chinese names are in English;
- `romaji`: whether all words are romaji of three morae or more;
- `letters`: how many letters it has, as a logarithm;
- `short`: how many letters it is shorter than six;
- `words`: how many words it has.
"""


@dataclass(frozen=True)
class Evidence:
    """The features of forms by the tables of one pivot."""

    tables: Tables

    @cached_property
    def _background(self) -> Background:
        return Background(self.tables)

    @cached_property
    def _pinyin(self) -> Pinyin:
        return Pinyin(self.tables)

    def of(self, form: str) -> dict[str, float]:
        """Return the features of a form that has a letter; those that are not named are 0.

        >>> from cleaner.names.pivot.tables import load
        >>> evidence = Evidence(load("ko"))
        >>> evidence.of("Nguyễn Phú Trọng")["accents"], evidence.of("Xu Jiayuan")["pinyin"]
        (1.0, 1.0)
        """
        parts = words(form)
        size = len(letters(form))
        ordinary = [part for part in parts if len(part) > 1 and is_ordinary(part)]
        is_hyphenated = is_newspaper_style(form)
        person = FOREIGN - self._background.person_cost(form)
        return {
            "korean": FOREIGN - self._background.korean_cost(form),
            "person": 0.0 if is_hyphenated else person,
            "hyphenated": float(is_hyphenated),
            "hyphenated person": person if is_hyphenated else 0.0,
            "given name": FOREIGN - self._background.given_name_cost(form),
            "ordinary words": sum(map(len, ordinary)) / size,
            "one word": float(is_ordinary_word(form)),
            "all words": float(len(parts) > 1 and len(ordinary) == len(parts)),
            "accents": float(has_accents(form)),
            "pinyin": float(self._pinyin.is_chinese_name(form)),
            "romaji": float(self._is_romaji(parts)),
            "letters": log(size),
            "short": float(max(0, _SHORT - size)),
            "words": float(len(parts)),
        }

    def ordinary_cost(self, form: str) -> float:
        """Return the cost of a form as ordinary English, in nats."""
        return self._background.ordinary_cost(form)

    def may_be_korean(self, form: str) -> bool:
        """Return whether a form may be the name of a Korean, so that no name is beyond doubt."""
        limits = self.tables.thresholds
        background = self._background
        is_one_word = len(form.split()) == 1
        if is_one_word and background.given_name_cost(form) < limits["strong given"]:
            return True
        return background.is_korean(form) or background.korean_cost(form) < limits["strong korean"]

    def may_be_chinese(self, form: str) -> bool:
        """Return whether a form may be the right spelling of another Chinese name.

        That is one word of pinyin (Xingtai), or a name in Wade–Giles (Tsao Tsao).

        >>> from cleaner.names.pivot.tables import load
        >>> may_be_chinese = Evidence(load("ko")).may_be_chinese
        >>> [may_be_chinese(form) for form in ("Xingtai", "Tsao Tsao", "Marwin", "Jang Pan")]
        [True, True, False, False]
        """
        parts = words(form)
        is_pinyin_word = len(parts) == 1 and bool(self._pinyin.parses(parts))
        return is_pinyin_word or is_wade_giles(parts, self._wade_giles)

    @cached_property
    def _wade_giles(self) -> frozenset[str]:
        return frozenset(map(wade_giles, self.tables.sound))

    def _is_romaji(self, parts: list[str]) -> bool:
        found = [morae(part, self.tables.romaji) for part in parts]
        return bool(found) and all(found) and sum(map(len, found)) >= 3


def has_accents(form: str) -> bool:
    """Return whether a letter of a form has an accent.

    >>> has_accents("Wáng Shì Chōng"), has_accents("Ma Win")
    (True, False)
    """
    if form.isascii():
        return False
    return any(unicodedata.combining(char) for char in unicodedata.normalize("NFD", form))


def is_one_syllable(form: str) -> bool:
    """Return whether a form has no more than one group of vowels.

    >>> is_one_syllable("Wang"), is_one_syllable("Ma Win")
    (True, False)
    """
    return sum(len(_SYLLABLE.findall(word)) for word in words(form)) <= 1

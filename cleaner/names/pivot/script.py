"""Units of a pivot's script, and plain Latin letters.

A unit is what Unicode decomposes a character into. A Hangul syllable becomes its initial, medial
and final letter; a kana with a voicing mark becomes the kana and the mark. Tables and explanations
write a unit as people write it (`ㄴ`), with `-` before a unit that closes a syllable (`-ㄴ`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

# Letters that Unicode does not decompose, and the plain letters that people write for them.
_PLAIN_LETTERS = {
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ł": "l",
    "ı": "i",
    "ß": "ss",
    "ħ": "h",
    "ŋ": "ng",
    "ə": "a",
    "ɔ": "o",
    "ɛ": "e",
}
_COMBINING_MARKS = re.compile(r"[\u0300-\u036f]")
_APOSTROPHES = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}]")
_NOT_LETTERS = re.compile(r"[^a-z]+")
# How the Unicode names of Hangul letters begin after "HANGUL", and what a table writes before the
# letter. Lone letters (ㄴ after a whole syllable) close a syllable.
_POSITIONS = (("CHOSEONG", ""), ("JUNGSEONG", ""), ("JONGSEONG", "-"), ("LETTER", "-"))


def letters(form: str) -> str:
    """Return a form as lower-case letters a to z, without accents, spaces and hyphens.

    >>> letters("Jing Xian-dong"), letters("Lü Buwei"), letters("Þórr")
    ('jingxiandong', 'lubuwei', 'thorr')
    """
    return _NOT_LETTERS.sub("", without_accents(form))


def words(form: str) -> list[str]:
    """Return the words and hyphenated parts of a form, each as plain letters.

    >>> words("Jing Xian-dong"), words("Xi’an")
    (['jing', 'xian', 'dong'], ['xi', 'an'])
    """
    return [word for word in _NOT_LETTERS.split(without_accents(form)) if word]


def word_key(form: str) -> tuple[str, ...]:
    """Return the words of a form in alphabetical order, as plain letters.

    Two spellings with the same key differ in accents, case, hyphens and the order of the words
    only. An apostrophe is nothing between words.

    >>> word_key("Suga Yoshihide") == word_key("Yoshihide Suga")
    True
    >>> word_key("Xi’an") == word_key("Xian")
    True
    >>> word_key("Jing Xian-dong") == word_key("Jing Xiandong")
    False
    """
    return tuple(sorted(words(_APOSTROPHES.sub("", form))))


def without_accents(form: str) -> str:
    """Return a form in lower case without accents.

    >>> without_accents("Đà Nẵng")
    'da nang'
    """
    lower = form.lower()
    if lower.isascii():
        return lower
    bare = _COMBINING_MARKS.sub("", unicodedata.normalize("NFKD", lower))
    return "".join(_PLAIN_LETTERS.get(char, char) for char in bare)


@lru_cache(maxsize=20_000)
def units(text: str) -> tuple[str, ...]:
    """Return the units of a text in the pivot's script. Characters without a unit are left out.

    >>> units("마윈")
    ('ㅁ', 'ㅏ', 'ㅇ', 'ㅟ', '-ㄴ')
    """
    found = (_unit(char) for char in unicodedata.normalize("NFD", text))
    return tuple(unit for unit in found if unit)


@cache
def _unit(char: str) -> str:
    """Return a decomposed character as a unit, or "" if it has none (a space, a Latin letter).

    Unicode calls ㄴ at the end of a syllable HANGUL JONGSEONG NIEUN.
    """
    name = unicodedata.name(char, "")
    for position, mark in _POSITIONS:
        if name.startswith(f"HANGUL {position} "):
            return mark + unicodedata.lookup(name.replace(position, "LETTER"))
    is_other_letter = unicodedata.category(char) == "Lo"
    return char if is_other_letter else ""

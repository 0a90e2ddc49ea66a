"""Units of a pivot's script, and plain Latin letters.

A unit is what Unicode decomposes a character into: a Hangul syllable becomes its initial, medial
and final jamo, a kana with a voicing mark its kana and the mark. In tables and explanations units
are written as people write them (ㄴ), with `-` before those that close a syllable (-ㄴ).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

_APART = {
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
_MARKS = re.compile(r"[\u0300-\u036f]")
_NOT_LETTERS = re.compile(r"[^a-z]+")


def letters(form: str) -> str:
    """The form as lower-case letters a to z and nothing else: accents, spaces and hyphens are gone.

    >>> letters("Jing Xian-dong"), letters("Lü Buwei"), letters("Þórr")
    ('jingxiandong', 'lubuwei', 'thorr')
    """
    return _NOT_LETTERS.sub("", _plain(form))


def words(form: str) -> list[str]:
    """The words and hyphenated parts of a form, each as plain letters.

    >>> words("Jing Xian-dong"), words("Xi’an")
    (['jing', 'xian', 'dong'], ['xi', 'an'])
    """
    return [word for word in _NOT_LETTERS.split(_plain(form)) if word]


def _plain(form: str) -> str:
    if form.isascii():
        return form.lower()
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", form.lower()))
    return "".join(_APART.get(char, char) for char in bare)


@lru_cache(maxsize=20_000)
def units(text: str) -> tuple[str, ...]:
    """The units of a text in the pivot's script; what has no unit (a space) is left out.

    >>> units("마윈")
    ('ㅁ', 'ㅏ', 'ㅇ', 'ㅟ', '-ㄴ')
    """
    return tuple(unit for char in unicodedata.normalize("NFD", text) if (unit := _written(char)))


@cache
def _written(char: str) -> str:
    """A unit as people write it: Unicode calls ㄴ at the end of a syllable HANGUL JONGSEONG NIEUN."""
    name = unicodedata.name(char, "")
    for part, mark in (("CHOSEONG", ""), ("JUNGSEONG", ""), ("JONGSEONG", "-"), ("LETTER", "-")):
        if name.startswith(f"HANGUL {part} "):
            return mark + unicodedata.lookup(name.replace(part, "LETTER"))
    return char if unicodedata.category(char) == "Lo" else ""

"""Names by their Hanzi: the characters in brackets after a mention say who is meant.

“Kang So-young (江疏影)” is Jiang Shuying, 江疏影, whatever the letters suggest.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from cleaner.names.match import Candidate, Matcher
from cleaner.names.name import Name
from cleaner.names.name_list import NameList
from cleaner.names.pivot.pinyin import Pinyin
from cleaner.names.pivot.script import letters
from cleaner.names.pivot.tables import USUAL_PIVOT, load

SAME_HANZI = 0.99  # score, from 0 to 1, of a name that its Hanzi identify
MIN_READING = 0.2  # score from which on a form counts as a reading of the Hanzi after it
_KOREAN_LENGTHS = (2, 3, 4)  # characters that the name of a Korean may have


class _Reading(NamedTuple):
    """A form as a Sino-Korean reading of Hanzi: how likely that is, and the Hangul."""

    score: float
    hangul: str


class HanziIndex:
    """The names of a gazetteer, found by their Hanzi.

    Two spellings in Hanzi are one name if they have the same pinyin and share a character, because
    simplified and traditional characters may differ (习近平, 習近平).
    """

    def __init__(self, names: Sequence[Name]) -> None:
        self._names = NameList.of(names)
        self._tables = load(USUAL_PIVOT)
        self._pinyin = Pinyin(self._tables)

    def candidates(self, form: str, hanzi: str) -> list[Candidate]:
        """Return the names that Hanzi in brackets after a form may mean.

        If nobody has these Hanzi, but the form is their Sino-Korean reading, the one candidate has
        an empty canonical form: a person has to translate it. A form that is right already, and
        the name of a Korean, have no candidates.

        >>> index = HanziIndex([Name("Jiang Shuying", hanzi="江疏影")])
        >>> [(one.canonical, one.why) for one in index.candidates("Kang So-young", "江疏影")]
        [('Jiang Shuying', 'Kang So-young <- 강소영 <- 江疏影 Jiang Shuying')]
        >>> [(one.canonical, one.why) for one in index.candidates("Lee Sun-il", "二選一")]
        [('', 'Lee Sun-il <- 이선일 <- 二選一')]
        >>> index.candidates("Yoon Suk-yeol", "尹錫悅")
        []
        """
        names = self._names_written(hanzi)
        if any(_is_right_form(form, name) for name in names):
            return []
        reading = _sino_korean_reading(form, hanzi)
        why = f"{form} <- {reading.hangul} <- {hanzi}" if reading else f"{form} <- {hanzi}"
        if names:
            is_only_one = len(names) == 1
            return [
                Candidate(name.canonical, SAME_HANZI, is_only_one, f"{why} {name.canonical}", name)
                for name in names
            ]
        if reading is None or self._is_pinyin_of(form, hanzi) or self._may_be_korean(hanzi):
            return []
        unknown = Name("", hanzi=hanzi, hangul=(reading.hangul,))
        return [Candidate("", round(reading.score, 4), strong=False, why=why, name=unknown)]

    def names_in_pinyin(self, form: str) -> list[Candidate]:
        """Return the names whose Hanzi are spelled like a form in pinyin, but are called
        otherwise.

        Jingdong is 京东, which is JD.com in English.
        """
        plain = letters(form)
        return [
            Candidate(
                name.canonical,
                SAME_HANZI,
                strong=False,
                why=f"{form} <- {name.hanzi} {name.canonical}",
                name=name,
            )
            for name in map(self._names.__getitem__, self._names.in_pinyin(plain))
            if not _is_right_form(form, name)
        ]

    def _names_written(self, hanzi: str) -> list[Name]:
        """Return the names with the same pinyin as these Hanzi that share a character with them."""
        numbers = self._names.with_syllables(self._pinyin.syllables_of(hanzi))
        same_pinyin = map(self._names.__getitem__, numbers)
        return [name for name in same_pinyin if not set(name.hanzi).isdisjoint(hanzi)]

    def _is_pinyin_of(self, form: str, hanzi: str) -> bool:
        return letters(form) == "".join(self._pinyin.syllables_of(hanzi))

    def _may_be_korean(self, hanzi: str) -> bool:
        """Return whether Hanzi may be the name of a Korean: they begin with a Korean surname."""
        if len(hanzi) not in _KOREAN_LENGTHS:
            return False
        return any(hanzi[0] in surnames for surnames in self._tables.surname_hanja.values())


@lru_cache(maxsize=1_000)
def _sino_korean_reading(form: str, hanzi: str) -> _Reading | None:
    """Return a form as the Sino-Korean reading of Hanzi, or None if it is not likely to be one."""
    person = Name("?", kind="person", hanzi=hanzi)
    matcher = Matcher([person], pivot=USUAL_PIVOT, guarded=False)
    found = matcher.link(form, limit=1, score_cutoff=MIN_READING)
    if not found:
        return None
    _, hangul, *_ = found[0].why.split(" <- ")
    return _Reading(found[0].score, hangul)


def _is_right_form(form: str, name: Name) -> bool:
    return any(letters(form) == letters(right) for right in name.right)

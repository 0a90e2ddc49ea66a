"""Names in characters behind a mention are its key: “Kang So-young (江疏影)” is 江疏影, whatever the
letters say.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from cleaner.names.gazetteer import Name
from cleaner.names.match import Candidate, Matcher
from cleaner.names.pivot.readings import Reader
from cleaner.names.pivot.script import letters
from cleaner.names.pivot.tables import load

SURE = 0.99
_READING = 0.2  # how likely a form has to be the reading of its characters
_KOREAN = (2, 3, 4)  # characters in the name of a Korean


class Keys:
    """The names of a gazetteer by their characters, simplified and traditional ones alike."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._names = names
        self._reader = Reader(load("ko"))

    @cached_property
    def _by_syllables(self) -> dict[tuple[str, ...], list[Name]]:
        found: dict[tuple[str, ...], list[Name]] = {}
        for name in self._names:
            if name.hanzi and (syllables := self._reader.hanzi_syllables(name.hanzi)):
                found.setdefault(syllables, []).append(name)
        return found

    def candidates(self, form: str, characters: str) -> list[Candidate]:
        """Whose characters they are; else that the form is a reading of them, for a person to
        translate.

        A form that is right already, and the name of a Korean, have none.

        >>> keys = Keys([Name("Jiang Shuying", hanzi="江疏影")])
        >>> [(one.canonical, one.why) for one in keys.candidates("Kang So-young", "江疏影")]
        [('Jiang Shuying', 'Kang So-young <- 강소영 <- 江疏影 Jiang Shuying')]
        >>> [(one.canonical, one.why) for one in keys.candidates("Lee Sun-il", "二選一")]
        [('', 'Lee Sun-il <- 이선일 <- 二選一')]
        >>> keys.candidates("Yoon Suk-yeol", "尹錫悅")
        []
        """
        syllables = self._reader.hanzi_syllables(characters)
        same = [
            name
            for name in self._by_syllables.get(syllables, ())
            if set(name.hanzi) & set(characters)
        ]
        if any(letters(form) == letters(right) for name in same for right in name.right):
            return []
        reading = self._reading(form, characters)
        if same:
            why = (
                f"{form} <- {reading[1]} <- {characters}" if reading else f"{form} <- {characters}"
            )
            return [
                Candidate(name.canonical, SURE, len(same) == 1, f"{why} {name.canonical}", name)
                for name in same
            ]
        if not reading or "".join(syllables) == letters(form) or self._may_be_korean(characters):
            return []
        why = f"{form} <- {reading[1]} <- {characters}"
        name = Name("", hanzi=characters, hangul=reading[1])
        return [
            Candidate(canonical="", score=round(reading[0], 4), strong=False, why=why, name=name)
        ]

    def spelled(self, form: str) -> list[Candidate]:
        """The names whose characters are read, in pinyin, just as the form is spelled: Jingdong is
        京东, JD.com.
        """
        plain = letters(form)
        return [
            Candidate(
                name=name,
                canonical=name.canonical,
                score=SURE,
                strong=False,
                why=f"{form} <- {name.hanzi} {name.canonical}",
            )
            for name in self._by_pinyin.get(plain, ())
            if all(letters(right) != plain for right in name.right)
        ]

    @cached_property
    def _by_pinyin(self) -> dict[str, list[Name]]:
        found: dict[str, list[Name]] = {}
        for syllables, names in self._by_syllables.items():
            found.setdefault("".join(syllables), []).extend(names)
        return found

    def _reading(self, form: str, characters: str) -> tuple[float, str] | None:
        """How likely a form is the Sino-Korean reading of characters, and that reading."""
        matcher = Matcher([Name("?", kind="person", hanzi=characters)], pivot="ko", guarded=False)
        found = matcher.link(form, limit=1, score_cutoff=_READING)
        through = found[0].why.split(" <- ")[1] if found else ""
        return (found[0].score, through) if found else None

    def _may_be_korean(self, characters: str) -> bool:
        surnames = self._reader.tables.surname_hanja.values()
        return len(characters) in _KOREAN and any(characters[0] in known for known in surnames)

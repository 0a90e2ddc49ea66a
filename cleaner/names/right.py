"""Right forms: how names are spelled where nothing is wrong with them.

Accents, apostrophes and capitals do not make a form wrong: Nguyễn Phú Trọng is Nguyen Phu Trong,
Tian’anmen is Tiananmen. Nor does the other order of two words, unless the name is Chinese: Abe
Shinzo is how the government of Japan writes Shinzo Abe.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from cleaner.names.name import Name
from cleaner.names.name_list import NameList, spelling_of
from cleaner.names.pivot.pinyin import Pinyin
from cleaner.names.pivot.tables import USUAL_PIVOT, load
from cleaner.text.characters import SYLLABLE_MARKS

_REMEMBERED = 10_000  # forms of which it is remembered whether they are right
_NO_SYLLABLE_MARKS = str.maketrans("", "", SYLLABLE_MARKS)


class RightForms:
    """The right forms of names, and the name that each belongs to.

    >>> forms = RightForms([Name("Shinzo Abe"), Name("To Lam"), Name("Jiang Fan")])
    >>> [form in forms for form in ("Abe Shinzo", "Tô Lâm", "Fan Jiang", "Tolam")]
    [True, True, False, False]
    """

    def __init__(self, names: Iterable[Name]) -> None:
        self._names = NameList.of(names)
        self._found = lru_cache(_REMEMBERED)(self._find)

    def name_of(self, form: str) -> Name | None:
        """Return the name of which a form is a right form, or None."""
        return self._found(form)

    def _find(self, form: str) -> Name | None:
        spelling = spelling_of(form)
        found = self._spelled(spelling)
        if found is None and spelling.count(" ") == 1:
            found = self._in_the_other_order(spelling)
        return found

    def _spelled(self, spelling: str) -> Name | None:
        for _, number in self._names.spelled(spelling):
            return self._names[number]
        return None

    def has_spelling(self, form: str) -> bool:
        """Return whether a form is right in the order and with the capitals that it has.

        >>> forms = RightForms([Name("ByteDance"), Name("Tô Lâm"), Name("Tiananmen")])
        >>> [forms.has_spelling(form) for form in ("Bytedance", "To Lam", "Lam To", "Tian’anmen")]
        [False, True, False, True]
        """
        wanted = _capitals(form)
        same = self._names.spelled(spelling_of(form))
        return any(_capitals(right) == wanted for right, _ in same)

    def has_part(self, word: str) -> bool:
        """Return whether a word is a part of a right form: Shenhua of Shanghai Shenhua."""
        return self._names.has_word(word)

    def names_of(self, forms: Iterable[str]) -> dict[str, Name]:
        """Return the names of right forms, by their canonical forms."""
        found = (self.name_of(form) for form in sorted(forms))
        return {name.canonical: name for name in found if name}

    def __contains__(self, form: str) -> bool:
        return self.name_of(form) is not None

    def _in_the_other_order(self, spelling: str) -> Name | None:
        first, last = spelling.split(" ")
        found = self._spelled(f"{last} {first}")
        return found if found and may_be_flipped(f"{last} {first}") else None


def may_be_flipped(form: str) -> bool:
    """Return whether a right form is right in the other order of its words too.

    English knows Abe Shinzo and Shinzo Abe, but Fan Jiang is nobody.
    """
    return not _pinyin().is_chinese_name(form.title())


@cache
def _pinyin() -> Pinyin:
    return Pinyin(load(USUAL_PIVOT))


def _capitals(form: str) -> list[int]:
    """Return which letters of a form are capitals; apostrophes and accents are no letters."""
    bare = unicodedata.normalize("NFC", form.translate(_NO_SYLLABLE_MARKS))
    return [place for place, letter in enumerate(bare) if letter.isupper()]

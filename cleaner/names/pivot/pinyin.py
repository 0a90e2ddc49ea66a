"""Pinyin: cutting words into syllables, telling Chinese names, and the syllables of Hanzi."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice, product

from cleaner.names.pivot.tables import Tables, inverted

Cut = tuple[str, ...]  # the syllables of one word
Parse = tuple[Cut, ...]  # the syllables of a name, word by word

MAX_SYLLABLES = 6  # of a Chinese name; a longer one is spelled like pinyin by chance
MAX_PARSES = 4  # ways to cut a name into syllables that are kept (Xian and Xi’an)
_MAX_PRODUCTS = 16  # combinations of the cuts of single words that are compared
_MAX_WORD = 18  # letters of a word that is cut; no Chinese name has a longer word
_MAX_GIVEN_NAME = 2  # syllables of a Chinese given name


@dataclass
class Pinyin:
    """What the tables of a pivot know of pinyin."""

    tables: Tables

    @cached_property
    def _longest(self) -> int:
        """The letters of the longest syllable."""
        return max(map(len, self.tables.sound), default=0)

    @property
    def _syllables_by_hanzi(self) -> dict[str, list[str]]:
        return _syllables_by_hanzi(self.tables)

    def parses(self, words: Sequence[str]) -> list[Parse]:
        """Return the ways to cut the words of a name into syllables, those with the fewest first.

        There are none if a word is not pinyin.

        >>> from cleaner.names.pivot.tables import load
        >>> Pinyin(load("ko")).parses(["xian"])
        [(('xian',),), (('xi', 'an'),)]
        """
        if len(words) > MAX_SYLLABLES:
            return []
        cuts = [list(islice(self._cuts(word), MAX_PARSES)) for word in words]
        if not all(cuts):
            return []
        parses = list(islice(product(*cuts), _MAX_PRODUCTS))
        parses.sort(key=lambda parse: sum(map(len, parse)))
        return parses[:MAX_PARSES]

    def is_chinese_name(self, form: str) -> bool:
        """Return whether a form is written as Chinese names are in English.

        That is a surname of one syllable and a word of one or two syllables, all of them pinyin.

        >>> from cleaner.names.pivot.tables import load
        >>> is_chinese_name = Pinyin(load("ko")).is_chinese_name
        >>> is_chinese_name("Gao Honghao")
        True
        >>> [is_chinese_name(form) for form in ("Jang Pan", "Sun Tian-chi", "Zhangfan")]
        [False, False, False]
        """
        parts = form.lower().split()
        if len(parts) != 2 or not form.istitle() or not "".join(parts).isalpha():
            return False
        surname, given = parts
        if surname not in self.tables.sound:
            return False
        return any(len(cut) <= _MAX_GIVEN_NAME for cut in self._cuts(given))

    def syllables_of(self, hanzi: str) -> tuple[str, ...]:
        """Return the usual pinyin syllable of each character, or nothing if one is unknown.

        >>> from cleaner.names.pivot.tables import load
        >>> Pinyin(load("ko")).syllables_of("马云")
        ('ma', 'yun')
        """
        syllables = []
        for character in hanzi:
            known = self._syllables_by_hanzi.get(character)
            if known is None:
                return ()
            syllables.append(known[0])
        return tuple(syllables)

    def _cuts(self, word: str) -> Iterator[Cut]:
        if len(word) > _MAX_WORD:
            return iter(())
        return _cuts(word, self.tables.sound, self._longest)


@lru_cache(maxsize=2)
def _syllables_by_hanzi(tables: Tables) -> dict[str, list[str]]:
    return inverted(tables.hanzi)


def _cuts(word: str, syllables: Collection[str], longest: int) -> Iterator[Cut]:
    """Yield the ways to cut a word into syllables, those that begin with a long syllable first."""
    if not word:
        yield ()
    for size in range(min(longest, len(word)), 0, -1):
        head = word[:size]
        if head in syllables:
            for rest in _cuts(word[size:], syllables, longest):
                yield (head, *rest)

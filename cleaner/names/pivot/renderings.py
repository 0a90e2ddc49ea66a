"""Renderings: the ways in which a name may get into the pivot's script, as sequences of symbols.

A symbol represents all readings of one piece of a name, with their costs (see `readings`). So one
rendering covers every combination of readings, and nothing has to be enumerated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal, get_args

from cleaner.names.name import Name
from cleaner.names.pivot.graphemes import graphemes
from cleaner.names.pivot.pinyin import MAX_SYLLABLES, Pinyin
from cleaner.names.pivot.readings import Readings
from cleaner.names.pivot.romaji import mora_symbols, morae
from cleaner.names.pivot.script import words
from cleaner.names.pivot.tables import Tables

Way = Literal["latin", "sound", "sino", "romaji", "pivot"]
WAYS: tuple[Way, ...] = get_args(Way)

MAX_ACRONYM = (
    5  # letters of an alias in capitals that is an abbreviation: nobody hears it as a word
)
_SEPARATORS = "·・ "  # between the parts of a foreign name in Hanzi


@dataclass(frozen=True, slots=True)
class Rendering:
    """One way to write a name in the pivot's script.

    Attributes:
        way: how the name gets there: letter by letter (`latin`), by sound from pinyin (`sound`),
            by the Sino-Korean reading of its characters (`sino`), by sound from romaji (`romaji`),
            or as it is known to be written (`pivot`).
        symbols: the pieces of the name, as keys of readings, such as `sound:jiang`.
        words: how many symbols each word has.
        flipped: whether the words are in another order than in the canonical form.
    """

    way: Way
    symbols: tuple[str, ...]
    words: tuple[int, ...]
    flipped: bool = False

    def by_word(self) -> list[tuple[str, ...]]:
        """Return the symbols of each word."""
        found = []
        start = 0
        for size in self.words:
            found.append(self.symbols[start : start + size])
            start += size
        return found


@dataclass
class Renderings:
    """The renderings of names by the tables of one pivot."""

    tables: Tables
    readings: Readings = field(init=False)
    pinyin: Pinyin = field(init=False)

    def __post_init__(self) -> None:
        self.readings = Readings(self.tables)
        self.pinyin = Pinyin(self.tables)

    def of(self, name: Name) -> Iterator[Rendering]:
        """Yield every rendering of a name: of its right forms, its Hanzi and its Hangul.

        >>> from cleaner.names.pivot.tables import load
        >>> [rendering.way for rendering in Renderings(load("ko")).of(Name("Ma Yun", hanzi="马云"))]
        ['latin', 'sound', 'romaji', 'romaji', 'sino']
        >>> joshua_wong = Name("Joshua Wong", kind="person", hanzi="黃之鋒")
        >>> [rendering.way for rendering in Renderings(load("ko")).of(joshua_wong)]
        ['latin', 'sound', 'sino']
        """
        by_sound: set[tuple[str, ...]] = set()
        for form in name.right:
            is_alias = form != name.canonical
            if is_alias and form.isupper() and len(form) <= MAX_ACRONYM:
                continue
            parts = words(form)
            if parts:
                yield _latin(parts)
                for rendering in self._chinese(form, has_hanzi=bool(name.hanzi)):
                    by_sound.add(rendering.symbols)
                    yield rendering
                yield from self._japanese(parts)
        if name.hanzi:
            for rendering in self._mandarin(name):
                if rendering.symbols not in by_sound:
                    yield rendering
            yield from self._sino_korean(name)
        for written in name.hangul:
            by_word = [_symbols("pivot", word) for word in written.split()]
            yield from _in_both_orders("pivot", by_word)

    def _chinese(self, form: str, *, has_hanzi: bool) -> Iterator[Rendering]:
        """Yield the renderings of a form as pinyin, where ü may also be written v."""
        yield from self._pinyin(words(form), has_hanzi=has_hanzi)
        lower = form.lower()
        if "ü" in lower:
            yield from self._pinyin(words(lower.replace("ü", "v")), has_hanzi=has_hanzi)

    def _pinyin(self, parts: Sequence[str], *, has_hanzi: bool) -> Iterator[Rendering]:
        """Yield the renderings of pinyin by sound.

        Where the characters are not known, also yield those by the Sino-Korean readings of all
        characters that the syllables may be.
        """
        for parse in self.pinyin.parses(parts):
            syllables = list(chain.from_iterable(parse))
            sizes = tuple(map(len, parse))
            if len(syllables) > MAX_SYLLABLES:
                continue
            yield Rendering("sound", _symbols("sound", syllables), sizes)
            if not has_hanzi and all(syllable in self.tables.sino for syllable in syllables):
                first, *others = syllables
                symbols = (f"sino:{first}", *_symbols("inner", others))
                yield Rendering("sino", symbols, sizes)

    def _mandarin(self, name: Name) -> Iterator[Rendering]:
        """Yield the rendering of the characters of a name by their sound in Mandarin.

        English may know the name by another sound (Joshua Wong) or none (Inner Mongolia).
        """
        syllables = self.pinyin.syllables_of(_characters(name))
        if 0 < len(syllables) <= MAX_SYLLABLES and all(map(self.tables.sound.get, syllables)):
            yield Rendering("sound", _symbols("sound", syllables), _sizes(name, len(syllables)))

    def _sino_korean(self, name: Name) -> Iterator[Rendering]:
        """Yield the rendering by the Sino-Korean readings of the characters of a name."""
        characters = _characters(name)
        if not characters or not all(map(self.readings.knows_hanja, characters)):
            return
        symbols = (f"hanja:{characters[0]}", *_symbols("inner-hanja", characters[1:]))
        yield Rendering("sino", symbols, _sizes(name, len(characters)))

    def _japanese(self, parts: Sequence[str]) -> Iterator[Rendering]:
        """Yield the renderings of romaji by sound, if all words are romaji."""
        by_word = []
        for part in parts:
            found = morae(part, self.tables.romaji)
            if not found:
                return
            by_word.append(mora_symbols(found))
        yield from _in_both_orders("romaji", by_word)


def _characters(name: Name) -> str:
    """Return the characters of a name without what separates its parts."""
    return "".join(char for char in name.hanzi if char not in _SEPARATORS)


def _sizes(name: Name, characters: int) -> tuple[int, ...]:
    """Return how many characters each word has: a person's surname is the first character."""
    is_two_words = name.kind == "person" and characters > 1
    return (1, characters - 1) if is_two_words else (characters,)


def _latin(parts: Sequence[str]) -> Rendering:
    """Return the rendering of a name by its letters."""
    return _rendering("latin", [_symbols("latin", graphemes([part])) for part in parts])


def _symbols(kind: str, keys: Sequence[str]) -> tuple[str, ...]:
    return tuple([f"{kind}:{key}" for key in keys])  # a list is made faster than a generator


def _in_both_orders(way: Way, by_word: Sequence[tuple[str, ...]]) -> Iterator[Rendering]:
    """Yield a rendering and, of two words, the one in the other order."""
    yield _rendering(way, by_word)
    if len(by_word) == 2:
        yield _rendering(way, by_word[::-1], flipped=True)


def _rendering(way: Way, by_word: Sequence[tuple[str, ...]], *, flipped: bool = False) -> Rendering:
    symbols: list[str] = []
    for word in by_word:
        symbols += word
    return Rendering(way, tuple(symbols), tuple(map(len, by_word)), flipped)

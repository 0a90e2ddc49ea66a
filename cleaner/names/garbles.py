"""The likeliest garbled forms of a name: the noisy channel run forwards.

A rendering of the name is read in the pivot's script; the reading is spelled by one of the pivot's
systems of romanisation, or by habit; and the syllables are joined, hyphenated or separated by
spaces. Each step has a cost, and the sum of the costs orders the forms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from heapq import nsmallest
from typing import TypeVar

from cleaner.names.explain import composed
from cleaner.names.name import Name
from cleaner.names.pivot.renderings import Rendering, Renderings
from cleaner.names.pivot.script import units
from cleaner.names.pivot.tables import Tables, load

T = TypeVar("T")
Words = tuple[tuple[str, ...], ...]  # the syllables (or graphemes) of a name, word by word

HABIT = "habit"  # the system of those who follow none: the learned costs of spelling

# All costs are in nats and set by hand. They order the forms that `cleaner names forms` lists; the
# matcher does not use them.
_READING_COSTS = {
    "pivot": 0.0,
    "sound": 0.3,
    "romaji": 0.3,
    "sino": 2.0,
    "latin": 0.5,
}
_READING_LABELS = {
    "pivot": "as newspapers write it",
    "sound": "by sound",
    "romaji": "by sound",
    "sino": "Sino-Korean reading",
    "latin": "by its letters",
}
_SYSTEM_COSTS = {"Revised Romanization": 0.5, HABIT: 0.8}
_OTHER_SYSTEM = 2.5  # every other system of romanisation
_FLIPPED = 1.5  # the words in another order
# How the syllables of a name are put together.
_WORDS_SPACED = 0.0  # Ma Win
_WORDS_JOINED = 0.6  # Mawin
_GIVEN_NAME_HYPHENATED = 0.7  # Jing Syen-dung
_WORDS_HYPHENATED = 1.4  # Ma-win
_SYLLABLES_HYPHENATED = 2.2  # Jing-syen-dung
_SYLLABLES_SPACED = 2.2  # Jing Syen Dung
_SEPARABLE = range(3, 7)  # syllables of a name that are hyphenated or spaced one by one

_MAX_PATHS = 12  # partial results that are followed, the cheapest first


@dataclass(frozen=True, slots=True)
class Garble:
    """A form that a name may have become.

    Attributes:
        form: the garbled form.
        cost: how unlikely it is, in nats.
        through: the name in the pivot's script; empty if it got there letter by letter.
        reading: how the name was read: by sound, by its characters ...
        system: how it was romanised.
    """

    form: str
    cost: float
    through: str
    reading: str
    system: str

    def path(self, canonical: str) -> str:
        """Return how the form leads back to the name.

        >>> garbles(Name("Ma Yun"))[0].path("Ma Yun")
        'Ma Win <- 마윈 <- Ma Yun (by sound; Revised Romanization)'
        """
        middle = f"{self.through} <- " if self.through else ""
        return f"{self.form} <- {middle}{canonical} ({self.reading}; {self.system})"


def garbles(name: Name, *, pivot: str = "ko", limit: int = 10) -> list[Garble]:
    """Return the likeliest garbled forms of a name, the likeliest first. Right forms are left out.

    >>> [garble.form for garble in garbles(Name("Ma Yun"), limit=3)]
    ['Ma Win', 'Mawin', 'Mayun']
    """
    right = {form.casefold() for form in name.right}
    cheapest: dict[str, Garble] = {}
    for garble in _garbler(pivot).all_garbles(name):
        if garble.form.casefold() in right:
            continue
        known = cheapest.get(garble.form)
        if known is None or garble.cost < known.cost:
            cheapest[garble.form] = garble
    return nsmallest(limit, cheapest.values(), key=lambda garble: (garble.cost, garble.form))


@dataclass(frozen=True, slots=True)
class _Reading:
    """A rendering of a name, read in one way."""

    rendering: Rendering
    cost: float  # of the readings of its symbols
    through: str  # the pivot text; empty for a name that goes letter by letter
    words: Words


@dataclass
class _Garbler:
    """Makes garbled forms by the tables of one pivot."""

    tables: Tables
    _renderings: Renderings = field(init=False)

    def __post_init__(self) -> None:
        self._renderings = Renderings(self.tables)

    def all_garbles(self, name: Name) -> Iterator[Garble]:
        """Yield every garbled form that is followed. A form may come several times."""
        hangul = {"".join(form.split()) for form in name.hangul}
        for reading in self._likely_readings(name, hangul):
            is_known = reading.through in hangul
            way = "pivot" if is_known else reading.rendering.way
            flipped_cost = _FLIPPED if reading.rendering.flipped else 0.0
            reading_cost = 0.0 if is_known else reading.cost
            start_cost = _READING_COSTS[way] + (flipped_cost + reading_cost)
            for system, system_cost, spelled in self._spellings(reading.words):
                for form, join_cost in _joined_forms(spelled):
                    cost = round(start_cost + system_cost + join_cost, 2)
                    yield Garble(form, cost, reading.through, _READING_LABELS[way], system)

    def _likely_readings(self, name: Name, hangul: AbstractSet[str]) -> list[_Reading]:
        """Return the readings of a name without those that are known to be wrong.

        If the Hangul of the name is known, a way of reading that does not lead to it was a wrong
        guess, unless the name is Chinese: articles differ in how they write Chinese names. If it
        is not known, a name is not taken letter by letter where it can be taken by sound.
        """
        readings: list[_Reading] = []
        for rendering in self._renderings.of(name):
            readings += self._readings(rendering)
        if hangul:
            ways = _ways_to(hangul, readings, is_chinese=bool(name.hanzi))
            return [reading for reading in readings if reading.rendering.way in ways]
        by_sound = [reading for reading in readings if reading.rendering.way != "latin"]
        return by_sound or readings

    def _readings(self, rendering: Rendering) -> Iterator[_Reading]:
        """Yield the likeliest readings of a rendering."""
        if rendering.way == "latin":
            yield _Reading(rendering, 0.0, "", tuple(map(_keys, rendering.by_word())))
            return
        options = [self._options(symbol) for symbol in rendering.symbols]
        for cost, texts in _cheapest_combinations(options):
            words = []
            start = 0
            for size in rendering.words:
                words.append(composed("".join(texts[start : start + size])))
                start += size
            syllables = tuple(tuple(char for char in word if units(char)) for word in words)
            yield _Reading(rendering, cost, "".join(words), syllables)

    def _options(self, symbol: str) -> list[tuple[float, str]]:
        return [(cost, text) for text, cost in self._renderings.readings.of(symbol)]

    def _spellings(self, words: Words) -> Iterator[tuple[str, float, Words]]:
        """Yield the spellings of syllables: the system of romanisation, its cost, the letters."""
        for system, table in self.tables.systems.items():
            spelled = _romanised(words, table)
            if spelled is not None:
                yield system, _SYSTEM_COSTS.get(system, _OTHER_SYSTEM), spelled
        options = []
        for word in words:
            options += [self._habitual_spellings(syllable) for syllable in word]
        for cost, chunks in _cheapest_combinations(options):
            yield HABIT, _SYSTEM_COSTS[HABIT] + cost, _grouped(chunks, words)

    def _habitual_spellings(self, syllable: str) -> list[tuple[float, str]]:
        """Return the likeliest spellings of a syllable, or of a grapheme, with their costs."""
        tables = self.tables
        if not units(syllable):
            as_it_is = {syllable.removesuffix("."): 0.0}
            costs = tables.graphemes.get(syllable, as_it_is)
            return nsmallest(_MAX_PATHS, _cost_first(costs))
        options = [_cost_first(tables.spelling.get(unit, {})) for unit in units(syllable)]
        return [(cost, "".join(chunks)) for cost, chunks in _cheapest_combinations(options)]


@cache
def _garbler(pivot: str) -> _Garbler:
    return _Garbler(load(pivot))


def _ways_to(
    hangul: AbstractSet[str], readings: Iterable[_Reading], *, is_chinese: bool
) -> set[str]:
    """Return the ways of rendering a name whose Hangul is known that are worth following."""
    ways: set[str] = {reading.rendering.way for reading in readings if reading.through in hangul}
    if len(ways) > 1:
        ways.discard("pivot")  # the other ways also know where the words of the name begin
    if is_chinese:
        ways |= {"sound", "sino"}
    return ways


def _keys(symbols: Iterable[str]) -> tuple[str, ...]:
    """Return symbols without their kinds: `latin:sch` is `sch`."""
    return tuple(symbol.partition(":")[2] for symbol in symbols)


def _cost_first(costs: Mapping[str, float]) -> list[tuple[float, str]]:
    return [(cost, text) for text, cost in costs.items()]


def _romanised(words: Words, table: Mapping[str, str]) -> Words | None:
    """Return syllables in Latin letters by a table: unit -> letters. None if a unit is missing."""
    romanised = []
    for word in words:
        chunks = []
        for syllable in word:
            if not all(unit in table for unit in units(syllable)):
                return None
            chunks.append("".join(table[unit] for unit in units(syllable)))
        romanised.append(tuple(chunks))
    return tuple(romanised)


def _grouped(chunks: Sequence[str], words: Words) -> Words:
    """Return chunks, one for each syllable, word by word."""
    grouped = []
    start = 0
    for word in words:
        grouped.append(tuple(chunks[start : start + len(word)]))
        start += len(word)
    return tuple(grouped)


def _cheapest_combinations(
    options: Sequence[Sequence[tuple[float, T]]],
) -> list[tuple[float, tuple[T, ...]]]:
    """Return the cheapest ways to take one item of each of the options, with their costs.

    >>> _cheapest_combinations([[(0.0, "a"), (1.0, "b")], [(0.5, "c")]])
    [(0.5, ('a', 'c')), (1.5, ('b', 'c'))]
    """
    paths: list[tuple[float, tuple[T, ...]]] = [(0.0, ())]
    for items in options:
        extended = []
        for cost_so_far, path in paths:
            for cost, item in items:
                extended.append((cost_so_far + cost, (*path, item)))
        paths = nsmallest(_MAX_PATHS, extended, key=lambda path: path[0])
    return paths


def _joined_forms(words: Words) -> Iterator[tuple[str, float]]:
    """Yield the ways to put the syllables of a name together, and what each costs."""
    joined = ["".join(word) for word in words]
    if not all(joined):
        return
    yield " ".join(map(str.capitalize, joined)), _WORDS_SPACED
    if len(joined) > 1:
        yield "".join(joined).capitalize(), _WORDS_JOINED
        yield "-".join(joined).capitalize(), _WORDS_HYPHENATED
        yield _with_hyphenated_given_name(joined[0], words[1:]), _GIVEN_NAME_HYPHENATED
    syllables: list[str] = []
    for word in words:
        syllables += [syllable for syllable in word if syllable]
    if len(syllables) in _SEPARABLE:
        yield "-".join(syllables).capitalize(), _SYLLABLES_HYPHENATED
        yield " ".join(map(str.capitalize, syllables)), _SYLLABLES_SPACED


def _with_hyphenated_given_name(surname: str, given_names: Words) -> str:
    hyphenated = ["-".join(filter(None, word)).capitalize() for word in given_names]
    return " ".join([surname.capitalize(), *hyphenated])

"""The likeliest garbles of a name: the channel run forwards.

A form of the name is read in the pivot's script, the reading is spelled by one of the pivot's
systems of romanisation or by habit, and the syllables are joined, hyphenated or spaced. Each step
has its cost; the sum orders the garbles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from itertools import pairwise
from typing import TypeVar

from cleaner.names.explain import composed
from cleaner.names.gazetteer import Name
from cleaner.names.pivot.readings import Form, Reader
from cleaner.names.pivot.script import units
from cleaner.names.pivot.tables import Tables, load

T = TypeVar("T")
Words = tuple[tuple[str, ...], ...]  # syllables, word by word

HABIT = "habit"
_WAYS = {
    "pivot": ("as newspapers write it", 0.0),
    "sound": ("by sound", 0.3),
    "romaji": ("by sound", 0.3),
    "sino": ("Sino-Korean reading", 2.0),
    "latin": ("by its letters", 0.5),
}
_SYSTEMS = {"Revised Romanization": 0.5, HABIT: 0.8}
_RARE_SYSTEM = 2.5
_FLIPPED = 1.5
_BEST = 12  # partial results that are followed


@dataclass(frozen=True, slots=True)
class Garble:
    """A form that a name may have been turned into, what that costs in nats, and the way there."""

    form: str
    cost: float
    through: str  # the name in the pivot's script; empty if it went there letter by letter
    reading: str  # how it was read: by sound, by its characters
    system: str  # how it was romanised

    def path(self, canonical: str) -> str:
        """The way back to the name.

        >>> garbles(Name("Ma Yun"))[0].path("Ma Yun")
        'Ma Win <- 마윈 <- Ma Yun (by sound; Revised Romanization)'
        """
        middle = f"{self.through} <- " if self.through else ""
        return f"{self.form} <- {middle}{canonical} ({self.reading}; {self.system})"


def garbles(name: Name, *, pivot: str = "ko", limit: int = 10) -> list[Garble]:
    """The likeliest garbles of a name, the likeliest first; forms that are right are not among
    them.

    >>> [garble.form for garble in garbles(Name("Ma Yun"), limit=3)]
    ['Ma Win', 'Mawin', 'Mayun']
    """
    right = {form.casefold() for form in name.right}
    found: dict[str, Garble] = {}
    for garble in _Maker(load(pivot)).all(name):
        if garble.form.casefold() not in right and (
            garble.form not in found or garble.cost < found[garble.form].cost
        ):
            found[garble.form] = garble
    return nsmallest(limit, found.values(), key=lambda garble: (garble.cost, garble.form))


@dataclass
class _Maker:
    tables: Tables

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self.tables)

    def all(self, name: Name) -> Iterator[Garble]:
        read = [(form, *one) for form in self._reader.forms(name) for one in self._readings(form)]
        known = "".join(name.hangul.split())
        # what gives another text than the known one was a wrong guess, unless the name is Chinese
        if known:
            ways = {form.way for form, _, through, _ in read if through == known}
            ways = ways - {"pivot"} or ways  # the others know where the words of a name begin
            ways |= {"sound", "sino"} if name.hanzi else set()
            read = [one for one in read if one[0].way in ways]
        elif any(form.way != "latin" for form, *_ in read):
            read = [one for one in read if one[0].way != "latin"]
        for form, prior, through, words in read:
            reading, start = _WAYS["pivot" if known and through == known else form.way]
            start += _FLIPPED * form.flipped + prior * (through != known)
            for system, cost, spelled in self._spellings(words):
                for arranged, more in _arranged(spelled):
                    total = start + cost + more
                    yield Garble(arranged, round(total, 2), through, reading, system)

    def _readings(self, form: Form) -> Iterator[tuple[float, str, Words]]:
        """The likeliest ways to read a form, as syllables word by word."""
        if form.way == "latin":
            graphemes = [symbol.partition(":")[2] for symbol in form.symbols]
            yield 0.0, "", tuple(tuple(graphemes[a:b]) for a, b in _bounds(form))
            return
        options = [
            [(cost, text) for text, cost in self._reader.readings(symbol)]
            for symbol in form.symbols
        ]
        for cost, texts in _cheapest(options):
            words = [composed("".join(texts[a:b])) for a, b in _bounds(form)]
            yield (
                cost,
                "".join(words),
                tuple(tuple(char for char in word if units(char)) for word in words),
            )

    def _spellings(self, words: Words) -> Iterator[tuple[str, float, Words]]:
        for system, table in self.tables.systems.items():
            if all(unit in table for word in words for piece in word for unit in units(piece)):
                cost = _SYSTEMS.get(system, _RARE_SYSTEM)
                yield (
                    system,
                    cost,
                    tuple(
                        tuple("".join(table[unit] for unit in units(piece)) for piece in word)
                        for word in words
                    ),
                )
        pieces = [piece for word in words for piece in word]
        sizes = [0]
        for word in words:
            sizes.append(sizes[-1] + len(word))
        for cost, spelled in _cheapest([self._habits(piece) for piece in pieces]):
            yield (
                HABIT,
                _SYSTEMS[HABIT] + cost,
                tuple(tuple(spelled[a:b]) for a, b in pairwise(sizes)),
            )

    def _habits(self, piece: str) -> list[tuple[float, str]]:
        """The likeliest spellings of a syllable, or of a grapheme."""
        tables = self.tables
        if not units(piece):
            row = tables.graphemes.get(piece, {piece.removesuffix("."): 0.0})
            return nsmallest(_BEST, ((cost, chunk) for chunk, cost in row.items()))
        rows = [
            [(cost, chunk) for chunk, cost in tables.spelling.get(unit, {}).items()]
            for unit in units(piece)
        ]
        return [(cost, "".join(chunks)) for cost, chunks in _cheapest(rows)]


def _bounds(form: Form) -> Iterator[tuple[int, int]]:
    start = 0
    for size in form.words:
        yield start, start + size
        start += size


def _cheapest(options: Sequence[Sequence[tuple[float, T]]]) -> list[tuple[float, tuple[T, ...]]]:
    """The cheapest ways to take one of each of the options."""
    paths: list[tuple[float, tuple[T, ...]]] = [(0.0, ())]
    for row in options:
        there = ((before + cost, (*path, item)) for before, path in paths for cost, item in row)
        paths = nsmallest(_BEST, there, key=lambda path: path[0])
    return paths


def _arranged(words: Words) -> Iterator[tuple[str, float]]:
    """The syllables joined, hyphenated and spaced, and what each costs."""
    joined = ["".join(word) for word in words]
    flat = [piece for word in words for piece in word if piece]
    if not all(joined):
        return
    yield " ".join(map(str.capitalize, joined)), 0.0
    yield "".join(joined).capitalize(), 0.6 if len(joined) > 1 else 0.0
    if len(joined) > 1:
        yield "-".join(joined).capitalize(), 1.4
        given = " ".join(
            [
                joined[0].capitalize(),
                *("-".join(filter(None, word)).capitalize() for word in words[1:]),
            ]
        )
        yield given, 0.7
    if 2 < len(flat) < 7:
        yield "-".join(flat).capitalize(), 2.2
        yield " ".join(map(str.capitalize, flat)), 2.2

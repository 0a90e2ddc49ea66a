"""How well the Latin and the Korean form of a name agree."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz

from cleaner.names.pivot.channel import Channel
from cleaner.names.pivot.renderings import Rendering, Renderings
from cleaner.names.pivot.script import letters, units, words
from cleaner.names.pivot.skeleton import Skeletons, Spellings
from cleaner.names.pivot.tables import load

SPELLINGS = 2  # of a form in Hangul that are compared
SYSTEMS = ("Revised Romanization", "McCune–Reischauer")


class Agreement:
    """Compares forms by the tables of the pivot `ko`."""

    def __init__(self) -> None:
        tables = load("ko")
        self._tables = tables
        self._renderings = Renderings(tables)
        self._readings = self._renderings.readings
        self._skeleton = Skeletons(tables.skeleton).of
        self._spellings = Spellings(Channel(self._readings))

    def of(self, canonical: str, hangul: str) -> float:
        """Return how alike the skeletons are, from 0 to 100, in the better order of the words."""
        wanted = self._skeleton(letters(canonical))
        best = 0.0
        for ordered in _orders(hangul.split()):
            symbols = tuple(f"pivot:{syllable}" for syllable in "".join(ordered))
            rendering = Rendering("pivot", symbols, (len(symbols),))
            for spelled in self._spellings.of(rendering, SPELLINGS):
                best = max(best, fuzz.ratio(wanted, self._skeleton(spelled)))
        return best

    def by_sound(self, canonical: str, hangul: str) -> bool:
        """Return whether a form is pinyin and the Hangul is what that sounds like."""
        return self._is_read(canonical, hangul, "sound")

    def by_characters(self, canonical: str, hangul: str) -> bool:
        """Return whether a form is pinyin of characters that Koreans may read like the Hangul."""
        return self._is_read(canonical, hangul, "sino")

    def is_pinyin(self, canonical: str, hanzi: str) -> bool:
        """Return whether a form is the pinyin of characters."""
        syllables = self._renderings.pinyin.syllables_of(hanzi)
        return bool(syllables) and "".join(syllables) == letters(canonical)

    def is_romanised(self, canonical: str, hangul: str) -> bool:
        """Return whether a form is the Hangul in letters, as the names of Koreans are."""
        for system in SYSTEMS:
            spelling = self._tables.systems[system]
            if "".join(spelling[unit] for unit in units(hangul)) == letters(canonical):
                return True
        return False

    def _is_read(self, canonical: str, hangul: str, way: str) -> bool:
        found = self._renderings._pinyin(words(canonical), has_hanzi=False)
        return any(self._reads(one, hangul) for one in found if one.way == way)

    def _reads(self, rendering: Rendering, hangul: str) -> bool:
        """Return whether one of the readings of a rendering is a text."""
        ends = {0}
        for symbol in rendering.symbols:
            longer = set()
            for text, _ in self._readings.of(symbol):
                longer.update(end + len(text) for end in ends if hangul.startswith(text, end))
            ends = longer
        return len(hangul) in ends


def _orders(parts: list[str]) -> Iterator[list[str]]:
    yield parts
    if len(parts) == 2:
        yield parts[::-1]

"""Readings: what a piece of a name may be in the pivot's script.

A piece of a name is a symbol, written `kind:key`. The kinds are

- `sound`: a pinyin syllable, transcribed by sound (`sound:yun`);
- `sino`, `inner`: a pinyin syllable whose character is unknown, read the Sino-Korean way, at the
  beginning of a word and elsewhere;
- `hanja`, `inner-hanja`: a character, read the Sino-Korean way, at the beginning and elsewhere;
- `mora`, `inner-mora`, `long`: a Japanese mora, see `romaji`;
- `pivot`: a character of the pivot's script, when it is known how the name is written there;
- `latin`: a grapheme of a Western name, see `graphemes`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import log

from cleaner.names.pivot.romaji import long_readings, mora_readings
from cleaner.names.pivot.tables import Tables, inverted

ReadingCosts = tuple[tuple[str, float], ...]  # pivot text and cost in nats, the cheapest first

# Costs in nats, set by hand.
_INITIAL_INSIDE = 1.5  # a reading for the beginning of a word, although the word has begun
_FIRST_HANJA = 0.3  # the first reading of a character; every later one costs 1 more
_INITIAL_BONUS = 0.2  # how much cheaper the form for the beginning of a word is at the beginning


@dataclass
class Readings:
    """The readings of symbols by the tables of one pivot."""

    tables: Tables

    @cached_property
    def _readings_by_hanja(self) -> dict[str, list[str]]:
        return inverted(self.tables.hanja)

    def of(self, symbol: str) -> ReadingCosts:
        """Return what a symbol may be in the pivot's script, and the cost of each.

        A grapheme, and a character of the pivot's script, is its own only reading.

        >>> from cleaner.names.pivot.tables import load
        >>> Readings(load("ko")).of("sound:yun")[0]
        ('윈', 0.0)
        """
        kind, _, key = symbol.partition(":")
        costs = self._costs(kind, key)
        return tuple(sorted(costs.items(), key=lambda item: (item[1], item[0])))

    def knows_hanja(self, character: str) -> bool:
        """Return whether the Sino-Korean readings of a character are known."""
        return character in self._readings_by_hanja

    def _costs(self, kind: str, key: str) -> dict[str, float]:
        match kind:
            case "sound":
                return self._by_sound(key)
            case "sino":
                return self._sino(key)
            case "inner":
                return self._sino_inside(key)
            case "hanja":
                return self._hanja(key)
            case "inner-hanja":
                return self._hanja_inside(key)
            case "mora" | "inner-mora":
                return mora_readings(key, self.tables.romaji, begins_word=kind == "mora")
            case "long":
                return long_readings(key, self.tables.romaji)
            case _:
                return {key: 0.0}

    def _by_sound(self, syllable: str) -> dict[str, float]:
        """The transcription of the table, and the variants that newspapers print."""
        text = self.tables.sound[syllable]
        costs = {text: 0.0}
        for part, variants in self.tables.variants.items():
            if part in text:
                for variant, cost in variants.items():
                    costs.setdefault(text.replace(part, variant), cost)
        return costs

    def _sino(self, syllable: str) -> dict[str, float]:
        return {text: -log(p) for text, p in self.tables.sino[syllable].items()}

    def _sino_inside(self, syllable: str) -> dict[str, float]:
        costs = self._sino(syllable)
        inner = self.tables.sino_inner.get(syllable)
        if inner is None:
            return costs
        costs = {text: cost + _INITIAL_INSIDE for text, cost in costs.items()}
        for text, probability in inner.items():
            costs[text] = -log(probability)
        return costs

    def _hanja(self, character: str) -> dict[str, float]:
        """The readings of a character, and the forms they have at the beginning of a word."""
        costs = self._hanja_inside(character)
        initial = {
            self.tables.dropped[text]: cost - _INITIAL_BONUS
            for text, cost in costs.items()
            if text in self.tables.dropped
        }
        return costs | initial

    def _hanja_inside(self, character: str) -> dict[str, float]:
        readings = self._readings_by_hanja[character]
        return {text: _FIRST_HANJA + rank for rank, text in enumerate(readings)}

"""How similar a text is to each of a hundred thousand others, by what they have in common.

The points are those of rapidfuzz's `ratio`: 200 times the length of the longest common subsequence,
divided by the letters of both texts. rapidfuzz takes 8 nanoseconds for a pair, most of them not for
comparing. Here a text is one number for each letter, whose bits say where the text has the letter,
and numpy compares all texts at once (Hyyrö 2004), in two nanoseconds for a pair.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import LCSseq

from cleaner.names.pivot.arrays import Indices

Points = NDArray[np.uint8]  # from 0 to 100
Bits = NDArray[Any]  # [letter, text] of unsigned numbers

MIN_POINTS = 40  # fewer points are 0
_MOST_TIMES = 4  # with so many points no text is more times as long as the other
BIT_TYPES = (np.uint8, np.uint16, np.uint64)


class Subsequences:
    """Compares a text with many others.

    Args:
        lengths: how long each of the others is, the shortest first.
        letters: the letters that they have.
        bits: what `bits_of` returns for them.
        long: those that are too long for `bits_of`.

    >>> texts = ["li", "main", "sulin"]
    >>> letters, bits = bits_of(texts)
    >>> others = Subsequences(np.array([2, 4, 5]), letters, bits)
    >>> places, points = others.similar(["malin"], 30)
    >>> places.tolist(), points.tolist()
    ([1, 2], [[89, 60]])
    """

    def __init__(
        self, lengths: Indices, letters: str, bits: Sequence[Bits], long: Sequence[str] = ()
    ) -> None:
        self._rows = {letter: row for row, letter in enumerate(letters)}
        self._lengths = lengths
        self._bits = bits
        self._long = long
        # where the texts of each length begin, and their end
        self._longest = int(lengths[-1]) if len(lengths) else 0
        self._starts = np.searchsorted(lengths, np.arange(self._longest + 2)).tolist()

    def similar(self, texts: Sequence[str], most_less: int) -> tuple[Indices, Points]:
        """Return the others that are nearly as similar to one of some texts as any of them is.

        Also return their points, one row for each of the texts.

        Args:
            texts: the texts.
            most_less: how many points fewer than the best another may have.
        """
        compared = list(map(self._compared, texts))
        best = 0
        for one in compared:
            best = max(best, one.best())
        is_similar = np.zeros(len(self._lengths), bool)
        for one in compared:
            one.mark(is_similar, max(1, best - most_less))
        places = np.flatnonzero(is_similar)
        lengths = self._lengths[places]
        return places, np.array([one.points[lengths, one.common[places]] for one in compared])

    def _compared(self, text: str) -> _Compared:
        """Return how long the longest common subsequence with each of the others is.

        It is 0 for those of which the length is too different.
        """
        common = np.zeros(len(self._lengths), np.uint8)
        points = _points(len(text), self._longest)
        spans = {}
        for length in range(-(-len(text) // _MOST_TIMES), _MOST_TIMES * len(text) + 1):
            if length <= self._longest and self._starts[length] < self._starts[length + 1]:
                spans[length] = self._starts[length], self._starts[length + 1]
        if not spans:
            return _Compared(len(text), spans, common, points)
        first, last = min(spans.values())[0], max(spans.values())[1]
        start = 0
        for bits in self._bits:
            begin, end = max(first, start), min(last, start + bits.shape[1])
            if begin < end:
                common[begin:end] = self._common_with(text, bits[:, begin - start : end - start])
            start += bits.shape[1]
        if last > start:
            long = self._long[: last - start]
            found = process.cdist([text], long, scorer=LCSseq.similarity, dtype=np.uint8)
            common[start:last] = found[0]
        return _Compared(len(text), spans, common, points)

    def _common_with(self, text: str, bits: Bits) -> Points:
        """Return how long the longest common subsequence with each of some texts is."""
        # a bit becomes 0 where the common subsequence grows by the letter at its place
        state = np.full(bits.shape[1], np.iinfo(bits.dtype).max, bits.dtype)
        for letter in text:
            row = self._rows.get(letter)
            if row is not None:
                found = state & bits[row]
                carried = state + found
                np.subtract(state, found, out=state)
                np.bitwise_or(state, carried, out=state)
        return np.bitwise_count(~state)


@dataclass(frozen=True, slots=True)
class _Compared:
    """What a text has in common with others.

    Attributes:
        size: how many letters the text has.
        spans: where the others of each length begin and end, if it is not too different.
        common: how long the longest common subsequence with each of the others is.
        points: the points by the length of the other and what is common.
    """

    size: int
    spans: Mapping[int, tuple[int, int]]
    common: Points
    points: Points

    def best(self) -> int:
        """Return the points of the most similar of the others."""
        best = 0
        longer = [length for length in self.spans if length >= self.size]
        shorter = [length for length in self.spans if length < self.size]
        for lengths in (longer, reversed(shorter)):
            for length in lengths:
                points = self.points[length]
                if points[min(self.size, length)] <= best:
                    break  # nor can those that are still longer or shorter be more similar
                start, end = self.spans[length]
                best = max(best, int(points[self.common[start:end].max()]))
        return best

    def mark(self, is_similar: NDArray[np.bool_], limit: int) -> None:
        """Mark the others that have at least so many points."""
        enough = (self.points < limit).sum(axis=1).tolist()
        for length, (start, end) in self.spans.items():
            if enough[length] <= min(self.size, length):
                is_similar[start:end] |= self.common[start:end] >= enough[length]


def bits_of(texts: Sequence[str]) -> tuple[str, list[Bits]]:
    """Return the letters of texts, and where each text has them, for `Subsequences`.

    Texts that are longer than a number has bits are left out.

    Args:
        texts: the texts, sorted by length.
    """
    letters = "".join(sorted(set("".join(texts))))
    shorter = -1
    all_bits = []
    for kind in BIT_TYPES:
        size = np.iinfo(kind).bits
        chosen = [text for text in texts if shorter < len(text) <= size]
        characters = np.array(chosen, f"U{size}").view(np.uint32).reshape(len(chosen), size)
        places = np.left_shift(kind(1), np.arange(size, dtype=kind), dtype=kind)
        rows = [(characters == ord(letter)) @ places for letter in letters]
        all_bits.append(np.array(rows, kind).reshape(len(letters), len(chosen)))
        shorter = size
    return letters, all_bits


@cache
def _points(size: int, longest: int) -> Points:
    """Return the points of two texts by the length of one and by how many letters are common.

    Args:
        size: the length of the other one.
        longest: the greatest length.
    """
    lengths = np.arange(longest + 1)[:, None]
    letters = size + lengths
    common = np.minimum(np.arange(size + 1), lengths)
    points = (1 - (letters - 2 * common) / np.maximum(letters, 1)) * 100
    return np.where(points >= MIN_POINTS, np.floor(points + 0.5), 0).astype(np.uint8)

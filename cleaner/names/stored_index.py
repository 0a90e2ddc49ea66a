"""The index of many names as it is stored: skeletons, renderings, and the arrays of the channel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from cleaner.names.pivot.arrays import Integers, padded
from cleaner.names.pivot.channel import Channel, ChannelArrays
from cleaner.names.pivot.renderings import WAYS, Rendering
from cleaner.names.prepared import FLIPPED, way_code
from cleaner.names.shortlist import SkeletonIndex
from cleaner.text import stored
from cleaner.text.stored import Parts

_INTEGERS = ("parents", "units", "depths", "first_reading", "reading_nodes")


class StoredIndex:
    """What a matcher needs of many names, read where it lies.

    Args:
        data: what `dump` returned.
        names: how many names there are.

    Attributes:
        skeletons: the skeletons of the names.
        channel: the arrays of the channel that knows all symbols of the names.

    Raises:
        ValueError: it is something else, or the index of other names.
    """

    def __init__(self, data: bytes | memoryview, names: int) -> None:
        try:
            self._read(Parts(data))
        except (AttributeError, LookupError, TypeError) as error:
            raise ValueError("this is no index") from error
        owners = self.skeletons.owners
        is_ordered = bool((np.diff(owners) >= 0).all())
        if not (len(self._first) == names + 1 and is_ordered and int(owners[-1]) < names):
            raise ValueError("this is the index of other names")

    def _read(self, parts: Parts) -> None:
        skeletons = parts.data("skeletons").decode("ascii").split(" ")
        owners = np.array(parts.numbers("owners"), np.intp)
        if not len(skeletons) == len(owners) > 0:
            raise ValueError("there is not one name for each skeleton")
        self.skeletons = SkeletonIndex(skeletons, owners)
        self._symbols = parts.texts("symbols")
        self._first = parts.numbers("first")
        self._ways = parts.numbers("ways")
        self._rows = parts.lists("rows")
        self._words = parts.lists("words")
        if not self._first[-1] == len(self._ways) == len(self._rows) == len(self._words):
            raise ValueError("there is not one row for each rendering")
        integers = {name: np.array(parts.numbers(name), np.int32) for name in _INTEGERS}
        costs = np.frombuffer(parts.data("reading_costs"), np.float32)
        self.channel = ChannelArrays(**integers, reading_costs=costs)
        if self.channel.symbols != len(self._symbols):
            raise ValueError("there are not readings for each symbol")

    def rendering(self, number: int, place: int) -> Rendering:
        """Return one of the renderings of a name."""
        row = self._first[number] + place
        flipped, way = divmod(self._ways[row], FLIPPED)
        symbols = tuple(self._symbols[symbol].decode() for symbol in self._rows[row])
        return Rendering(WAYS[way], symbols, tuple(self._words[row]), bool(flipped))

    def symbols(self, number: int) -> Integers:
        """Return a row of symbol numbers for each rendering of a name, filled up with -1."""
        return padded(self._rows[self._first[number] : self._first[number + 1]])

    def ways(self, number: int) -> Sequence[int]:
        """Return the way of each rendering of a name (see `way_code`)."""
        return self._ways[self._first[number] : self._first[number + 1]].tolist()


def dump(skeletons: SkeletonIndex, names: Iterable[Iterable[Rendering]], channel: Channel) -> bytes:
    """Return the index of names as bytes.

    Args:
        skeletons: their skeletons, which have letters only.
        names: the renderings of each name.
        channel: a channel without stored arrays. It learns all symbols.
    """
    first = [0]
    ways: list[int] = []
    rows: list[list[int]] = []
    words: list[tuple[int, ...]] = []
    for renderings in names:
        for rendering in renderings:
            ways.append(way_code(rendering))
            rows.append(channel.encode(rendering))
            words.append(rendering.words)
        first.append(len(ways))
    return stored.joined(
        {
            "skeletons": " ".join(skeletons.skeletons).encode(),
            **stored.numbers("owners", skeletons.owners.tolist()),
            **stored.texts("symbols", [symbol.encode() for symbol in channel.symbols]),
            **stored.numbers("first", first),
            **stored.numbers("ways", ways),
            **stored.lists("rows", rows),
            **stored.lists("words", words),
            **_arrays(channel.arrays),
        }
    )


def _arrays(arrays: ChannelArrays) -> dict[str, bytes]:
    """Return the parts of the arrays of a channel."""
    parts = {"reading_costs": arrays.reading_costs.tobytes()}
    for name in _INTEGERS:
        parts |= stored.numbers(name, getattr(arrays, name).tolist())
    return parts

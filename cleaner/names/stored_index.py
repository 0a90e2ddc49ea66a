"""The index of many names as it is stored: skeletons, renderings, and the arrays of the channel."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import overload

import numpy as np
from numpy.typing import NDArray

from cleaner.names.pivot.arrays import Integers
from cleaner.names.pivot.channel import Channel, ChannelArrays
from cleaner.names.pivot.subsequences import BIT_TYPES, Subsequences, bits_of
from cleaner.names.rendering_table import RenderingTable
from cleaner.names.shortlist import SkeletonIndex, SkeletonsByLength
from cleaner.text import stored
from cleaner.text.stored import Parts

_TABLE = ("first", "ways", "ends", "symbols", "word_ends", "words")
_CHANNEL = ("parents", "units", "depths", "first_reading", "reading_nodes")


class StoredIndex:
    """What a matcher needs of many names, read where it lies.

    Args:
        data: what `dump` returned.
        names: how many names there are.

    Attributes:
        skeletons: the skeletons of the names.
        renderings: their renderings.
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
        is_complete = len(self.renderings.first) == names + 1
        if not (is_complete and is_ordered and int(owners[-1]) < names):
            raise ValueError("this is the index of other names")

    def _read(self, parts: Parts) -> None:
        skeletons = _Words(parts.data("skeletons"))
        owners = _integers(parts, "owners").astype(np.intp)
        if not len(skeletons) == len(owners) > 0:
            raise ValueError("there is not one name for each skeleton")
        self.skeletons = SkeletonIndex(skeletons, owners, _by_length(parts, skeletons))
        table = {name: _integers(parts, name) for name in _TABLE}
        spelled = parts.data("spelled").decode().split("\n")
        self.renderings = RenderingTable(**table, spelled=spelled, lowest=_floats(parts, "lowest"))
        rows = len(table["ways"])
        has_symbols = len(table["ends"]) == rows + 1 and table["ends"][-1] == len(table["symbols"])
        if not (table["first"][-1] == rows and has_symbols):
            raise ValueError("there is not one row for each rendering")
        arrays = {name: _integers(parts, name) for name in _CHANNEL}
        costs = np.frombuffer(parts.data("reading_costs"), np.float32)
        self.channel = ChannelArrays(**arrays, reading_costs=costs)
        if not self.channel.symbols == len(spelled) == len(self.renderings.lowest):
            raise ValueError("there are not readings for each symbol")


def dump(skeletons: SkeletonIndex, renderings: RenderingTable, channel: Channel) -> bytes:
    """Return the index of names as bytes.

    Args:
        skeletons: their skeletons, which have letters only.
        renderings: their renderings.
        channel: the channel that knows their symbols.
    """
    parts = {
        "skeletons": " ".join(skeletons.skeletons).encode(),
        "owners": _bytes(skeletons.owners),
        "spelled": "\n".join(renderings.spelled).encode(),
        "lowest": renderings.lowest.tobytes(),
        "reading_costs": channel.arrays.reading_costs.tobytes(),
    }
    by_length = sorted(skeletons.skeletons, key=len)
    letters, all_bits = bits_of(by_length)
    parts["letters"] = letters.encode()
    for bits in all_bits:
        parts[f"bits.{bits.dtype}"] = bits.tobytes()
    for name in _TABLE:
        parts[name] = _bytes(getattr(renderings, name))
    for name in _CHANNEL:
        parts[name] = _bytes(getattr(channel.arrays, name))
    return stored.joined(parts)


class _Words(Sequence[str]):
    """ASCII words with spaces between them, which are cut when one is asked for.

    Attributes:
        lengths: how long each word is.

    Raises:
        ValueError: there are other characters.
    """

    def __init__(self, text: bytes) -> None:
        if not text.isascii():
            raise ValueError("these are no plain letters")
        self._text = text
        spaces = np.flatnonzero(np.frombuffer(text, np.uint8) == ord(" "))
        self.lengths = np.diff(spaces, prepend=-1, append=len(text)) - 1

    def __len__(self) -> int:
        return len(self.lengths)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        return self._words[at]

    @cached_property
    def _words(self) -> list[str]:
        return self._text.decode("ascii").split(" ")


def _by_length(parts: Parts, skeletons: _Words) -> SkeletonsByLength:
    """Return the skeletons as they are compared quickly."""
    order = np.argsort(skeletons.lengths, kind="stable")
    lengths = skeletons.lengths[order]
    letters = parts.data("letters").decode("ascii")
    all_bits = []
    for kind in BIT_TYPES:
        bits = np.frombuffer(parts.data(f"bits.{np.dtype(kind)}"), kind)
        all_bits.append(bits.reshape(len(letters), -1))
    having_bits = sum(bits.shape[1] for bits in all_bits)
    long = [skeletons[place] for place in order[having_bits:].tolist()]
    return SkeletonsByLength(order, Subsequences(lengths, letters, all_bits, long))


def _integers(parts: Parts, name: str) -> Integers:
    return np.frombuffer(parts.data(name), np.int32)


def _floats(parts: Parts, name: str) -> NDArray[np.float64]:
    return np.frombuffer(parts.data(name), np.float64)


def _bytes(numbers: NDArray[np.integer]) -> bytes:
    return numbers.astype(np.int32).tobytes()

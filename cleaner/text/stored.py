"""Tables that are read where they lie: in bytes, such as those of a mapped file.

A table of half a million names takes seconds to parse and memory for every name. Here it is kept as
the items one behind the other, and the offset of each. Opening it reads nothing, and an item is
made when it is asked for.
"""

from __future__ import annotations

import json
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from operator import ge
from typing import Any, Final, overload

_NUMBER: Final = "I"  # of four bytes
_WIDTH = array(_NUMBER).itemsize


class Texts(Sequence[bytes]):
    """A sequence of byte strings.

    Args:
        ends: 0, and then where each string ends in `data`.
        data: the strings, one behind the other.

    Raises:
        ValueError: the two do not fit together.
    """

    __slots__ = ("_data", "_ends")

    def __init__(self, ends: memoryview, data: memoryview) -> None:
        if not len(ends) or ends[0] or ends[-1] != len(data):
            raise ValueError("the offsets are not those of the texts")
        self._ends = ends
        self._data = data

    def __len__(self) -> int:
        return len(self._ends) - 1

    @property
    def size(self) -> int:
        """The length of all strings together."""
        return len(self._data)

    @property
    def data(self) -> memoryview:
        """All strings, one behind the other."""
        return self._data

    def has_empty(self, start: int = 0) -> bool:
        """Return whether a string from number `start` on is empty, or ends before it begins."""
        ends = self._ends[start:].tolist()
        return any(map(ge, ends, ends[1:]))

    @overload
    def __getitem__(self, at: int) -> bytes: ...
    @overload
    def __getitem__(self, at: slice) -> list[bytes]: ...
    def __getitem__(self, at: int | slice) -> bytes | list[bytes]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        if at < 0:
            at += len(self)
        return self._data[self._ends[at] : self._ends[at + 1]].tobytes()

    def __iter__(self) -> Iterator[bytes]:
        """Return an iterator over all strings; it is much quicker than asking for each of them."""
        data, ends = self._data.tobytes(), self._ends.tolist()
        return map(data.__getitem__, map(slice, ends, ends[1:]))


class Lists(Sequence[Sequence[int]]):
    """A sequence of lists of numbers.

    Args:
        ends: 0, and then where each list ends in `numbers`.
        numbers: the lists, one behind the other.

    Raises:
        ValueError: the two do not fit together.
    """

    __slots__ = ("_ends", "_numbers")

    def __init__(self, ends: memoryview, numbers: memoryview) -> None:
        if not len(ends) or ends[0] or ends[-1] != len(numbers):
            raise ValueError("the offsets are not those of the lists")
        self._ends = ends
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, at: int) -> Sequence[int]: ...
    @overload
    def __getitem__(self, at: slice) -> list[Sequence[int]]: ...
    def __getitem__(self, at: int | slice) -> Sequence[int] | list[Sequence[int]]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        if at < 0:
            at += len(self)
        return self._numbers[self._ends[at] : self._ends[at + 1]].tolist()


def place(items: Sequence[Any], wanted: Any) -> int | None:
    """Return where something stands in a sorted sequence; None if it does not.

    >>> place([2, 3, 5], 3), place([2, 3, 5], 4)
    (1, None)
    """
    at = bisect_left(items, wanted)
    return at if at < len(items) and items[at] == wanted else None


class Parts:
    """The named parts of stored data. A part is bytes, numbers, texts or lists.

    Raises:
        ValueError: this is not what `joined` gives.
    """

    def __init__(self, data: bytes | memoryview) -> None:
        view = memoryview(data)
        head_size = int.from_bytes(view[:_WIDTH], "little")
        sizes = json.loads(view[_WIDTH : _WIDTH + head_size].tobytes())
        if sizes.pop("order") != sys.byteorder:
            raise ValueError("the numbers are those of another machine")
        self._parts: dict[str, memoryview] = {}
        start = _WIDTH + head_size
        for name, size in sizes.items():
            self._parts[name] = view[start : start + size]
            start += size
        if start != len(view) or any(size < 0 for size in sizes.values()):
            raise ValueError("the parts are not as long as they should be")

    @property
    def parts(self) -> dict[str, bytes]:
        """All parts as they are, by name."""
        return {name: part.tobytes() for name, part in self._parts.items()}

    def data(self, name: str) -> bytes:
        """Return a part as it is."""
        return self._parts[name].tobytes()

    def numbers(self, name: str) -> memoryview:
        """Return a part as numbers."""
        return self._parts[name].cast(_NUMBER)

    def texts(self, name: str) -> Texts:
        """Return a part as byte strings."""
        return Texts(self.numbers(f"{name}.ends"), self._parts[name])

    def lists(self, name: str) -> Lists:
        """Return a part as lists of numbers."""
        return Lists(self.numbers(f"{name}.ends"), self.numbers(name))


def numbers(name: str, values: Iterable[int]) -> dict[str, bytes]:
    """Return the part that holds some numbers."""
    return {name: array(_NUMBER, values).tobytes()}


def texts(name: str, strings: Sequence[bytes]) -> dict[str, bytes]:
    """Return the parts that hold some byte strings."""
    return {**_ends(name, map(len, strings)), name: b"".join(strings)}


def lists(name: str, values: Sequence[Sequence[int]]) -> dict[str, bytes]:
    """Return the parts that hold some lists of numbers."""
    return {**_ends(name, map(len, values)), **numbers(name, chain.from_iterable(values))}


def _ends(name: str, lengths: Iterable[int]) -> dict[str, bytes]:
    return numbers(f"{name}.ends", accumulate(lengths, initial=0))


def joined(parts: Mapping[str, bytes]) -> bytes:
    """Return parts as one piece of data, for `Parts`.

    >>> Parts(joined(texts("names", [b"Ma", b"Win"]))).texts("names")[1]
    b'Win'
    """
    sizes = {"order": sys.byteorder, **{name: len(part) for name, part in parts.items()}}
    head = json.dumps(sizes).encode()
    return b"".join((len(head).to_bytes(_WIDTH, "little"), head, *parts.values()))

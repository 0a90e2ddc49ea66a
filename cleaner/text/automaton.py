"""The search for many keys in bytes, with an automaton of the keys or of their beginnings.

An automaton finds all keys in one pass, whatever their number; it is that of the library
ahocorasick_rs. But it cannot be stored, and to build it for half a million names takes 5 s in every
process. So if there are many keys, the automaton is given only the first few bytes of each. Where
it finds such a beginning, at the start of a word, the keys that begin so are looked up; they are
sorted.

To build an automaton of 16,000 keys takes 20 ms, a seventh of the time in which a hook looks at one
short file. So the first short texts are searched with an automaton of the keys that may occur in
them: those that begin and end with four bytes which stand together in the text, or with two if they
are shorter.

To make one space of each run of white space in a long text takes as long as half of the search. So
the automaton of whole keys also looks for the beginnings of keys that end with two spaces. Where it
finds one, the rest of these keys is compared with what is behind the run.

All ways give the same matches in the same order.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right, insort
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate, compress, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")

# An occurrence of a key: the number of the key, and the offsets of its start and its end.
Match: TypeAlias = tuple[int, int, int]
_END_AND_START = itemgetter(2, 1)
# Says whether a run of spaces in data, from one offset to another, counts as one space.
IsOneSpace: TypeAlias = Callable[[int, int], bool]
_SPACES = re.compile(rb" *")

_FEW = 200_000  # bytes of words; if they have no more, the automaton is one of whole keys
# Bytes that all beginnings may have: the fast automaton of them is built in 10 to 20 ms.
_MOST = 100_000
_SHORTEST, _LONGEST = 3, 8  # bytes of a beginning
# With fewer keys the automaton is built at once; else for a text of more bytes, or after so many.
_MANY, _SHORT, _SHORT_TEXTS = 1_000, 10_000, 8
_FEW_ACROSS = 100  # matches that are put into a long row one by one
_TOGETHER, _PAIR = 4, 2  # bytes that are compared as one number


class Beginnings(NamedTuple):
    """The beginnings of sorted words: plain data that can be cached.

    The words numbered from `starts[n]` up to `starts[n + 1]` begin with `texts[n]`. `longest` is
    the length of the longest word.
    """

    texts: Sequence[bytes]
    starts: Sequence[int]
    longest: int


def beginnings(words: Sequence[bytes], *, few: int = _FEW, most: int = _MOST) -> Beginnings | None:
    """Return the beginnings of sorted words, as long as they can be without being too many.

    Args:
        words: the words.
        few: bytes of all words up to which no beginnings are needed; then the result is None.
        most: bytes that all beginnings may have.

    >>> beginnings([b"chen hao", b"chen li", b"ma"], few=0, most=5)
    Beginnings(texts=[b'che', b'ma'], starts=[0, 2, 3], longest=8)
    """
    lengths = list(map(len, words))
    if sum(lengths) <= few:
        return None
    for size in range(_LONGEST, _SHORTEST - 1, -1):
        groups = list(_groups(words, size))
        if sum(len(text) for text, _ in groups) <= most:
            break
    texts = [text for text, _ in groups]
    starts = accumulate((count for _, count in groups), initial=0)
    return Beginnings(texts, list(starts), max(lengths))


def _groups(words: Sequence[bytes], size: int) -> Iterator[tuple[bytes, int]]:
    """Yield each beginning of sorted words, with how many begin so."""
    for text, same in groupby(words, key=itemgetter(slice(size))):
        yield text, sum(1 for _ in same)


def _never(_start: int, _end: int) -> bool:
    return False


class Search(Protocol):
    """A search for keys in bytes."""

    def sees_runs(self, size: int, /) -> bool:
        """Return whether data of so many bytes may have runs of spaces that count as one space."""

    def matches(self, data: bytes, is_one_space: IsOneSpace = _never, /) -> Sequence[Match]:
        """Return the matches in `data`, which may overlap, ordered by end and then by start.

        Words before which an ASCII letter stands may be left out.
        """


def search(
    keys: Sequence[bytes], ends: Ends, loose: int = 0, begin: Beginnings | None = None
) -> Search:
    """Return a search for `keys`.

    Args:
        keys: what to search for.
        ends: what `ends_of` gives for them.
        loose: how many of the first keys may have runs of spaces instead of a space.
        begin: the beginnings of the first keys, which are words, if they are many.
    """
    return _WholeKeys(keys, ends, loose) if begin is None else _ByBeginning(keys, begin)


class Ends(NamedTuple):
    """The first bytes and the last bytes of each key as numbers: plain data that can be cached."""

    firsts: Sequence[int]
    lasts: Sequence[int]


def ends_of(keys: Sequence[bytes]) -> Ends:
    """Return the first and the last four bytes of each key as numbers.

    Of a key with fewer bytes it is two; one byte gives 0.
    """
    firsts: list[int] = []
    lasts: list[int] = []
    for key in keys:
        width = _TOGETHER if len(key) >= _TOGETHER else _PAIR
        firsts.append(_number(key[:width]))
        lasts.append(_number(key[-width:]))
    return Ends(firsts, lasts)


def _number(data: bytes) -> int:
    return int.from_bytes(data, sys.byteorder) if len(data) > 1 else 0


class _WholeKeys:
    """A search with an automaton of whole keys; for the first short texts, of few of them."""

    def __init__(self, keys: Sequence[bytes], ends: Ends, loose: int) -> None:
        self._keys, self._loose = keys, loose
        self._firsts, self._lasts = list(ends.firsts), ends.lasts
        self._automaton: BytesAhoCorasick | None = None
        self._heads: Sequence[Mapping[bytes, Sequence[int]]] = ()  # see `_heads`
        self._short_texts = _SHORT_TEXTS if len(keys) >= _MANY else 0  # that may still come

    def sees_runs(self, size: int, /) -> bool:
        """See `Search`."""
        return self._automaton is not None or not self._short_texts or size > _SHORT

    def matches(self, data: bytes, is_one_space: IsOneSpace = _never, /) -> Sequence[Match]:
        """See `Search`."""
        if self._automaton is None:
            if self._short_texts and len(data) <= _SHORT:
                self._short_texts -= 1
                return self._matches_of_few(data)
            heads = _heads(self._keys[: self._loose])
            self._heads = list(heads.values())
            self._automaton = _automaton([*self._keys, *heads])
        found = self._automaton.find_matches_as_indexes(data, overlapping=True)
        return self._across_runs(found, data, is_one_space)

    def _across_runs(
        self, found: Sequence[Match], data: bytes, is_one_space: IsOneSpace
    ) -> Sequence[Match]:
        """Return the matches of keys, also of those whose heads were found before runs."""
        size = len(self._keys)
        matches = [match for match in found if match[0] < size]
        if len(matches) == len(found):
            return matches
        across: list[Match] = []
        for number, start, end in found:
            if number >= size:
                first, last = end - 2, _behind_spaces(data, end)
                keys = self._heads[number - size].get(data[last : last + 1], ())
                for key in keys if keys and is_one_space(first, last) else ():
                    rest = self._keys[key][first - start + 1 :]
                    stop = _end_of(rest, data, last, is_one_space)
                    if stop is not None:
                        across.append((key, start, stop))
        if len(across) > _FEW_ACROSS:
            return sorted([*matches, *across], key=_END_AND_START)
        for match in across:
            insort(matches, match, key=_END_AND_START)
        return matches

    def _matches_of_few(self, data: bytes) -> Sequence[Match]:
        """Return the matches in short data, searched only for keys that may occur there."""
        together = _numbers_in(data)
        begin = compress(range(len(self._keys)), map(together.__contains__, self._firsts))
        numbers = [number for number in begin if self._lasts[number] in together]
        if not numbers:
            return ()
        possible = [self._keys[number] for number in numbers]
        found = _automaton(possible).find_matches_as_indexes(data, overlapping=True)
        return [(numbers[key], start, end) for key, start, end in found]


def _heads(keys: Sequence[bytes]) -> Mapping[bytes, Mapping[bytes, Sequence[int]]]:
    """Return the beginnings of keys up to a space inside of them, with two spaces instead of it.

    Each has the numbers of its keys, by the byte behind the space.

    >>> _heads([b"ma yun", b" ma li ", b"ma yu"])
    {b'ma  ': {b'y': [0, 2]}, b' ma  ': {b'l': [1]}}
    """
    heads: dict[bytes, dict[bytes, list[int]]] = {}
    for number, key in enumerate(keys):
        space = key.find(b" ", 1)
        while 0 < space < len(key) - 1:
            by_byte = heads.setdefault(key[:space] + b"  ", {})
            by_byte.setdefault(key[space + 1 : space + 2], []).append(number)
            space = key.find(b" ", space + 1)
    return heads


def _behind_spaces(data: bytes, at: int) -> int:
    """Return where a run of spaces ends that begins at an offset; it may be empty."""
    spaces = _SPACES.match(data, at)
    return spaces.end() if spaces else at


def _end_of(key: bytes, data: bytes, at: int, is_one_space: IsOneSpace) -> int | None:
    """Return where a key ends that begins at an offset of data with runs of spaces.

    >>> _end_of(b"yun li", b"ma  yun   li", 4, lambda start, end: True)
    12
    """
    words = key.rstrip(b" ").split(b" ")
    for number, word in enumerate(words):
        if number:
            last = _behind_spaces(data, at)
            if last == at or (last > at + 1 and not is_one_space(at, last)):
                return None
            at = last
        if not data.startswith(word, at):
            return None
        at += len(word)
    if key.endswith(b" "):
        return at + 1 if data.startswith(b" ", at) else None
    return at


def _numbers_in(data: bytes) -> set[int]:
    """Return all bytes that stand together in data, four and two of them, as numbers, and 0."""
    together = {0}
    for start in range(_TOGETHER):
        together.update(_from(start, data, _TOGETHER).cast("I"))
    for start in range(_PAIR):
        together.update(_from(start, data, _PAIR).cast("H"))
    return together


def _from(start: int, data: bytes, width: int) -> memoryview:
    """Return data from a place on, cut to a multiple of a width."""
    size = max(len(data) - start, 0) // width * width
    return memoryview(data)[start : start + size]


class _ByBeginning:
    """A search with two automata: of the beginnings of words, and of whole other keys."""

    def __init__(self, keys: Sequence[bytes], begin: Beginnings) -> None:
        self._keys = keys
        self._begin = begin
        self._met: dict[int, _Group] = {}
        self._beginnings = _automaton(begin.texts, fast=True)
        self._words = begin.starts[-1]
        others = keys[self._words :]
        self._others = _automaton(others) if others else None

    def sees_runs(self, _size: int, /) -> bool:
        """See `Search`."""
        return False

    def matches(self, data: bytes, _is_one_space: IsOneSpace = _never, /) -> Sequence[Match]:
        """See `Search`."""
        found: list[Match] = []
        for number, start, _ in self._beginnings.find_matches_as_indexes(data, overlapping=True):
            if not (start and data[start - 1] in LETTERS):
                there = data[start : start + self._begin.longest]
                for key, length in self._group(number).words_at(there):
                    found.append((key, start, start + length))
        others: list[Match] = []
        if self._others:
            for number, start, end in self._others.find_matches_as_indexes(data, overlapping=True):
                others.append((number + self._words, start, end))
        if found:
            others = sorted([*found, *others], key=_END_AND_START)
        return others

    def _group(self, number: int) -> _Group:
        """Return the words that begin in one way. They are read when they are first met."""
        group = self._met.get(number)
        if group is None:
            first, end = self._begin.starts[number], self._begin.starts[number + 1]
            group = self._met[number] = _Group(self._keys[first:end], first)
        return group


class _Group:
    """Sorted words with the same beginning, of which the first has the number `first`."""

    def __init__(self, words: Sequence[bytes], first: int) -> None:
        self._words = words
        self._first = first
        self._inner = _longest_beginnings(words)

    def words_at(self, there: bytes) -> Sequence[tuple[int, int]]:
        """Return the numbers and the lengths of the words that `there` begins with."""
        found: list[tuple[int, int]] = []
        # Whatever `there` begins with, the last word not above `there` begins with it too.
        at = bisect_right(self._words, there) - 1
        while at >= 0:
            word = self._words[at]
            if there.startswith(word):
                found.append((self._first + at, len(word)))
            at = self._inner[at]
        return found


def _longest_beginnings(words: Sequence[bytes]) -> Sequence[int]:
    """Return for each of some sorted words where the longest other word is that it begins with.

    It is -1 where there is no such word.

    >>> _longest_beginnings([b"chen", b"chen li", b"chen lin", b"cheng"])
    [-1, 0, 1, 0]
    """
    longest: list[int] = []
    open_: list[int] = []  # the last word, and those that it begins with
    for at, word in enumerate(words):
        while open_ and not word.startswith(words[open_[-1]]):
            open_.pop()
        longest.append(open_[-1] if open_ else -1)
        open_.append(at)
    return longest


def _automaton(keys: Sequence[bytes], *, fast: bool = False) -> BytesAhoCorasick:
    """Return an automaton that searches for `keys`."""
    from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

    implementation = Implementation.DFA if fast else Implementation.ContiguousNFA
    return BytesAhoCorasick(list(keys), MatchKind.Standard, implementation)

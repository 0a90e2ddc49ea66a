"""Names as the matcher compares them: their renderings and letters, made when they are needed.

Preparing a name takes some 50 microseconds, or 10 if its renderings are stored. A matcher over
60,000 names prepares only those that come on a shortlist.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Protocol

from rapidfuzz import fuzz

from cleaner.names.name import Name
from cleaner.names.name_list import NameList
from cleaner.names.pivot.arrays import Integers, padded
from cleaner.names.pivot.channel import Channel
from cleaner.names.pivot.renderings import WAYS, Rendering, Renderings
from cleaner.names.pivot.script import letters, word_key, words
from cleaner.names.pivot.skeleton import Skeletons, Spellings
from cleaner.names.right import may_be_flipped

# Spellings of a rendering whose skeletons are put into the index. Sino-Korean renderings need
# more, because a syllable may be one of many characters with different readings.
_SINO_SPELLINGS = 8
_OTHER_SPELLINGS = 2
FLIPPED = 8  # what is added to the number of a way


class RenderingsOfNames(Protocol):
    """The renderings of the names of one matcher, by the numbers of the names."""

    def rendering(self, number: int, place: int) -> Rendering:
        """Return one of the renderings of a name."""

    def symbols(self, number: int) -> Integers:
        """Return a row of symbol numbers for each rendering of a name, filled up with -1."""

    def ways(self, number: int) -> Sequence[int]:
        """Return the way of each rendering of a name (see `way_code`)."""


class PreparedName:
    """One name, ready to be compared. Each part is made when it is first asked for."""

    def __init__(
        self, number: int, names: Sequence[Name], renderings: RenderingsOfNames, channel: Channel
    ) -> None:
        self._number = number
        self._names = names
        self._renderings = renderings
        self._channel = channel

    @property
    def name(self) -> Name:
        """The name itself."""
        return self._names[self._number]

    def rendering(self, place: int) -> Rendering:
        """Return one of its ways into the pivot's script."""
        return self._renderings.rendering(self._number, place)

    @cached_property
    def ways(self) -> Sequence[int]:
        """The way of each rendering (see `way_code`)."""
        return self._renderings.ways(self._number)

    @cached_property
    def has_hangul(self) -> bool:
        """Whether it is known how Korean texts write it: each such form has a rendering."""
        pivot = WAYS.index("pivot")
        return any(code % FLIPPED == pivot for code in self.ways)

    @cached_property
    def symbols(self) -> Integers:
        """A row of symbol numbers for each rendering, filled up with -1."""
        return self._renderings.symbols(self._number)

    @cached_property
    def keys(self) -> tuple[tuple[str, ...], ...]:
        """The words of each right form (see `word_key`)."""
        return tuple(word_key(form) for form in self.name.right)

    @cached_property
    def words(self) -> tuple[list[str], ...]:
        """The words of each right form, in order."""
        return tuple(words(form) for form in self.name.right)

    @cached_property
    def size(self) -> int:
        """How many letters the canonical form has."""
        return len(letters(self.name.canonical))

    def lowest_cost(self, rendering: Rendering) -> float:
        """Return what a rendering costs, in nats, if it is spelled in its likeliest way."""
        return self._channel.lowest_cost(rendering)

    def unlikest_word(self, parts: Sequence[str]) -> float:
        """Return how similar, from 0 to 1, that word of a form is that is least like this name.

        Brian Holton shares a word with Brian Gordon, but the other one is not like it.
        """
        return max((_unlikest_word(parts, own) for own in self.words), default=0.0)

    def is_written(self, form: str) -> bool:
        """Return whether a form is a right form, whatever its accents, capitals and hyphens."""
        key = word_key(form)
        parts = words(form)
        for right, own, spelled in zip(self.name.right, self.keys, self.words, strict=True):
            if key == own and (parts == spelled or may_be_flipped(right)):
                return True
        return False


def _unlikest_word(parts: Sequence[str], own: Sequence[str]) -> float:
    """Return the lowest similarity, from 0 to 1, of a word to the word that is most like it."""
    if not parts or not own:
        return 0.0
    return min(max(fuzz.ratio(part, word) for word in own) for part in parts) / 100


class PreparedNames(dict[int, PreparedName]):
    """The names of a matcher by their numbers, each prepared when it is first asked for."""

    def __init__(
        self, names: Sequence[Name], renderings: RenderingsOfNames, channel: Channel
    ) -> None:
        super().__init__()
        self._names = names
        self._renderings = renderings
        self._channel = channel

    def __missing__(self, number: int) -> PreparedName:
        prepared = PreparedName(number, self._names, self._renderings, self._channel)
        self[number] = prepared
        return prepared


class MadeRenderings:
    """The renderings of names, made from the names."""

    def __init__(self, names: Sequence[Name], renderings: Renderings, channel: Channel) -> None:
        self._names = names
        self._renderings = renderings
        self._channel = channel
        self._made: dict[int, Sequence[Rendering]] = {}

    def of(self, number: int) -> Sequence[Rendering]:
        """Return the renderings of a name."""
        made = self._made.get(number)
        if made is None:
            made = self._made[number] = tuple(self._renderings.of(self._names[number]))
        return made

    def rendering(self, number: int, place: int) -> Rendering:
        """Return one of the renderings of a name."""
        return self.of(number)[place]

    def symbols(self, number: int) -> Integers:
        """Return a row of symbol numbers for each rendering of a name, filled up with -1."""
        return padded([self._channel.encode(rendering) for rendering in self.of(number)])

    def ways(self, number: int) -> Sequence[int]:
        """Return the way of each rendering of a name (see `way_code`)."""
        return list(map(way_code, self.of(number)))


def way_code(rendering: Rendering) -> int:
    """Return the number of the way of a rendering; if its words are flipped, FLIPPED more."""
    return WAYS.index(rendering.way) + FLIPPED * rendering.flipped


class LettersOfNames(dict[int, list[str]]):
    """The plain letters of the right forms of each name, by its number."""

    def __init__(self, names: NameList) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, number: int) -> list[str]:
        spelled = self[number] = self._names.letters(number)
        return spelled


def skeletons_of(
    names: Iterable[Name], renderings: Renderings, channel: Channel, skeletons: Skeletons
) -> Iterator[tuple[str, int]]:
    """Yield the skeletons of the likeliest spellings of every name, with the name's number.

    No skeleton of a name is yielded twice.
    """
    spellings = Spellings(channel)
    for number, name in enumerate(names):
        seen = set()
        for rendering in renderings.of(name):
            limit = _SINO_SPELLINGS if rendering.way == "sino" else _OTHER_SPELLINGS
            spelled = spellings.of(rendering, limit)
            if rendering.way == "latin":
                spelled.append(_unchanged_letters(rendering))
            for skeleton in map(skeletons.of, spelled):
                if skeleton not in seen:
                    seen.add(skeleton)
                    yield skeleton, number


def _unchanged_letters(rendering: Rendering) -> str:
    """Return the letters of a name that is taken letter by letter."""
    graphemes = (symbol.removeprefix("latin:") for symbol in rendering.symbols)
    return "".join(grapheme.removesuffix(".") for grapheme in graphemes)

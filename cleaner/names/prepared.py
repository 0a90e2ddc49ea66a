"""Names as the matcher compares them: their renderings and letters, made when they are needed.

Preparing a name takes some 50 microseconds. A matcher over 60,000 names prepares only those that
come on a shortlist.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from rapidfuzz import fuzz

from cleaner.names.name import Name
from cleaner.names.pivot.arrays import Integers, padded
from cleaner.names.pivot.channel import Channel
from cleaner.names.pivot.renderings import Rendering, Renderings
from cleaner.names.pivot.script import letters, word_key, words
from cleaner.names.pivot.skeleton import Skeletons, Spellings
from cleaner.names.right import may_be_flipped

# Spellings of a rendering whose skeletons are put into the index. Sino-Korean renderings need
# more, because a syllable may be one of many characters with different readings.
_SINO_SPELLINGS = 8
_OTHER_SPELLINGS = 2


class PreparedName:
    """One name, ready to be compared. Each part is made when it is first asked for."""

    def __init__(self, name: Name, renderings: Renderings, channel: Channel) -> None:
        self.name = name
        self._make_renderings = renderings.of
        self._channel = channel

    @cached_property
    def renderings(self) -> tuple[Rendering, ...]:
        """Its ways into the pivot's script."""
        return tuple(self._make_renderings(self.name))

    @cached_property
    def symbols(self) -> Integers:
        """A row of symbol numbers for each rendering, filled up with -1."""
        return padded([self._channel.encode(rendering) for rendering in self.renderings])

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

    def has_words(self, key: tuple[str, ...]) -> bool:
        """Return whether words are some of the words of a right form, but not all of them."""
        return any(len(key) < len(own) and all(word in own for word in key) for own in self.keys)


def _unlikest_word(parts: Sequence[str], own: Sequence[str]) -> float:
    """Return the lowest similarity, from 0 to 1, of a word to the word that is most like it."""
    if not parts or not own:
        return 0.0
    return min(max(fuzz.ratio(part, word) for word in own) for part in parts) / 100


class PreparedNames(dict[int, PreparedName]):
    """The names of a matcher by their numbers, each prepared when it is first asked for."""

    def __init__(self, names: Sequence[Name], renderings: Renderings, channel: Channel) -> None:
        super().__init__()
        self._names = names
        self._renderings = renderings
        self._channel = channel

    def __missing__(self, number: int) -> PreparedName:
        prepared = PreparedName(self._names[number], self._renderings, self._channel)
        self[number] = prepared
        return prepared


class LettersOfNames(dict[int, tuple[str, ...]]):
    """The plain letters of the right forms of each name, made when they are first asked for."""

    def __init__(self, names: Sequence[Name]) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, number: int) -> tuple[str, ...]:
        spelled = tuple(letters(form) for form in self._names[number].right)
        self[number] = spelled
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

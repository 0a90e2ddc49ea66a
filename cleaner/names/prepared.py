"""Names as the matcher compares them: their skeletons, renderings and letters, as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from cleaner.names.name import Name
from cleaner.names.name_list import NameList
from cleaner.names.pivot.arrays import Indices, joined_ranges
from cleaner.names.pivot.channel import Channel
from cleaner.names.pivot.renderings import Rendering, Renderings
from cleaner.names.pivot.skeleton import Skeletons, Spellings
from cleaner.names.rendering_table import RenderingTable, way_code
from cleaner.names.shortlist import SkeletonIndex

# Spellings of a rendering whose skeletons are put into the index. Sino-Korean renderings need
# more, because a syllable may be one of many characters with different readings.
_SINO_SPELLINGS = 8
_OTHER_SPELLINGS = 2


class Letters:
    """The plain letters of the right forms of names, as arrays."""

    def __init__(self, names: NameList) -> None:
        text = names.plain_words.replace("-", "")
        self._forms = np.array(text.replace("\n", " ").split(" "), object)
        marks = np.frombuffer(text.encode(), np.uint8)
        is_name_end = marks[(marks == ord(" ")) | (marks == ord("\n"))] == ord("\n")
        ends = np.flatnonzero(is_name_end) + 1
        self._first = np.concatenate(([0], ends, [len(self._forms)]))

    def of(self, names: Indices) -> tuple[list[str], Indices]:
        """Return the letters of all right forms of names, and where those of each name begin."""
        first = self._first[names]
        numbers, heads = joined_ranges(first, self._first[names + 1] - first)
        return self._forms[numbers].tolist(), heads


def made_index(
    names: Iterable[Name], renderings: Renderings, channel: Channel, skeletons: Skeletons
) -> tuple[SkeletonIndex, RenderingTable]:
    """Return the skeletons and the renderings of names.

    Args:
        names: the names.
        renderings: makes the renderings.
        channel: it learns the symbols of the renderings.
        skeletons: makes the skeletons.
    """
    spellings = Spellings(channel)
    entries: list[tuple[str, int]] = []
    first, ends, word_ends = [0], [0], [0]
    ways: list[int] = []
    symbols: list[int] = []
    words: list[int] = []
    for number, name in enumerate(names):
        own = list(renderings.of(name))
        for rendering in own:
            ways.append(way_code(rendering))
            symbols += channel.encode(rendering)
            ends.append(len(symbols))
            words += rendering.words
            word_ends.append(len(words))
        first.append(len(ways))
        for skeleton in dict.fromkeys(_skeletons(own, spellings, skeletons)):
            entries.append((skeleton, number))
    table = RenderingTable(
        first=np.array(first, np.int32),
        ways=np.array(ways, np.int32),
        ends=np.array(ends, np.int32),
        symbols=np.array(symbols, np.int32),
        word_ends=np.array(word_ends, np.int32),
        words=np.array(words, np.int32),
        spelled=channel.symbols,
        lowest=np.array(channel.lowest_costs, np.float64),
    )
    return SkeletonIndex.of(entries), table


def _skeletons(
    renderings: Iterable[Rendering], spellings: Spellings, skeletons: Skeletons
) -> Iterator[str]:
    """Yield the skeletons of the likeliest spellings of each rendering."""
    for rendering in renderings:
        limit = _SINO_SPELLINGS if rendering.way == "sino" else _OTHER_SPELLINGS
        spelled = spellings.of(rendering, limit)
        if rendering.way == "latin":
            spelled.append(_unchanged_letters(rendering))
        yield from map(skeletons.of, spelled)


def _unchanged_letters(rendering: Rendering) -> str:
    """Return the letters of a name that is taken letter by letter."""
    return "".join(rendering.symbols).replace("latin:", "").replace(".", "")
